"""A started group whose days can be lived through: items, answers, sweeps and deliveries."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlmodel import col, select

from bot.domain.deadlines import NO_DEADLINE, Deadline
from bot.domain.diaries import Diary
from bot.domain.messages import Buttons, Message
from bot.domain.people import LONDON, Account
from bot.domain.register import ActionItem, Status, StatusUpdate
from bot.services import nudge_words, nudges, planning, waits
from bot.services.intake import Arrival
from storage import date_changes, entries, items, payloads, people, updates
from storage.deadlines import columns
from storage.rows import (
    ItemDeadlineRow,
    ItemRow,
    NudgeRow,
    OutboxRow,
)
from tests.services.founded import KICK_OFF, TEAM, Founded, at


class Register(Founded):
    """One group in a database, with a chair, a deputy, a sponsor, a secretary and an owner."""

    def item(
        self,
        ref: str,
        due: date | None,
        *,
        owner: str = "Priya",
        now: datetime = KICK_OFF,
        waits_on: int | None = None,
    ) -> int:
        """An item with its plan."""
        with self.database.transaction() as session:
            item = items.insert(
                session,
                group_id=self.group_id,
                ref=ref,
                title=f"The work of {ref}",
                owner_id=self.people[owner],
                due=Deadline.on(due) if due else NO_DEADLINE,
                raised_on=now.date(),
                by_id=None,
                now=now,
            )
            if waits_on is not None:
                items.link(session, item, "waits_on", waits_on, by_id=None, now=now)
            directory = people.directory(session, self.group_id)
            planning.replan(session, directory, item, now=now, fresh=True)
            return item.id

    def says(self, item_id: int, status: Status, now: datetime, *, by: str = "Priya") -> None:
        """An update, and the plan after it."""
        with self.database.transaction() as session:
            update = StatusUpdate(
                id=0,
                item_id=item_id,
                at=now,
                recorded_at=now,
                by_id=self.people[by],
                status=status,
            )
            updates.add(session, update, group_id=self.group_id, words=None, source_key=None)
            item = items.refresh(session, item_id)
            directory = people.directory(session, self.group_id)
            planning.replan(session, directory, item, now=now, fresh=False)

    def moves(self, item_id: int, to: date, now: datetime) -> None:
        """A date change that has been decided."""
        with self.database.transaction() as session:
            deadline = Deadline.on(to)
            row = ItemDeadlineRow(
                group_id=self.group_id,
                item_id=item_id,
                at=now,
                recorded_at=now,
                **columns(deadline),
            )
            entries.add(session, row)
            item = items.refresh(session, item_id)
            directory = people.directory(session, self.group_id)
            planning.replan(session, directory, item, now=now, fresh=True)

    def asks_for_time(self, item_id: int, to: date, now: datetime) -> None:
        """A date change that waits."""
        with self.database.transaction() as session:
            item = items.get(session, item_id)
            date_changes.add(
                session,
                group_id=self.group_id,
                item_id=item_id,
                old_latest_on=item.due_on,
                new=Deadline.on(to),
                reason="late",
                decider="secretariat",
                words=None,
                by_id=item.owner_id,
                now=now,
            )

    def deliver(self, now: datetime, *, fail: bool = False) -> None:
        """What is due in the outbox goes out, or cannot."""
        with self.database.transaction() as session:
            rows = session.exec(
                select(OutboxRow).where(
                    col(OutboxRow.state) == "owed", col(OutboxRow.due_at) <= now
                )
            )
            for row in rows:
                row.state, row.settled_at = "failed" if fail else "sent", now
                row.channel_id, row.ts = row.channel_id or f"D{row.person_id}", f"{row.id}.0"
                session.add(row)

    def sweep(self, now: datetime) -> int:
        """Both sweeps, and the post."""
        written = nudges.sweep(self.database, now=now)
        waits.sweep(self.database, now=now)
        self.deliver(now)
        return written

    def live(self, first: date, last: date, *, hours: tuple[int, ...] = (9,)) -> None:
        """Every day from one to another, weekends too, with sweeps at these local hours."""
        for number in range((last - first).days + 1):
            for hour in hours:
                self.sweep(at(first + timedelta(days=number), hour))

    def ledger(self, item_id: int) -> dict[str, str]:
        """What became of each rung of an item, in all its plans."""
        with self.database.snapshot() as session:
            rows = session.exec(
                select(NudgeRow).where(col(NudgeRow.item_id) == item_id).order_by(col(NudgeRow.id))
            )
            return {row.rung: row.outcome for row in rows}

    def said_to(self, first: str, prefix: str = "") -> list[tuple[datetime, str]]:
        """Everything owed or sent to somebody, in order, with when it was due."""
        with self.database.snapshot() as session:
            rows = session.exec(
                select(OutboxRow)
                .where(
                    col(OutboxRow.person_id) == self.people[first],
                    col(OutboxRow.state) != "cancelled",
                )
                .order_by(col(OutboxRow.id))
            )
            return [(r.due_at, read(r)) for r in rows if r.key.startswith(prefix)]

    def days_of(self, first: str, prefix: str = "nudge:") -> list[date]:
        """The days on which somebody was written to."""
        return [due.astimezone(LONDON).date() for due, _text in self.said_to(first, prefix)]

    def rows(self, prefix: str) -> list[OutboxRow]:
        """Outbox rows whose key starts so."""
        with self.database.snapshot() as session:
            rows = session.exec(select(OutboxRow).order_by(col(OutboxRow.id))).all()
            session.expunge_all()
            return [row for row in rows if row.key.startswith(prefix)]

    def next_on(self, item_id: int) -> date | None:
        """The day on which an item comes due again."""
        with self.database.snapshot() as session:
            return session.get_one(ItemRow, item_id).next_nudge_on

    def get(self, item_id: int) -> ActionItem:
        """The item as it stands."""
        with self.database.snapshot() as session:
            return items.get(session, item_id)

    def diary(self) -> Diary:
        """Everybody's calendars."""
        with self.database.snapshot() as session:
            return Diary(directory=people.directory(session, self.group_id))

    def arrival(self, first: str, key: str = "1") -> Arrival:
        """Something that comes in from this person."""
        return Arrival(key=key, kind="button", account=Account(TEAM, f"U{first.upper()}"))


def message_of(row: OutboxRow) -> Message:
    """The message in an outbox row."""
    return payloads.load(row.payload["parts"])


def read(row: OutboxRow) -> str:
    """What its reader reads, buttons left out."""
    return nudge_words.as_text(message_of(row))


def labels(row: OutboxRow) -> list[str]:
    """What can be pressed."""
    return [
        button.label
        for part in message_of(row).parts
        if isinstance(part, Buttons)
        for button in part.buttons
    ]


__all__ = ["Register", "at", "labels", "message_of", "read"]
