"""Hands that press what the bot shows and fill in what it opens, whoever was shown it."""

from __future__ import annotations

from typing import Any

from bot.rehearsal import Message, View, buttons
from bot.slack.routes import action_name
from tests.conversations.conftest import CHANNEL, CLEARANCE, Running

VALUES: dict[str, Any] = {
    "date": "30 September 2022",
    "reason": "The vendor is late <!channel> & sorry",
    "link": "https://example.org/evidence",
    "title": "The minutes",
    "supporters": "Tom Ashby",
    "item": "A-05",
    "days": "30 September 2022",
    "new_name": "",
    "new_account": "",
}
OPENING = (
    "reply.not_mine",
    "intro.not_mine",
    "reply.more_time",
    "evidence.add",
    "date.ask",
    "date.refuse",
    "evidence.reject",
    "owner.give",
    "seat.who",
    "handover.open",
    "snooze.open",
    "days.open",
)
CHOSEN = {"status": "At risk", "how": "At a meeting", "often": "On the days below"}


class Hands:
    """Of everybody in the group; keeps what cannot be read off the workspace afterwards.

    That is, the acknowledgements' own bodies, and the modals.
    """

    def __init__(self, bot: Running) -> None:
        self.bot = bot
        self.said: list[tuple[str, list[dict[str, Any]]]] = []
        self.modals: list[dict[str, Any]] = []
        self.pressed: set[str] = set()

    def everybody(self) -> list[str]:
        """Who is in the group's channel, the bot left out."""
        workspace = self.bot.slack.workspace
        members = workspace.channel(CHANNEL).members
        return [user for user in members if user != workspace.app.bot_user_id]

    def seen(self, user: str) -> list[Message]:
        """What the bot has said to them, in the clearance channel too."""
        person = self.bot.person(user)
        said = person.inbox()
        if user in self.bot.slack.workspace.channel(CLEARANCE).members:
            said += [m for m in person.sees(CLEARANCE) if m.by_bot]
        return said

    def press_everything(self) -> None:
        """Each kind of button once, by whoever was sent it; the modals it opens are sent in."""
        shown = [
            (user, message, element)
            for user in self.everybody()
            for message in self.seen(user)
            for element in buttons(message)
        ]
        # What only opens a modal leaves the other buttons where they are.
        for user, message, element in sorted(shown, key=lambda each: _rank(each[2])):
            name = action_name(element["action_id"])
            if name not in self.pressed and not name.startswith("letter."):
                self.push(user, message, element)

    def push_latest(self, user: str, name: str) -> None:
        """Press the newest button of this name, if they have one."""
        for message in sorted(self.seen(user), key=lambda m: float(m.ts), reverse=True):
            for element in buttons(message):
                if action_name(element["action_id"]) == name:
                    self.push(user, message, element)
                    return

    def push(
        self, user: str, message: Message, element: dict[str, Any], *, settle: bool = True
    ) -> None:
        """Press a button that still stands, and fill what it opens."""
        shown = self.bot.slack.workspace.message(message.channel, message.ts)
        if element["value"] not in [b["value"] for b in buttons(shown)]:
            return
        person = self.bot.person(user)
        person.press(message, element["action_id"], value=element["value"])
        self.pressed.add(action_name(element["action_id"]))
        modal = person.modal()
        if modal is not None:
            self._fill(user, modal)
        if settle:
            self.bot.settle()

    def look(self, user: str, *, send: bool) -> None:
        """A form that was opened, sent in or only looked at."""
        modal = self.bot.person(user).modal()
        assert modal is not None
        if send:
            self._fill(user, modal)
            return
        self.modals.append(modal.body)
        self.bot.person(user).close(modal)

    def _fill(self, user: str, modal: View) -> None:
        person = self.bot.person(user)
        self.modals.append(modal.body)
        inputs = [b for b in modal.body["blocks"] if b["type"] == "input"]
        typed = [b["block_id"] for b in inputs if b["element"]["type"] == "plain_text_input"]
        chosen = {b["block_id"]: CHOSEN[b["block_id"]] for b in inputs if b["block_id"] in CHOSEN}
        filled = {name: VALUES.get(name, VALUES["reason"]) for name in typed}
        person.submit(modal, {**filled, **chosen})
        left = person.modal()
        if left is not None:
            self.modals.append(left.body)
            person.close(left)


def _rank(element: dict[str, Any]) -> int:
    name = action_name(element["action_id"])
    return OPENING.index(name) if name in OPENING else len(OPENING)
