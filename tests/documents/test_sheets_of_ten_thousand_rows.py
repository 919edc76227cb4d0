"""A register of ten thousand rows is read whole, in either form, to the last row."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import openpyxl
import pytest

from tests.documents.workbooks import HEAD, csv_of, report_on, saved, taken

ROWS = 10_000


def a_workbook() -> bytes:
    workbook = openpyxl.Workbook(write_only=True)
    sheet = workbook.create_sheet("Actions")
    sheet.append(HEAD)
    for number in range(1, ROWS + 1):
        sheet.append([f"A-{number:02d}", f"Action {number}", "Priya Nair", date(2022, 8, 31)])
    return saved(workbook)


def a_csv() -> bytes:
    due = "31 August 2022"
    rows = [[f"A-{n:02d}", f"Action {n}", "Priya Nair", due] for n in range(1, ROWS + 1)]
    return csv_of(HEAD, *rows).encode()


@pytest.mark.parametrize("make", [a_workbook, a_csv])
def test_every_row_is_read_and_none_is_mistaken(make: Callable[[], bytes]) -> None:
    rows = taken(report_on(make()))

    assert len(rows) == ROWS
    assert rows[-1] == (ROWS + 1, f"A-{ROWS}", f"Action {ROWS}", 1, date(2022, 8, 31))
    assert [row[0] for row in rows] == list(range(2, ROWS + 2))
