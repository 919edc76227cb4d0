"""Registers as secretariats have them: each is read to exactly these rows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from tests.documents.workbooks import (
    AUDIT,
    GUIDE,
    HEAD,
    book,
    csv_of,
    edited,
    fill,
    report_on,
    saved,
    shaped,
    taken,
    with_parts,
)

ONE = (2, "A-01", "Publish the guidance", 1, date(2022, 8, 31))
TWO = (3, "A-02", "Send the audit pack", 2, date(2022, 9, 13))
TEXTS = [HEAD, ["A-01", "Publish the guidance", "Priya Nair", "31 August 2022"]]


def at(row: tuple[Any, ...], number: int) -> tuple[Any, ...]:
    """The same row under another number."""
    return (number, *row[1:])


def a_merged_header(sheet: Worksheet) -> None:
    fill(
        sheet,
        [
            ["Ref", "Action", "Owner", None, "Dates", None],
            [None, None, "Name", "Organisation", "Raised", "Due"],
            ["A-01", "Publish the guidance", "Priya Nair", "RCR", date(2022, 5, 10), GUIDE[3]],
        ],
    )
    for ref in ("A1:A2", "B1:B2", "C1:D1", "E1:F1"):
        sheet.merge_cells(ref)


def a_merged_owner(sheet: Worksheet) -> None:
    fill(sheet, [HEAD, GUIDE, ["A-02", "Send the audit pack", None, AUDIT[3]]])
    sheet.merge_cells("C2:C3")


def a_merged_action(sheet: Worksheet) -> None:
    fill(sheet, [[*HEAD, "Update"], [*GUIDE, "Drafted."], [None, None, None, None, "Sent."]])
    for ref in ("A2:A3", "B2:B3", "C2:C3", "D2:D3"):
        sheet.merge_cells(ref)


def titled(sheet: Worksheet) -> None:
    fill(
        sheet,
        [
            ["Imaging group: action log"],
            ["Updated 10 May 2022"],
            [],
            HEAD,
            [],
            ["Workstream 1: guidance"],
            GUIDE,
            [],
            ["Workstream 2: audit"],
            AUDIT,
            [],
            ["Total", "2 actions"],
            ["Notes: red means late"],
        ],
    )
    sheet.merge_cells("A1:D1")
    sheet.merge_cells("A6:D6")
    sheet.merge_cells("A9:D9")


def hidden_row(sheet: Worksheet) -> None:
    fill(sheet, [HEAD, GUIDE, AUDIT])
    sheet.row_dimensions[3].hidden = True


def with_hidden_sheet() -> bytes:
    workbook = openpyxl.Workbook()
    first = workbook.active
    assert isinstance(first, Worksheet)
    first.title = "Old actions"
    fill(first, [HEAD, AUDIT])
    first.sheet_state = "hidden"
    fill(workbook.create_sheet("Log"), [HEAD, GUIDE])
    return saved(workbook)


def in_1904() -> bytes:
    workbook = openpyxl.Workbook()
    workbook.epoch = datetime(1904, 1, 1)  # noqa: DTZ001  openpyxl's own
    sheet = workbook.active
    assert isinstance(sheet, Worksheet)
    fill(sheet, [HEAD, GUIDE])
    return saved(workbook)


def a_formula_with_value() -> bytes:
    content = book(HEAD, [*GUIDE[:2], "=B9", GUIDE[3]])
    return edited(content, "<f>B9</f><v></v>", "<f>B9</f><v>Priya Nair</v>")


def a_month_only(sheet: Worksheet) -> None:
    fill(sheet, [HEAD, ["A-01", "Publish the guidance", "Priya Nair", date(2022, 8, 1)]])
    sheet["D2"].number_format = "mmm-yy"


def linked(sheet: Worksheet) -> None:
    fill(sheet, [HEAD, GUIDE])
    sheet["B2"].hyperlink = "https://example.org/guidance"


def far_to_the_right(sheet: Worksheet) -> None:
    fill(sheet, [HEAD, GUIDE])
    sheet["XFD2"] = "lost"


def among_others() -> bytes:
    def risks(sheet: Worksheet) -> None:
        sheet.title = "Risk log"
        fill(sheet, [["Ref", "Description", "Owner", "Due", "Status", "Update"]])

    return shaped(lambda s: fill(s, [HEAD, GUIDE]), risks)


def with_shared_strings() -> bytes:
    """As Excel writes them: texts in a part of their own, by number, some in runs."""
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    content = edited(
        book(HEAD, GUIDE),
        '<c r="C2" t="inlineStr"><is><t>Priya Nair</t></is></c>',
        '<c r="C2" t="s"><v>1</v></c>',
    )
    content = edited(
        content,
        "</Relationships>",
        f'<Relationship Id="rShared" Type="{kind}/sharedStrings" Target="sharedStrings.xml"/>'
        "</Relationships>",
        part="xl/_rels/workbook.xml.rels",
    )
    strings = b"<sst><si><t>x</t></si><si><r><t>Priya </t></r><r><t>Nair</t></r></si></sst>"
    return with_parts(content, {"xl/sharedStrings.xml": strings})


FILES: dict[str, Callable[[], bytes | str]] = {
    "plain": lambda: book(HEAD, GUIDE),
    "any order": lambda: book(
        ["By when", "Responsible", "Agreed action", "Action no"],
        [GUIDE[3], "Priya Nair", "Publish the guidance", "A-01"],
    ),
    "usual names": lambda: book(
        ["No.", "Task", "Assigned to", "Target date"],
        [1, "Publish the guidance", "Priya Nair", GUIDE[3]],
    ),
    "owner by e-mail": lambda: book(HEAD, [*GUIDE[:2], "p@rcr.org", GUIDE[3]]),
    "surname first": lambda: book(HEAD, [*GUIDE[:2], "Nair, Priya", GUIDE[3]]),
    "body behind the name": lambda: book(HEAD, [*GUIDE[:2], "Dr Priya Nair (RCR)", GUIDE[3]]),
    "one marked lead": lambda: book(
        HEAD, [*GUIDE[:2], "Tom Adeyemi / Priya Nair (lead)", GUIDE[3]]
    ),
    "supported by": lambda: book(
        HEAD, [*GUIDE[:2], "Priya Nair, supported by Tom Adeyemi", GUIDE[3]]
    ),
    "date in words": lambda: book(*TEXTS),
    "a window in words": lambda: book(HEAD, [*GUIDE[:3], "by the end of August 2022"]),
    "a month that a cell shows": lambda: shaped(a_month_only),
    "day above twelve": lambda: book(HEAD, [*GUIDE[:3], "31/08/2022"]),
    "iso": lambda: book(HEAD, [*GUIDE[:3], "2022-08-31"]),
    "1904": in_1904,
    "saved formula": a_formula_with_value,
    "shared strings": with_shared_strings,
    "hyperlink": lambda: shaped(linked),
    "hidden sheet left": with_hidden_sheet,
    "a risk log beside it": among_others,
    "columns without end": lambda: shaped(far_to_the_right),
    "heading printed twice": lambda: book(HEAD, GUIDE, HEAD),
    "macros": lambda: with_parts(book(HEAD, GUIDE), {"xl/vbaProject.bin": b"\x00"}),
    "other files": lambda: with_parts(
        book(HEAD, GUIDE), {"xl/externalLinks/externalLink1.xml": b"<x/>"}
    ),
    "csv": lambda: csv_of(*TEXTS),
    "csv with mark": lambda: "\ufeff" + csv_of(*TEXTS),
    "csv in utf-16": lambda: csv_of(*TEXTS).encode("utf-16"),
    "csv in utf-16 unmarked": lambda: csv_of(*TEXTS).encode("utf-16-le"),
    "csv with semicolons": lambda: csv_of(*TEXTS, separator=";"),
    "csv with tabs": lambda: csv_of(*TEXTS, separator="\t"),
    "csv with NULs": lambda: csv_of(*TEXTS).replace("Publish", "Pub\x00lish"),
    "csv with bare newlines": lambda: csv_of(*TEXTS, ends="\n"),
}


@pytest.mark.parametrize("name", FILES)
def test_one_action_is_read_from_a_register(name: str) -> None:
    report = report_on(FILES[name]())

    assert taken(report) == [ONE], report.lines


def test_two_heading_rows_are_one() -> None:
    assert taken(report_on(shaped(a_merged_header))) == [at(ONE, 3)]


def test_an_owner_merged_over_rows_owns_each() -> None:
    second = (3, "A-02", "Send the audit pack", 1, AUDIT[3])

    assert taken(report_on(shaped(a_merged_owner))) == [ONE, second]


def test_rows_under_one_merged_action_are_one_action() -> None:
    (row,) = report_on(shaped(a_merged_action)).rows

    assert (row.number, row.update and row.update.text) == (2, "Drafted.\nSent.")


def test_titles_headings_totals_and_notes_are_no_actions_and_the_report_says_so() -> None:
    report = report_on(shaped(titled))

    assert taken(report) == [at(ONE, 7), at(TWO, 10)]
    assert "Row 6 is no action and was not read: “Workstream 1: guidance”." in report.notes
    assert "Row 12 is no action and was not read: “Total”." in report.notes


def test_a_hidden_row_is_read_and_reported() -> None:
    report = report_on(shaped(hidden_row))

    assert taken(report) == [ONE, TWO]
    assert "Row 3 is hidden in the sheet, and read all the same." in report.notes


def test_a_hidden_sheet_is_read_only_where_it_is_named() -> None:
    content = with_hidden_sheet()
    assert any("“Old actions” is hidden and was not read" in n for n in report_on(content).notes)
    assert taken(report_on(content, sheet="old actions")) == [at(TWO, 2)]


def test_a_quoted_newline_is_one_row_and_the_next_has_its_number() -> None:
    second = ["A-02", "Send the audit pack", "Tom Adeyemi", "2022-09-13"]
    text = csv_of(HEAD, ["A-01", "Publish\nthe guidance", "Priya Nair", "2022-08-31"], second)

    assert taken(report_on(text)) == [ONE, TWO]


def test_windows_letters_are_read_and_said_to_be() -> None:
    text = csv_of([*HEAD, "Update"], [*TEXTS[1], "Café – agreed"]).encode("cp1252")
    report = report_on(text)

    assert report.rows[0].update is not None
    assert report.rows[0].update.text == "Café – agreed"
    assert "Windows-1252" in report.notes[0]


def test_a_column_that_proves_its_order_settles_the_days_that_fit_both() -> None:
    british = book(HEAD, [*GUIDE[:3], "31/08/2022"], [*AUDIT[:3], "05/06/2022"])
    american = book(HEAD, [*GUIDE[:3], "08/31/2022"], [*AUDIT[:3], "05/06/2022"])

    assert taken(report_on(british))[1][4] == date(2022, 6, 5)
    assert taken(report_on(american))[1][4] == date(2022, 5, 6)


def test_patients_data_is_taken_out_and_the_report_says_so() -> None:
    content = book([*HEAD, "Update"], [*GUIDE, "Raised by the patient, NHS number 943 476 5919."])
    (row,) = report_on(content).rows

    assert row.update is not None
    assert "943" not in row.update.text
    assert "NHS number taken out of the update" in row.line


def test_status_and_colour_are_read_together() -> None:
    content = csv_of(
        [*HEAD, "Status", "RAG"],
        [*TEXTS[1], "In progress", "A"],
        ["A-02", "Send it", "Tom Adeyemi", "2022-09-13", "Closed", "G"],
        ["A-03", "Read it", "Tom Adeyemi", "2022-09-13", "Amber/Red", ""],
    )
    rows = report_on(content).rows

    assert [(row.status, row.confidence) for row in rows] == [
        ("at_risk", "amber"),
        ("complete", None),
        ("at_risk", None),
    ]


def test_a_row_without_its_reference_is_a_new_action() -> None:
    (row,) = report_on(csv_of(HEAD[1:], TEXTS[1][1:])).rows
    assert (row.ref, row.outcome) == (None, "added")
