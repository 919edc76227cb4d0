"""When each sweep last ran to its end: the heartbeat."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session, col, select

from storage.rows import SweepRow


def ran(session: Session, name: str, *, now: datetime, note: str = "") -> None:
    """A sweep has run to its end."""
    row = session.get(SweepRow, name) or SweepRow(name=name, ran_at=now)
    row.ran_at, row.note = now, note
    session.add(row)


def last(session: Session) -> dict[str, datetime]:
    """When each sweep last ran, by name."""
    rows = session.exec(select(SweepRow).order_by(col(SweepRow.name)))
    return {row.name: row.ran_at for row in rows}
