"""Finds the register among the sheets of a file, and its rows among titles, notes and totals."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bot.domain.guard import guard
from bot.domain.sheets.cells import (
    EMPTY,
    Cell,
    CellKind,
    Merge,
    Row,
    Sheet,
    SheetError,
    Workbook,
    column_name,
)
from bot.domain.sheets.columns import Field, fields_of

LOOKED_AT = 60
NEEDED = "an action column and an owner column"
NOTE = re.compile(
    r"\A(?:(?:grand |sub)?-?total|count|sum|notes?\b|key\b|legend|source|prepared by|updated|"
    r"last updated|n\.?\s?b\.?\b|end of|page \d|\*|official|version)",
    re.I,
)
OTHER_LOGS = re.compile(r"risk|issue|decision|lesson|dependenc|lookup|list|archive", re.I)
SINGLE = frozenset(Field) - {Field.IGNORED, Field.UPDATE}


@dataclass(frozen=True, kw_only=True)
class Line:
    """One row of the register: its cells by what they say, under the number that is shown."""

    number: int
    cells: Mapping[Field, Cell]

    def __getitem__(self, field: Field) -> Cell:
        return self.cells.get(field, EMPTY)


@dataclass(frozen=True, kw_only=True)
class Table:
    """A register's rows, which columns it has, and what of the file was not taken and why."""

    sheet: str
    columns: Mapping[Field, str]
    lines: Sequence[Line]
    notes: Sequence[str] = ()


@dataclass(frozen=True, kw_only=True)
class _Header:
    sheet: Sheet
    rows: Sequence[Row]
    last: int
    headings: Sequence[str]
    fields: Mapping[int, Field]

    @property
    def score(self) -> tuple[int, int, int]:
        """How much it looks like the register: its name first, then its columns."""
        kinds = set(self.fields.values())
        named = "action" in self.sheet.name.casefold() or self.sheet.name == "Items"
        other = bool(OTHER_LOGS.search(self.sheet.name)) and not named
        return named - other, len(kinds), -self.last

    @property
    def is_register(self) -> bool:
        """Whether it has what no register lacks."""
        return {Field.TITLE, Field.OWNER} <= set(self.fields.values())


def find(book: Workbook, *, named: str | None = None) -> Table:
    """The register of a file. Raises SheetError where there is none, or two that could be it."""
    sheets = _chosen(book, named)
    headers = [header for sheet in sheets if (header := _header(sheet)) is not None]
    if not headers:
        raise SheetError(
            f"No sheet has {NEEDED}: name the columns in one row, for example Ref, Action, Owner, "
            "Due, Status, Update."
        )
    best = max(headers, key=lambda header: header.score[:2])
    equals = [h for h in headers if h.score[:2] == best.score[:2]]
    if len(equals) > 1:
        names = " and ".join(f"“{quoted(h.sheet.name)}”" for h in equals)
        raise SheetError(
            f"{names} both look like the register: keep one of them in the file, or name it with "
            "`--sheet NAME` on the command line."
        )
    _refuse_doubles(best)
    lines, notes = _lines(best)
    return Table(
        sheet=best.sheet.name,
        columns={field: best.headings[place] for place, field in best.fields.items()},
        lines=lines,
        notes=[*book.notes, *_about_sheets(book, best.sheet), *_unread(best), *notes],
    )


def _chosen(book: Workbook, named: str | None) -> list[Sheet]:
    if named is None:
        return [sheet for sheet in book.sheets if not sheet.hidden]
    found = [s for s in book.sheets if s.name.casefold().strip() == named.casefold().strip()]
    if not found:
        names = ", ".join(quoted(sheet.name) for sheet in book.sheets)
        raise SheetError(f"There is no sheet “{named}”: there is {names}.")
    return found


def _header(sheet: Sheet) -> _Header | None:
    rows = _unmerged(sheet.rows[:LOOKED_AT], sheet.merges)
    found: list[_Header] = []
    for place, row in enumerate(rows):
        single = [cell.text for cell in row.cells]
        below = rows[place + 1] if place + 1 < len(rows) else None
        found.append(_candidate(sheet, rows, row.number, single))
        if below is not None and below.number == row.number + 1:
            found.append(_candidate(sheet, rows, below.number, _two_rows(row, below)))
    registers = [header for header in found if header.is_register]
    # The same columns in one row rather than two: the second would be an action.
    return max(registers, key=lambda h: (len(h.fields), -h.last)) if registers else None


def _candidate(sheet: Sheet, rows: Sequence[Row], last: int, headings: list[str]) -> _Header:
    return _Header(sheet=sheet, rows=rows, last=last, headings=headings, fields=fields_of(headings))


def _two_rows(top: Row, below: Row) -> list[str]:
    headings = []
    for place in range(max(len(top.cells), len(below.cells))):
        first, second = top[place].text, below[place].text
        both = f"{first} {second}".strip() if first != second else first
        fits = [name for name in (both, second) if name and fields_of([name])]
        headings.append(fits[0] if fits else (first if not second else both))
    return headings


def _refuse_doubles(header: _Header) -> None:
    places: dict[Field, list[int]] = defaultdict(list)
    for place, field in header.fields.items():
        places[field].append(place)
    for field, found in places.items():
        if field in SINGLE and len(found) > 1:
            names = " and ".join(
                f"“{quoted(header.headings[place])}” ({column_name(place)})" for place in found
            )
            raise SheetError(f"{names} could both be the {field.value}: rename one of them.")


