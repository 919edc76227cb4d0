"""Rules for weeks, months, quarters, halves, seasons and years as wholes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

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
    monday,
    months_later,
    windowed,
)
from bot.domain.dates.vocabulary import MONTH_NAMES
from bot.domain.deadlines import Precision, day_and_date

rules = Rules()


def _whole_months(first: date, count: int, why: str, precision: Precision) -> Term:
    end = months_later(first, count) - DAY
    return during(first, end, why, precision=precision, whole=True)


@rules("month", "<month> ,? -? {year}?", "<month> of {year}")
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


@rules("bare", "the? week|wk")
def bare_week(context: Context) -> Value:
    return week_of(context.on, "this week")


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


def week_of(day: date, why: str) -> Term:
    """Monday to Friday of a day's week."""
    first = monday(day)
    return during(first, first + 4 * DAY, why, precision=Precision.WEEK, whole=True)


@rules("unit", "this week", "the current week")
def this_week(context: Context) -> Value:
    return week_of(context.on, "this week")


@rules("unit", "next week")
def next_week(context: Context) -> Value:
    return week_of(context.on + timedelta(days=7), "next week")


@rules("unit", "last week")
def last_week(context: Context) -> Value:
    return week_of(context.on - timedelta(days=7), "last week")


@rules("unit", "the? week after next")
def week_after_next(context: Context) -> Value:
    return week_of(context.on + timedelta(days=14), "the week after next")


@rules("range", "{unit} or|and|/ the week|one after|following")
def and_the_week_after(_context: Context, value: Value) -> Value | None:
    def change(window: Window) -> Window:
        return Window(window.earliest, window.latest + timedelta(days=7))

    if isinstance(value, Ask) or value.precision is not Precision.WEEK:
        return None
    return windowed(value, change, why=f"{value.why} or the one after", spanned=True)


@rules("unit", "the? week of {day}")
def week_holding(_context: Context, value: Value) -> Value:
    def change(window: Window) -> Window:
        return Window(monday(window.latest), monday(window.latest) + 4 * DAY)

    return mapped(value, lambda term: _week(term, change))


@rules("unit", "{wc}")
def commencing(_context: Context, value: Value) -> Value:
    return value


@rules("day", "<weekday> of|in|, {wc}", "<weekday> {wc}")
def day_of_a_week(_context: Context, weekday: int, value: Value) -> Value:
    def change(window: Window) -> Window:
        day = window.earliest + timedelta(days=weekday)
        return Window(day, day)

    return mapped(
        value,
        lambda term: windowed(
            term, change, why="that day of the week", precision=Precision.DAY, whole=False
        ),
    )


@rules("wc", "the? w/c|w/b|wc of? {day}", "the? week|wk commencing|beginning|starting on? {day}")
@rules("wc", "the? week|wk comm|com|beg|commence .? {day}", "w / c {day}")
def week_commencing(_context: Context, value: Value) -> Value:
    def change(window: Window) -> Window:
        return Window(window.earliest, window.earliest + 4 * DAY)

    return mapped(value, lambda term: replace(_week(term, change), check=_starts_on_monday))


def _week(term: Term, change: Callable[[Window], Window]) -> Term:
    return windowed(term, change, why="the week stated", precision=Precision.WEEK, whole=True)


def _starts_on_monday(window: Window) -> Ask | None:
    day = window.earliest
    if day.weekday() == 0:
        return None
    these = monday(day), monday(day) + timedelta(days=7)
    return Ask(
        question=f"{day_and_date(day)} does not begin a week: is the week of "
        f"{day_and_date(these[0])} or of {day_and_date(these[1])} meant?",
        terms=tuple(week_of(one, "that week") for one in these),
        precision=Precision.WEEK,
    )


@rules("unit", "the? w/e {day}", "the? week|wk ending|end on? {day}")
def week_ending(_context: Context, value: Value) -> Value:
    def change(window: Window) -> Window:
        return Window(monday(window.latest), window.latest)

    return mapped(value, lambda term: replace(_week(term, change), check=_ends_a_week, whole=False))


def _ends_a_week(window: Window) -> Ask | None:
    day = window.latest
    if day.weekday() >= 4:
        return None
    friday = monday(day) + 4 * DAY
    these = friday - timedelta(days=7), friday
    return Ask(
        question=f"{day_and_date(day)} does not end a week: is the week to "
        f"{day_and_date(these[0])} or to {day_and_date(these[1])} meant?",
        terms=tuple(week_of(one, "that week") for one in these),
        precision=Precision.WEEK,
    )


@rules("unit", "the? <nth> week of|in {month}", "the? <nth> full week of|in {month}")
def nth_week(_context: Context, nth: int, value: Value) -> Value:
    """The nth week that begins in the month; the first is soft, since it need not be full."""

    def change(window: Window) -> Window:
        first = window.earliest + timedelta(days=-window.earliest.weekday() % 7)
        start = monday(window.latest) if nth == -1 else first + timedelta(days=7 * (nth - 1))
        return Window(start, start + 4 * DAY)

    return mapped(value, lambda term: replace(_week(term, change), soft=True))


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
