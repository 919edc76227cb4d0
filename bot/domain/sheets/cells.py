"""Cells as a spreadsheet shows them, whatever format they came in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from bot.domain.errors import UserError


class SheetError(UserError):
    """A file that cannot be read as a register; says what to do instead."""


class CellKind(StrEnum):
    """What a cell holds; UNCOMPUTED is a formula whose value was never saved."""

    TEXT = "text"
    DATE = "date"
    NUMBER = "number"
    ERROR = "error"
    UNCOMPUTED = "uncomputed"


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: what it shows, its day where it is a date cell, and where it links to.

    A date cell that shows a month and no day has its words as text, and no day.
    """

    text: str = ""
    kind: CellKind = CellKind.TEXT
    day: date | None = None
    formula: bool = False
    link: str = ""

    def __bool__(self) -> bool:
        return bool(self.text) or self.kind is CellKind.UNCOMPUTED


EMPTY = Cell()


@dataclass(frozen=True, slots=True)
class Row:
    """One row under the number that the sheet shows; empty cells at its end are left out."""

    number: int
    cells: Sequence[Cell]
    hidden: bool = False

    def __getitem__(self, column: int) -> Cell:
        return self.cells[column] if column < len(self.cells) else EMPTY

    @property
    def filled(self) -> int:
        """How many cells hold something."""
        return sum(map(bool, self.cells))


@dataclass(frozen=True, slots=True)
class Merge:
    """A range drawn as one cell: rows and columns, both ends included, columns from nought."""

    top: int
    bottom: int
    left: int
    right: int


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """One sheet; rows that hold nothing are left out."""

    name: str
    rows: Sequence[Row]
    merges: Sequence[Merge] = ()
    hidden: bool = False


@dataclass(frozen=True, kw_only=True)
class Workbook:
    """A whole file; `notes` say how it was read, where that is not plain."""

    sheets: Sequence[Sheet]
    notes: Sequence[str] = field(default=())


def column_name(column: int) -> str:
    """A for 0, Z for 25, AA for 26."""
    name = ""
    number = column + 1
    while number:
        number, left = divmod(number - 1, 26)
        name = chr(65 + left) + name
    return name
