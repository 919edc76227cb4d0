"""One thing that came in from Slack, as the listeners see it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from slack_sdk import WebClient

from bot.domain.forms import Form
from bot.domain.guard import guard
from bot.domain.messages import Message
from bot.domain.people import Account
from bot.domain.sheets.dropped import Dropped
from bot.domain.text import GuardedText
from bot.services.intake import Arrival
from bot.slack import incoming, render
from bot.slack.installed import Installed
from bot.slack.web import call
from bot.slack.words import typed
from storage.database import Database

Json = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Call:
    """A command, button, modal or event; `respond` keeps what its acknowledgement will say.

    `taken_out` holds the kinds of what its words may not say, as they are read.
    """

    kind: str
    name: str
    body: Json
    now: datetime
    database: Database
    client: WebClient
    installed: Installed
    rehearsal: bool
    respond: Callable[..., Any]
    taken_out: list[str] = field(default_factory=list)

    # What came in

    @property
    def event(self) -> Json:
        """The event itself."""
        found: Json = self.body["event"]
        return found

    @property
    def view(self) -> Json:
        """The modal that was sent in."""
        found: Json = self.body["view"]
        return found

    @property
    def value(self) -> dict[str, Any]:
        """What the pressed button carries."""
        found = json.loads(self.body["actions"][0].get("value") or "{}")
        return found if isinstance(found, dict) else {}

    @property
    def private(self) -> dict[str, Any]:
        """What the form kept for its return."""
        return render.private(self.view)

    def field(self, name: str) -> GuardedText:
        """What was entered in a field of the modal."""
        return self._guarded(render.values(self.view).get(name, ""))

    def words(self, text: str) -> GuardedText:
        """Words of a message or command, through the one door for text from outside."""
        return self._guarded(typed(text, without=self.installed.user_id))

    def file(self, shared: Json) -> Dropped:
        """A file of a message, as far as Slack describes it there."""
        name, size = shared.get("name") or "", shared.get("size")
        return Dropped(
            file_id=str(shared["id"]),
            name=self._guarded(str(name)),
            size=size if isinstance(size, int) else None,
        )

    def _guarded(self, text: str) -> GuardedText:
        kept = guard(text)
        self.taken_out.extend(kept.redactions)
        return kept

    # Who stands behind it

    @property
    def arrival(self) -> Arrival:
        """Its key, its sender, its place, and the message of ours that it answers."""
        return ARRIVALS[self.kind](self)

    @property
    def group_arrival(self) -> Arrival:
        """The same, in the group that the form or the button of the Home tab is about."""
        key = (self.private if self.kind == "view" else self.value).get("group")
        return replace(self.arrival, group_key=str(key)) if key else self.arrival

    # The answer

    def say(self, message: Message) -> None:
        """Answer a command in its acknowledgement, to its sender alone."""
        drawn = render.draw(message)
        self.respond(text=drawn.text, blocks=drawn.blocks, response_type="ephemeral")

    def open(self, form: Form) -> None:
        """Open a modal for whoever pressed."""
        call(
            self.client,
            "views.open",
            trigger_id=self.body["trigger_id"],
            view=render.modal(form),
        )


def _command(call: Call) -> Arrival:
    body = call.body
    return Arrival(
        key=f"command:{body['trigger_id']}",
        kind="command",
        account=Account(team_id=body["team_id"], user_id=body["user_id"]),
        channel_id=body.get("channel_id"),
    )


def _interaction_account(body: Json) -> Account:
    # Somebody from another organisation carries their own team; `team` may be where we live.
    team = body["user"].get("team_id") or body["team"]["id"]
    return Account(team_id=team, user_id=body["user"]["id"])


def _button(call: Call) -> Arrival:
    container = call.body.get("container") or {}
    return Arrival(
        key=f"press:{call.body['trigger_id']}",
        kind="button",
        account=_interaction_account(call.body),
        channel_id=container.get("channel_id"),
        answers_ts=container.get("message_ts"),
    )


def _view(call: Call) -> Arrival:
    return Arrival(
        key=f"view:{call.view['id']}",
        kind="view",
        account=_interaction_account(call.body),
    )


def _shortcut(call: Call) -> Arrival:
    channel = call.body.get("channel") or {}
    return Arrival(
        key=f"shortcut:{call.body['trigger_id']}",
        kind="shortcut",
        account=_interaction_account(call.body),
        channel_id=channel.get("id"),
    )


def _event(call: Call) -> Arrival:
    event = call.event
    if call.name in ("message", "app_mention"):
        found = incoming.read(event, call.installed)
        if found is None:
            raise AssertionError("Nobody answers a message that nobody said.")
        return found.arrival
    return Arrival(
        key=f"event:{call.body['event_id']}",
        kind=call.name,
        account=incoming.author(event, call.installed),
    )


ARRIVALS: dict[str, Callable[[Call], Arrival]] = {
    "command": _command,
    "button": _button,
    "view": _view,
    "event": _event,
    "shortcut": _shortcut,
}
