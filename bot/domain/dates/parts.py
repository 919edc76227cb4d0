"""Rules for the edges and parts of a span, and for windows from one time to another."""

from __future__ import annotations

from datetime import date, timedelta

from bot.domain.dates.context import Context
from bot.domain.dates.grammar import Rules
from bot.domain.dates.periods import fiscal
from bot.domain.dates.terms import (
    Ask,
    Term,
    Value,
    Window,
    fiscal_year,
    last_day,
    mapped,
    monday,
    months_later,
    on_day,
    windowed,
)
from bot.domain.deadlines import Precision

rules = Rules()

_NAMES = {"early": "early in", "mid": "the middle of", "late": "late in"}


def edge_of(value: Value, edge: str) -> Value:
    """The first or last day of a span, or about its first, middle or last third."""
    return mapped(value, lambda term: _edge(term, edge))


def _edge(term: Term, edge: str) -> Term:
    if edge == "end":
        return windowed(
            term,
            lambda window: Window(window.latest, window.latest),
            why=f"the last day of {term.why}",
            precision=Precision.DAY,
            whole=False,
            is_end=True,
        )
    if edge == "start":
        return windowed(
            term,
            lambda window: Window(window.earliest, window.earliest),
            why=f"the first day of {term.why}",
            precision=Precision.DAY,
            whole=False,
        )
    precision = Precision.MONTH_PART if term.precision is Precision.MONTH else term.precision
    return windowed(
        term,
        lambda window: _third(window, edge),
        why=f"{_NAMES[edge]} {term.why}, about",
        precision=precision,
        whole=False,
        soft=True,
    )


def _third(window: Window, edge: str) -> Window:
    """About the first, middle or last third; the middle of a month is the 13th to the 17th."""
    first, last = window.earliest, window.latest
    days = (last - first).days + 1
    if days < 20:
        return _part_of_week(window, edge)
    if days < 35:
        spans = {"early": (1, 10), "mid": (13, 17), "late": (21, last.day)}
        start, end = spans[edge]
        return Window(first.replace(day=start), last.replace(day=end))
    third = round(days / 30.4 / 3)
    start_month = {"early": 0, "mid": third, "late": 2 * third}[edge]
    start_on = months_later(first, start_month)
    end_on = months_later(start_on, third - 1)
    return Window(start_on, min(last, last_day(end_on.year, end_on.month)))


def _part_of_week(window: Window, edge: str) -> Window:
    days = (window.latest - window.earliest).days
    middle = days // 2
    spans = {"early": (0, 1), "mid": (middle - 1, middle + 1), "late": (days - 1, days)}
    start, end = (min(max(n, 0), days) for n in spans[edge])
    return Window(window.earliest + timedelta(days=start), window.earliest + timedelta(days=end))


@rules("cycle", "month")
def months_cycle(context: Context) -> tuple[date, str]:
    return months_later(context.on, 1), "the first day of next month"


@rules("cycle", "week")
def weeks_cycle(context: Context) -> tuple[date, str]:
    return monday(context.on) + timedelta(days=7), "the first day of next week"


@rules("cycle", "quarter")
def quarters_cycle(context: Context) -> tuple[date, str]:
    first = date(context.on.year, (context.on.month - 1) // 3 * 3 + 1, 1)
    return months_later(first, 3), "the first day of next quarter"


@rules("cycle", "financial|fiscal year", "fy")
def fiscal_cycle(context: Context) -> tuple[date, str]:
    return date(fiscal_year(context.on) + 1, 4, 1), "the first day of the next financial year"


@rules("cycle", "tax year")
def tax_cycle(context: Context) -> tuple[date, str]:
    on = context.on
    begins = on.year if on < date(on.year, 4, 6) else on.year + 1
    return date(begins, 4, 6), "the first day of the next tax year"


@rules("cycle", "calendar year")
def calendar_cycle(context: Context) -> tuple[date, str]:
    return date(context.on.year + 1, 1, 1), "the first day of the next calendar year"


@rules("point", "the? start|beginning of|- the? {cycle}")
def start_to_come(_context: Context, start: tuple[date, str]) -> Value:
    return on_day(*start)


@rules(
    "point",
    "the? <edge> -? of|in? {unit}",
    "the? <edge> -? of|in? {bare}",
    "the very <edge> of {unit}",
    "the? <edge> part of {unit}",
    "at|towards the <edge> of {unit}",
)
def edge(_context: Context, stated: str, value: Value) -> Value | None:
    """Not of a day: "the early May bank holiday" is a name."""
    terms = (value,) if isinstance(value, Term) else value.terms
    if any(term.precision is Precision.DAY for term in terms):
        return None
    return edge_of(value, stated)


@rules("bare", "the? fy")
def bare_fiscal_year(context: Context) -> Value:
    return fiscal(fiscal_year(context.on))


@rules("day", "the? end|close of|on? {simple}", "the? end|close of|on {day}")
def end_of_a_day(_context: Context, value: Value) -> Value:
    return value


@rules("point", "the? last|final day of|in {span}")
def last_day_of(_context: Context, value: Value) -> Value:
    return edge_of(value, "end")


@rules("point", "the? first|1st day of|in {span}")
def first_day_of(_context: Context, value: Value) -> Value:
    return edge_of(value, "start")


@rules("point", "the latter|later part of {unit}", "later on? in {month}", "the back end of {unit}")
def later_part(_context: Context, value: Value) -> Value:
    return edge_of(value, "late")


@rules("point", "about? halfway|midway through|into {unit}", "half|mid -? way through|into {unit}")
def middle(_context: Context, value: Value) -> Value:
    return edge_of(value, "mid")


@rules("point", "the? rest|remainder of {unit}", "the? rest|remainder of {bare}")
@rules("point", "later this {bare}")
def later_this(context: Context, value: Value) -> Value:
    """From today to the end of the week, month or quarter."""

    def change(window: Window) -> Window:
        return Window(max(context.on, window.earliest), max(context.on, window.latest))

    return mapped(
        value, lambda term: windowed(term, change, why=f"later {term.why}", soft=True, whole=False)
    )


@rules("point", "the? first|1st half of {unit}")
def first_half_of_week(_context: Context, value: Value) -> Value | None:
    return _half_of_week(value, 0, 2)


@rules("point", "the? second|latter|2nd half of {unit}")
def second_half_of_week(_context: Context, value: Value) -> Value | None:
    return _half_of_week(value, 2, 4)


def _half_of_week(value: Value, first: int, last: int) -> Value | None:
    if isinstance(value, Ask) or value.precision is not Precision.WEEK:
        return None

    def change(window: Window) -> Window:
        opens = window.earliest
        return Window(opens + timedelta(days=first), opens + timedelta(days=last))

    return windowed(value, change, why=f"a half of {value.why}", soft=True, whole=False)


@rules("point", "the? first|1st half of {month}")
def first_half(_context: Context, value: Value) -> Value:
    return mapped(value, lambda term: _half(term, 1, 15))


@rules("point", "the? second|latter|2nd half of {month}")
def second_half(_context: Context, value: Value) -> Value:
    return mapped(value, lambda term: _half(term, 16, 31))


def _half(term: Term, first: int, last: int) -> Term:
    return windowed(
        term,
        lambda window: Window(
            window.earliest.replace(day=first),
            window.latest.replace(day=min(last, window.latest.day)),
        ),
        why=f"a half of {term.why}",
        precision=Precision.MONTH_PART,
    )


@rules("point", "{day}", "{days}", "{unit}")
def point(_context: Context, value: Value) -> Value:
    return value
