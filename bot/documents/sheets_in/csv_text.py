"""Comma-separated files, in whatever alphabet and with whatever separator they were saved."""

from __future__ import annotations

import codecs
import csv
import io
import re

from bot.domain.sheets.cells import Cell, Row, Sheet, SheetError, Workbook

SEPARATORS = ",;\t|"
NAMED = re.compile(r"\Asep=(?P<separator>.)\r?\n", re.I)
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
TRIED = 40
LONGEST_CELL = 32_767
MOST_ROWS, MOST_COLUMNS = 50_000, 500


def read(content: bytes) -> Workbook:
    """The one sheet of a csv file; a row's number is that which a spreadsheet shows for it."""
    text, notes = _decoded(content)
    if "\x00" in text:
        text = text.replace("\x00", "")
        notes.append("The file held NUL characters, which were left out.")
    named = NAMED.match(text)
    offset = 0
    if named:
        text, offset = text[named.end() :], 1
    separator = named["separator"] if named else _separator(text)
    rows = [
        Row(number + offset, cells)
        for number, record in enumerate(_records(text, separator), 1)
        if any(cells := _cells(record))
    ]
    return Workbook(sheets=[Sheet(name="", rows=rows)], notes=notes)


def _decoded(content: bytes) -> tuple[str, list[str]]:
    for mark, encoding in MARKS:
        if content.startswith(mark):
            return _strictly(content, encoding), []
    head = content[:400]
    # UTF-16 without its mark: Latin letters leave every second byte nought.
    for encoding, places in (("utf-16-le", head[1::2]), ("utf-16-be", head[::2])):
        if len(places) > 8 and places.count(0) > 0.7 * len(places):
            return _strictly(content, encoding), []
    try:
        return content.decode(), []
    except UnicodeDecodeError:
        note = "The file is not UTF-8, so it was read as Windows-1252: look at its accents."
        return content.decode("cp1252", errors="replace"), [note]


def _strictly(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise SheetError("The file's letters are damaged: save it as CSV UTF-8 again.") from error


def _separator(text: str) -> str:
    """The one that cuts the first records into the most cells, evenly."""
    return max(SEPARATORS, key=lambda separator: _evenness(text, separator))


def _evenness(text: str, separator: str) -> tuple[int, int]:
    start = "\n".join(text.splitlines()[:TRIED])
    reader = csv.reader(io.StringIO(start, newline=""), delimiter=separator)
    try:
        widths = [len(record) for record in reader]
    except csv.Error:
        widths = []
    wide = [width for width in widths if width > 1]
    if not wide:
        return 0, 0
    common = max(set(wide), key=lambda width: (wide.count(width), width))
    return wide.count(common) * (common - 1), common


def _records(text: str, separator: str) -> list[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    records = []
    try:
        for record in reader:
            records.append(record)
            if len(records) > MOST_ROWS:
                raise SheetError(f"The file has more than {MOST_ROWS:,} rows: split it.")
    except csv.Error as error:
        raise SheetError(
            f"The quotation marks go wrong at line {reader.line_num} or before: save the file "
            "as CSV again from the spreadsheet."
        ) from error
    return records


def _cells(record: list[str]) -> list[Cell]:
    if len(record) > MOST_COLUMNS:
        record = record[:MOST_COLUMNS]
    cells = [Cell(value.strip()[:LONGEST_CELL]) for value in record]
    while cells and not cells[-1]:
        cells.pop()
    return cells
