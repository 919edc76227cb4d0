"""Rules for quarters, halves, seasons and years, financial (April to March) and calendar."""

from __future__ import annotations

from collections.abc import Callable
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
    fiscal_name,
    fiscal_year,
    months_later,
)
from bot.domain.dates.tokens import full_year
from bot.domain.dates.vocabulary import SEASONS
from bot.domain.deadlines import Precision

rules = Rules()

# A quarter or a half: its name, its first month counted from the year's first, its months.
Share = tuple[str, int, int, Precision]


@rules("fy", "fy? <fiscal> financial|fiscal? year?", "financial|fiscal|tax year ,? <fiscal>")
def named(_context: Context, begins: int) -> int:
    return begins


@rules(
    "fy",
    "the? this|current financial|fiscal|tax year",
    "this|current fy",
    "the current fy",
    "the? financial|fiscal|tax year",
    "the fy",
)
def this_fiscal(context: Context) -> int:
    return fiscal_year(context.on)


@rules("fy", "the? next financial|fiscal|tax year", "next fy")
def next_fiscal(context: Context) -> int:
    return fiscal_year(context.on) + 1


@rules("fy", "last financial|fiscal year")
def last_fiscal(context: Context) -> int:
    return fiscal_year(context.on) - 1


@rules("unit", "{fy}")
def whole_fiscal(_context: Context, begins: int) -> Value:
    return fiscal(begins)


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


@rules("unit", "<plainyear>", "the? calendar? year <year>", "<year> calendar year")
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
    "{share} cy <year>",
)
def calendar_share(_context: Context, share: Share, year: int) -> Value:
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


def _which_year(share: Share, words: str, *terms: Term) -> Ask:
    return Ask(
        question=f"Is the {words} that of the financial year (from April) "
        "or of the calendar year (from January)?",
        terms=terms,
        precision=share[3],
    )


def season_of(name: str, year: int | None, why: str) -> Term:
    """A meteorological season, named by the year in which it begins; always soft."""
    term = part_of_year(SEASONS[name], 3, year, why, Precision.SEASON)
    return replace(term, soft=True)


@rules("unit", "the? <season> of? {seasonyear}?")
def season(_context: Context, name: str, year: tuple[int, bool] | None) -> Value:
    if year is None:
        return season_of(name, None, name)
    stated, pair = year
    if name != "winter" or pair:
        begins = stated if name in ("summer", "autumn", "winter") or not pair else stated + 1
        label = fiscal_name(stated) if pair else str(stated)
        return season_of(name, begins, f"{name} {label}")
    return Ask(
        question=f"Is winter {fiscal_name(stated - 1)} or winter {fiscal_name(stated)} meant?",
        terms=tuple(
            season_of(name, begins, f"winter {fiscal_name(begins)}")
            for begins in (stated - 1, stated)
        ),
        precision=Precision.SEASON,
    )


@rules("seasonyear", "<fiscal>")
def season_pair(_context: Context, begins: int) -> tuple[int, bool]:
    return begins, True


@rules("seasonyear", "{year}")
def season_year(_context: Context, year: int) -> tuple[int, bool]:
    return year, False


@rules("unit", "this|coming <season>", "the coming <season>")
def this_season(_context: Context, name: str) -> Value:
    return season_of(name, None, f"this {name}")


@rules("unit", "last <season>")
def last_season(context: Context, name: str) -> Value:
    term = season_of(name, None, name)
    gone = _occurrence(term, lambda window: window.latest < context.on, context.on.year, -1)
    return replace(term, windows=lambda _year: gone, yearless=False, why=f"last {name}")


@rules("unit", "next <season>")
def next_season(context: Context, name: str) -> Value:
    """The coming one or the one after, unless this year's has begun already."""
    on, term = context.on, season_of(name, None, f"next {name}")
    coming = _occurrence(term, lambda window: window.earliest > on, on.year, 1)
    if coming.earliest.year > on.year:
        return replace(term, windows=lambda _year: coming, yearless=False)
    year = coming.earliest.year
    return Ask(
        question=f"Is {name} {year} or {name} {year + 1} meant?",
        terms=tuple(season_of(name, begins, f"{name} {begins}") for begins in (year, year + 1)),
        precision=Precision.SEASON,
    )


def _occurrence(term: Term, fits: Callable[[Window], bool], year: int, step: int) -> Window:
    windows = (term.windows(year - step + step * n) for n in range(4))
    return next(window for window in windows if window is not None and fits(window))
