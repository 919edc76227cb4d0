"""What rules make of words, before it is settled which year or which of two readings is meant."""

from __future__ import annotations

import calendar as months
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import Enum

from bot.domain.dates.context import Context
from bot.domain.deadlines import Precision, day_and_date

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Window:
    """The first and the last day, both included."""

    earliest: date
    latest: date


@dataclass(frozen=True, kw_only=True)
class Term:
    """A time named by words: its window in a given year.

    `yearless` ones have a window in every year (or None, as 29 February); all others ignore
    the year. `gone` is the window meant by a sentence in the past tense. `whole` marks a span
    that "by" can put before its beginning or its end, `spanned` one with both ends stated,
    `sure` one that is never asked about for having just gone. `check` may object to a settled
    window.
    """

    windows: Callable[[int], Window | None]
    why: str
    precision: Precision = Precision.DAY
    yearless: bool = False
    soft: bool = False
    whole: bool = False
    is_end: bool = False
    spanned: bool = False
    sure: bool = False
    gone: Window | None = None
    check: Callable[[Window], Ask | None] | None = None


@dataclass(frozen=True, kw_only=True)
class Ask:
    """Words that allow several readings, or none: what to ask back, and the readings."""

    question: str
    terms: tuple[Term, ...] = ()
    precision: Precision = Precision.NONE


Value = Term | Ask


class Side(Enum):
    """On which side of its time a deadline lies."""

    AT = "at"
    BY = "by"
    BEFORE = "before"
    FROM = "from"
    AFTER = "after"


@dataclass(frozen=True, kw_only=True)
class Clock:
    """A time of day; `offset` in minutes east of UTC where the words name a zone.

    `assumed` marks an hour of which only the working day says that it is the afternoon's.
    """

    hour: int
    minute: int
    offset: int | None = None
    assumed: bool = False


@dataclass(frozen=True, kw_only=True)
class Phrase:
    """A time with what stands around it: "by", "5pm", "hopefully", "at the latest".

    `stated` ones set a limit; `from_today` ones are counted from the day of saying.
    """

    value: Value
    side: Side = Side.AT
    clock: Clock | None = None
    soft: bool = False
    stated: bool = False
    from_today: bool = False


@dataclass(frozen=True, kw_only=True)
class Slip:
    """An old and a new time, or the step from one to the other."""

    new: Phrase | None
    old: Value | None = None
    earlier: bool = False
    moved_from: date | None = None


@dataclass(frozen=True, kw_only=True)
class Vague:
    """Words about time that name no day: `rank` says how they stand beside a date."""

    question: str
    rank: int
    terms: tuple[Term, ...] = ()


RECURRING, COUNTED, DEPENDENCY, UNDATED = range(4)


def on_day(day: date, why: str, **more: object) -> Term:
    """Exactly this day."""
    return during(day, day, why, **more)


def during(earliest: date, latest: date, why: str, **more: object) -> Term:
    """Exactly this window."""
    window = Window(earliest, latest)
    return replace(Term(windows=lambda _year: window, why=why), **more)  # type: ignore[arg-type]


def mapped(value: Value, change: Callable[[Term], Term]) -> Value:
    """The same change to a term, or to every reading that is asked about."""
    if isinstance(value, Term):
        return change(value)
    return replace(value, terms=tuple(change(term) for term in value.terms))


def windowed(term: Term, change: Callable[[Window], Window], **more: object) -> Term:
    """A term whose windows, in every year, are those of another one changed."""

    def windows(year: int) -> Window | None:
        window = term.windows(year)
        return None if window is None else change(window)

    def check(window: Window) -> Ask | None:
        """What the unchanged window behind this one is objected to for."""
        years = range(window.latest.year - 1, window.latest.year + 2)
        found = (term.windows(year) for year in years)
        source = next((w for w in found if w is not None and change(w) == window), None)
        return term.check(source) if term.check and source else None

    gone = None if term.gone is None else change(term.gone)
    settings: dict[str, object] = {"windows": windows, "gone": gone, "check": check, **more}
    return replace(term, **settings)  # type: ignore[arg-type]


def last_day(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, months.monthrange(year, month)[1])


def months_later(day: date, count: int) -> date:
    """The first of the month that lies this many months after a day's own."""
    years, month = divmod(day.month - 1 + count, 12)
    return date(day.year + years, month + 1, 1)


def fiscal_year(day: date) -> int:
    """The calendar year in which the financial year (April to March) of a day begins."""
    return day.year if day.month >= 4 else day.year - 1


def fiscal_name(begins: int) -> str:
    """2022/23."""
    return f"{begins}/{(begins + 1) % 100:02d}"


def monday(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def shown(window: Window) -> str:
    """A window as people read it back: with weekdays, and as one day where it is one."""
    if window.earliest == window.latest:
        return day_and_date(window.latest)
    return f"{day_and_date(window.earliest)} to {day_and_date(window.latest)}"


def settled(context: Context, value: Value) -> Value:
    """A yearless term as the next one to come; anything else as it is."""
    if isinstance(value, Ask) or not value.yearless:
        return value
    for year in range(context.on.year - 1, context.on.year + 10):
        window = value.windows(year)
        if window is not None and window.latest >= context.on:
            return fix(value, window)
    return value


def window_of(term: Term) -> Window:
    """The window of a term whose year is settled."""
    window = term.windows(0)
    if window is None:
        raise ValueError("A settled term has a window.")
    return window


def fix(term: Term, window: Window) -> Value:
    """A term with its year settled, or what its check objects."""
    objection = term.check(window) if term.check else None
    settled = replace(term, windows=lambda _year: window, yearless=False, check=None, gone=None)
    return objection or settled