def _unmerged(rows: Sequence[Row], merges: Sequence[Merge]) -> list[Row]:
    """The rows with each merged range's value in all of its cells."""
    by_number = {row.number: row for row in rows}
    changed: dict[int, list[Cell]] = {}
    for merge in merges:
        source = by_number.get(merge.top)
        cell = source[merge.left] if source else EMPTY
        if not cell:
            continue
        for number in range(merge.top, min(merge.bottom, merge.top + 5_000) + 1):
            row = by_number.get(number) or Row(number, ())
            cells = changed.setdefault(number, list(row.cells))
            cells += [EMPTY] * (merge.right + 1 - len(cells))
            cells[merge.left : merge.right + 1] = [cell] * (merge.right + 1 - merge.left)
    rows_found = {
        **by_number,
        **{
            number: replace(by_number.get(number) or Row(number, ()), cells=cells)
            for number, cells in changed.items()
        },
    }
    return [rows_found[number] for number in sorted(rows_found)]


def _lines(header: _Header) -> tuple[list[Line], list[str]]:
    notes: list[str] = []
    across = {
        merge.top
        for merge in header.sheet.merges
        if merge.right > merge.left and merge.right - merge.left + 1 >= len(header.fields) // 2
    }
    body = [r for r in _unmerged(header.sheet.rows, header.sheet.merges) if r.number > header.last]
    hidden = [row.number for row in body if row.hidden]
    if hidden:
        notes.append(f"{_numbered(hidden)} hidden in the sheet, and read all the same.")
    found = []
    last_whole = max((r.number for r in body if _is_whole(_cells(header, r))), default=0)
    for row in body:
        cells = _cells(header, row)
        if _repeats(header, row) or not any(row.cells):
            continue
        if row.number in across or _is_note(cells, row, after=row.number > last_whole):
            words = next(cell.text for cell in row.cells if cell)
            notes.append(f"Row {row.number} is no action and was not read: “{quoted(words)}”.")
            continue
        found.append(Line(number=row.number, cells=cells))
    return _joined(found, header), notes


def _cells(header: _Header, row: Row) -> dict[Field, Cell]:
    cells: dict[Field, Cell] = {}
    for place, field in header.fields.items():
        cell = row[place]
        if not cell:
            continue
        if field in cells and field is Field.UPDATE:
            cell = replace(cell, text=f"{cells[field].text}\n{cell.text}")
        cells[field] = cell
    return cells


def _is_whole(cells: Mapping[Field, Cell]) -> bool:
    return Field.TITLE in cells and Field.OWNER in cells


def _repeats(header: _Header, row: Row) -> bool:
    """A heading row printed again at the top of each page."""
    texts = [cell.text for cell in row.cells]
    return len(set(fields_of(texts).values()) & set(header.fields.values())) >= max(
        3, len(header.fields) - 1
    )


def _is_note(cells: Mapping[Field, Cell], row: Row, *, after: bool) -> bool:
    first = next(cell.text for cell in row.cells if cell or cell.kind is CellKind.UNCOMPUTED)
    if _is_whole(cells):
        return False
    if NOTE.match(first):
        return True
    if after and Field.OWNER not in cells and (row.filled <= 2 or Field.TITLE not in cells):
        return True
    return row.filled == 1 and Field.TITLE not in cells and Field.OWNER not in cells


def _joined(lines: list[Line], header: _Header) -> list[Line]:
    """Rows under one merged action are one action, its other cells one below the other."""
    titles = {place for place, field in header.fields.items() if field is Field.TITLE}
    spans = [m for m in header.sheet.merges if m.left in titles and m.bottom > m.top]
    head = {number: m.top for m in spans for number in range(m.top, m.bottom + 1)}
    found: dict[int, Line] = {}
    for line in lines:
        first = head.get(line.number, line.number)
        found[first] = _with(found[first], line) if first in found else line
    return list(found.values())


def _with(first: Line, more: Line) -> Line:
    cells = dict(first.cells)
    for field, cell in more.cells.items():
        if field not in cells:
            cells[field] = cell
        elif cell.text != cells[field].text:
            cells[field] = Cell(f"{cells[field].text}\n{cell.text}")
    return replace(first, cells=cells)


def _about_sheets(book: Workbook, chosen: Sheet) -> list[str]:
    if len(book.sheets) < 2:
        return []
    notes = [f"Read from the sheet “{quoted(chosen.name)}”."]
    notes += [
        f"The sheet “{quoted(sheet.name)}” is hidden and was not read: show it in the file, or "
        "name it with `--sheet` on the command line."
        for sheet in book.sheets
        if sheet.hidden and sheet is not chosen
    ]
    return notes


def _unread(header: _Header) -> list[str]:
    names = [
        f"“{quoted(name, 40)}” ({column_name(place)})"
        for place, name in enumerate(header.headings)
        if name and place not in header.fields
    ]
    return [f"Columns not read: {', '.join(names)}."] if names else []


def quoted(text: str, most: int = 60) -> str:
    """What may be told of a cell, a heading or a name, on one line: guarded before it is cut."""
    return " ".join(guard(text).text.split())[:most]


def _numbered(numbers: Sequence[int]) -> str:
    shown = ", ".join(str(number) for number in numbers[:12])
    more = f" and {len(numbers) - 12} more" if len(numbers) > 12 else ""
    return f"Row {shown} is" if len(numbers) == 1 else f"Rows {shown}{more} are"
