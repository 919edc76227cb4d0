"""Entries that tests put beside a group's items: recommendations, promises, covers, reminders."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from bot.domain.deadlines import NO_DEADLINE, Deadline
from bot.domain.messages import (
    Message,
)
from bot.domain.outgoing import Outgoing
from storage import entries, items, outbox
from storage.database import Database, Session
from storage.deadlines import columns
from storage.rows import (
    CommitmentRow,
    CoverRow,
    LetterEventRow,
    LetterRow,
    NudgeRow,
    OutboxRow,
    PolicyRow,
    RecommendationRow,
    RecommendationWordsRow,
)
from storage.rows.base import Entry

STARTED = datetime(2022, 5, 11, 8, 0, tzinfo=UTC)


@dataclass
class Records:
    """A group in a database; what is in it, by first name, short name and reference."""

    database: Database
    group_id: int = 0
    bodies: dict[str, int] = field(default_factory=dict)
    people: dict[str, int] = field(default_factory=dict)
    items: dict[str, int] = field(default_factory=dict)

    def recommendation(self, ref: str, *, words: str, confirmed_by: str | None = None) -> int:
        """A published recommendation."""
        with self.database.transaction() as session:
            row = RecommendationRow(group_id=self.group_id, ref=ref)
            session.add(row)
            session.flush()
            assert row.id is not None
            self._enter(
                session,
                RecommendationWordsRow(
                    **self.entry(STARTED),
                    recommendation_id=row.id,
                    words=words,
                    title="Short title",
                    source="HC 393",
                    page="12",
                    bodies=[self.bodies["RCR"]],
                    confirmed_by=confirmed_by,
                ),
            )
            return row.id

    def promise(self, ref: str, *, words: str, due: Deadline = NO_DEADLINE) -> int:
        """A commitment of the letter of 10 May 2022 to PACAC."""
        sent = datetime(2022, 5, 10, 9, 0, tzinfo=UTC)
        with self.database.transaction() as session:
            letter = LetterRow(
                group_id=self.group_id, audience="committees", reference=f"L-{ref}", number=1
            )
            session.add(letter)
            session.flush()
            assert letter.id is not None
            self._enter(
                session, LetterEventRow(**self.entry(sent), letter_id=letter.id, event="sent")
            )
            row = CommitmentRow(
                group_id=self.group_id,
                letter_id=letter.id,
                ref=ref,
                words=words,
                to_bodies=[self.bodies["PACAC"]],
                promised_on=sent.date(),
                recommendations=[],
                **columns(due),
            )
            session.add(row)
            session.flush()
            assert row.id is not None
            return row.id

    def covers(self, away: str, cover: str, from_on: date, until_on: date) -> None:
        """Somebody acts for somebody who is away."""
        with self.database.transaction() as session:
            row = CoverRow(
                **self.entry(STARTED),
                person_id=self.people[away],
                cover_id=self.people[cover],
                from_on=from_on,
                until_on=until_on,
            )
            self._enter(session, row)

    def policy(self, name: str, value: object) -> None:
        """A setting of the group."""
        with self.database.transaction() as session:
            self._enter(session, PolicyRow(**self.entry(STARTED), name=name, value=value))

    def asked(self, ref: str, *, times: int, first: datetime, state: str = "sent") -> None:
        """Reminders of an item, a day apart."""
        with self.database.transaction() as session:
            item = items.get(session, self.items[ref])
            for number in range(times):
                at = first + timedelta(days=number)
                message = Outgoing(
                    key=f"nudge:{ref}:{number}", group_id=self.group_id, message=Message(parts=())
                )
                outbox_id = outbox.enqueue(session, message, due_at=at, now=at)
                row = session.get_one(OutboxRow, outbox_id)
                row.state, row.settled_at = state, at
                session.add(row)
                session.add(
                    NudgeRow(
                        group_id=self.group_id,
                        item_id=item.id,
                        plan=1,
                        rung=f"rung-{number}",
                        due_on=at.date(),
                        person_id=item.owner_id,
                        outcome="sent",
                        outbox_id=outbox_id,
                        decided_at=at,
                    )
                )

    def entry(self, at: datetime) -> dict[str, Any]:
        """What every entry has."""
        return {"group_id": self.group_id, "at": at, "recorded_at": at}

    @staticmethod
    def _enter(session: Session, row: Entry) -> None:
        entries.add(session, row)
