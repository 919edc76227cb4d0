"""What was removed is in no byte of the database, nor of the next backup."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
import sqlalchemy as sa
from sqlmodel import col, select

from bot.documents import sheets_in
from bot.domain.sheets import tables
from bot.services import export_files, importing, removals
from storage import backup, sheets
from storage.database import Database
from storage.rows import OutboxRow
from tests.databases import PostgresServer, SqliteFiles
from tests.documents.workbooks import HEAD, book
from tests.services.promising import DUE
from tests.services.removing import MARK, SAID, Removing

FORMS = (MARK, "dying in St", "ward 7731", "Hale’s mother", "Hale\\u2019s mother")


@pytest.fixture(params=["sqlite", "postgresql"])
def desk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Removing]:
    """A register in a database of its own, whose files nobody else writes."""
    if request.param == "sqlite":
        files: SqliteFiles = request.getfixturevalue("sqlite_files")
        folder = tmp_path / "register"
        folder.mkdir()
        url, server = files.new_url(folder), None
    else:
        server = request.getfixturevalue("postgres")
        assert isinstance(server, PostgresServer)
        url = server.new_url()
    database = Database(url, removals=tmp_path / "removals.jsonl")
    yield Removing(database)
    database.dispose()
    if server is not None:
        server.drop(url)


def files_of(database: Database) -> list[Path]:
    """Every file in which the database keeps rows."""
    if database.path is not None:
        return sorted(database.path.parent.iterdir())
    url = sa.make_url(database.url).set(drivername="postgresql")
    with psycopg.connect(url.render_as_string(hide_password=False), autocommit=True) as asked:
        asked.execute("CHECKPOINT")
        (folder,) = asked.execute("SHOW data_directory").fetchone() or ("",)
        (number,) = asked.execute(
            "SELECT oid FROM pg_database WHERE datname = current_database()"
        ).fetchone() or (0,)
    return sorted((Path(str(folder)) / "base" / str(number)).iterdir())


def brings_and_exports(desk: Removing) -> set[str]:
    """A spreadsheet that says it comes in, the register goes out: what is kept of both."""
    row = ["A-01", "The work of A-01", "Priya Nair", DUE, "Blocked", SAID]
    content = book([*HEAD, "Status", "Update"], row)
    table = tables.find(sheets_in.read(content, "r.xlsx"))
    report = importing.take(
        desk.database, None, table, content=content, by="Sam Okafor", now=desk.now
    )
    assert not report.refused, report.lines
    export_files.command(desk.database, desk.arrives("Sam"), "csv", desk.now)
    assert export_files.sweep(desk.database, now=desk.now) == 1
    with desk.database.snapshot() as session:
        (kept,) = sheets.last_said(session, desk.group_id).values()
        owed = session.exec(select(OutboxRow.payload).where(col(OutboxRow.kind) == "file")).one()
    return {kept["update"], str(owed["file"]["content"])[-60:]}


def parts_in(files: list[Path], wanted: set[str]) -> set[str]:
    """Which of these stand in some byte of these files."""
    data = [path.read_bytes() for path in files if path.is_file()]
    return {part for part in wanted if any(part.encode() in each for each in data)}


def stands_in(files: list[Path]) -> set[str]:
    """The forms that stand in some byte of these files."""
    data = [path.read_bytes().lower() for path in files if path.is_file()]
    return {form for form in FORMS if any(form.lower().encode() in each for each in data)}


def test_no_byte_of_it_is_left(desk: Removing, tmp_path: Path) -> None:
    desk.says_it(SAID)
    # Long enough for PostgreSQL to keep it beside its table, compressed and in pieces.
    desk.says_it(f"{SAID}. {' '.join(f'{MARK}{n}' for n in range(900))}", by="Leo")
    desk.says_it(SAID.replace("A-01", "A-02"))
    kept = brings_and_exports(desk)
    desk.deliver(desk.now)
    desk.database.dispose()
    assert MARK in stands_in(files_of(desk.database))
    digest = min(kept, key=len)
    assert digest in parts_in(files_of(desk.database), kept)

    for subject in dict.fromkeys((desk.subject_of("Update"), desk.subject_of("Remark"))):
        desk.agrees(desk.asks_to_remove(subject))
    assert removals.sweep(desk.database, now=desk.now)
    desk.database.dispose()

    assert stands_in(files_of(desk.database)) == set()
    assert parts_in(files_of(desk.database), kept) == set()
    copy = tmp_path / "copy"
    backup.make(desk.database, copy, now=desk.now)
    assert stands_in([copy, desk.database.removals]) == set()
