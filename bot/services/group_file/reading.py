"""The dates that a group file states in words, read as its letters' readers would."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from bot.domain import dates
from bot.domain.calendars import Calendar, Nation, Recess
from bot.domain.deadlines import NO_DEADLINE, Deadline, Kind
from bot.services.group_file.checking import folded
from bot.services.group_file.contents import Contents, HolidayPart, ItemPart


@dataclass(frozen=True, kw_only=True)
class Readings:
    """Deadlines by reference, and the day each item was raised."""

    promised: Mapping[str, Deadline]
    due: Mapping[str, Deadline]
    raised_on: Mapping[str, date]


def readings(contents: Contents, *, today: date) -> Readings:
    """What the words of promises and items mean; `today` only where no letter gives a day."""
    promised = {
        one.ref: _read(contents, one.deadline, on=letter.date)
        for letter in contents.letters
        for one in letter.commitments
    }
    raised = {item.ref: _raised(contents, item, today) for item in contents.items}
    due = {
        item.ref: _due(contents, item, on=raised[item.ref], today=today) for item in contents.items
    }
    return Readings(promised=promised, due=due, raised_on=raised)


def problems(contents: Contents, readings: Readings) -> list[str]:
    """An item needs a date that can be reached; a promise may stay as open as it was made."""
    found = []
    for item in contents.items:
        due = readings.due[item.ref]
        if item.due is None or due.kind in {Kind.FIRM, Kind.SOFT}:
            continue
        asked = due.question or f"Which day is meant by “{due.words}”?"
        found.append(f"items ({item.ref}), due: {asked} Write the answer there.")
    return found


def _raised(contents: Contents, item: ItemPart, today: date) -> date:
    """As stated, else the day of the last letter whose promise it answers, or of any letter."""
    if item.raised_on is not None:
        return item.raised_on
    answered = [
        letter.date
        for letter in contents.letters
        if any(one.ref in item.answers for one in letter.commitments)
    ]
    return max(answered or [letter.date for letter in contents.letters] or [today])


def _due(contents: Contents, item: ItemPart, *, on: date, today: date) -> Deadline:
    if isinstance(item.due, date):
        return Deadline.on(item.due)
    nation = next(
        (p.nation for p in contents.people if folded(p.name) == folded(item.owner)),
        Nation.ENGLAND,
    )
    return _read(contents, item.due, on=on, nation=nation, meetings_from=max(on, today))


def _read(
    contents: Contents,
    words: str | None,
    *,
    on: date,
    nation: Nation = Nation.ENGLAND,
    meetings_from: date | None = None,
) -> Deadline:
    if words is None:
        return NO_DEADLINE
    calendar = contents.calendar
    after = [day for day in calendar.meetings if day >= (meetings_from or on)]
    return dates.read(
        words,
        on=on,
        nation=nation,
        calendar=Calendar(
            nation=nation,
            added=_days(calendar.holidays.added, nation),
            removed=_days(calendar.holidays.removed, nation),
        ),
        next_meeting=min(after, default=None),
        recesses=recesses(contents),
    )


def recesses(contents: Contents) -> tuple[Recess, ...]:
    """The recesses that the file lists."""
    return tuple(
        Recess(name=one.name, rises=one.rises, returns=one.returns)
        for one in contents.calendar.recesses
    )


def _days(holidays: tuple[HolidayPart, ...], nation: Nation) -> frozenset[date]:
    return frozenset(one.on for one in holidays if one.nation in (None, nation))
