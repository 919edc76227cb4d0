"""Rules for days as some hands write them: 20th inst., 31.iii.23, 2023-W05, week 6."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from bot.domain.dates.context import Context
from bot.domain.dates.exact import day_of, numeric
from bot.domain.dates.grammar import Rules
from bot.domain.dates.terms import Ask, Value, months_later, on_day
from bot.domain.dates.weeks import nth_week, week_of
from bot.domain.deadlines import Precision

rules = Rules()

_WEEKS = 53


@rules("dated", "<day> <roman> {year}", "<day> . <roman> . {year}", "<day> / <roman> / {year}")
@rules("dated", "<day> - <roman> - {year}", "<day> . <roman> . <number>")
def roman_month(context: Context, day: int, month: int, year: int | Sequence[int]) -> Value | None:
    if isinstance(year, int):
        return numeric(context, year, month, day)
    return numeric(context, 2000 + year[0], month, day) if year[0] < 100 else None


@rules("dated", "the? <day> day of <month> ,? {year}?")
def day_of_a_month(context: Context, day: int, month: int, year: int | None) -> Value | None:
    return day_of(context, day, month, year)


@rules("dated", "the? <ordinal> of the <ordinal>")
def ordinals(context: Context, day: int, month: int) -> Value | None:
    """The 31st of the 3rd, as it is said on the telephone."""
    return day_of(context, day, month, None) if month <= 12 else None


@rules("dated", "the? <day> inst|instant .?")
def of_this_month(context: Context, day: int) -> Value | None:
    return _of_month(context, day, 0)


@rules("dated", "the? <day> prox|proximo .?")
def of_next_month(context: Context, day: int) -> Value | None:
    return _of_month(context, day, 1)


@rules("dated", "the? <day> ult|ultimo .?")
def of_last_month(context: Context, day: int) -> Value | None:
    return _of_month(context, day, -1)


def _of_month(context: Context, day: int, ahead: int) -> Value | None:
    first = months_later(context.on, ahead)
    return day_of(context, day, first.month, first.year)


@rules("unit", "<isoweek>")
def iso_week(_context: Context, stated: Sequence[int]) -> Value:
    """Weeks by ISO 8601; like all weeks here it runs from Monday to Friday."""
    year, week, *_day = stated
    try:
        monday = date.fromisocalendar(year, week, 1)
    except ValueError:
        return Ask(question=f"The year {year} has no week {week}: which week is meant?")
    if len(stated) == 2:
        return week_of(monday, f"week {week} of {year}")
    if not 1 <= stated[2] <= 7:
        return Ask(question=f"A week has no day {stated[2]}: which day is meant?")
    day = monday + timedelta(days=stated[2] - 1)
    return on_day(day, f"day {stated[2]} of week {week} of {year}")


@rules("unit", "week|wk <count> of|in {month}")
def numbered_week_of_month(context: Context, number: int, value: Value) -> Value | None:
    return nth_week(context, number, value) if 1 <= number <= 4 else None


@rules("unit", "week|wk <number>", "week|wk <number> of? <year>", "week|wk number|no .? <number>")
def numbered_week(context: Context, stated: Sequence[int], year: int | None = None) -> Value | None:
    """Week 6 of the calendar, of the financial year or of the project: it must be asked."""
    if len(stated) != 1 or not 1 <= stated[0] <= _WEEKS:
        return None
    number = stated[0]
    weeks = []
    for near in (year,) if year else (context.on.year, context.on.year + 1):
        try:
            monday = date.fromisocalendar(near, number, 1)
        except ValueError:
            continue
        if year or monday + timedelta(days=4) >= context.on:
            weeks.append(week_of(monday, f"week {number} of {near}"))
    return Ask(
        question=f"Which days are week {number}, as you count the weeks?",
        terms=tuple(weeks[:1]),
        precision=Precision.WEEK,
    )
