"""Rules for several days of one month: 6/7 Feb, 6 to 10 Feb, 6, 7 or 8 Feb, 6 or 20 Feb."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.domain.dates.context import Context
from bot.domain.dates.exact import day_of
from bot.domain.dates.grammar import Rules
from bot.domain.dates.terms import Ask, Term, Value, Window

rules = Rules()

# Friday and Monday are neighbours, and a bank holiday may lie between them.
NEIGHBOURS = 4


@rules("days", "<dm> of? <month> {year}?")
def two_days_in_one(
    context: Context, stated: Sequence[int], month: int, year: int | None
) -> Value | None:
    return two_days(context, stated[0], stated[1], month, year)


@rules("days", "the? <day> /|-|to the? <day> of? <month> {year}?")
@rules("days", "between the? <day> and the? <day> of? <month> {year}?")
def from_day_to_day(
    context: Context, first: int, last: int, month: int, year: int | None
) -> Value | None:
    return two_days(context, first, last, month, year)


@rules("days", "<month> <day> -|to <day> ,? <year>?")
def days_behind_their_month(
    context: Context, month: int, first: int, last: int, year: int | None
) -> Value | None:
    return two_days(context, first, last, month, year)


@rules("days", "either? the? <day> &|and|or the? <day> of? <month> {year}?")
def day_and_day(
    context: Context, first: int, last: int, month: int, year: int | None
) -> Value | None:
    """Neighbours are one window; of two days apart it must be asked which is meant."""
    if last - first <= NEIGHBOURS:
        return two_days(context, first, last, month, year)
    days = day_of(context, first, month, year), day_of(context, last, month, year)
    terms: list[Term] = []
    for day in days:
        terms += [day] if isinstance(day, Term) else day.terms if day else ()
    return Ask(question="Two days are named: which of them is meant?", terms=tuple(terms))


@rules("days", "<day> , <day> ,? and|or|& <day> of? <month> {year}?")
def three_days(
    context: Context, first: int, _second: int, last: int, month: int, year: int | None
) -> Value | None:
    return day_and_day(context, first, last, month, year)


def two_days(context: Context, first: int, last: int, month: int, year: int | None) -> Value | None:
    """From one day of a month to another."""
    start = day_of(context, first, month, year)
    end = day_of(context, last, month, year)
    if isinstance(start, Ask) or isinstance(end, Ask):
        return start if isinstance(start, Ask) else end
    if start is None or end is None or first >= last:
        return None

    def windows(year: int) -> Window | None:
        opens, closes = start.windows(year), end.windows(year)
        return Window(opens.earliest, closes.latest) if opens and closes else None

    return replace(end, windows=windows, why="the days stated", spanned=True)
