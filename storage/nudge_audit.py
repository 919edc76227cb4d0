"""What an auditor and a reader of the ledger look up: pages of items, lost and recent lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from sqlmodel import Session, col, select

from storage import nudges, wishes
from storage.nudges import PlannedItem
from storage.rows import ItemRow, NudgeRow, OutboxRow, PersonDayRow


def planned(session: Session, group_id: int, *, up_to: date | None = None) -> list[PlannedItem]:
    """Items of a group that are due by a day, or all that have a plan, to be read only."""
    statement = select(ItemRow).where(
        col(ItemRow.group_id) == group_id, col(ItemRow.next_nudge_on).is_not(None)
    )
    if up_to is not None:
        statement = statement.where(col(ItemRow.next_nudge_on) <= up_to)
    wished = wishes.again(session, group_id=group_id)
    rows = session.exec(statement.order_by(col(ItemRow.id)))
    return [nudges.as_planned(row, wished) for row in rows]


def of_items(session: Session, numbers: Sequence[int]) -> dict[int, PlannedItem]:
    """These items with their plans, to be read only."""
    rows = session.exec(select(ItemRow).where(col(ItemRow.id).in_(list(numbers))))
    wished = wishes.again(session, numbers)
    return {row.id: nudges.as_planned(row, wished) for row in rows if row.id is not None}


def numbers(session: Session, group_id: int, *, after: int, limit: int) -> list[int]:
    """A page of the numbers of all items of a group."""
    rows = session.exec(
        select(ItemRow.id)
        .where(col(ItemRow.group_id) == group_id, col(ItemRow.id) > after)
        .order_by(col(ItemRow.id))
        .limit(limit)
    )
    return [number for number in rows if number is not None]


def lost(session: Session, person_id: int, *, since: date) -> Iterator[tuple[str, date]]:
    """Items that somebody was written to about, of which the ledger has no line; and the day."""
    messages = session.exec(
        select(col(PersonDayRow.day), col(OutboxRow.id), col(OutboxRow.subject))
        .join(OutboxRow, col(OutboxRow.id) == col(PersonDayRow.outbox_id))
        .where(col(PersonDayRow.person_id) == person_id, col(PersonDayRow.day) >= since)
        .order_by(col(PersonDayRow.day))
    ).all()
    for day, number, subject in messages:
        told = set(session.exec(select(NudgeRow.item_id).where(col(NudgeRow.outbox_id) == number)))
        missing = set((subject or {}).get("items", [])) - told
        # An item that waits on one of these has its line in that one's place.
        if missing and not told - set(subject["items"]):
            refs = select(ItemRow.ref).where(col(ItemRow.id).in_(missing))
            for ref in session.exec(refs.order_by(col(ItemRow.number))):
                yield ref, day
