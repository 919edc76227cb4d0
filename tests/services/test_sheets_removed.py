"""What an imported spreadsheet said, and what is left of it once its words are removed."""

from __future__ import annotations

import hashlib

import pytest
from sqlmodel import col, select

from bot.domain.sheets import comparing
from bot.domain.sheets.proposals import Outcome
from storage.database import Database
from storage.rows import AuditRow, SheetRow
from tests.documents.workbooks import book
from tests.services.removing import GONE, MARK, SAID, Removing
from tests.services.test_sheets_imported import FULL, ROW, SheetDesk

OTHER = ["A-04", "Buy the scanner", "Priya Nair", ROW[3], "Green", "It is ordered."]


class Sheets(SheetDesk, Removing):
    """Somebody brings spreadsheets to a group that has two secretaries."""

    def brings_it(self, status: str = "Amber", words: str = SAID) -> list[str]:
        """The file that says it, brought by Sam; the lines of its report."""
        report = self.brings(book(FULL, [*ROW, status, words], OTHER), by="Sam Okafor")
        assert not report.refused, report.lines
        return [row.line for row in report.rows]

    def kept(self) -> list[SheetRow]:
        """What is kept of each import, the oldest first."""
        with self.database.snapshot() as session:
            found = list(session.exec(select(SheetRow).order_by(col(SheetRow.id))))
            session.expunge_all()
            return found

    def removes(self) -> None:
        """The words of A-03 go."""
        self.agrees(self.asks_to_remove(self.subject_of("Update", self.ref("A-03"))))


@pytest.fixture
def desk(database: Database) -> Sheets:
    """A started group to which a file has brought what should not be kept."""
    desk = Sheets(database)
    desk.brings_it()
    return desk


def test_no_guess_at_a_cell_or_at_the_file_can_be_tried_without_its_key(desk: Sheets) -> None:
    (row,) = desk.kept()
    held = row.said["A-03"]["update"]

    assert comparing.repeats(SAID, held)
    assert not comparing.repeats(f"{SAID}.", held)
    assert held != comparing.kept(SAID)
    plain = hashlib.sha256(" ".join(SAID.split()).encode()).hexdigest()[:16]
    content = hashlib.sha256(book(FULL, [*ROW, "Amber", SAID], OTHER)).hexdigest()
    assert plain not in desk.everything()
    assert content not in desk.everything()
    with desk.database.snapshot() as session:
        links = session.exec(select(AuditRow).where(AuditRow.action == "spreadsheet imported"))
        assert row.sha256 in str(links.one().detail)


def test_a_removal_erases_what_every_import_kept_of_the_item_and_the_keys(desk: Sheets) -> None:
    desk.brings_it(status="Red")
    assert [set(row.said) for row in desk.kept()] == [{"A-03", "A-04"}] * 2

    desk.removes()

    assert [set(row.said) for row in desk.kept()] == [{"A-04"}] * 2
    assert [row.key for row in desk.kept()] == ["", ""]
    assert MARK not in desk.everything()


def test_words_removed_by_themselves_are_erased_wherever_they_stood(desk: Sheets) -> None:
    desk.brings_it(words="All is well again.")
    desk.agrees(desk.asks_to_remove(words="St Kestrel’s hospital"))

    assert [set(row.said) for row in desk.kept()] == [{"A-04"}] * 2


def test_an_old_copy_of_the_file_does_not_bring_them_back(desk: Sheets) -> None:
    desk.removes()

    same, other = desk.brings_it(), desk.brings_it(status="Red")

    assert "words in it were removed on 15 August 2022; take them out here too" in same[0]
    assert same[0].startswith("row 2: unchanged")
    assert same[1] == "row 3: unchanged: A-04 “Buy the scanner”."
    assert other[0].startswith("row 2: changed: A-03 “Train the readers”: status from")
    assert MARK not in desk.everything()
    assert desk.history(desk.ref("A-03")).latest_update is not None
    assert desk.get(desk.ref("A-03")).claimed == "red"


def test_an_export_made_after_it_still_changes_nothing(desk: Sheets) -> None:
    desk.removes()
    report = desk.brings(desk.takes_out("r.xlsx"), by="Sam Okafor")

    assert {row.outcome for row in report.rows} == {Outcome.UNCHANGED}, report.lines
    assert GONE in desk.takes_out("r.csv").decode("utf-8-sig")
