"""Rules for months, quarters and years as wholes."""

from __future__ import annotations

from datetime import date

from bot.domain.dates.context import Context
from bot.domain.dates.exact import month_of
from bot.domain.dates.grammar import Rules
from bot.domain.dates.terms import (
    DAY,
    Ask,
    Term,
    Value,
    Window,
    during,
    fiscal_name,
    fiscal_year,
    last_day,
    mapped,
    months_later,
    windowed,
)
from bot.domain.dates.vocabulary import MONTH_NAMES
from bot.domain.deadlines import Precision

rules = Rules()


def _whole_months(first: date, count: int, why: str, precision: Precision) -> Term:
    end = months_later(first, count) - DAY
    return during(first, end, why, precision=precision, whole=True)


@rules("month", "<month> ,? -? {year}?", "<month> of {year}", "the? month of <month> {year}?")
def month(_context: Context, stated: int, year: int | None) -> Value:
    return month_of(stated, year)


@rules("month", "<monthyear>")
def month_in_figures(_context: Context, stated: tuple[int, int]) -> Value:
    year, number = stated
    return month_of(number, year)


@rules("month", "the? this|current month", "the month")
def this_month(context: Context) -> Value:
    return month_of(context.on.month, context.on.year)


@rules("month", "the? next month")
def next_month(context: Context) -> Value:
    first = months_later(context.on, 1)
    return month_of(first.month, first.year)


@rules("month", "the month after next")
def month_after_next(context: Context) -> Value:
    first = months_later(context.on, 2)
    return month_of(first.month, first.year)


@rules("month", "last month")
def last_month(context: Context) -> Value:
    first = months_later(context.on, -1)
    return month_of(first.month, first.year)


@rules("unit", "the? <nth> month of|in {span}")
def nth_month(_context: Context, nth: int, value: Value) -> Value:
    def change(window: Window) -> Window:
        first = window.latest if nth == -1 else months_later(window.earliest, nth - 1)
        return Window(first.replace(day=1), last_day(first.year, first.month))

    return mapped(
        value,
        lambda term: windowed(
            term, change, why=f"a month of {term.why}", precision=Precision.MONTH, whole=True
        ),
    )


@rules("month", "last <month>")
def month_gone(context: Context, stated: int) -> Value:
    year = context.on.year if stated < context.on.month else context.on.year - 1
    return month_of(stated, year)


@rules("month", "this <month>")
def month_of_this_year(context: Context, stated: int) -> Value:
    return month_of(stated, context.on.year)


@rules("month", "next <month>")
def next_named_month(context: Context, stated: int) -> Value:
    if stated <= context.on.month:
        return month_of(stated, context.on.year + 1)
    name, year = MONTH_NAMES[stated - 1], context.on.year
    return Ask(
        question=f"Is {name} {year} or {name} {year + 1} meant?",
        terms=(month_of(stated, year), month_of(stated, year + 1)),
    )


@rules("unit", "{month}")
def unit_month(_context: Context, value: Value) -> Value:
    return value


# A month, or a longer span, named as a whole: what "the last working day of" can stand before.
@rules("span", "{unit}", "{bare}")
def span(_context: Context, value: Value) -> Value:
    return value


@rules("bare", "the? month")
def bare_month(context: Context) -> Value:
    return month_of(context.on.month, context.on.year)


@rules("bare", "the? quarter")
def bare_quarter(context: Context) -> Value:
    return quarter_of(context.on, 0, "this quarter")


@rules("bare", "the? year")
def bare_year(context: Context) -> Value:
    return Ask(
        question="Is the financial year (to March) or the calendar year (to December) meant?",
        terms=(fiscal(fiscal_year(context.on)), calendar_year(context.on.year)),
    )


def quarter_of(on: date, ahead: int, why: str) -> Term:
    """The quarter of a day, or one so many ahead: the calendar's and the financial agree."""
    first = date(on.year, (on.month - 1) // 3 * 3 + 1, 1)
    return _whole_months(months_later(first, 3 * ahead), 3, why, Precision.QUARTER)


@rules("unit", "this|current quarter", "the current quarter")
def this_quarter(context: Context) -> Value:
    return quarter_of(context.on, 0, "this quarter")


@rules("unit", "the? next quarter")
def next_quarter(context: Context) -> Value:
    return quarter_of(context.on, 1, "next quarter")


@rules("unit", "last quarter")
def last_quarter(context: Context) -> Value:
    return quarter_of(context.on, -1, "last quarter")


def fiscal(begins: int) -> Term:
    """A financial year, April to March."""
    return _whole_months(
        date(begins, 4, 1), 12, f"the financial year {fiscal_name(begins)}", Precision.YEAR
    )


def calendar_year(year: int) -> Term:
    """January to December."""
    return during(
        date(year, 1, 1),
        last_day(year, 12),
        f"the calendar year {year}",
        precision=Precision.YEAR,
        whole=True,
    )
