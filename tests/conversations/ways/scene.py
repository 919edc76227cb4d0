"""The bot's own listeners over a database that forgets, and what each try came to."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from slack_sdk import WebClient
from slack_sdk.web import SlackResponse

from bot.domain.errors import UserError
from bot.rehearsal import words
from bot.services import drafting, group_file, setup
from bot.services.catching_up import Gap
from bot.slack import errors, listeners
from bot.slack.app import Reception
from bot.slack.installed import Installed
from storage import payloads, people
from storage.database import Database
from storage.rows import CoverRow
from tests.clock import FakeClock
from tests.conversations.ways import acts
from tests.conversations.ways.acts import BOT, Doing, Press, Slash
from tests.conversations.ways.cast import BY_KEY, another, ours
from tests.conversations.ways.trial import Row, Trial
from tests.services.status_builders import read

LOADED = datetime(2022, 5, 12, 8, 0, tzinfo=UTC)
PLAYED = datetime(2022, 5, 12, 10, 0, tzinfo=UTC)
SHOWN_KINDS = frozenset({"message", "ephemeral", "home"})


class Slackless(WebClient):
    """A client that reaches nobody, and keeps what it was asked to open."""

    def __init__(self) -> None:
        super().__init__(token="xoxb-none")
        self.opened: list[dict[str, Any]] = []

    def api_call(self, api_method: str, **arguments: Any) -> SlackResponse:
        """Slack's yes to everything."""
        given = arguments.get("params") or {}
        if api_method.startswith("views."):
            self.opened.append(json.loads(given["view"]))
        return SlackResponse(
            client=self,
            http_verb="POST",
            api_url=api_method,
            req_args={},
            data={"ok": True},
            headers={},
            status_code=200,
        )


@dataclass(kw_only=True)
class Outcome:
    """What came of a try: what its doer was told, what opened, what was written."""

    said: list[str] = field(default_factory=list)
    forms: list[str] = field(default_factory=list)
    wrote: dict[str, list[Row]] = field(default_factory=dict)
    error: Exception | None = None


class Scene:
    """A register in which something can be brought about, tried and taken back."""

    def __init__(self, url: str) -> None:
        self.database = Trial(url)
        self.workspace = acts.a_workspace()
        self.clock = FakeClock(LOADED)
        self.client = Slackless()
        self.item = "A-01"
        me = Installed(team_id="T0HOME", user_id=BOT, bot_id="B0FOLLOW01")
        self.reception = Reception(
            database=self.database,
            client=self.client,
            installed=me,
            clock=self.clock,
            table=listeners.table,
            gap=Gap(),
            woke=lambda: None,
            rehearsal=True,
        )

    # Bringing things about

    def again(self, item: str) -> None:
        """Nothing has been done yet; what follows is about this item."""
        self.database.again()
        self.clock.now = PLAYED
        self.item = item

    def by(self, role: str, doing: Doing) -> Outcome:
        """Somebody does something, and it is meant to work."""
        outcome = self._hand_over(BY_KEY[role].user, doing)
        assert outcome.error is None, f"{role}, {doing}: {outcome.error}"
        return outcome

    def owner(self) -> str:
        """Whose item it is."""
        return {"A-01": "owner", "A-02": "other owner", "A-03": "secretariat owns"}.get(
            self.item, "chair owns"
        )

    def one(self, statement: str, **values: Any) -> Any:
        """The first row of a query, or its only column."""
        return self.database.one(statement, **values)

    def button(self, **more: Any) -> dict[str, Any]:
        """What a button about the item carries now."""
        found = self.one("SELECT id, version FROM action_item WHERE ref = :ref", ref=self.item)
        return {"item": found[0], "v": found[1], **more}

    def person(self, user_id: str) -> int:
        """The number of the person behind an account in our group."""
        found = "SELECT person_id FROM account WHERE user_id = :user AND group_id = 1"
        return int(self.one(found, user=user_id))

    def newest(self, table: str) -> int:
        """The number of the last row of a table."""
        return int(self.one(f"SELECT max(id) FROM {table}"))

    def sent(self) -> None:
        """What is owed has gone out."""
        with self.database.transaction() as session:
            session.connection().exec_driver_sql(
                "UPDATE outbox SET state = 'sent', channel_id = coalesce(channel_id, 'D' || id), "
                "ts = '1652000000.' || substr('000000' || id, -6), settled_at = created_at "
                "WHERE state = 'owed'"
            )

    # Trying

    def tries(self, user_id: str, doing: Doing) -> Outcome:
        """Somebody tries it; whatever it wrote is taken back."""
        with self.database.attempt():
            outcome = self._hand_over(user_id, doing)
            outcome.wrote = self.database.wrote()
            outcome.said += list(self._told(user_id, outcome.wrote.get("outbox", [])))
        return outcome

    def _hand_over(self, user_id: str, doing: Doing) -> Outcome:
        self.clock.advance(minutes=1)
        self.client.opened.clear()
        act = acts.act(self.workspace, user_id, doing)
        outcome = Outcome()

        def respond(**answer: Any) -> None:
            outcome.said += list(_read(answer))
            if "callback_id" in answer.get("view", {}):
                outcome.forms.append(str(answer["view"]["callback_id"]))

        call = self.reception.call(act.kind, act.name, act.body, respond)
        try:
            self.reception._hand_over(call)
        except Exception as error:  # noqa: BLE001  what failed is told of this role and way
            outcome.error = error
            if isinstance(error, UserError):
                outcome.said += list(_read(json.loads(errors.answer(call, error).body or "{}")))
        outcome.forms += [str(view.get("callback_id", "")) for view in self.client.opened]
        return outcome

    def _told(self, user_id: str, rows: Iterable[Row]) -> Iterable[str]:
        """What of these rows this person would read."""
        mine = f"SELECT person_id FROM account WHERE user_id = '{user_id}'"
        found = self.database.all(mine)
        for row in rows:
            eyes = (json.loads(row["subject"] or "{}") or {}).get("eyes", [])
            theirs = row["person_id"] in found or user_id in eyes
            if theirs and row["kind"] in SHOWN_KINDS and row["state"] == "owed":
                yield read(payloads.load(json.loads(row["payload"])["parts"]))


