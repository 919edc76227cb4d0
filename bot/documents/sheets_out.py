"""The register as a workbook, as csv and as JSON; nothing in it is a formula."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from bot.domain.sheets.marks import marked
from bot.domain.sheets.pages import Page, Value

ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
WIDE, NARROW = 48, 16
LONG = frozenset({"Action", "Update", "Words", "Meaning", "Reason", "Title"})


def xlsx(pages: Sequence[Page]) -> bytes:
    """A workbook, a sheet a page, its headings in bold and kept in sight."""
    import openpyxl
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    book = openpyxl.Workbook(write_only=True)
    for page in pages:
        sheet = book.create_sheet(page.name)
        sheet.freeze_panes = "A2"
        for number, (name, _meaning) in enumerate(page.columns, 1):
            width = WIDE if name in LONG else NARROW
            sheet.column_dimensions[get_column_letter(number)].width = width

        def drawn(value: Value, *, bold: bool = False, sheet: Any = sheet) -> Any:
            cell = WriteOnlyCell(sheet)
            cell.value = _in_xml(value)
            if isinstance(value, str):
                cell.data_type = "s"
                cell.alignment = Alignment(wrap_text=True, vertical="top")
            elif isinstance(value, date):
                cell.number_format = "DD/MM/YYYY"
            if bold:
                cell.font = Font(bold=True)
            return cell

        sheet.append([drawn(name, bold=True) for name, _meaning in page.columns])
        for row in page.rows:
            sheet.append([drawn(value) for value in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def csv_bytes(page: Page) -> bytes:
    """One page as csv with a byte order mark, as Excel wants it; dates in ISO form."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([name for name, _meaning in page.columns])
    writer.writerows([[_in_csv(value) for value in row] for row in page.rows])
    return out.getvalue().encode("utf-8-sig")


def json_bytes(pages: Sequence[Page]) -> bytes:
    """Every page by name, a row as an object; texts as they are, since JSON runs nothing."""
    found = {
        page.name: [
            {
                name: value.isoformat() if isinstance(value, date) else value
                for (name, _meaning), value in zip(page.columns, row, strict=True)
            }
            for row in page.rows
        ]
        for page in pages
    }
    return json.dumps(found, ensure_ascii=False, indent=1).encode()


def _in_xml(value: Value) -> Value:
    if not isinstance(value, str):
        return value
    return ESCAPED.sub("_x005F_", FORBIDDEN.sub("", marked(value)))


def _in_csv(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, date):
        return value.isoformat()
    return marked(str(value))
