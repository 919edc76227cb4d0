"""What sending asks of the outbox besides leasing and settling."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, update
from sqlmodel import Session, col, select

from bot.domain.outgoing import Sending
from storage.outbox import Owed
from storage.rows import OutboxRow


def orphaned(session: Session, *, now: datetime) -> int:
    """Every lease ends now: whoever holds the database alone knows that its holders are dead."""
    result = session.exec(
        update(OutboxRow).where(col(OutboxRow.state) == "sending").values(leased_until=now)
    )
    return int(result.rowcount)


def let_go(session: Session, owed: Owed) -> None:
    """It was not tried: owed as before it was leased, at its time."""
    session.exec(
        update(OutboxRow)
        .where(col(OutboxRow.id) == owed.id, col(OutboxRow.lease) == owed.lease)
        .values(state="owed", leased_at=None, attempts=owed.attempts - 1)
    )


def cancel_copies(session: Session, row: OutboxRow, *, prefix: str, now: datetime) -> None:
    """What was owed to others in the same moment about the same items is taken back with it."""
    copies = session.exec(
        select(OutboxRow).where(
            col(OutboxRow.state).in_(("owed", "sending")),
            col(OutboxRow.group_id) == row.group_id,
            col(OutboxRow.created_at) == row.created_at,
            col(OutboxRow.key).startswith(prefix),
        )
    )
    for copy in copies:
        ours = copy.state == "owed" or copy.lease == row.lease
        if ours and set(copy.subject["items"]) <= set(row.subject["items"]):
            copy.state, copy.settled_at, copy.lease = "cancelled", now, None
            copy.key = f"{copy.key}:withdrawn:{copy.id}"
            session.add(copy)


def superseded(session: Session, owed: Owed) -> bool:
    """Whether a later update of the same message, or Home of the same person, is owed or sent."""
    if owed.kind is not Sending.UPDATE and owed.person_id is None:
        return False  # somebody who is nobody of ours
    same = (
        col(OutboxRow.target_id) == owed.target_id
        if owed.kind is Sending.UPDATE
        else col(OutboxRow.person_id) == owed.person_id
    )
    later = session.exec(
        select(OutboxRow.id).where(
            same,
            col(OutboxRow.kind) == owed.kind.value,
            col(OutboxRow.id) > owed.id,
            col(OutboxRow.state).in_(("owed", "sending", "sent")),
        )
    )
    return later.first() is not None


def next_due(session: Session) -> datetime | None:
    """When something is due again, or its lease ends; nothing where nothing is owed."""
    owed = select(func.min(OutboxRow.due_at)).where(col(OutboxRow.state) == "owed")
    taken = select(func.min(OutboxRow.leased_until)).where(col(OutboxRow.state) == "sending")
    moments = [session.exec(owed).one(), session.exec(taken).one()]
    return min((m for m in moments if m is not None), default=None)


def stands(session: Session, channel_id: str | None, ts: str | None) -> bool:
    """Whether a row of the outbox is known to stand at this place."""
    place = select(OutboxRow.id).where(
        col(OutboxRow.channel_id) == channel_id, col(OutboxRow.ts) == ts
    )
    return session.exec(place).first() is not None
