"""Meetings, recesses and changed holidays as entries that people make, move and take back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlmodel import Session, col, select

from storage import entries
from storage.rows import CalendarRow, CalendarTaskRow, GroupRow, ItemRow

MEETING, RECESS = "meeting", "recess"
ADDED, REMOVED = "holiday_added", "holiday_removed"


@dataclass(frozen=True, kw_only=True)
class CalendarEntry:
    """One standing entry; a recess ends on the day the House returns, no nation means all."""

    id: int
    kind: str
    name: str
    starts_on: date
    ends_on: date | None = None
    nation: str | None = None


def lock(session: Session, group_id: int) -> None:
    """One process at a time changes a group's calendar."""
    chosen = select(GroupRow.id).where(col(GroupRow.id) == group_id)
    session.exec(chosen.with_for_update(key_share=True)).one()


def standing(session: Session, group_id: int) -> list[CalendarEntry]:
    """All that stands, by day."""
    rows = entries.standing(session, CalendarRow, col(CalendarRow.group_id) == group_id)
    return sorted(map(_entry, rows), key=lambda one: (one.starts_on, one.id))


def find(session: Session, group_id: int, number: int) -> CalendarEntry | None:
    """The entry with this number, while it stands."""
    return next((one for one in standing(session, group_id) if one.id == number), None)


def enter(
    session: Session,
    entry: CalendarEntry,
    *,
    group_id: int,
    by_id: int,
    now: datetime,
    instead_of: CalendarEntry | None = None,
) -> CalendarEntry:
    """Enter one, in place of another where it has moved; it comes back with its number."""
    number = entries.add(
        session,
        CalendarRow(
            **_columns(entry),
            group_id=group_id,
            at=now,
            recorded_at=now,
            by_id=by_id,
            supersedes_id=instead_of.id if instead_of else None,
        ),
    )
    return replace(entry, id=number)


def take_back(session: Session, entry: CalendarEntry, *, by_id: int, now: datetime) -> None:
    """It stands no more from now on, nor what it stood in place of."""
    entries.retract_line(session, CalendarRow, entry.id, by_id=by_id, now=now)


def line(session: Session, number: int) -> list[CalendarEntry]:
    """An entry and all that it has stood in place of, the newest first."""
    found = []
    wanted: int | None = number
    while wanted is not None:
        row = session.get_one(CalendarRow, wanted)
        found.append(_entry(row))
        wanted = row.supersedes_id
    return found


def anchored(session: Session, group_id: int, *, after: int, limit: int) -> list[int]:
    """Open items whose dates hang on some meeting or recess, by number, a page at a time."""
    rows = session.exec(
        select(ItemRow.id)
        .where(
            col(ItemRow.group_id) == group_id,
            col(ItemRow.anchored),
            col(ItemRow.id) > after,
            col(ItemRow.delivery).in_(("not_started", "in_progress", "paused")),
        )
        .order_by(col(ItemRow.id))
        .limit(limit)
    )
    return [number for number in rows if number is not None]


@dataclass(frozen=True, kw_only=True)
class Task:
    """What a change touches and has not reached yet: items after this owner and number."""

    id: int
    group_id: int
    kind: str
    nations: tuple[str, ...]
    people: tuple[int, ...]
    entry_id: int | None
    by_id: int | None
    after: tuple[int, int]


def leave(
    session: Session,
    kind: str,
    *,
    group_id: int,
    after: tuple[int, int],
    now: datetime,
    nations: Iterable[str] = (),
    people: Iterable[int] = (),
    entry_id: int | None = None,
    by_id: int | None = None,
) -> None:
    """Leave the rest to the sweep; what is left already in whole is not left twice."""
    nations, people = sorted(nations), sorted(people)
    waiting = session.exec(
        select(CalendarTaskRow).where(
            col(CalendarTaskRow.group_id) == group_id, col(CalendarTaskRow.finished_at).is_(None)
        )
    )
    wanted = (kind, nations, people, entry_id, *after)
    if wanted in [
        (w.kind, w.nations, w.people, w.entry_id, w.after_owner_id, w.after_id) for w in waiting
    ]:
        return
    session.add(
        CalendarTaskRow(
            group_id=group_id,
            kind=kind,
            nations=nations,
            people=people,
            entry_id=entry_id,
            by_id=by_id,
            after_owner_id=after[0],
            after_id=after[1],
            made_at=now,
        )
    )
    session.flush()


def open_tasks(session: Session) -> list[int]:
    """Tasks that are not finished, the oldest first."""
    rows = session.exec(
        select(CalendarTaskRow.id)
        .where(col(CalendarTaskRow.finished_at).is_(None))
        .order_by(col(CalendarTaskRow.id))
    )
    return [number for number in rows if number is not None]


def locked_task(session: Session, number: int) -> Task | None:
    """The task, locked; nothing once another process has finished it."""
    row = session.exec(
        select(CalendarTaskRow)
        .where(col(CalendarTaskRow.id) == number, col(CalendarTaskRow.finished_at).is_(None))
        .with_for_update()
        .execution_options(populate_existing=True)
    ).first()
    if row is None:
        return None
    return Task(
        id=number,
        group_id=row.group_id,
        kind=row.kind,
        nations=tuple(row.nations),
        people=tuple(row.people),
        entry_id=row.entry_id,
        by_id=row.by_id,
        after=(row.after_owner_id, row.after_id),
    )


def reached(session: Session, number: int, after: tuple[int, int] | None, *, now: datetime) -> None:
    """How far a task has come; it is finished where nothing is left."""
    row = session.get_one(CalendarTaskRow, number)
    if after is None:
        row.finished_at = now
    else:
        row.after_owner_id, row.after_id = after
    session.add(row)
    session.flush()


def _columns(entry: CalendarEntry) -> dict[str, Any]:
    return {
        "kind": entry.kind,
        "name": entry.name,
        "nation": entry.nation,
        "starts_on": entry.starts_on,
        "ends_on": entry.ends_on,
    }


def _entry(row: CalendarRow) -> CalendarEntry:
    if row.id is None:
        raise AssertionError("A stored entry has a number.")
    return CalendarEntry(
        id=row.id,
        kind=row.kind,
        name=row.name,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        nation=row.nation,
    )
