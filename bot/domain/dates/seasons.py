"""Rules for seasons, which have no official meaning: meteorological months, always soft."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from bot.domain.dates.context import Context
from bot.domain.dates.grammar import Rules
from bot.domain.dates.terms import Ask, Term, Value, Window, fiscal_name, window_of
from bot.domain.dates.vocabulary import SEASONS
from bot.domain.dates.years import part_of_year
from bot.domain.deadlines import Precision

rules = Rules()


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


@rules("unit", "<season> /|-|and|to|or|into <season> of? {seasonyear}")
def two_seasons(_context: Context, first: str, last: str, year: tuple[int, bool]) -> Value:
    """Autumn/winter 2023: the first is the one that the last follows, or lies in the year said."""
    stated, pair = year
    begins = stated + 1 if pair and last in ("spring", "summer") else stated
    end = season_of(last, begins, last)
    opens = season_of(first, begins if SEASONS[first] < SEASONS[last] else begins - 1, first)
    label = fiscal_name(stated) if pair else str(stated)
    window = Window(window_of(opens).earliest, window_of(end).latest)
    return replace(end, windows=lambda _year: window, why=f"{first} and {last} {label}")


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
    """The coming one or the one after, unless one has begun already."""
    on, term = context.on, season_of(name, None, f"next {name}")
    coming = _occurrence(term, lambda window: window.earliest > on, on.year, 1)
    running = _occurrence(term, lambda window: window.latest >= on, on.year, 1)
    if coming.earliest.year > on.year or running.earliest <= on:
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
