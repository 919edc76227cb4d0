"""Dates in a register's cells: as date cells, as figures whose order is proved, as words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from bot.domain import dates
from bot.domain.calendars import Recess
from bot.domain.deadlines import Deadline, Kind, Precision, long_date
from bot.domain.sheets.cells import Cell, CellKind

FIGURES = re.compile(r"(\d{1,2})\s?[/.\-]\s?(\d{1,2})\s?[/.\-]\s?(\d{4}|\d{2})")
ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]\d.*)?")
FIRST_YEAR, LAST_YEAR = 1990, 2100
NO_DATE = frozenset(
    {
        *("", "n a", "na", "none", "nil", "no date", "no deadline", "not set", "not agreed"),
        *("unknown", "open", "open ended", "continuous", "continual", "standing", "standing item"),
        *("bau", "business as usual", "rolling programme", "as required", "as needed"),
    }
)
"""Cells that are as good as blank; whatever else cannot be read may be a date misspelt."""
IN_WORDS = "write the month as a word, such as 8 July 2022"


class DateError(ValueError):
    """A cell from which no day can be read; says how to mend it."""


@dataclass(frozen=True, kw_only=True)
class Order:
    """What a column's own dates prove of the order of day and month."""

    day_first: bool = False
    month_first: bool = False
    text_only_days: bool = False
    cells_fit_both: bool = True

    @property
    def swapped(self) -> bool:
        """Date cells that all fit both orders, beside day-first text that a US sheet left alone."""
        return self.text_only_days and self.cells_fit_both


def order_of(cells: Iterable[Cell]) -> Order:
    """What the cells of one column prove."""
    day_first = month_first = False
    fit_both = True
    for cell in cells:
        if cell.day is not None:
            fit_both = fit_both and cell.day.day <= 12
        elif found := FIGURES.fullmatch(cell.text.strip()):
            first, second = int(found[1]), int(found[2])
            day_first = day_first or (first > 12 >= second)
            month_first = month_first or (second > 12 >= first)
    return Order(
        day_first=day_first,
        month_first=month_first,
        text_only_days=day_first,
        cells_fit_both=fit_both,
    )


@dataclass(frozen=True, kw_only=True)
class Reading:
    """What words may lean on: the day of reading, and the group's calendar.

    The same words mean the same under it, so that a long column is not read row by row.
    """

    today: date
    next_meeting: date | None = None
    recesses: Sequence[Recess] = ()
    known: dict[str, Deadline] = field(default_factory=dict, repr=False, compare=False)

    def of(self, words: str) -> Deadline:
        """What the words mean, read once."""
        if words not in self.known:
            self.known[words] = dates.read(
                words, on=self.today, next_meeting=self.next_meeting, recesses=self.recesses
            )
        return self.known[words]


def deadline(cell: Cell, order: Order, reading: Reading) -> Deadline:
    """The Deadline in a cell, without a day for “ongoing” and the like.

    Raises DateError, with how to mend it, for a date that is misspelt or may be one of two.
    """
    found = _exact(cell, order)
    if found is not None:
        return Deadline.on(found, None if cell.day else cell.text)
    if cell.kind is CellKind.NUMBER:
        raise DateError(
            f"“{cell.text}” is a number in a cell that is no date: format the cell as a date"
        )
    words = " ".join(cell.text.split())
    read = reading.of(words)
    if _undated(read):
        return read
    if read.question and read.latest is None:
        raise DateError(f"“{words}” leaves it open ({read.question.rstrip('?. ')}): name the day")
    if read.latest is None:
        raise DateError(f"no date can be read in “{words}”: write one, such as 31 August 2022")
    return read


def _undated(read: Deadline) -> bool:
    """Whether the words say that there is no date, and leave no doubt between two."""
    if read.kind is Kind.OPEN:
        return read.precision is Precision.NONE and not read.candidates
    return read.kind is Kind.NONE and _plain(read.words) in NO_DATE


def _plain(words: str) -> str:
    return " ".join(re.sub(r"[^a-z]+", " ", words.casefold()).split())


def day(cell: Cell, order: Order, reading: Reading) -> date | None:
    """One day, for columns that hold nothing else, or none: “n/a”, “TBC”. Raises DateError."""
    found = deadline(cell, order, reading)
    if found.earliest != found.latest:
        raise DateError(f"“{cell.text}” is not one day: write the day")
    return found.latest


def _exact(cell: Cell, order: Order) -> date | None:
    if cell.day is not None:
        if order.swapped and cell.day.day <= 12 and cell.day.day != cell.day.month:
            other = date(cell.day.year, cell.day.day, cell.day.month)
            raise DateError(
                f"the cell says {long_date(cell.day)}, and the column has day-first dates left as "
                f"text, as a sheet set to US dates leaves them, so it may mean {long_date(other)}: "
                f"{IN_WORDS}"
            )
        return _plausible(cell.day)
    text = cell.text.strip()
    if iso := ISO.fullmatch(text):
        return _made(int(iso[1]), int(iso[2]), int(iso[3]), text)
    found = FIGURES.fullmatch(text)
    if found is None:
        return None
    first, second, year = int(found[1]), int(found[2]), int(found[3])
    year += 2000 if year < 100 else 0
    if first > 12:
        return _made(year, second, first, text)
    if second > 12:
        return _made(year, first, second, text)
    if first == second or (order.day_first and not order.month_first):
        return _made(year, second, first, text)
    if order.month_first and not order.day_first:
        return _made(year, first, second, text)
    one, other = _made(year, second, first, text), _made(year, first, second, text)
    raise DateError(f"“{text}” may mean {long_date(one)} or {long_date(other)}: {IN_WORDS}")


def _made(year: int, month: int, number: int, text: str) -> date:
    try:
        return _plausible(date(year, month, number))
    except ValueError as error:
        if isinstance(error, DateError):
            raise
        raise DateError(f"“{text}” is no day of the calendar: correct it") from error


def _plausible(found: date) -> date:
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise DateError(f"{long_date(found)} cannot be meant: correct it")
    return found


D = TypeVar("D", Deadline, date)
Reader = Callable[[Cell, Order, Reading], D | None]
