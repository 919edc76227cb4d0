"""Rules for a day of the month: 28.2.23, 2023-02-28, Weds 25th, the first of April."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from bot.domain.dates.context import Context
from bot.domain.dates.grammar import Rules
from bot.domain.dates.terms import (
    DAY,
    Ask,
    Term,
    Value,
    Window,
    during,
    last_day,
    mapped,
    months_later,
    on_day,
)
from bot.domain.dates.tokens import exists
from bot.domain.dates.vocabulary import MONTH_NAMES, WEEKDAY_NAMES
from bot.domain.deadlines import Precision, day_and_date, long_date

rules = Rules()

_LONGEST = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


@rules("year", "<year>", ", <year>", "<yy>")
def year(_context: Context, stated: int) -> int:
    return stated


@rules("year", "of? next year")
def year_to_come(context: Context) -> int:
    return context.on.year + 1


@rules("year", "of? this year")
def year_that_is(context: Context) -> int:
    return context.on.year


@rules("year", "of? last year")
def year_gone(context: Context) -> int:
    return context.on.year - 1


@rules("dated", "<iso>", "<ymd>", "<dmy>", "<number>")
def in_figures(context: Context, stated: Sequence[int]) -> Value | None:
    return numeric(context, *stated) if len(stated) == 3 else None


def numeric(context: Context, year: int, month: int, day: int) -> Value | None:
    """A day in figures; where only the month and the day exchanged make sense, ask."""
    if 1 <= month <= 12:
        return day_of(context, day, month, year)
    if 1 <= day <= 12 and exists(year, day, month):
        return _exchanged(on_day(date(year, day, month), long_date(date(year, day, month))))
    return Ask(question=f"There is no day {day} of a month {month}: which day is meant?")


def _exchanged(term: Term) -> Ask:
    return Ask(
        question=f"The day comes first here and there is no such month: is {term.why} meant?",
        terms=(term,),
    )


@rules("dated", "<day> <number> <year>")
def parted_by_spaces(context: Context, day: int, month: Sequence[int], year: int) -> Value | None:
    return numeric(context, year, month[0], day) if len(month) == 1 and month[0] < 13 else None


@rules("dated", "<dayfirst>")
def without_year(context: Context, stated: Sequence[int]) -> Value | None:
    day, month = stated
    if 1 <= month <= 12:
        return day_of(context, day, month, None)
    if 1 <= day <= 12 and month <= _LONGEST[day - 1]:
        term = day_of(context, month, day, None)
        return _exchanged(term) if isinstance(term, Term) else None
    return None


@rules("dated", "the? <day> -? of? <month> -? {year}?")
def day_and_month(context: Context, day: int, month: int, year: int | None) -> Value | None:
    return day_of(context, day, month, year)


@rules("dated", "the? <badday> -? of? <month> -? {year}?")
def day_beyond_any_month(context: Context, day: int, month: int, year: int | None) -> Value | None:
    return _no_such_day(context, day, month, year)


@rules("dated", "<month> the? <ordinal> {year}?", "<month> <day> ,? <year>")
def month_and_day(context: Context, month: int, day: int, year: int | None) -> Value | None:
    return day_of(context, day, month, year)


def day_of(context: Context, day: int, month: int, year: int | None) -> Value | None:
    """The day of a month, of the next such month where no year is said."""
    if not 1 <= day <= 31:
        return None
    if day > _LONGEST[month - 1] or (year and not exists(year, month, day)):
        return _no_such_day(context, day, month, year)
    if year:
        return on_day(date(year, month, day), "the day stated")
    if (day, month) == (29, 2) and not _leap_day_is_next(context.on):
        return _no_such_day(context, day, month, None)

    def windows(year: int) -> Window | None:
        if not exists(year, month, day):
            return None
        return Window(date(year, month, day), date(year, month, day))

    return Term(windows=windows, why="the day stated", yearless=True)


def _leap_day_is_next(on: date) -> bool:
    coming = on.year if on <= last_day(on.year, 2) else on.year + 1
    return exists(coming, 2, 29)


def _no_such_day(context: Context, day: int, month: int, year: int | None) -> Ask:
    stated = f"{day} {MONTH_NAMES[month - 1]}" + (f" {year}" if year else "")
    near = year or _coming_year(context.on, month)
    last = last_day(near, month)
    terms = [on_day(last, "the last day of that month"), on_day(last + DAY, "the day after")]
    leap_year = f" in {near}" if (day, month, year) == (29, 2, None) else ""
    if leap_year:
        leap = next(y for y in range(near, near + 9) if exists(y, 2, 29))
        terms.append(on_day(date(leap, 2, 29), "the next leap year's"))
    return Ask(
        question=f"There is no {stated}{leap_year}: which day is meant?",
        terms=tuple(terms),
    )


def _coming_year(on: date, month: int) -> int:
    return on.year if month >= on.month else on.year + 1


@rules("dated", "<month> <number>")
def day_or_year(context: Context, month: int, stated: Sequence[int]) -> Value | None:
    """Feb 28 is a day; Mar 23 could be a day or March 2023."""
    if len(stated) != 1:
        return None
    day = day_of(context, stated[0], month, None)
    year = 2000 + stated[0]
    if day is None or not context.on.year - 1 <= year <= context.on.year + 3 or stated[0] < 13:
        return day
    whole = month_of(month, year)
    name = MONTH_NAMES[month - 1]
    days = (day,) if isinstance(day, Term) else day.terms
    return Ask(
        question=f"Is that {stated[0]} {name}, or {name} {year}?",
        terms=(*days, whole),
    )


def month_of(month: int, year: int | None) -> Term:
    """A whole month."""
    name = MONTH_NAMES[month - 1]
    if year:
        return during(
            date(year, month, 1),
            last_day(year, month),
            f"{name} {year}",
            precision=Precision.MONTH,
            whole=True,
        )
    return Term(
        windows=lambda year: Window(date(year, month, 1), last_day(year, month)),
        why=name,
        precision=Precision.MONTH,
        yearless=True,
        whole=True,
    )


@rules("day", "{dated}")
def plain(_context: Context, value: Value) -> Value:
    return value


@rules("day", "<weekday> ,? {dated}", "<weekday> ,? the? {dated}")
def with_weekday(_context: Context, weekday: int, value: Value) -> Value:
    return mapped(value, lambda term: replace(term, check=_weekday_check(weekday)))


@rules("day", "{dated} ( <weekday> )", "{dated} , <weekday>")
def weekday_behind(_context: Context, value: Value, weekday: int) -> Value:
    return mapped(value, lambda term: replace(term, check=_weekday_check(weekday)))


def _weekday_check(weekday: int) -> Callable[[Window], Ask | None]:
    def check(window: Window) -> Ask | None:
        day = window.latest
        if day.weekday() == weekday:
            return None
        step = (weekday - day.weekday() + 3) % 7 - 3
        near = day + timedelta(days=step)
        stated = WEEKDAY_NAMES[weekday]
        return Ask(
            question=f"{long_date(day)} is a {day:%A}, not a {stated}: "
            f"is {day_and_date(day)} or {day_and_date(near)} meant?",
            terms=(on_day(day, "the date stated"), on_day(near, "the weekday stated")),
            precision=Precision.DAY,
        )

    return check


def next_such_day(context: Context, day: int) -> Value:
    """The next day of that number, whichever month's it is, and the last one gone."""
    first = context.on.replace(day=1)
    if day < context.on.day:
        first = months_later(first, 1)
    if not exists(first.year, first.month, day):
        return _no_such_day(context, day, first.month, first.year)
    coming = first.replace(day=day)
    past = next(
        month.replace(day=day)
        for month in (months_later(context.on, -n) for n in range(4))
        if exists(month.year, month.month, day) and month.replace(day=day) <= context.on
    )
    return on_day(coming, "the next such day to come", gone=Window(past, past))


@rules("day", "the? <dayalone>")
def day_of_month(context: Context, day: int) -> Value:
    return next_such_day(context, day)


@rules("day", "<weekday> ,? the? <ordinal>")
def weekday_and_day(context: Context, weekday: int, day: int) -> Value | None:
    if not 1 <= day <= 31:
        return None
    value = next_such_day(context, day)
    return mapped(value, lambda term: replace(term, check=_weekday_check(weekday)))


@rules("day", "the? <day> of the month")
def day_of_the_month(context: Context, day: int) -> Value:
    return next_such_day(context, day)


@rules("day", "the? <day> of this month", "the? <day> this month")
def day_of_this_month(context: Context, day: int) -> Value | None:
    return day_of(context, day, context.on.month, context.on.year)


@rules("day", "the? <day> of next month")
def day_of_next_month(context: Context, day: int) -> Value | None:
    first = months_later(context.on, 1)
    return day_of(context, day, first.month, first.year)
