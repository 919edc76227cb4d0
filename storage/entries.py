"""Entries as at T, as known at K: the one way dated rows are read."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any, TypeVar

from sqlmodel import Session, col, select

from storage.rows.base import Entry

E = TypeVar("E", bound=Entry)

END_OF_TIME = datetime(9999, 1, 1, tzinfo=UTC)


def standing(
    session: Session,
    kind: type[E],
    *where: Any,
    at: datetime = END_OF_TIME,
    known_at: datetime = END_OF_TIME,
) -> list[E]:
    """Entries that were so at `at` and known at `known_at`, less the superseded, oldest first."""
    statement = (
        select(kind)
        .where(col(kind.at) <= at, col(kind.recorded_at) <= known_at, *where)
        .order_by(col(kind.at), col(kind.id))
    )
    return surviving(session.exec(statement))


def surviving(rows: Iterable[E]) -> list[E]:
    """Those that no other of these supersedes; retractions themselves drop out.

    What a retracted entry superseded stands again: taking it back restores what was before.
    """
    found = list(rows)
    retracted = {row.supersedes_id for row in found if row.retracts}
    gone = retracted | {row.supersedes_id for row in found if row.id not in retracted}
    return [row for row in found if row.id not in gone and not row.retracts]


def retract(
    session: Session, row: Entry, *, by_id: int | None, now: datetime, at: datetime | None = None
) -> None:
    """Take an entry away, from now on or from `at`, by one that says the same; none is erased."""
    said = row.model_dump(exclude=set(Entry.model_fields) - {"group_id"})
    gone = type(row)(
        **said, at=at or now, recorded_at=now, by_id=by_id, supersedes_id=row.id, retracts=True
    )
    add(session, gone)


def retract_line(
    session: Session, kind: type[E], number: int, *, by_id: int, now: datetime
) -> None:
    """Take an entry away, and whatever it stood in place of."""
    wanted: int | None = number
    while wanted is not None:
        row = session.get_one(kind, wanted)
        retract(session, row, by_id=by_id, now=now)
        wanted = row.supersedes_id


def add(session: Session, row: E) -> int:
    """Write an entry; its number."""
    session.add(row)
    session.flush()
    if row.id is None:
        raise AssertionError("An entry has a number once it is flushed.")
    return row.id
