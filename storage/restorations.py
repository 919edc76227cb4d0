"""What a restored database knows of the time it has lost."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import update
from sqlmodel import Session, col, func, select

from storage.rows import OutboxRow, RestorationRow

LOOKING = timedelta(days=7)
"""So long after its first message what a restored bot says is looked up before it is said."""
LOST = 1_000_000
"""More messages than any bot sent between a backup and its restoring: their numbers stay theirs."""


def begin(session: Session, *, made_at: datetime, now: datetime) -> None:
    """From here on this database is one that lost what happened after `made_at`."""
    session.add(RestorationRow(backup_at=made_at, restored_at=now))
    # Nobody can look up what only its reader saw.
    session.exec(
        update(OutboxRow)
        .where(col(OutboxRow.kind) == "ephemeral", col(OutboxRow.state).in_(("owed", "sending")))
        .values(state="cancelled", settled_at=now)
    )
    highest = session.exec(select(func.max(OutboxRow.id))).one() or 0
    session.add(
        OutboxRow(
            id=highest + LOST,
            key=f"restored:{now.isoformat()}",
            kind="message",
            payload={"parts": [], "file": None},
            state="cancelled",
            due_at=now,
            created_at=now,
            settled_at=now,
        )
    )
    session.flush()


def look_since(session: Session, *, now: datetime) -> datetime | None:
    """Since when a message may have been said by a bot that is lost; nothing where none is."""
    row = _last(session)
    if row is None:
        return None
    if row.look_until is None:
        row.look_until = now + LOOKING
        session.add(row)
    return row.backup_at if now <= row.look_until else None


def is_lost(session: Session, ts: str) -> bool:
    """Whether a message of ours of this time, of which nothing is known, was lost."""
    row = _last(session)
    return row is not None and float(ts) < row.restored_at.timestamp()


def _last(session: Session) -> RestorationRow | None:
    return session.exec(select(RestorationRow).order_by(col(RestorationRow.id).desc())).first()
