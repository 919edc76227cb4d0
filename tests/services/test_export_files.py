"""The register asked for as a file: to whom it goes, and what a removal takes out of it again."""

from __future__ import annotations

import base64
import contextlib
import io
import json
from collections.abc import Callable, Iterator
from datetime import date

import openpyxl
import pytest
from sqlmodel import Session, col, select

from bot.domain.audiences import Room
from bot.domain.errors import UserError
from bot.domain.guard import guard
from bot.domain.outgoing import Sending
from bot.services import commands, delivery, export_files, removals
from bot.services.parcels import Parcel
from storage.database import Database
from storage.rows import OutboxRow, RoleRow
from tests.services.removing import MARK, SAID, Recorder, Removing

SHORT = "Kestrel\nward"
"""Two words on two lines: in JSON the break between them is a letter."""


class Exporting(Removing):
    """A front desk at which the register is asked for."""

    def exports(self, words: str = "export", *, by: str = "Sam") -> None:
        """The command, and the sweep that answers it."""
        self.asks(words, by=by)
        export_files.sweep(self.database, now=self.now)
        self.checks()

    def asks(self, words: str = "export", *, by: str = "Sam") -> str:
        """The command alone; its answer."""
        return str(commands.run(self.database, self.arrives(by), guard(words), now=self.now))

    def files(self) -> list[OutboxRow]:
        """The files that are or were owed."""
        with self.database.snapshot() as session:
            found = session.exec(
                select(OutboxRow)
                .where(col(OutboxRow.kind) == Sending.FILE.value)
                .order_by(col(OutboxRow.id))
            ).all()
            session.expunge_all()
            return list(found)

    def loses_roles(self, who: str) -> None:
        """Whatever they were, they were it until yesterday."""
        with self.database.transaction() as session:
            held = col(RoleRow.person_id) == self.people[who]
            for row in session.exec(select(RoleRow).where(held)):
                row.until_on = date(2022, 8, 14)
                session.add(row)

    def removes(self) -> None:
        """What Priya said last of A-01 is asked to go, and goes."""
        self.agrees(self.asks_to_remove(self.subject_of("Update")))


def bytes_of(row: OutboxRow) -> bytes:
    return base64.b64decode(row.payload["file"]["content"])


@pytest.fixture
def desk(database: Database) -> Exporting:
    """A started group in which Priya has said what should not be kept."""
    desk = Exporting(database)
    desk.says_it(SAID)
    return desk


@pytest.mark.parametrize("who", ["Sam", "Helen"])
def test_it_comes_by_dm_and_says_as_of_when_and_how_to_handle_it(desk: Exporting, who: str) -> None:
    desk.exports(by=who)

    (row,) = desk.files()
    assert (row.person_id, row.channel_id, row.audience) == (desk.people[who], None, "words")
    assert row.payload["file"]["name"] == "imaging-register-2022-08-15-1002.xlsx"
    assert "as at Monday 15 August 2022 at 10:02" in row.payload["file"]["title"]
    assert "as at Monday 15 August 2022 at 10:02" in str(row.payload["parts"])
    assert "This is the group's record" in str(row.payload["parts"])
    book = openpyxl.load_workbook(io.BytesIO(bytes_of(row)))
    assert {"Items", "Updates", "Dictionary"} <= set(book.sheetnames)
    assert MARK in str([cell.value for line in book["Updates"] for cell in line])
    assert desk.actions()[-2:] == ["export asked for", "register exported"]


def test_the_word_after_it_says_the_format(desk: Exporting) -> None:
    for words in ("export csv", "export as json"):
        desk.exports(words)

    in_csv, in_json = (bytes_of(row) for row in desk.files())
    assert in_csv.decode("utf-8-sig").startswith("Ref,Action,Owner")
    assert [row["Ref"] for row in json.loads(in_json)["Items"]] == ["A-01", "A-02"]
    with pytest.raises(UserError, match=r"I export xlsx, csv or json, not “pdf”"):
        desk.asks("export pdf")


@pytest.mark.parametrize("said", ["export licence granted", "export done", "exported"])
def test_an_answer_that_begins_like_it_is_no_command(said: str) -> None:
    assert not commands.is_command(said)
    assert commands.is_command("export csv?")


def test_somebody_who_may_not_read_everything_is_refused(desk: Exporting) -> None:
    with pytest.raises(UserError, match="goes to the secretariat and the chairs only"):
        desk.exports(by="Priya")

    assert desk.files() == []


