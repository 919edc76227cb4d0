"""Rules for quarters, halves, seasons and years, financial (April to March) and calendar."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.domain.dates.context import Context
from bot.domain.dates.grammar import Rules
from bot.domain.dates.periods import calendar_year, fiscal
from bot.domain.dates.terms import (
    DAY,
    Ask,
    Term,
    Value,
    Window,
    during,
    fiscal_name,
    fiscal_year,
    months_later,
)
from bot.domain.dates.tokens import full_year
from bot.domain.deadlines import Precision

rules = Rules()

# A quarter or a half: its name, its first month counted from the year's first, its months.
Share = tuple[str, int, int, Precision]


@rules("fy", "the? fy? <fiscal> financial|fiscal? year?", "the? financial|fiscal year ,? <fiscal>")
def named(_context: Context, begins: int) -> int:
    return begins


@rules(
    "fy",
    "the? this|current financial|fiscal year",
    "this|current fy",
    "the current fy",
    "the? financial|fiscal year",
    "the fy",
)
def this_fiscal(context: Context) -> int:
    return fiscal_year(context.on)


@rules("fy", "the? next financial|fiscal year", "next fy")
def next_fiscal(context: Context) -> int:
    return fiscal_year(context.on) + 1


@rules("fy", "last financial|fiscal year")
def last_fiscal(context: Context) -> int:
    return fiscal_year(context.on) - 1


@rules("unit", "{fy}")
def whole_fiscal(_context: Context, begins: int) -> Value:
    return fiscal(begins)


@rules("unit", "the? this|current? tax year", "the? tax year <fiscal>", "the? <fiscal> tax year")
def tax_year(context: Context, begins: int | None = None) -> Value:
    """From 6 April to 5 April, unlike the financial year."""
    on = context.on
    if begins is None:
        begins = on.year if on >= date(on.year, 4, 6) else on.year - 1
    return _tax_year(begins)


@rules("unit", "the? next tax year")
def next_tax_year(context: Context) -> Value:
    return _tax_year(context.on.year + (context.on >= date(context.on.year, 4, 6)))


def _tax_year(begins: int) -> Term:
    return during(
        date(begins, 4, 6),
        date(begins + 1, 4, 5),
        f"the tax year {fiscal_name(begins)}",
        precision=Precision.YEAR,
        whole=True,
    )


@rules("unit", "fy <number>")
def one_year_named(_context: Context, stated: tuple[int, ...]) -> Value | None:
    """FY23: the year that ends in it, or the one that begins in it."""
    year = full_year(stated[0])
    if len(stated) != 1 or not 1990 <= year <= 2150:
        return None
    return Ask(
        question=f"Is the financial year {fiscal_name(year - 1)} or {fiscal_name(year)} meant?",
        terms=(fiscal(year - 1), fiscal(year)),
    )


@rules(
    "unit", "<plainyear>", "the? calendar? year <year>", "<year> calendar year", "calendar <year>"
)
def year_alone(_context: Context, stated: int) -> Value:
    return calendar_year(stated)


@rules("unit", "the? this|current calendar year", "the? calendar year")
def this_calendar_year(context: Context) -> Value:
    return calendar_year(context.on.year)


@rules("unit", "the? next calendar year")
def next_calendar_year(context: Context) -> Value:
    return calendar_year(context.on.year + 1)


@rules("unit", "this year")
def this_year(context: Context) -> Value:
    return _either_year(context, 0)


@rules("unit", "next year")
def next_year(context: Context) -> Value:
    return _either_year(context, 1)


def _either_year(context: Context, ahead: int) -> Ask:
    return Ask(
        question="Is the financial year (April to March) or the calendar year meant?",
        terms=(fiscal(fiscal_year(context.on) + ahead), calendar_year(context.on.year + ahead)),
    )


def part_of_year(first: int, count: int, year: int | None, why: str, unit: Precision) -> Term:
    """So many months from the first one, in a calendar year or in the next to come."""

    def windows(year: int) -> Window:
        start = date(year, first, 1)
        return Window(start, months_later(start, count) - DAY)

    if year is None:
        return Term(windows=windows, why=why, precision=unit, yearless=True, whole=True)
    fixed = windows(year)
    return Term(windows=lambda _year: fixed, why=why, precision=unit, whole=True)


def share_to_come(share: Share, first: int, why: str) -> Term:
    """A quarter or half without a year: the next to end, however lately one ended."""
    _name, _offset, count, unit = share
    return replace(part_of_year(first, count, None, why, unit), sure=True)


_NAMES = ("first", "second", "third", "fourth")


@rules("share", "<q>", "quarter|qtr <count>", "the? <nth> quarter|qtr")
def quarter(_context: Context, number: int) -> Share | None:
    if number == -1:
        number = 4
    if not 1 <= number <= 4:
        return None
    return f"{_NAMES[number - 1]} quarter", 3 * (number - 1), 3, Precision.QUARTER


@rules("share", "<h>", "the? <nth> half")
def half(_context: Context, number: int) -> Share | None:
    if number == -1:
        number = 2
    if not 1 <= number <= 2:
        return None
    return f"{_NAMES[number - 1]} half", 6 * (number - 1), 6, Precision.HALF


def _fiscal_share(share: Share, begins: int) -> Term:
    name, offset, count, unit = share
    start = months_later(date(begins, 4, 1), offset)
    why = f"the {name} of the financial year {fiscal_name(begins)}"
    return part_of_year(start.month, count, start.year, why, unit)


def _calendar_share(share: Share, year: int | None) -> Term:
    name, offset, count, unit = share
    why = f"the {name} of the calendar year" + (f" {year}" if year else "")
    if year is None:
        return share_to_come(share, offset + 1, why)
    return part_of_year(offset + 1, count, year, why, unit)


def _fiscal_share_to_come(share: Share) -> Term:
    name, offset, _count, _unit = share
    return share_to_come(share, (3 + offset) % 12 + 1, f"the {name} of the financial year")


@rules("unit", "{share} of|in|, {fy}", "{share} {fy}", "{share} ( {fy} )", "{fy} ,? {share}")
@rules("unit", "financial|fiscal {share} ,? of? {fy}")
def fiscal_share(_context: Context, *stated: object) -> Value:
    begins = next(part for part in stated if isinstance(part, int))
    share = next(part for part in stated if isinstance(part, tuple))
    return _fiscal_share(share, begins)


@rules(
    "unit",
    "calendar year? {share} ,? of? <year>",
    "{share} of|in? the? calendar year? <year>",
    "{share} ,? of? <year> ( calendar year? )",
    "{share} ( calendar ) <year>",
    "{share} ( calendar <year> )",
    "{share} cy <year>",
    "{share} cy <yy>",
    "cy <year> {share}",
)
def calendar_share(_context: Context, *stated: object) -> Value:
    year = next(part for part in stated if isinstance(part, int))
    share = next(part for part in stated if isinstance(part, tuple))
    return _calendar_share(share, year)


@rules("unit", "calendar year? {share}", "{share} of? the? calendar year", "{share} ( calendar )")
def calendar_share_to_come(_context: Context, share: Share) -> Value:
    return _calendar_share(share, None)


@rules("unit", "{share} ,? of|in? {year}")
def share_of_a_year(_context: Context, share: Share, year: int) -> Value:
    """Q2 2023: the calendar's, or that of either financial year with 2023 in its name."""
    return _which_year(
        share,
        f"{share[0]} of {year}",
        _fiscal_share(share, year),
        _fiscal_share(share, year - 1),
        _calendar_share(share, year),
    )


@rules("unit", "{share} of? the? year?", "{share} of? this year")
def share_alone(_context: Context, share: Share) -> Value:
    return _which_year(share, share[0], _fiscal_share_to_come(share), _calendar_share(share, None))


@rules("unit", "financial|fiscal|fy year? {share} ,? of? <year>")
def fiscal_share_of_a_year(_context: Context, share: Share, year: int) -> Value:
    return Ask(
        question=f"Is the financial year {fiscal_name(year - 1)} or {fiscal_name(year)} meant?",
        terms=(_fiscal_share(share, year - 1), _fiscal_share(share, year)),
        precision=share[3],
    )


@rules("unit", "financial|fiscal year? {share}")
def fiscal_share_to_come(_context: Context, share: Share) -> Value:
    return _fiscal_share_to_come(share)


@rules("unit", "q|h <number> of? {fy}", "q|h <number> of? {year}")
def no_such_share(_context: Context, *_stated: object) -> Value:
    return Ask(question="A year has four quarters and two halves: which of them is meant?")


def _which_year(share: Share, words: str, *terms: Term) -> Ask:
    return Ask(
        question=f"Is the {words} that of the financial year (from April) "
        "or of the calendar year (from January)?",
        terms=terms,
        precision=share[3],
    )