def _read(answer: dict[str, Any]) -> Iterable[str]:
    """The sentences of an acknowledgement."""
    yield from (answer.get("errors") or {}).values()
    if answer.get("blocks"):
        yield words(answer["blocks"])
    elif "text" in answer:
        yield str(answer["text"])
    elif answer.get("response_action") == "update" and "callback_id" not in answer["view"]:
        yield words(answer["view"]["blocks"])


def found(url: str, folder: Path) -> None:
    """Two groups that have started, in a migrated database: ours, and somebody else's."""
    database = Database(url)
    for name, tree in (("ours", ours()), ("another", another())):
        path = folder / f"{name}.json"
        path.write_text(json.dumps(tree), "utf-8")
        file = group_file.read_path(path, today=LOADED.date())
        setup.load(database, file, apply=False, now=LOADED)
    _cover(database)
    database.dispose()
    scene = Scene(url)
    for secretary, group in (("USAM", 1), ("UUNA", 2)):
        if secretary not in scene.workspace.users:
            scene.workspace.add_user(secretary, secretary)
        outcome = scene._hand_over(secretary, Press("group.start", {"group": group}))
        assert outcome.error is None, outcome.error
    scene.sent()
    scene.database.keep()
    scene.database.dispose()


def _cover(database: Database) -> None:
    """Cora stands in for Priya while this is played."""
    with database.transaction() as session:
        directory = people.directory(session, 1)
        away, stands_in = directory.by_name("Priya Nair"), directory.by_name("Cora Bell")
        assert away is not None
        assert stands_in is not None
        row = CoverRow(
            group_id=1,
            at=LOADED,
            recorded_at=LOADED,
            person_id=away.id,
            cover_id=stands_in.id,
            from_on=LOADED.date(),
            until_on=LOADED.date(),
        )
        session.add(row)


def draft(url: str) -> None:
    """Besides, a letter to the committees that was drafted, whose findings were answered."""
    scene = Scene(url)
    scene.by("secretariat", Slash("/draft-update", "committees"))
    drafting.sweep(scene.database, now=scene.clock.now)
    scene.sent()
    scene.database.keep()
    scene.database.dispose()
