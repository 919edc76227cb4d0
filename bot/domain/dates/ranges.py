"""Rules for windows that run from one time to another."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta

from bot.domain.dates import years
from bot.domain.dates.context import Context
from bot.domain.dates.grammar import Rules
from bot.domain.dates.pairs import NEIGHBOURS, two_days
from bot.domain.dates.parts import edge_of
from bot.domain.dates.terms import (
    Ask,
    Term,
    Value,
    Window,
    during,
    last_day,
    mapped,
    months_later,
    on_day,
    settled,
    window_of,
    windowed,
)
from bot.domain.dates.vocabulary import WEEKDAY_NAMES
from bot.domain.deadlines import Precision, day_and_date

rules = Rules()


@rules("range", "<weekday> to|-|/|until|through|or|and {simple}")
def weekday_to_weekday(_context: Context, weekday: int, last: Value) -> Value:
    """Monday to Wednesday next week: the first is the one before the last."""

    def change(window: Window) -> Window:
        back = (window.latest.weekday() - weekday) % 7
        return Window(window.latest - timedelta(days=back), window.latest)

    return mapped(last, lambda term: windowed(term, change, why="the days stated", spanned=True))


@rules("range", "<weekday> to|-|/|until|and|or <weekday> of|in|,? {wc}")
def weekdays_of_a_week(_context: Context, first: int, last: int, week: Value) -> Value | None:
    if first > last:
        return None

    def change(window: Window) -> Window:
        monday = window.earliest
        return Window(monday + timedelta(days=first), monday + timedelta(days=last))

    return mapped(
        week,
        lambda term: windowed(
            term, change, why="the days stated", precision=Precision.DAY, whole=False, spanned=True
        ),
    )


@rules("range", "<weekday> , <weekday> ,? and|or {simple}")
def three_weekdays(context: Context, first: int, _second: int, last: Value) -> Value:
    return weekday_to_weekday(context, first, last)


@rules("range", "{month} , {month} ,? and|or|& {month}")
def three_months(context: Context, first: Value, _second: Value, last: Value) -> Value | None:
    return between(context, first, last)


@rules("range", "<q> /|- <number> of? {fy}")
def quarters_in_figures(
    context: Context, first: int, last: Sequence[int], begins: int
) -> Value | None:
    if len(last) != 1 or not first < last[0] <= 4:
        return None
    start, end = years.quarter(context, first), years.quarter(context, last[0])
    return start and end and shares_of_one_year(context, start, end, begins)


@rules("range", "{share} /|-|to|and|or|& {share} of? {fy}", "between {share} and {share} of? {fy}")
def shares_of_one_year(
    _context: Context, first: years.Share, last: years.Share, begins: int
) -> Value | None:
    start = years.fiscal_share(_context, first, begins)
    end = years.fiscal_share(_context, last, begins)
    return between(_context, start, end)


@rules(
    "range",
    "{point} to|until|till|through|-|/ {point}",
    "between {point} and|to|- {point}",
    "between the {point} and {point}",
)
def window_between(context: Context, first: Value, last: Value) -> Value | None:
    return between(context, first, last)


def between(context: Context, first: Value, last: Value) -> Value | None:
    """From one time to another; the first takes its year from the last."""
    if isinstance(first, Ask) or isinstance(last, Ask):
        return first if isinstance(first, Ask) else last
    if not last.yearless:
        return _until(first, last, last.windows(0))
    if not first.yearless:
        return _until(first, _after(first, last), None)

    def windows(year: int) -> Window | None:
        closes = last.windows(year)
        opens = closes and _opening(first, closes)
        return Window(opens.earliest, closes.latest) if opens and closes else None

    settled_last = settled(context, last)
    if isinstance(settled_last, Ask):
        return settled_last
    return replace(
        last,
        windows=windows,
        why="the window stated",
        precision=_coarser(first, last),
        soft=first.soft or last.soft,
        spanned=True,
    )


def _coarser(first: Term, last: Term) -> Precision:
    return max(first.precision, last.precision, key=list(Precision).index)


def _after(first: Term, last: Term) -> Term:
    opens = first.windows(0)
    year = opens.earliest.year if opens else 0
    found = (last.windows(candidate) for candidate in (year, year + 1))
    closes = next((w for w in found if opens and w and w.latest >= opens.earliest), None)
    return last if closes is None else replace(last, windows=lambda _year: closes, yearless=False)


def _opening(first: Term, closes: Window) -> Window | None:
    """The last occurrence of the first time that is not after the end."""
    year = closes.latest.year
    found = (first.windows(candidate) for candidate in (year, year - 1))
    return next((w for w in found if w is not None and w.earliest <= closes.latest), None)


def _until(first: Term, last: Term, closes: Window | None) -> Value | None:
    closes = closes or last.windows(0)
    opens = closes and _opening(first, closes)
    if not opens or not closes or opens.earliest > closes.latest:
        return None
    return during(
        opens.earliest,
        closes.latest,
        "the window stated",
        precision=_coarser(first, last),
        soft=first.soft or last.soft,
        whole=last.whole,
        spanned=True,
    )


@rules("range", "{point} or|and|& {point}", "either {point} or {point}")
def one_or_the_other(context: Context, first: Value, last: Value) -> Value | None:
    """Neighbouring times joined by "or" are one window; others are two readings."""
    joined = between(context, first, last)
    one, other = settled(context, first), settled(context, last)
    if not isinstance(one, Term) or not isinstance(other, Term):
        return None
    ends, starts = one.windows(0), other.windows(0)
    if ends is None or starts is None:
        return None
    if 0 <= (starts.earliest - ends.latest).days <= NEIGHBOURS:
        return joined
    return None


@rules("range", "the? <day> to|until|till {day}", "<day> <tight> {dated}")
@rules("range", "between the? <day> and {day}")
def day_to_date(_context: Context, first: int, *found: object) -> Value | None:
    """6-10/2/23: the first is a day of the last one's month, or of the month before it."""
    return _from_day(first, None, _last_of(found))


