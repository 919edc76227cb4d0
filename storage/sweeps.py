"""When each sweep last ran to its end: the heartbeat."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import delete
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col, select

from storage.rows import SweepRow

TRIAL = "trial"


def ran(session: Session, name: str, *, now: datetime, note: str = "") -> None:
    """A sweep has run to its end; two processes may say so at once."""
    dialect = session.connection().dialect.name
    insert = sqlite.insert if dialect == "sqlite" else postgresql.insert
    statement = insert(SweepRow).values(name=name, ran_at=now, note=note)
    session.connection().execute(
        statement.on_conflict_do_update(index_elements=["name"], set_={"ran_at": now, "note": note})
    )


@dataclass(frozen=True, kw_only=True)
class Ran:
    """When a sweep last ran, and what it keeps for its next run."""

    ran_at: datetime
    note: str


def read(session: Session, name: str) -> Ran | None:
    """One of them."""
    row = session.get(SweepRow, name)
    return Ran(ran_at=row.ran_at, note=row.note) if row else None


def of_prefix(session: Session, prefix: str) -> list[Ran]:
    """Those whose name begins so."""
    rows = session.exec(select(SweepRow).where(col(SweepRow.name).startswith(prefix)))
    return [Ran(ran_at=row.ran_at, note=row.note) for row in rows]


def last(session: Session) -> dict[str, datetime]:
    """When each sweep last ran, by name."""
    rows = session.exec(select(SweepRow).order_by(col(SweepRow.name)))
    return {row.name: row.ran_at for row in rows}


def trial(session: Session, *, now: datetime) -> None:
    """Write, and take it away again: whether it can be written, the commit will show."""
    ran(session, TRIAL, now=now)
    session.exec(delete(SweepRow).where(col(SweepRow.name) == TRIAL))


def up_since(session: Session, name: str) -> tuple[datetime | None, date | None]:
    """When a sweep last ran, and the day from which it has run without a gap."""
    row = session.get(SweepRow, name)
    if row is None:
        return None, None
    return row.ran_at, date.fromisoformat(row.note) if row.note else None
