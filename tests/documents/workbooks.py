"""Spreadsheets as secretariats have them, made in code, and a register to compare them with."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from bot.documents import sheets_in
from bot.domain.people import BodyName, Directory, Group, Person
from bot.domain.sheets import plan, tables
from bot.domain.sheets.plan import Register
from bot.domain.sheets.proposals import Known, Report

TODAY = date(2022, 5, 12)
HEAD = ["Ref", "Action", "Owner", "Due"]
GUIDE = ["A-01", "Publish the guidance", "Priya Nair", date(2022, 8, 31)]
AUDIT = ["A-02", "Send the audit pack", "Tom Adeyemi", date(2022, 9, 13)]


def book(*rows: Sequence[Any], title: str = "Actions") -> bytes:
    """A workbook of one sheet."""
    return shaped(lambda sheet: fill(sheet, rows), title=title)


def fill(sheet: Worksheet, rows: Sequence[Sequence[Any]]) -> None:
    """The rows as they stand; dates as a British sheet shows them."""
    for row in rows:
        sheet.append(list(row))
    for cells in sheet.iter_rows():
        for cell in cells:
            if isinstance(cell.value, date):
                cell.number_format = "DD/MM/YYYY"


def shaped(*shapes: Callable[[Worksheet], object], title: str = "Actions") -> bytes:
    """A workbook, one sheet for each function that fills one."""
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.active)  # type: ignore[arg-type]
    for number, shape in enumerate(shapes):
        shape(workbook.create_sheet(title if number == 0 else f"Sheet{number + 1}"))
    return saved(workbook)


def saved(workbook: openpyxl.Workbook) -> bytes:
    """The bytes of a workbook."""
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def with_parts(content: bytes, parts: Mapping[str, bytes]) -> bytes:
    """A workbook with some parts of its own replaced or added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", 8) as new:
        for name in old.namelist():
            if name not in parts:
                new.writestr(name, old.read(name))
        for name, part in parts.items():
            new.writestr(name, part)
    return out.getvalue()


def edited(content: bytes, old: str, new: str, part: str = "xl/worksheets/sheet1.xml") -> bytes:
    """A workbook whose XML says something else: what openpyxl cannot write itself."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        text = archive.read(part).decode().replace("<v />", "<v></v>").replace("<v/>", "<v></v>")
    assert old in text, text
    return with_parts(content, {part: text.replace(old, new).encode()})


def csv_of(*rows: Sequence[str], separator: str = ",", ends: str = "\r\n") -> str:
    """A csv file's text, with quotation marks where they are needed."""
    import csv

    out = io.StringIO()
    writer = csv.writer(out, delimiter=separator, lineterminator=ends)
    writer.writerows(rows)
    return out.getvalue()


def a_directory() -> Directory:
    """Two bodies, three people."""
    group = Group(
        id=1,
        key="imaging",
        name="Imaging",
        sponsor="Board",
        ends_on=date(2023, 3, 31),
        sample=True,
        team_id="T0HOME",
        channel_id=None,
        clearance_channel_id=None,
        started_at=None,
    )
    people = {
        1: Person(id=1, group_id=1, name="Priya Nair", body_id=1, body="RCR", email="p@rcr.org"),
        2: Person(id=2, group_id=1, name="Tom Adeyemi", body_id=2, body="NHSE"),
        3: Person(id=3, group_id=1, name="Sam Okafor", body_id=2, body="NHSE"),
    }
    names = (
        BodyName(body_id=1, name="Royal College", short="RCR", from_on=None, until_on=None),
        BodyName(body_id=2, name="NHS England", short="NHSE", from_on=None, until_on=None),
    )
    return Directory(
        group=group,
        people=people,
        roles=(),
        covers=(),
        body_keys={"rcr": 1, "nhse": 2},
        body_names=names,
        leads={1: 1},
    )


def a_register(*items: Known, **values: Any) -> Register:
    """The register of these items."""
    return Register(
        directory=a_directory(),
        today=TODAY,
        items={item.ref: item for item in items},
        answerable=frozenset({"R-1", "R-2", "C-1"}),
        **values,
    )


def report_on(
    content: bytes | str, register: Register | None = None, *, name: str = "", sheet: str = ""
) -> Report:
    """What would become of a file."""
    if isinstance(content, str):
        content = content.encode()
    ending = ".xlsx" if content.startswith(b"PK") else ".csv"
    table = tables.find(sheets_in.read(content, name or f"register{ending}"), named=sheet or None)
    return plan.plan(table, register or a_register())


def taken(report: Report) -> list[tuple[Any, ...]]:
    """The rows that are not refused: number, reference, action, owner, latest day."""
    return [
        (r.number, r.ref, r.title, r.owner_id, r.due.latest if r.due else None)
        for r in report.rows
        if not r.reasons
    ]


def refusals(report: Report) -> list[tuple[int, str]]:
    """The rows that are refused, and why."""
    return [(r.number, "; ".join(r.reasons)) for r in report.rows if r.reasons]
