"""The nudge engine's rows: what is due, the ledger, each item's plan, each person's days."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, insert, tuple_, update
from sqlmodel import Session, col, select

from bot.domain.register import ActionItem
from storage import wishes
from storage.items import from_row
from storage.rows import (
    ItemRow,
    NudgeRow,
    OutboxRow,
    PersonDayRow,
    PersonRow,
)

HELD = "held"
PAGE = 1000
"""Items that are looked up at once, by four columns each."""


@dataclass(frozen=True, kw_only=True)
class DueItem:
    """What a sweep needs to know of an item before it reads any more of it."""

    id: int
    owner_id: int
    blocked: bool
    next_on: date


@dataclass(frozen=True, kw_only=True)
class PlannedItem:
    """An item with its frozen ladder as JSON values, and its last updates for letters.

    `again_on` is the day on which its owner wishes to be asked again.
    """

    item: ActionItem
    plan: int
    ladder: Any
    next_on: date | None
    letters: tuple[tuple[str, date], ...] = ()
    again_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line of the ledger, and what became of its message: `ts` is Slack's receipt for it."""

    id: int
    item_id: int
    plan: int
    rung: str
    due_on: date
    person_id: int | None
    outcome: str
    reason: str
    told_rung: str | None
    outbox_id: int | None
    outbox_state: str | None
    ts: str | None
    decided_at: datetime


def due(session: Session, group_id: int, *, today: date) -> Iterator[list[DueItem]]:
    """Items whose next nudge has come due, a page at a time; an index keeps the others out."""
    day, number = col(ItemRow.next_nudge_on), col(ItemRow.id)
    statement = (
        select(number, col(ItemRow.owner_id), col(ItemRow.blocked), day)
        .where(col(ItemRow.group_id) == group_id, day <= today)
        .order_by(day, number)
        .limit(PAGE)
    )
    page = _due_items(session.exec(statement))
    while page:
        yield page
        last = page[-1]
        # The first condition is what an index can begin from; the second one is exact.
        rest = statement.where(day >= last.next_on, tuple_(day, number) > (last.next_on, last.id))
        page = _due_items(session.exec(rest))


def _due_items(rows: Iterable[tuple[int | None, int, bool, date | None]]) -> list[DueItem]:
    return [
        DueItem(id=n, owner_id=o, blocked=b, next_on=on)
        for n, o, b, on in rows
        if n is not None and on is not None
    ]


def of_item(session: Session, item_id: int) -> PlannedItem:
    """One item with its plan."""
    return as_planned(session.get_one(ItemRow, item_id), wishes.again(session, [item_id]))


def locked(session: Session, numbers: Sequence[int], *, today: date) -> list[PlannedItem]:
    """Those of these items that are still due, locked; another process may have seen to some."""
    rows = session.exec(
        select(ItemRow)
        .where(col(ItemRow.id).in_(list(numbers)), col(ItemRow.next_nudge_on) <= today)
        .order_by(col(ItemRow.id))
        .with_for_update()
        .execution_options(populate_existing=True)
    ).all()
    wished = wishes.again(session, [row.id for row in rows if row.id is not None])
    return [as_planned(row, wished) for row in rows]


def as_planned(row: ItemRow, wished: Mapping[tuple[int, int], date]) -> PlannedItem:
    """A row's item with its plan; `wished` are days to be asked again on, by item and plan."""
    return PlannedItem(
        item=from_row(row),
        plan=row.plan,
        ladder=row.ladder,
        next_on=row.next_nudge_on,
        letters=tuple((key, date.fromisoformat(on)) for key, on in row.letters or ()),
        again_on=wished.get((row.id or 0, row.plan)),
    )


def lock_people(session: Session, numbers: Iterable[int]) -> None:
    """One process at a time decides what these people are sent today."""
    chosen = select(PersonRow.id).where(col(PersonRow.id).in_(sorted(numbers)))
    session.exec(chosen.order_by(col(PersonRow.id)).with_for_update()).all()


def plan(session: Session, item_id: int, *, plan: int, ladder: Any, next_on: date | None) -> None:
    """Keep an item's plan, its frozen ladder, and the day it comes due again."""
    row = session.get_one(ItemRow, item_id)
    row.plan, row.ladder, row.next_nudge_on = plan, ladder, next_on
    session.add(row)