@rules("range", "<weekday> the? <day> to|until|till|- {day}")
@rules("range", "between <weekday> the? <day> and {day}")
def weekday_and_day_to_date(_context: Context, weekday: int, day: int, last: Value) -> Value | None:
    return _from_day(day, weekday, last)


@rules("range", "<weekday> the? <day> /|and|or|& {day}")
def neighbouring_days(context: Context, weekday: int, day: int, last: Value) -> Value | None:
    """Neighbours are one window; of two days apart each may be meant."""
    joined = weekday_and_day_to_date(context, weekday, day, last)
    known = None if joined is None else settled(context, joined)
    if not isinstance(known, Term):
        return joined
    window = window_of(known)
    if (window.latest - window.earliest).days <= NEIGHBOURS:
        return joined
    return Ask(
        question="Two days are named: which of them is meant?",
        terms=(
            on_day(window.earliest, "the first of the two"),
            on_day(window.latest, "the second of the two"),
        ),
    )


@rules("range", "w/c|w/b|wc <day> and|or|& <day> of? <month> {year}?")
@rules("range", "weeks? commencing|beginning|starting <day> and|or|& <day> of? <month> {year}?")
def weeks_of_a_month(
    context: Context, first: int, last: int, month: int, year: int | None
) -> Value | None:
    days = two_days(context, first, last, month, year)
    return None if days is None else weeks_commencing(context, days)


@rules("range", "w/c|w/b|wc <weekday> the? <day> and|or {day}")
def weeks_of_two_days(context: Context, weekday: int, day: int, last: Value) -> Value | None:
    days = weekday_and_day_to_date(context, weekday, day, last)
    return None if days is None else weeks_commencing(context, days)


def _last_of(found: tuple[object, ...]) -> Value:
    return next(part for part in found if isinstance(part, Term | Ask))


def _from_day(first: int, weekday: int | None, last: Value) -> Value | None:
    def change(window: Window) -> Window:
        opens = window.latest
        if first > opens.day:
            opens = months_later(opens, -1)
        return Window(
            opens.replace(day=min(first, last_day(opens.year, opens.month).day)), window.latest
        )

    def ranged(term: Term) -> Term:
        found = windowed(term, change, why="the days stated", spanned=True)
        return found if weekday is None else replace(found, check=_begins(weekday, found))

    if isinstance(last, Term) and (last.precision is not Precision.DAY or last.soft):
        return None
    return mapped(last, ranged)


def _begins(weekday: int, found: Term) -> Callable[[Window], Ask | None]:
    def check(window: Window) -> Ask | None:
        if window.earliest.weekday() == weekday:
            return found.check(window) if found.check else None
        return Ask(
            question=f"{day_and_date(window.earliest)} is no {WEEKDAY_NAMES[weekday]}: "
            "from which day is meant?",
            terms=(during(window.earliest, window.latest, "from the date stated", spanned=True),),
        )

    return check


@rules("range", "weeks? w/c|wc|commencing|beginning|starting {days}", "w/c|w/b|wc {days}")
@rules("range", "the? week commencing|beginning|starting {days}")
def weeks_commencing(_context: Context, value: Value) -> Value:
    def change(window: Window) -> Window:
        return Window(window.earliest, window.latest + timedelta(days=4))

    def check(window: Window) -> Ask | None:
        days = window.earliest, window.latest - timedelta(days=4)
        if all(day.weekday() == 0 for day in days):
            return None
        wrong = next(day for day in days if day.weekday())
        return Ask(
            question=f"{day_and_date(wrong)} does not begin a week: which weeks are meant?",
            precision=Precision.WEEK,
        )

    return mapped(
        value,
        lambda term: replace(
            windowed(term, change, why="the weeks stated", precision=Precision.WEEK, spanned=True),
            check=check,
        ),
    )


@rules("point", "the? <edge> -? to|/|or|- -? the? <edge> -? of|in? {unit}")
@rules("point", "between the? <edge> and|to the? <edge> of|in? {unit}")
@rules("point", "from the? <edge> to|until the? <edge> of|in? {unit}")
def from_edge_to_edge(context: Context, first: str, last: str, value: Value) -> Value | None:
    return between(context, edge_of(value, first), edge_of(value, last))


@rules("term", "{point}", "{range}")
def term(_context: Context, value: Value) -> Value:
    return value
