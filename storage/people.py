"""People, bodies, roles and calendars of a group, read as one `Directory`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import TypeVar
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from bot.domain.calendars import Meeting, Nation, Recess
from bot.domain.people import Account, BodyName, Cover, Directory, Person, Role, RoleHeld
from storage import entries, groups, wishes
from storage.entries import END_OF_TIME
from storage.rows import (
    AccountRow,
    AskDayRow,
    BodyNameRow,
    BodyRow,
    CalendarRow,
    CoverRow,
    PatternRow,
    PersonRow,
    RoleRow,
)
from storage.rows.base import Entry

E = TypeVar("E", bound=Entry)


def directory(
    session: Session,
    group_id: int,
    *,
    at: datetime = END_OF_TIME,
    known_at: datetime = END_OF_TIME,
) -> Directory:
    """Everybody in a group, their roles, covers and calendars, as at T and as known at K."""

    def standing(kind: type[E]) -> list[E]:
        mine = col(kind.group_id) == group_id
        return entries.standing(session, kind, mine, at=at, known_at=known_at)

    bodies = session.exec(select(BodyRow).where(col(BodyRow.group_id) == group_id)).all()
    names = tuple(_body_name(row) for row in standing(BodyNameRow))
    calendar = standing(CalendarRow)
    return Directory(
        group=groups.get(session, group_id),
        people=_people(
            session, group_id, standing(PatternRow), names, wishes.days(standing(AskDayRow))
        ),
        roles=tuple(_role(row) for row in standing(RoleRow)),
        covers=tuple(_cover(row) for row in standing(CoverRow)),
        body_keys={row.key: row.id for row in bodies if row.id is not None},
        body_names=names,
        leads={row.id: row.lead_id for row in bodies if row.id is not None and row.lead_id},
        meetings=tuple(Meeting(on=row.starts_on) for row in calendar if row.kind == "meeting"),
        recesses=tuple(
            Recess(name=row.name, rises=row.starts_on, returns=row.ends_on)
            for row in calendar
            if row.kind == "recess" and row.ends_on is not None
        ),
        holidays_added=_holidays(calendar, "holiday_added"),
        holidays_removed=_holidays(calendar, "holiday_removed"),
    )


def _people(
    session: Session,
    group_id: int,
    patterns: Iterable[PatternRow],
    names: tuple[BodyName, ...],
    ask_on: Mapping[int, int | None],
) -> dict[int, Person]:
    accounts: dict[int, list[Account]] = defaultdict(list)
    mine = select(AccountRow).where(
        col(AccountRow.group_id) == group_id, col(AccountRow.ended_at).is_(None)
    )
    for row in session.exec(mine.order_by(col(AccountRow.id))):
        accounts[row.person_id].append(Account(row.team_id, row.user_id))
    pattern = {row.person_id: row for row in patterns}
    short = {name.body_id: name.short for name in names}
    people = session.exec(select(PersonRow).where(col(PersonRow.group_id) == group_id))
    return {
        row.id: _person(
            row, pattern.get(row.id), short, tuple(accounts[row.id]), ask_on.get(row.id)
        )
        for row in people
        if row.id is not None
    }


def _person(
    row: PersonRow,
    pattern: PatternRow | None,
    short: dict[int, str],
    accounts: tuple[Account, ...],
    ask_on: int | None,
) -> Person:
    if row.id is None:
        raise AssertionError("A stored person has a number.")
    return Person(
        id=row.id,
        group_id=row.group_id,
        name=row.name,
        body_id=row.body_id,
        body=short.get(row.body_id, ""),
        nation=Nation(pattern.nation) if pattern else Nation.ENGLAND,
        zone=ZoneInfo(pattern.zone) if pattern else ZoneInfo("Europe/London"),
        weekdays=frozenset(pattern.weekdays) if pattern else frozenset(range(5)),
        title=pattern.title if pattern else None,
        email=row.email,
        accounts=accounts,
        introduced_at=row.introduced_at,
        ask_on=ask_on,
    )


def _body_name(row: BodyNameRow) -> BodyName:
    return BodyName(
        body_id=row.body_id,
        name=row.name,
        short=row.short,
        from_on=row.from_on,
        until_on=row.until_on,
    )


def _role(row: RoleRow) -> RoleHeld:
    return RoleHeld(
        person_id=row.person_id,
        role=Role(row.role),
        from_on=row.from_on,
        until_on=row.until_on,
        title=row.title,
    )


def _cover(row: CoverRow) -> Cover:
    return Cover(
        person_id=row.person_id, cover_id=row.cover_id, from_on=row.from_on, until_on=row.until_on
    )


def _holidays(rows: Iterable[CalendarRow], kind: str) -> dict[Nation, frozenset[date]]:
    """Holidays by nation; a row without a nation counts for all four."""
    found: dict[Nation, set[date]] = defaultdict(set)
    for row in rows:
        if row.kind == kind:
            for nation in [Nation(row.nation)] if row.nation else list(Nation):
                found[nation].add(row.starts_on)
    return {nation: frozenset(days) for nation, days in found.items()}


def account_for(session: Session, person_id: int) -> Account | None:
    """The account to write to a person at: the last that was added."""
    row = session.exec(
        select(AccountRow)
        .where(col(AccountRow.person_id) == person_id, col(AccountRow.ended_at).is_(None))
        .order_by(col(AccountRow.id).desc())
    ).first()
    return Account(row.team_id, row.user_id) if row else None
