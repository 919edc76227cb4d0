"""Spreadsheets taken into the register, and the register out of it and in again."""

from __future__ import annotations

import json
from datetime import date, datetime, time, timedelta

import pytest

from bot.documents import sheets_in
from bot.domain.errors import UserError
from bot.domain.people import LONDON
from bot.domain.sheets import tables
from bot.domain.sheets.marks import marked, unmarked
from bot.domain.sheets.proposals import Outcome, Report
from bot.services import exporting, importing, nudges
from storage import histories, items
from storage.database import Database
from storage.rows import PersonRow
from tests.documents.workbooks import AUDIT, HEAD, book
from tests.groups import NOW as LOADED
from tests.groups import item_of, links_of, load_group, the_sample
from tests.services.desks import FrontDesk

ROW = ["A-03", "Train the readers", "Priya Nair", date(2022, 9, 30)]
FULL = [*HEAD, "Status", "Update"]


class SheetDesk(FrontDesk):
    """The front desk, to which somebody brings spreadsheets."""

    def brings(self, content: bytes | str, *, by: str | None = None) -> Report:
        """Import a file, a minute later."""
        self.now += timedelta(minutes=1)
        raw = content.encode() if isinstance(content, str) else content
        return brought(self.database, raw, self, by=by)

    def previews(self, content: bytes) -> Report:
        """A dry run."""
        table = tables.find(sheets_in.read(content, "r.xlsx"))
        return importing.preview(self.database, None, table, by=None, now=self.now)

    def takes_out(self, name: str) -> bytes:
        """Export."""
        return exporting.write(self.database, None, name, now=self.now)

    def introduces(self, who: str) -> None:
        """They have read who runs this, and are asked of each new item whether it is theirs."""
        with self.database.transaction() as session:
            row = session.get_one(PersonRow, self.people[who])
            row.introduced_at = self.now
            session.add(row)

    def last_said_to(self, who: str, prefix: str) -> str:
        """The newest message to somebody under such a key."""
        return self.said_to(who, prefix)[-1][1]

    def ref(self, ref: str) -> int:
        """An item's number."""
        with self.database.snapshot() as session:
            found = items.by_ref(session, self.group_id, ref)
        assert found is not None
        return found.id


def brought(database: Database, raw: bytes, desk: FrontDesk, *, by: str | None) -> Report:
    name = "r.xlsx" if raw.startswith(b"PK") else "r.csv"
    table = tables.find(sheets_in.read(raw, name))
    return importing.take(database, None, table, content=raw, by=by, now=desk.now)


@pytest.fixture
def desk(database: Database) -> SheetDesk:
    """Two items of Priya's, agreed and begun."""
    return SheetDesk(database)


def test_a_new_action_is_planned_and_its_words_are_its_own(desk: SheetDesk) -> None:
    report = desk.brings(book(FULL, [*ROW, "Amber", "The trainer is ill."]))

    item = desk.get(desk.ref("A-03"))
    assert report.count(Outcome.ADDED) == 1
    assert (item.title, item.owner_id, item.due_on) == (ROW[1], desk.people["Priya"], ROW[3])
    assert desk.next_on(item.id) is not None
    assert item.status_words == "The trainer is ill."


def test_an_owner_is_told_once_of_all_that_a_file_did_and_the_same_file_tells_nobody(
    desk: SheetDesk,
) -> None:
    desk.introduces("Priya")
    content = book(
        FULL,
        [*ROW, "Amber", "The trainer is ill."],
        [None, "Buy the scanner", "Priya Nair", None, None, None],
        ["A-01", "Publish all of it", "Priya Nair", None, None, None],
        [None, "Chair it", "Helen Marsh", ROW[3], None, None],
    )
    for _ in range(2):
        desk.brings(content)

    ((_due_at, told),) = desk.said_to("Priya", "recorded:")
    for piece in ("A-03", "recorded as at risk", "A-04", "Is it yours?", "A-01", "this title now"):
        assert piece in told
    assert desk.said_to("Priya", "wait:") == []
    assert desk.said_to("Sam", "recorded:") == []


def test_a_row_without_its_reference_gets_the_next_one(desk: SheetDesk) -> None:
    desk.brings(book(HEAD, [None, *ROW[1:]]))

    assert desk.get(desk.ref("A-03")).title == ROW[1]


def test_an_action_without_a_date_is_held_and_its_owner_asked_for_one(desk: SheetDesk) -> None:
    desk.introduces("Priya")
    desk.brings(book(HEAD, [*ROW[:3], "Ongoing"], ["A-04", "Buy it", "Priya Nair", None]))

    item = desk.get(desk.ref("A-03"))
    assert (item.due_on, item.original_latest_on, item.due.words) == (None, None, "Ongoing")
    assert desk.get(desk.ref("A-04")).due.words == ""
    assert "no date yet (“Ongoing”)" in desk.last_said_to("Priya", "recorded:")
    asked_on = desk.next_on(item.id)
    assert asked_on is not None
    nudges.sweep(desk.database, now=datetime.combine(asked_on, time(12), LONDON))
    assert "It has no date yet: when do you expect" in desk.last_said_to("Priya", "nudge:")

    for name in ("r.xlsx", "r.csv"):
        report = desk.brings(desk.takes_out(name))
        assert {row.outcome for row in report.rows} == {Outcome.UNCHANGED}, report.lines


def test_the_date_of_an_undated_action_comes_with_a_later_file(desk: SheetDesk) -> None:
    desk.brings(book(HEAD, [*ROW[:3], "TBC"]))
    report = desk.brings(book(HEAD, ROW))

    assert report.rows[0].line.endswith("due date from none to 30 September 2022.")
    assert desk.get(desk.ref("A-03")).due_on == ROW[3]


