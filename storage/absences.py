"""Absences and working patterns as people enter, change and end them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlmodel import Session, col, select

from bot.domain.people import Cover, Person
from storage import entries
from storage.rows import CoverRow, PatternRow, PersonRow


@dataclass(frozen=True, kw_only=True)
class Absence:
    """One standing absence, by its number."""

    id: int
    cover: Cover


def lock(session: Session, person_id: int) -> None:
    """One process at a time changes when somebody works."""
    chosen = select(PersonRow.id).where(col(PersonRow.id) == person_id)
    session.exec(chosen.with_for_update(key_share=True)).one()


def of_person(session: Session, person_id: int, *, since: date) -> list[Absence]:
    """Their absences that are not over on this day, by their first days."""
    rows = entries.standing(
        session,
        CoverRow,
        col(CoverRow.person_id) == person_id,
    )
    found = [_absence(row) for row in rows if row.until_on >= since]
    return sorted(found, key=lambda one: (one.cover.from_on, one.id))


def find(session: Session, group_id: int, number: int) -> Absence | None:
    """The absence with this number, while it stands."""
    rows = entries.standing(session, CoverRow, col(CoverRow.group_id) == group_id)
    return next((_absence(row) for row in rows if row.id == number), None)


def enter(
    session: Session,
    cover: Cover,
    *,
    group_id: int,
    by_id: int,
    now: datetime,
    instead_of: Absence | None = None,
) -> Absence:
    """Somebody is away; in place of what was said of it before."""
    row = CoverRow(
        group_id=group_id,
        person_id=cover.person_id,
        cover_id=cover.cover_id,
        from_on=cover.from_on,
        until_on=cover.until_on,
        at=now,
        recorded_at=now,
        by_id=by_id,
        supersedes_id=instead_of.id if instead_of else None,
    )
    return Absence(id=entries.add(session, row), cover=cover)


def end(
    session: Session, absence: Absence, *, group_id: int, back_on: date, by_id: int, now: datetime
) -> None:
    """They are at work from `back_on`: it ends the day before, or never begins."""
    begun = absence.cover.from_on < back_on
    if begun:
        cover = Cover(
            person_id=absence.cover.person_id,
            cover_id=absence.cover.cover_id,
            from_on=absence.cover.from_on,
            until_on=back_on - timedelta(days=1),
        )
        enter(session, cover, group_id=group_id, by_id=by_id, now=now, instead_of=absence)
    else:
        take_back(session, absence, by_id=by_id, now=now)


def take_back(session: Session, absence: Absence, *, by_id: int, now: datetime) -> None:
    """It is not so, nor what it stood in place of."""
    entries.retract_line(session, CoverRow, absence.id, by_id=by_id, now=now)


def work(
    session: Session, person: Person, weekdays: Iterable[int], *, by_id: int, now: datetime
) -> None:
    """Where and when somebody works from now on, as `person` and these weekdays say."""
    entries.add(
        session,
        PatternRow(
            group_id=person.group_id,
            person_id=person.id,
            nation=person.nation.value,
            zone=person.zone.key,
            weekdays=sorted(weekdays),
            title=person.title,
            at=now,
            recorded_at=now,
            by_id=by_id,
        ),
    )


def _absence(row: CoverRow) -> Absence:
    if row.id is None:
        raise AssertionError("A stored entry has a number.")
    cover = Cover(
        person_id=row.person_id,
        cover_id=row.cover_id,
        from_on=row.from_on,
        until_on=row.until_on,
    )
    return Absence(id=row.id, cover=cover)
