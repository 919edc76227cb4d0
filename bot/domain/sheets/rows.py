"""One row while it is read: its texts through the guard, what is wrong, what is to be said."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Protocol

from bot.domain.deadlines import Deadline
from bot.domain.guard import guard
from bot.domain.sheets import days
from bot.domain.sheets.cells import CellKind
from bot.domain.sheets.columns import Field
from bot.domain.sheets.marks import unmarked
from bot.domain.sheets.tables import Line, quoted


class Ordering(Protocol):
    """What a whole column proves of its dates, and what words lean on."""

    def order(self, field: Field) -> days.Order:
        """The order of day and month in a column."""

    @property
    def reading(self) -> days.Reading:
        """The day of reading and the calendar."""


class RowReader:
    """One row while it is read: its texts through the guard, what is wrong, what is to be said."""

    def __init__(self, line: Line) -> None:
        self._line = line
        self._failed: set[Field] = set()
        self.reasons: list[str] = []
        self.notes: list[str] = []
        self._texts = {field: self._read(field) for field in line.cells}

    def _read(self, field: Field) -> str:
        cell = self._line[field]
        if cell.kind is CellKind.ERROR:
            self._fails(
                field, f"the {field.value} cell shows {quoted(cell.text)}: mend the formula"
            )
            return ""
        if cell.kind is CellKind.UNCOMPUTED:
            self._fails(
                field,
                f"the {field.value} cell is a formula without a saved value: open the file in "
                "Excel and save it",
            )
            return ""
        if cell.formula and field is not Field.IGNORED:
            self.notes.append(f"the {field.value} is a formula's last saved value")
        kept = guard(unmarked(cell.text))
        if kept.redactions:
            kinds = " and ".join(kept.redactions)
            self.notes.append(f"{kinds} taken out of the {field.value}")
        text = kept.text.strip()
        if cell.link and field is Field.UPDATE and cell.link not in text:
            text = f"{text} {guard(cell.link).text}"
        return text

    def _fails(self, field: Field, reason: str) -> None:
        if field is not Field.IGNORED:
            self._failed.add(field)
            self.reasons.append(reason)

    @property
    def dates_failed(self) -> bool:
        """Whether a cell that may hold its due date could not be read."""
        return not self._failed.isdisjoint((Field.DUE, Field.ORIGINAL_DUE))

    def text(self, field: Field) -> str:
        """What its cell says."""
        return self._texts.get(field, "")

    def deadline(self, planner: Ordering, field: Field) -> Deadline | None:
        """The Deadline in its cell, if there is one."""
        return self._dated(days.deadline, planner, field)

    def day(self, planner: Ordering, field: Field) -> date | None:
        """The day in its cell, if there is one."""
        return self._dated(days.day, planner, field)

    def _dated(self, read: days.Reader[days.D], planner: Ordering, field: Field) -> days.D | None:
        text = self.text(field)
        if not text:
            return None
        try:
            cell = replace(self._line[field], text=text)
            return read(cell, planner.order(field), planner.reading)
        except days.DateError as error:
            self._fails(field, f"{field.value}: {error}")
            return None