def test_a_refused_row_keeps_every_row_out(desk: SheetDesk) -> None:
    links = links_of(desk.database, desk.group_id)
    report = desk.brings(book(HEAD, ROW, ["A-04", "Read it", "Nobody Known", ROW[3]]))

    assert report.refused
    assert links_of(desk.database, desk.group_id) == links


def test_the_same_file_again_changes_nothing(desk: SheetDesk) -> None:
    content = book(FULL, [*ROW, "Amber", "The trainer is ill."])
    desk.brings(content)
    report = desk.brings(content)

    assert [row.outcome for row in report.rows] == [Outcome.UNCHANGED], report.lines


def test_only_what_the_file_changed_is_changed(desk: SheetDesk) -> None:
    desk.brings(book(HEAD, ROW))
    report = desk.brings(book(HEAD, [ROW[0], "Train every reader", *ROW[2:]]))

    assert [c.field for c in report.rows[0].changes] == ["action"]
    assert desk.get(desk.ref("A-03")).title == "Train every reader"


def test_a_status_goes_from_one_file_to_the_next(desk: SheetDesk) -> None:
    for status in ("Not started", "Amber", "Red", "Complete"):
        report = desk.brings(book(FULL, [*ROW, status, "The trainer is ill."]))
        assert report.changes == 1, report.lines

    assert desk.get(desk.ref("A-03")).delivery == "complete"


def test_what_was_said_in_slack_since_is_not_overwritten(desk: SheetDesk) -> None:
    desk.brings(book(FULL, [*ROW, "Amber", "The trainer is ill."]))
    desk.taps("reply.on_track", desk.ref("A-03"))
    same = desk.previews(book(FULL, [*ROW, "Amber", "The trainer is ill."]))
    other = desk.brings(book(FULL, [*ROW, "Red", "The trainer is ill."]))

    assert same.rows[0].outcome is Outcome.UNCHANGED
    assert "status, it was changed on the register since" in other.rows[0].line
    assert desk.history(desk.ref("A-03")).latest_update is not None
    assert desk.get(desk.ref("A-03")).claimed == "green"


def test_an_agreed_date_moves_only_with_a_reason_and_the_first_one_stays(desk: SheetDesk) -> None:
    desk.taps("reply.on_track", desk.a01)
    item = desk.get(desk.a01)
    later = [item.ref, item.title, "Priya Nair", date(2022, 9, 7)]
    without = desk.brings(book(HEAD, later))
    reason = "The supplier delivers a week later."
    moved = desk.brings(book([*HEAD, "Comments"], [*later, reason]))

    assert "say why it moves in the update cell" in without.rows[0].line
    assert moved.rows[0].outcome is Outcome.CHANGED
    after = desk.get(desk.a01)
    assert (after.due_on, after.original_latest_on) == (date(2022, 9, 7), item.original_latest_on)


def test_a_moved_date_of_a_new_action_keeps_its_first(desk: SheetDesk) -> None:
    head = [*HEAD[:3], "Original due date", "Due", "Update"]
    desk.brings(book(head, [*ROW, date(2022, 10, 14), "The venue was flooded."]))

    item = desk.get(desk.ref("A-03"))
    assert (item.original_latest_on, item.due_on) == (ROW[3], date(2022, 10, 14))


def test_somebody_must_stand_behind_an_import(desk: SheetDesk) -> None:
    with pytest.raises(UserError, match=r"--by NAME`: Sam Okafor"):
        desk.brings(book(HEAD, AUDIT), by="Priya Nair")


def test_the_register_taken_out_and_in_again_changes_nothing(desk: SheetDesk) -> None:
    desk.brings(book(FULL, [*ROW, "Amber", "'=cmd|' /C calc'!A1"]))
    desk.taps("reply.done", desk.a02)
    links = links_of(desk.database, desk.group_id)
    assert "'=cmd|' /C calc'!A1" in desk.takes_out("r.csv").decode("utf-8-sig")

    for name in ("r.xlsx", "r.csv"):
        report = desk.previews(desk.takes_out(name)) if name == "r.xlsx" else None
        if report is not None:
            assert {row.outcome for row in report.rows} == {Outcome.UNCHANGED}, report.lines
        report = desk.brings(desk.takes_out(name))
        assert {row.outcome for row in report.rows} == {Outcome.UNCHANGED}, report.lines
    assert links_of(desk.database, desk.group_id) == links + 2


def test_the_sample_group_taken_out_and_in_again_changes_nothing(database: Database) -> None:
    group = load_group(database, the_sample())
    for name in ("r.xlsx", "r.csv"):
        content = exporting.write(database, None, name, now=LOADED)
        table = tables.find(sheets_in.read(content, name))
        report = importing.preview(database, None, table, by="Sam Okafor", now=LOADED)

        assert {row.outcome for row in report.rows} == {Outcome.UNCHANGED}, report.lines
    with database.snapshot() as session:
        every = histories.of_group(session, group.group_id)
    found = json.loads(exporting.write(database, None, "r.json", now=LOADED))
    assert [row["Ref"] for row in found["Items"]] == [history.ref for history in every]
    assert item_of(database, group.group_id).ref == "A-01"


@pytest.mark.parametrize("text", ["=1+1", "+44", "-5", "@x", "\tx", "'=x", "plain", "' x", "''@"])
def test_no_program_runs_a_text_and_import_gives_it_back(text: str) -> None:
    assert unmarked(marked(text)) == text
    assert marked(text)[0] not in "=+-@\t\r"
