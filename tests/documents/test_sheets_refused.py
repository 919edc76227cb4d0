"""Registers that cannot be taken in: the row, the reason, and how to mend it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import date

import pytest

from bot.domain.sheets.cells import SheetError
from tests.documents.workbooks import (
    AUDIT,
    GUIDE,
    HEAD,
    book,
    csv_of,
    edited,
    fill,
    refusals,
    report_on,
    shaped,
    with_parts,
)

ROWS: dict[str, tuple[Callable[[], bytes | str], int, str]] = {
    "several owners": (
        lambda: book(HEAD, [*GUIDE[:2], "Priya Nair / Tom Adeyemi", GUIDE[3]]),
        2,
        "names several owners (Priya Nair, Tom Adeyemi): write (lead) after the one",
    ),
    "first name only": (
        lambda: book(HEAD, [*GUIDE[:2], "Priya", GUIDE[3]]),
        2,
        "“Priya” is nobody on the register: write Priya Nair if that is who is meant",
    ),
    "a body": (
        lambda: book(HEAD, [*GUIDE[:2], "RCR", GUIDE[3]]),
        2,
        "“RCR” is nobody on the register but a body",
    ),
    "no owner": (lambda: book(HEAD, AUDIT, [*GUIDE[:2], None, GUIDE[3]], AUDIT), 3, "no owner"),
    "no action": (
        lambda: book(HEAD, ["A-01", None, "Priya Nair", GUIDE[3]]),
        2,
        "it has no action",
    ),
    "a date misspelt": (
        lambda: book(HEAD, [*GUIDE[:3], "31 Xugust 2022"]),
        2,
        "no date can be read in “31 Xugust 2022”: write one, such as 31 August 2022",
    ),
    "either quarter": (
        lambda: book(HEAD, [*GUIDE[:3], "Q2"]),
        2,
        "“Q2” leaves it open (Is the second quarter that of the financial year",
    ),
    "not that weekday": (
        lambda: book(HEAD, [*GUIDE[:3], "Monday 7 February"]),
        2,
        "meant): name the day",
    ),
    "a start alone": (
        lambda: book(HEAD, [*GUIDE[:3], "from 1 September"]),
        2,
        "no date can be read in “from 1 September”",
    ),
    "day or month": (
        lambda: book(HEAD, [*GUIDE[:3], "05/06/2022"]),
        2,
        "“05/06/2022” may mean 5 June 2022 or 6 May 2022: write the month as a word",
    ),
    "both orders": (
        lambda: book(
            HEAD,
            [*GUIDE[:3], "31/08/2022"],
            [*AUDIT[:3], "08/31/2022"],
            ["A-03", "Read it", "Sam Okafor", "05/06/2022"],
        ),
        4,
        "may mean 5 June 2022 or 6 May 2022",
    ),
    "swapped by a US sheet": (
        lambda: book(HEAD, [*GUIDE[:3], "31/08/2022"], [*AUDIT[:3], date(2022, 7, 8)]),
        3,
        "the cell says 8 July 2022",
    ),
    "a number": (
        lambda: book(HEAD, [*GUIDE[:3], 44804]),
        2,
        "“44804” is a number in a cell that is no date: format the cell as a date",
    ),
    "no such day": (lambda: book(HEAD, [*GUIDE[:3], "31/09/2022"]), 2, "no day of the calendar"),
    "an unsaved formula": (
        lambda: book(HEAD, [*GUIDE[:2], "=B9", GUIDE[3]]),
        2,
        "the owner cell is a formula without a saved value: open the file in Excel",
    ),
    "an error": (
        lambda: edited(
            book(HEAD, [*GUIDE[:2], "=B9", GUIDE[3]]),
            '<c r="C2"><f>B9</f><v></v></c>',
            '<c r="C2" t="e"><f>B9</f><v>#REF!</v></c>',
        ),
        2,
        "the owner cell shows #REF!: mend the formula",
    ),
    "unknown status": (
        lambda: book([*HEAD, "Status"], [*GUIDE, "Chugging along"]),
        2,
        "“Chugging along” is no status: write not started, on track",
    ),
    "unknown recommendation": (
        lambda: book([*HEAD, "Rec"], [*GUIDE, "R-9"]),
        2,
        "R-9 is no recommendation or promise here",
    ),
    "no reference": (
        lambda: book(HEAD, ["see above", *GUIDE[1:]]),
        2,
        "“see above” is no reference: write it as A-01",
    ),
    "twice": (lambda: book(HEAD, GUIDE, ["1", *AUDIT[1:]]), 3, "the same action as row 2"),
    "raised tomorrow": (
        lambda: book([*HEAD, "Date raised"], [*GUIDE, date(2022, 5, 13)]),
        2,
        "raised on a day still to come",
    ),
    "moved without a reason": (
        lambda: book(
            [*HEAD[:3], "Due date", "Revised due date"],
            [*GUIDE, date(2022, 9, 30)],
        ),
        2,
        "its date has moved: say why in its update cell",
    ),
}


@pytest.mark.parametrize("name", ROWS)
def test_a_row_is_refused_with_its_number_and_reason(name: str) -> None:
    make, number, reason = ROWS[name]
    report = report_on(make())
    found = dict(refusals(report))

    assert reason in found[number], report.lines
    assert report.refused


def a_bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b" " * (150 * 2**20))
    return out.getvalue()


def old_excel(words: str) -> bytes:
    return bytes.fromhex("d0cf11e0a1b11ae1") + words.encode("utf-16-le")


def a_document() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", b"<x/>")
    return out.getvalue()


def entities() -> bytes:
    evil = b'<!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'
    return with_parts(book(HEAD, GUIDE), {"xl/workbook.xml": evil})


def two_registers() -> bytes:
    return shaped(lambda s: fill(s, [HEAD, GUIDE]), lambda s: fill(s, [HEAD, AUDIT]), title="Open")


FILES: dict[str, tuple[Callable[[], bytes | str], str, str]] = {
    "empty": (lambda: b"", "r.xlsx", "The file is empty"),
    "blank": (lambda: b"\xef\xbb\xbf\r\n\r\n", "r.csv", "The file is empty"),
    "zip bomb": (a_bomb, "r.xlsx", "unpacks to far more than a register holds"),
    "cut short": (lambda: book(HEAD, GUIDE)[:900], "r.xlsx", "The workbook is damaged"),
    "text under another name": (lambda: csv_of(HEAD), "r.xlsx", "This is no workbook"),
    "old format": (lambda: old_excel("Workbook"), "r.xls", "old .xls format: open it in Excel"),
    "password": (lambda: old_excel("EncryptedPackage"), "r.xlsx", "has a password"),
    "web page": (lambda: "<html><table>", "r.xls", "web page or XML"),
    "pdf": (lambda: "%PDF-1.7", "r.xlsx", "This is a PDF"),
    "word inside": (a_document, "r.xlsx", "This is a Word document"),
    "letter": (lambda: "Dear Chair", "letter.txt", "`init`"),
    "docx": (a_document, "letter.docx", "`init`"),
    "entities": (entities, "r.xlsx", "The workbook is damaged"),
    "open quotation mark": (
        lambda: 'Ref,Action,Owner\r\nA-01,"Publish',
        "r.csv",
        "quotation marks",
    ),
    "no register": (lambda: book(["Name", "Telephone"]), "r.xlsx", "No sheet has an action column"),
    "two registers": (two_registers, "r.xlsx", "both look like the register"),
    "two due dates": (
        lambda: book(["Action", "Owner", "Deadline", "Target date"]),
        "r.xlsx",
        "could both be the due date: rename one",
    ),
    "no such part": (
        lambda: edited(book(HEAD, GUIDE), "<sheets>", "<sheets", part="xl/workbook.xml"),
        "r.xlsx",
        "The workbook is damaged",
    ),
}


@pytest.mark.parametrize("name", FILES)
def test_a_file_is_refused_in_a_sentence_that_says_how_to_mend_it(name: str) -> None:
    make, called, sentence = FILES[name]
    with pytest.raises(SheetError, match=sentence.replace("(", r"\(").replace(".", r"\.")):
        report_on(make(), name=called)