def test_asking_twice_brings_one_file_and_the_sweep_again_none(desk: Exporting) -> None:
    for _ in range(2):
        desk.asks()
    swept = [export_files.sweep(desk.database, now=desk.now) for _ in range(2)]

    assert swept == [1, 0]
    assert len(desk.files()) == 1


def test_whoever_has_lost_the_role_since_gets_nothing(desk: Exporting) -> None:
    desk.asks(by="Ann")
    desk.loses_roles("Ann")
    assert export_files.sweep(desk.database, now=desk.now) == 0

    assert desk.files() == []
    assert desk.actions()[-1] == "export refused"


class Rooms(Recorder):
    """A way out into a conversation of which it says who is there."""

    def __init__(self, *members: str, shared: bool = False) -> None:
        super().__init__()
        self._room = Room(members=frozenset(members), shared=shared)

    def room(self, parcel: Parcel) -> Room:  # noqa: ARG002
        """The same for everybody."""
        return self._room

    @property
    def files(self) -> int:
        """How many of what went were files."""
        return sum(parcel.owed.kind is Sending.FILE for parcel in self.sent)


def test_it_is_sent_only_where_nobody_else_reads_it(desk: Exporting) -> None:
    for room in (Rooms("USAM", "UPRIYA"), Rooms("USAM", shared=True)):
        desk.exports()
        delivery.sweep(desk.database, room, clock=lambda: desk.now)
        assert room.files == 0
        assert desk.files()[-1].state == "failed"

    desk.exports()
    alone = Rooms("USAM")
    delivery.sweep(desk.database, alone, clock=lambda: desk.now)
    assert alone.files == 1


@pytest.mark.parametrize("words", ["export", "export json"])
def test_words_that_are_removed_go_from_what_was_exported_too(desk: Exporting, words: str) -> None:
    desk.says_it(f"A-01 is at risk: {SHORT}")
    desk.exports(words)
    delivery.sweep(desk.database, Rooms("USAM"), clock=lambda: desk.now)
    assert MARK.encode() in b"".join(_unpacked(bytes_of(row)) for row in desk.files())

    desk.agrees(desk.asks_to_remove(words="Kestrel ward"))

    (row,) = desk.files()
    assert bytes_of(row) == b""
    with desk.database.snapshot() as session:
        keys = session.exec(select(OutboxRow.key).where(col(OutboxRow.kind) == "removal")).all()
    assert keys == [f"removal:1:removal:{row.id}"]


def test_a_short_text_goes_from_an_export_because_that_is_of_everything(desk: Exporting) -> None:
    desk.asks_until("30 September 2022", "Flu outbreak")
    desk.exports("export json")

    desk.agrees(desk.asks_to_remove(desk.subject_of("Date change")))

    (row,) = desk.files()
    assert (bytes_of(row), row.state) == (b"", "cancelled")


def _unpacked(content: bytes) -> bytes:
    if not content.startswith(b"PK"):
        return content
    book = openpyxl.load_workbook(io.BytesIO(content))
    return str([[cell.value for cell in line] for page in book for line in page.rows]).encode()


class Meanwhile(Database):
    """A database in which something else happens just before the first thing is written."""

    def __init__(self, url: str, happens: Callable[[], None]) -> None:
        super().__init__(url)
        self._happens: Callable[[], None] | None = happens

    @contextlib.contextmanager
    def transaction(self) -> Iterator[Session]:
        """As a database's own, afterwards."""
        happens, self._happens = self._happens, None
        if happens is not None:
            happens()
        with super().transaction() as session:
            yield session


def test_two_sweeps_at_once_bring_one_file(desk: Exporting) -> None:
    desk.asks()
    swept: list[int] = []
    other = Meanwhile(
        desk.database.url, lambda: swept.append(export_files.sweep(desk.database, now=desk.now))
    )
    swept.append(export_files.sweep(other, now=desk.now))
    other.dispose()

    assert swept == [1, 0]
    assert desk.actions().count("register exported") == 1


def test_words_that_are_removed_while_it_is_written_are_not_brought(desk: Exporting) -> None:
    desk.asks()
    meanwhile = Meanwhile(desk.database.url, desk.removes)

    swept = [export_files.sweep(meanwhile, now=desk.now) for _ in range(2)]
    meanwhile.dispose()

    assert swept == [0, 1]
    (row,) = desk.files()
    assert MARK.encode() not in _unpacked(bytes_of(row))
    assert removals.listed(desk.database)
