"""What may be entered in a group's calendar; what may not is answered with what would be right."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date

from bot.domain.calendars import Calendar, Nation, Recess, bank_holidays
from bot.domain.deadlines import day_and_date
from bot.domain.forms import FieldError

NATIONS: Mapping[Nation, str] = {
    Nation.ENGLAND: "England",
    Nation.WALES: "Wales",
    Nation.SCOTLAND: "Scotland",
    Nation.NORTHERN_IRELAND: "Northern Ireland",
}
SHORT, LONG = 3, 130
"""Days that a recess of the Commons lasts at least and at most."""

Calendars = Mapping[Nation, Calendar]


def named(nations: Iterable[Nation]) -> str:
    """England, Wales and Scotland; all four nations."""
    chosen = [NATIONS[nation] for nation in Nation if nation in set(nations)]
    if len(chosen) == len(NATIONS):
        return "all four nations"
    *first, last = chosen or ["no nation"]
    return f"{', '.join(first)} and {last}" if first else last


def holiday_name(calendar: Calendar, day: date) -> str:
    """What a bank holiday is called where the nation's own table has it."""
    return bank_holidays(calendar.nation, day.year).get(day, "Bank holiday")


def _is(calendar: Calendar, day: date, nations: Iterable[Nation]) -> str:
    """Monday 29 August 2022 is a bank holiday in Wales (Late Summer Bank Holiday)."""
    where = f"{day_and_date(day)} is a bank holiday in {named(nations)}"
    name = holiday_name(calendar, day)
    return where if name == "Bank holiday" else f"{where} ({name})"


def meeting(
    on: date, *, today: date, standing: Collection[date], calendars: Calendars
) -> tuple[str, ...]:
    """What to think of before meeting on this day; FieldError for a day that cannot be.

    `calendars` are those of the nations that have members.
    """
    if on < today:
        raise FieldError("on", f"{day_and_date(on)} has passed: name the day of a coming meeting.")
    if on in standing:
        raise FieldError("on", f"There is a meeting on {day_and_date(on)} already.")
    if on.weekday() > 4:
        other = next(iter(calendars.values()), Calendar()).on_or_after(on)
        raise FieldError(
            "on",
            f"{day_and_date(on)} is at a weekend: name a working day, such as "
            f"{day_and_date(other)}.",
        )
    closed = [nation for nation, calendar in calendars.items() if calendar.is_holiday(on)]
    if not closed:
        return ()
    return (
        f"{_is(calendars[closed[0]], on, closed)}, and members of this group work there: move the "
        "meeting if they are to come.",
    )


def recess(new: Recess, *, today: date, standing: Collection[Recess]) -> tuple[str, ...]:
    """What to think of before entering a recess; FieldError for one that cannot be."""
    if not new.name.strip():
        raise FieldError("name", "Give the recess its name, such as summer.")
    if new.returns <= new.rises:
        raise FieldError(
            "returns",
            f"The House would return on {day_and_date(new.returns)}, which is not after it rises "
            f"on {day_and_date(new.rises)}: give the day it rises, then the day it returns.",
        )
    if new.returns < today:
        raise FieldError("returns", "That recess is over: enter the next one.")
    if not SHORT <= (new.returns - new.rises).days <= LONG:
        raise FieldError(
            "returns",
            f"From {day_and_date(new.rises)} to {day_and_date(new.returns)} is no length for a "
            "recess: check both days and their years.",
        )
    for one in standing:
        if new.rises < one.returns and one.rises < new.returns:
            raise FieldError(
                "rises",
                f"That overlaps the {one.name} recess ({day_and_date(one.rises)} to "
                f"{day_and_date(one.returns)}): change that one instead.",
            )
    return tuple(
        f"The House does not usually {verb} on a {day:%A}: check {day_and_date(day)}."
        for verb, day in (("rise", new.rises), ("return", new.returns))
        if day.weekday() > 4
    )


def added(
    on: date, nations: Collection[Nation], *, today: date, calendars: Calendars
) -> list[Nation]:
    """The nations in which this day becomes a holiday; FieldError where it cannot or is one."""
    _chosen(nations)
    if on < today:
        raise FieldError(
            "on",
            f"{day_and_date(on)} has passed: a holiday is added for a day that is still to come.",
        )
    if on.weekday() > 4:
        other = calendars[next(iter(nations))].on_or_after(on)
        raise FieldError(
            "on",
            f"{day_and_date(on)} is at a weekend, when nobody is asked anyway: name its "
            f"substitute day, such as {day_and_date(other)}.",
        )
    new = [
        nation for nation in Nation if nation in nations and not calendars[nation].is_holiday(on)
    ]
    if not new:
        what = _is(calendars[next(iter(nations))], on, nations)
        raise FieldError("on", f"{what} already: nothing need be added.")
    return new


def removed(
    on: date, nations: Collection[Nation], *, today: date, calendars: Calendars
) -> list[Nation]:
    """The nations in which this day is a holiday no more; FieldError where it is none."""
    _chosen(nations)
    if on < today:
        raise FieldError("on", f"{day_and_date(on)} has passed: what was a holiday stays one.")
    gone = [nation for nation in Nation if nation in nations and calendars[nation].is_holiday(on)]
    if not gone:
        nation = next(one for one in Nation if one in nations)
        after = coming(calendars[nation], on, days=370)
        day, name = after[0]
        raise FieldError(
            "on",
            f"{day_and_date(on)} is no bank holiday in {named(nations)}. The next one in "
            f"{NATIONS[nation]} is {name}, {day_and_date(day)}.",
        )
    return gone


def _chosen(nations: Collection[Nation]) -> None:
    if not nations:
        raise FieldError(
            "nations", "Say for which nation: for all, for Scotland, for England and Wales."
        )


def coming(calendar: Calendar, today: date, *, days: int) -> list[tuple[date, str]]:
    """The bank holidays on working weekdays from today on, with their names."""
    last = date.fromordinal(today.toordinal() + days)
    known = {
        day: name
        for year in range(today.year, last.year + 1)
        for day, name in bank_holidays(calendar.nation, year).items()
    }
    known |= {day: known.get(day, "Bank holiday") for day in calendar.added}
    return sorted(
        (day, name)
        for day, name in known.items()
        if today <= day <= last and day.weekday() < 5 and calendar.is_holiday(day)
    )
