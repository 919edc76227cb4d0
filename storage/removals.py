"""Removals as they are asked for, agreed and finished; and holds, under which there are none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import Session, col, select

from storage import entries
from storage.rows import HoldRow, RemovalRow

ASKED, AGREED, REFUSED = "asked", "agreed", "refused"


@dataclass(frozen=True, kw_only=True)
class Removal:
    """Words that somebody asks to remove, and what became of that."""

    id: int
    group_id: int
    by_id: int | None
    at: datetime
    subject: str
    reason: str
    wanted: Mapping[str, Any]
    marks: Mapping[str, Any] | None
    places: int
    outcome: str
    settled_by: int | None
    removed_on: date | None
    erased_at: datetime | None


def _to_domain(row: RemovalRow) -> Removal:
    values = {name: getattr(row, name) for name in Removal.__dataclass_fields__}
    return Removal(**{**values, "wanted": row.wanted or {}})


def ask(
    session: Session,
    *,
    group_id: int,
    subject: str,
    reason: str,
    wanted: Mapping[str, Any],
    places: int,
    by_id: int,
    now: datetime,
) -> int:
    """Keep a request until somebody else agrees or refuses; its number."""
    row = RemovalRow(
        group_id=group_id,
        at=now,
        recorded_at=now,
        by_id=by_id,
        subject=subject,
        reason=reason,
        wanted=dict(wanted),
        places=places,
    )
    return entries.add(session, row)


def locked(session: Session, number: int) -> Removal | None:
    """One request, locked for a change."""
    row = session.exec(
        select(RemovalRow)
        .where(col(RemovalRow.id) == number)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).first()
    return _to_domain(row) if row else None


def settle(
    session: Session,
    removal: Removal,
    *,
    outcome: str,
    by_id: int,
    now: datetime,
    removed_on: date | None = None,
    marks: Mapping[str, Any] | None = None,
) -> None:
    """It is agreed or refused; either way the request no longer holds the words."""
    row = session.get_one(RemovalRow, removal.id)
    row.outcome, row.settled_by, row.settled_at = outcome, by_id, now
    row.removed_on, row.wanted = removed_on, None
    row.marks = dict(marks) if marks else None
    session.add(row)
    session.flush()


def counted(session: Session, removal: Removal, places: int) -> None:
    """In how many places the words stood when they went."""
    row = session.get_one(RemovalRow, removal.id)
    row.places = places
    session.add(row)


def unfinished(session: Session) -> list[Removal]:
    """Settled ones whose words may still stand in the file's free space, or are not noted yet."""
    rows = session.exec(
        select(RemovalRow)
        .where(col(RemovalRow.erased_at).is_(None), col(RemovalRow.outcome) != ASKED)
        .order_by(col(RemovalRow.id))
    )
    return [_to_domain(row) for row in rows]


def agreed(session: Session) -> list[Removal]:
    """Every removal that was made, the oldest first."""
    rows = session.exec(
        select(RemovalRow).where(col(RemovalRow.outcome) == AGREED).order_by(col(RemovalRow.id))
    )
    return [_to_domain(row) for row in rows]


def settled(session: Session, group_id: int, *, lock: bool = False) -> set[int]:
    """The removals of a group that were made, by number.

    Locked, one that is being made now has ended before this answers, and another waits.
    """
    statement = select(RemovalRow).where(col(RemovalRow.group_id) == group_id)
    if lock:
        statement = statement.with_for_update().execution_options(populate_existing=True)
    rows = session.exec(statement.order_by(col(RemovalRow.id)))
    return {row.id for row in rows if row.id is not None and row.outcome == AGREED}


def every(session: Session, group_id: int) -> list[Removal]:
    """Every request of a group, the oldest first."""
    rows = session.exec(
        select(RemovalRow).where(col(RemovalRow.group_id) == group_id).order_by(col(RemovalRow.id))
    )
    return [_to_domain(row) for row in rows]


def finished(session: Session, numbers: Sequence[int], *, now: datetime) -> None:
    """Their bytes are gone."""
    for number in numbers:
        row = session.get_one(RemovalRow, number)
        row.erased_at = now
        session.add(row)


def forget(session: Session, number: int) -> None:
    """A request that a backup still has open, and that has been settled since."""
    row = session.get(RemovalRow, number)
    if row is not None:
        session.delete(row)
        session.flush()


def again(session: Session, values: Mapping[str, Any]) -> None:
    """A removal that a backup did not know yet, as it was noted outside."""
    row = RemovalRow(**values)
    session.add(row)
    session.flush()


@dataclass(frozen=True, kw_only=True)
class Hold:
    """Since when nothing may be destroyed, why, and who said so."""

    since: datetime
    reason: str
    by_id: int | None


def hold(session: Session, group_id: int) -> Hold | None:
    """The hold in force, if there is one."""
    rows = entries.standing(session, HoldRow, col(HoldRow.group_id) == group_id)
    last = rows[-1] if rows else None
    if last is None or last.releases:
        return None
    return Hold(since=last.at, reason=last.reason, by_id=last.by_id)


def add_hold(
    session: Session, group_id: int, *, reason: str, releases: bool, by_id: int, now: datetime
) -> int:
    """A hold begins, or ends."""
    row = HoldRow(
        group_id=group_id,
        at=now,
        recorded_at=now,
        by_id=by_id,
        reason=reason,
        releases=releases,
    )
    return entries.add(session, row)
