"""Taking back a nudge that something has overtaken, as long as it is not on the wire."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session, col, select

from storage import deliveries
from storage.outbox import Owed
from storage.rows import ItemRow, NudgeRow, OutboxRow, PersonDayRow

HELD = "held"
MARK = "withdrawn"


def withdraw(session: Session, item_id: int, *, reason: str, now: datetime) -> None:
    """Take back messages about an item that have not gone; what else they said is due again.

    One that is being sent is only marked: whoever sends it asks last of all (`overtaken`).
    """
    rows = session.exec(
        select(OutboxRow)
        .join(NudgeRow, col(NudgeRow.outbox_id) == col(OutboxRow.id))
        .where(
            col(NudgeRow.item_id) == item_id,
            col(OutboxRow.state).in_(("owed", "by_hand", "sending")),
        )
        .with_for_update()
    ).all()
    for row in {row.id: row for row in rows}.values():
        if row.state == "sending":
            row.payload = {**row.payload, MARK: reason}
            session.add(row)
        else:
            _take_back(session, row, reason=reason, now=now)
    session.flush()


def overtaken(session: Session, owed: Owed) -> str | None:
    """Why a message that is about to go shall not, if something has happened since it was owed."""
    found = session.exec(select(OutboxRow.payload).where(col(OutboxRow.id) == owed.id)).first()
    reason = found.get(MARK) if found else None
    return str(reason) if reason else None


def take_back(session: Session, owed: Owed, *, reason: str, now: datetime) -> None:
    """It was certainly not sent, and shall not be; only the holder of its lease may say so."""
    row = session.exec(
        select(OutboxRow)
        .where(col(OutboxRow.id) == owed.id, col(OutboxRow.lease) == owed.lease)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).first()
    if row is not None and row.state == "sending":
        _take_back(session, row, reason=reason, now=now)
        session.flush()


def _take_back(session: Session, row: OutboxRow, *, reason: str, now: datetime) -> None:
    # Its key is free again: the rest of it is still to be said today.
    row.state, row.settled_at, row.key = "cancelled", now, f"{row.key}:withdrawn:{row.id}"
    session.add(row)
    deliveries.cancel_copies(session, row, prefix="told:", now=now)
    _undo(session, row, reason=reason)


def _undo(session: Session, message: OutboxRow, *, reason: str) -> None:
    lines = session.exec(select(NudgeRow).where(col(NudgeRow.outbox_id) == message.id))
    for line in lines:
        line.outcome, line.reason, line.outbox_id = HELD, reason, None
        line.told_next, line.told_rung = False, None
        session.add(line)
        item = session.get_one(ItemRow, line.item_id)
        item.next_nudge_on = min(item.next_nudge_on or line.due_on, line.due_on)
        session.add(item)
    days = session.exec(select(PersonDayRow).where(col(PersonDayRow.outbox_id) == message.id))
    for day in days:
        session.delete(day)
