"""A front desk for tests: taps, sentences and forms of the people of a started group."""

from __future__ import annotations

import itertools
import json
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from sqlmodel import col, func, select

from bot.domain.audit import first_break
from bot.domain.guard import guard
from bot.domain.messages import (
    Bullets,
    Button,
    Buttons,
    Heading,
    Message,
    Note,
    Quote,
    Text,
    plain,
)
from bot.domain.people import Account
from bot.domain.register import History, position
from bot.services import date_decisions, more_time, questions, replies, updates
from bot.services.intake import Arrival
from storage import audit, histories, items, outbox, payloads, waiting
from storage.database import Database
from storage.outbox import Place
from storage.rows import (
    OutboxRow,
)
from storage.rows.base import Entry
from storage.waiting import Waiting
from tests.services.founded import TEAM
from tests.services.promising import DUE, NOW, PROMISE, Promising


class FrontDesk(Promising):
    """A started group with two items of Priya's, and everything said to it so far."""

    def __init__(self, database: Database) -> None:
        super().__init__(database)
        self._keys = itertools.count(1)
        self.a01 = self.item("A-01", DUE)
        self.a02 = self.item("A-02", date(2022, 9, 9))

    # What comes in

    def arrives(
        self, by: str = "Priya", *, key: str | None = None, on: Place | None = None
    ) -> Arrival:
        """Something that somebody does, to a message of ours or to none; a minute later."""
        self.now += timedelta(minutes=1)
        return Arrival(
            key=key or f"in:{next(self._keys)}",
            kind="message",
            account=Account(TEAM, f"U{by.upper()}"),
            channel_id=on.channel_id if on else None,
            answers_ts=on.ts if on else None,
        )

    def says_it(
        self,
        words: str,
        *,
        by: str = "Priya",
        key: str | None = None,
        edits: str | None = None,
        on: Place | None = None,
    ) -> str:
        """A sentence; its key."""
        arrival = self.arrives(by, key=key, on=on)
        said = replies.Said(arrival=arrival, text=guard(words), edits=edits)
        replies.text(self.database, said, now=self.now)
        self.checks()
        return arrival.key

    def taps(
        self,
        action: str,
        item_id: int,
        *,
        by: str = "Priya",
        key: str | None = None,
        version: int | None = None,
        on: Place | None = None,
    ) -> None:
        """A button of an item, with the version that stands unless another is named."""
        value = {"item": item_id, "v": version or self.get(item_id).version}
        arrival = self.arrives(by, key=key, on=on)
        updates.press(self.database, arrival, action=action, value=value, now=self.now)
        self.checks()

    def undoes(self, button: Button, *, by: str = "Priya", on: Place | None = None) -> None:
        """The Undo of an echo."""
        number = json.loads(button.value)["update"]
        arrival = self.arrives(by, on=on)
        updates.undo(self.database, arrival, update_id=number, now=self.now)
        self.checks()

    def chooses(self, button: Button, *, by: str = "Priya") -> None:
        """One answer of a question."""
        arrival = self.arrives(by)
        value = json.loads(button.value)
        questions.choose(
            self.database,
            arrival,
            question_id=value["question"],
            option=value["option"],
            now=self.now,
        )
        self.checks()

    def asks_until(
        self, words: str, reason: str = "The supplier is late.", *, by: str = "Priya"
    ) -> int:
        """The form for more time on A-01; the number of the request."""
        arrival = self.arrives(by)
        more_time.ask(
            self.database,
            arrival,
            item_id=self.a01,
            version=self.get(self.a01).version,
            words=guard(words),
            reason=guard(reason),
            now=self.now,
        )
        self.checks()
        return self.history(self.a01).date_changes[-1].id

    def decides(self, change_id: int, decision: str, *, by: str, reason: str = "") -> None:
        """A button under a request to move a date."""
        arrival = self.arrives(by)
        date_decisions.decide(
            self.database,
            arrival,
            change_id=change_id,
            decision=decision,
            reason=guard(reason) if reason else None,
            now=self.now,
        )
        self.checks()

    # What is held

    def history(self, item_id: int) -> History:
        """Everything entered about an item."""
        with self.database.snapshot() as session:
            return histories.of_item(session, item_id)

    def waits(self, kind: str | None = None) -> list[Waiting]:
        """What still waits."""
        with self.database.snapshot() as session:
            return waiting.unsettled(session, self.group_id, kind=kind)

    def actions(self) -> list[str]:
        """The actions of the audit chain, in order."""
        with self.database.snapshot() as session:
            return [link.action for link in audit.chain(session, self.group_id)]

    def count(self, table: type[Entry] | type[OutboxRow]) -> int:
        """How many rows a table has."""
        with self.database.snapshot() as session:
            return session.exec(select(func.count()).select_from(table)).one()

    def checks(self) -> None:
        """The columns are what the entries fold to, and the chain is whole."""
        with self.database.snapshot() as session:
            for item_id in (self.a01, self.a02):
                assert items.get(session, item_id) == position(histories.of_item(session, item_id))
            assert first_break(audit.chain(session, self.group_id)) is None

    def stand(self, item_id: int) -> Mapping[str, Any]:
        """Every field of an item's position but its version."""
        values = dict(self.get(item_id).__dict__)
        del values["version"]
        return values

    # What is owed

    def echo(self, key: str) -> Place:
        """The answer to what came in under this key, sent."""
        return self.place(f"echo:{key}")

    def place(self, key: str) -> Place:
        """The sent message with this key."""
        self.deliver(self.now)
        with self.database.snapshot() as session:
            found = outbox.by_key(session, key)
        assert found is not None, key
        return found

    def last_to(self, first: str, prefix: str = "") -> Place:
        """The last message owed to somebody, sent."""
        self.deliver(self.now)
        with self.database.snapshot() as session:
            numbers = session.exec(
                select(OutboxRow.id)
                .where(
                    col(OutboxRow.person_id) == self.people[first],
                    col(OutboxRow.kind) == "message",
                    col(OutboxRow.key).startswith(prefix),
                )
                .order_by(col(OutboxRow.id).desc())
            )
            number = numbers.first()
            assert number is not None, (first, prefix)
            return outbox.place(session, number)

    def nudged(self) -> Place:
        """Priya's nudge about both items, sent."""
        parts = [
            Buttons(
                tuple(
                    Button(
                        label=label,
                        action=action,
                        value=json.dumps({"item": number, "v": self.get(number).version}),
                    )
                    for label, action in (
                        ("On track", "reply.on_track"),
                        ("Done", "reply.done"),
                    )
                )
            )
            for number in (self.a01, self.a02)
        ]
        with self.database.transaction() as session:
            row = OutboxRow(
                group_id=self.group_id,
                team_id=TEAM,
                key=f"nudge:test:{next(self._keys)}",
                kind="message",
                person_id=self.people["Priya"],
                payload={"parts": payloads.dump(Message(parts=tuple(parts))), "file": None},
                audience="members",
                subject={"items": [self.a01, self.a02]},
                due_at=self.now,
                created_at=self.now,
            )
            session.add(row)
            session.flush()
            key = row.key
        return self.place(key)


def pressable(place: Place) -> list[Button]:
    """Every button of a message, in order."""
    return [b for part in place.message.parts if isinstance(part, Buttons) for b in part.buttons]


def words_of(place: Place) -> str:
    """What its reader reads, quotations and notes too, buttons left out."""
    lines: list[str] = []
    for part in place.message.parts:
        match part:
            case Text(spans):
                lines.append(plain(*spans))
            case Bullets(entries):
                lines += [plain(*entry) for entry in entries]
            case Quote(text) | Note(text) | Heading(text):
                lines.append(text)
    return "\n".join(lines)


__all__ = [
    "DUE",
    "NOW",
    "PROMISE",
    "FrontDesk",
    "pressable",
    "words_of",
]
