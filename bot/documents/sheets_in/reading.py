"""What kind of file it is, by its bytes rather than its name, and who reads it."""

from __future__ import annotations

import io
import zipfile
from pathlib import PurePath

from bot.documents.sheets_in import csv_text, workbook
from bot.domain.sheets.cells import SheetError, Workbook

LARGEST = 20 * 2**20
ZIP, OLE, PDF = b"PK\x03\x04", bytes.fromhex("d0cf11e0a1b11ae1"), b"%PDF"
LETTERS = (".txt", ".md", ".docx", ".odt", ".doc")
TEXTS = (".csv", ".tsv", ".tab")
SAVE_AS = "open it in Excel or LibreOffice and save it as .xlsx"


def read(content: bytes, name: str) -> Workbook:
    """The sheets of a file. Raises SheetError where it is none, with what to do instead."""
    ending = PurePath(name).suffix.lower()
    if ending in LETTERS:
        raise SheetError(
            f"A register comes as .xlsx or .csv, and this is a {ending} file: a letter's "
            "recommendations and promises come from the group file, with `init`, today."
        )
    if not content.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise SheetError("The file is empty: send the one that holds the register.")
    if len(content) > LARGEST:
        raise SheetError(
            f"The file is larger than {LARGEST // 2**20} MB: keep the register's sheet and save "
            "it as a file of its own."
        )
    if content.startswith(ZIP):
        return _zipped(content)
    _refuse_others(content)
    if ending not in TEXTS:
        raise SheetError(f"This is no workbook, whatever its name says ({ending}): {SAVE_AS}.")
    return csv_text.read(content)


def _refuse_others(content: bytes) -> None:
    start = content[:512].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if content.startswith(OLE):
        if "EncryptedPackage".encode("utf-16-le") in content:
            raise SheetError("The workbook has a password: save a copy without one.")
        raise SheetError(f"This is the old .xls format: {SAVE_AS}.")
    if content.startswith(PDF):
        raise SheetError("This is a PDF: send the spreadsheet it was printed from.")
    if start.startswith((b"<!doctype html", b"<html", b"<table", b"<?xml")):
        raise SheetError(f"This is a web page or XML under a spreadsheet's name: {SAVE_AS}.")


def _zipped(content: bytes) -> Workbook:
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise SheetError(f"The workbook is damaged: {SAVE_AS} again.") from error
    with archive:
        names = {info.filename for info in archive.infolist()}
        if "word/document.xml" in names:
            raise SheetError(
                "This is a Word document: a letter's recommendations and promises come from the "
                "group file, with `init`, today."
            )
        if "xl/workbook.xml" not in names:
            raise SheetError(f"This is not an .xlsx workbook: {SAVE_AS}.")
        return workbook.read(archive)