def due_again(session: Session, days: Mapping[int, date | None]) -> None:
    """The days on which these items come due again, all in one statement."""
    if not days:
        return
    table = ItemRow.__table__  # type: ignore[attr-defined]
    statement = (
        update(table)
        .where(table.c.id == bindparam("which"))
        .values(next_nudge_on=bindparam("then"))
    )
    values = [{"which": number, "then": day} for number, day in sorted(days.items())]
    session.connection().execute(statement, values)


def ledger(session: Session, numbers: Sequence[int]) -> dict[int, list[Line]]:
    """Every line about these items, the oldest first."""
    rows = session.exec(
        select(NudgeRow, OutboxRow.state, OutboxRow.ts)
        .join(OutboxRow, col(OutboxRow.id) == col(NudgeRow.outbox_id), isouter=True)
        .where(col(NudgeRow.item_id).in_(list(numbers)))
        .order_by(col(NudgeRow.item_id), col(NudgeRow.id))
    )
    found: dict[int, list[Line]] = defaultdict(list)
    for row, state, ts in rows:
        found[row.item_id].append(_line(row, state, ts))
    return found


def _line(row: NudgeRow, state: str | None, ts: str | None) -> Line:
    of_message = {"outbox_state", "ts"}
    names = [name for name in Line.__dataclass_fields__ if name not in of_message]
    return Line(**{name: getattr(row, name) for name in names}, outbox_state=state, ts=ts)


@dataclass(frozen=True, kw_only=True)
class NewLine:
    """What becomes of a rung; `held_id` is the line that held it until now."""

    group_id: int
    item_id: int
    plan: int
    rung: str
    due_on: date
    person_id: int | None
    outcome: str
    reason: str
    told_rung: str | None
    outbox_id: int | None
    decided_at: datetime
    held_id: int | None = None


def record(session: Session, lines: Sequence[NewLine]) -> None:
    """Enter what became of rungs; only one that was held may be entered again."""
    table = NudgeRow.__table__  # type: ignore[attr-defined]
    new = [_columns(line) for line in lines if line.held_id is None]
    if new:
        session.connection().execute(insert(table), new)
    for line in lines:
        if line.held_id is not None:
            held = (table.c.id == line.held_id) & (table.c.outcome == HELD)
            values = {k: v for k, v in _columns(line).items() if k != "due_on"}
            if session.connection().execute(update(table).where(held).values(values)).rowcount != 1:
                raise AssertionError("A rung has one outcome.")


def _columns(line: NewLine) -> dict[str, Any]:
    values = {name: value for name, value in line.__dict__.items() if name != "held_id"}
    return {**values, "told_next": line.told_rung is not None}


def wrote(session: Session, person_id: int, day: date, outbox_id: int) -> None:
    """A person was sent the one message of a day."""
    session.add(PersonDayRow(person_id=person_id, day=day, outbox_id=outbox_id))
    session.flush()


def days_written(session: Session, numbers: Iterable[int], *, day: date) -> dict[int, list[date]]:
    """The days of this day's week on which these people were written to."""
    monday = day - timedelta(days=day.weekday())
    rows = session.exec(
        select(PersonDayRow).where(
            col(PersonDayRow.person_id).in_(list(numbers)),
            col(PersonDayRow.day) >= monday,
            col(PersonDayRow.day) <= day,
        )
    )
    found: dict[int, list[date]] = defaultdict(list)
    for row in rows:
        found[row.person_id].append(row.day)
    return found


def end_plan(session: Session, item_id: int, plan: int, *, reason: str, now: datetime) -> None:
    """What an old plan still held will never be sent."""
    rows = session.exec(
        select(NudgeRow).where(
            col(NudgeRow.item_id) == item_id,
            col(NudgeRow.plan) == plan,
            col(NudgeRow.outcome) == HELD,
        )
    )
    for row in rows:
        row.outcome, row.reason, row.decided_at = "suppressed", reason, now
        session.add(row)


def undelivered(session: Session, outbox_id: int, *, reason: str, now: datetime) -> list[int]:
    """A message could not be sent: its rungs failed. The items it was about."""
    rows = session.exec(select(NudgeRow).where(col(NudgeRow.outbox_id) == outbox_id)).all()
    for row in rows:
        row.outcome, row.reason, row.decided_at = "failed", reason, now
        session.add(row)
    return sorted({row.item_id for row in rows})
