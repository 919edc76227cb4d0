"""An .xlsx workbook: its sheets with shown values, formulae's saved values, merges and links.

Read by hand rather than with openpyxl, which gives either a formula or its saved value, and
neither merged cells nor hidden rows while it streams.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.documents.sheets_in.numbers import Shows, shown_by
from bot.documents.sheets_in.parts import DAMAGED, Parts, attribute, children, local
from bot.documents.sheets_in.values import Values, plain_text
from bot.domain.sheets.cells import Cell, Merge, Row, Sheet, SheetError, Workbook

BOOK = "xl/workbook.xml"
PLACE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
MOST_ROWS, MOST_COLUMNS = 50_000, 500
MOST_CELLS = 1_500_000


def read(archive: zipfile.ZipFile) -> Workbook:
    """Every sheet of a workbook. Raises SheetError where it is damaged or too large."""
    parts = Parts(archive)
    parts.check()
    book = parts.tree(BOOK)
    if book is None:
        raise SheetError(DAMAGED)
    targets = _targets(parts, BOOK)
    values = Values(
        strings=_strings(parts, targets),
        styles=_styles(parts, targets),
        from_1904=_from_1904(book),
    )
    sheets = []
    for group in children(book, "sheets"):
        for entry in children(group, "sheet"):
            path = targets.get(attribute(entry, "id") or "", ("", ""))[1]
            if path in parts.names() and "chartsheet" not in path:
                sheets.append(_Reader(parts, path, values).sheet(entry))
    return Workbook(sheets=sheets, notes=_notes(parts))


def _notes(parts: Parts) -> list[str]:
    names, notes = parts.names(), []
    if any(name.endswith("vbaProject.bin") for name in names):
        notes.append("The workbook has macros: they were not run.")
    if any(name.startswith("xl/externalLinks/") for name in names):
        notes.append("The workbook links to other files: they were not opened.")
    return notes


def _from_1904(book: Any) -> bool:
    return any(attribute(one, "date1904") in ("1", "true") for one in children(book, "workbookPr"))


def _targets(parts: Parts, of: str) -> dict[str, tuple[str, str]]:
    """Relations of a part: by id, their kind and where they lead."""
    folder, name = posixpath.split(of)
    found = {}
    tree = parts.tree(f"{folder}/_rels/{name}.rels")
    for one in children(tree, "Relationship"):
        kind = (attribute(one, "Type") or "").rpartition("/")[2]
        target = attribute(one, "Target") or ""
        if attribute(one, "TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
        found[attribute(one, "Id") or ""] = (kind, target)
    return found


def _of_kind(targets: Mapping[str, tuple[str, str]], kind: str) -> str:
    return next((target for found, target in targets.values() if found == kind), "")


def _strings(parts: Parts, targets: Mapping[str, tuple[str, str]]) -> Sequence[str]:
    name = _of_kind(targets, "sharedStrings")
    if name not in parts.names():
        return ()
    return [plain_text(one) for one in parts.elements(name, "si")]


def _styles(parts: Parts, targets: Mapping[str, tuple[str, str]]) -> Sequence[Shows]:
    tree = parts.tree(_of_kind(targets, "styles"))
    codes = {
        int(attribute(one, "numFmtId") or 0): attribute(one, "formatCode")
        for group in children(tree, "numFmts")
        for one in children(group, "numFmt")
    }
    numbers = [
        int(attribute(one, "numFmtId") or 0)
        for group in children(tree, "cellXfs")
        for one in children(group, "xf")
    ]
    return [shown_by(number, codes.get(number)) for number in numbers]


@dataclass(frozen=True)
class _Reader:
    """Reads one sheet."""

    parts: Parts
    path: str
    values: Values

    def sheet(self, entry: Any) -> Sheet:
        """Its rows, merged ranges and links."""
        rows: list[Row] = []
        merges: list[Merge] = []
        links: dict[str, str] = {}
        targets = _targets(self.parts, self.path)
        number = cells = 0
        for element in self.parts.elements(self.path, "row", "mergeCell", "hyperlink"):
            match local(element):
                case "row":
                    number = int(attribute(element, "r") or number + 1)
                    row = self._row(element, number)
                    cells += len(row.cells)
                    if row.cells:
                        rows.append(row)
                    if len(rows) > MOST_ROWS or cells > MOST_CELLS:
                        raise SheetError(f"A sheet has more than {MOST_ROWS:,} rows: split it.")
                case "mergeCell":
                    merges += _merge(attribute(element, "ref") or "")
                case _:
                    target = targets.get(attribute(element, "id") or "", ("", ""))[1]
                    links[attribute(element, "ref") or ""] = target
        return Sheet(
            name=attribute(entry, "name") or "",
            rows=_linked(rows, links),
            merges=merges,
            hidden=(attribute(entry, "state") or "visible") != "visible",
        )

    def _row(self, element: Any, number: int) -> Row:
        cells: list[Cell] = []
        for one in element:
            place = PLACE.fullmatch(attribute(one, "r") or "")
            column = column_number(place[1]) if place else len(cells)
            if column >= MOST_COLUMNS or not (cell := self.values.cell(one)):
                continue
            cells += [Cell()] * (column - len(cells))
            cells.append(cell)
        return Row(number, cells, hidden=attribute(element, "hidden") in ("1", "true"))


def column_number(letters: str) -> int:
    """0 for A, 26 for AA."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _merge(ref: str) -> list[Merge]:
    first, _, last = ref.partition(":")
    start, end = PLACE.fullmatch(first), PLACE.fullmatch(last)
    if start is None or end is None:
        return []
    return [
        Merge(
            top=int(start[2]),
            bottom=int(end[2]),
            left=column_number(start[1]),
            right=min(column_number(end[1]), MOST_COLUMNS),
        )
    ]


def _linked(rows: Sequence[Row], links: Mapping[str, str]) -> Sequence[Row]:
    wanted: dict[int, dict[int, str]] = {}
    for ref, target in links.items():
        if (place := PLACE.fullmatch(ref)) and target:
            wanted.setdefault(int(place[2]), {})[column_number(place[1])] = target
    return [_with_links(row, wanted.get(row.number, {})) for row in rows]


def _with_links(row: Row, targets: Mapping[int, str]) -> Row:
    if not targets:
        return row
    cells = [
        replace(cell, link=targets[place]) if place in targets else cell
        for place, cell in enumerate(row.cells)
    ]
    return replace(row, cells=cells)
