"""Actions whose date nobody knows: taken with the words that stand there, and with no date."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from bot.domain.deadlines import Deadline, Kind
from bot.domain.sheets.columns import Field
from bot.domain.sheets.proposals import Known, Outcome, Proposal
from tests.documents.workbooks import AUDIT, GUIDE, HEAD, a_register, book, csv_of, report_on

WORDS = (
    *("Ongoing", "ongoing.", "TBC", "tbd", "To be confirmed", "in due course", "ASAP"),
    *("Awaiting a date", "Monthly", "Rolling", "once the contract is signed", "when funds allow"),
)
BLANKS = (None, " ", "n/a", "N/A", "-", "–", "?", "None", "BAU", "Not set", "Continuous")
ASKED = "(no date: its owner will be asked for one)"
STANDS = date(2022, 8, 31)


def only(head: list[str], *cells: Any) -> Proposal:
    """The one row of a workbook, and the same of a csv file."""
    (row,) = report_on(book(head, [*cells])).rows
    text = ["" if c is None else c.isoformat() if isinstance(c, date) else c for c in cells]
    (same,) = report_on(csv_of(head, text)).rows
    assert row.line == same.line
    return row


@pytest.mark.parametrize("words", WORDS)
def test_a_phrase_without_a_date_is_kept_and_becomes_no_date(words: str) -> None:
    row = only(HEAD, *GUIDE[:3], words)

    assert row.outcome is Outcome.ADDED
    assert row.due is not None
    assert (row.due.kind, row.due.earliest, row.due.latest) == (Kind.OPEN, None, None)
    assert row.due.words == words
    assert f"Priya Nair, due “{words}” {ASKED}" in row.line
    assert Field.DUE not in row.said


@pytest.mark.parametrize("words", BLANKS)
def test_a_blank_is_no_date_either(words: str | None) -> None:
    row = only(HEAD, *GUIDE[:3], words)

    assert row.outcome is Outcome.ADDED
    assert row.due is None or (row.due.kind, row.due.latest) == (Kind.NONE, None)
    assert row.line.endswith(f"{ASKED}.")


def test_a_weekday_of_this_week_or_the_next_is_still_refused() -> None:
    monday = replace(a_register(), today=date(2022, 5, 9))
    (row,) = report_on(book(HEAD, [*GUIDE[:3], "next Thursday"]), monday).rows

    assert row.outcome is Outcome.REFUSED
    assert "“next Thursday” leaves it open (Is Thursday of this week" in row.line


def test_one_undated_action_holds_nothing_back() -> None:
    report = report_on(book(HEAD, [*GUIDE[:3], "Ongoing"], AUDIT))

    assert [row.outcome for row in report.rows] == [Outcome.ADDED] * 2
    assert [row.due.latest for row in report.rows if row.due] == [None, AUDIT[3]]


@pytest.mark.parametrize(
    ("status", "note"),
    [("Complete", None), ("Paused", "(no date)"), ("Amber", ASKED), ("Withdrawn", None)],
)
def test_only_an_open_action_is_asked_for_its_date(status: str, note: str | None) -> None:
    row = only([*HEAD, "Status"], *GUIDE[:3], "TBC", status)

    assert row.outcome is Outcome.ADDED
    assert (note in row.line) if note else ("no date" not in row.line)


def test_a_first_date_stays_where_the_new_one_is_not_known() -> None:
    head = [*HEAD[:3], "Original due date", "Revised due date"]
    slipped = only(head, *GUIDE, "TBC")
    firm = only(head, *GUIDE[:3], "TBC", STANDS)

    for row in (slipped, firm):
        assert row.outcome is Outcome.ADDED
        assert row.due is not None
        assert (row.due.latest, row.moves_to) == (STANDS, None)
    assert "(left as it is: the due date, 31 August 2022: “TBC” names no other)" in slipped.line
    assert "no date" not in firm.line


def a_known(due: Deadline) -> Known:
    return Known(
        id=1, ref="A-01", title="Publish the guidance", owner_id=1, version=3, due=due, frozen=True
    )


def test_a_date_that_was_agreed_is_not_taken_away_by_words_without_one() -> None:
    register = a_register(a_known(Deadline.on(STANDS)))
    (vague,) = report_on(book(HEAD, [*GUIDE[:3], "Ongoing"]), register).rows
    (blank,) = report_on(book(HEAD, [*GUIDE[:3], "n/a"]), register).rows

    assert vague.outcome is blank.outcome is Outcome.UNCHANGED
    assert "(left as it is: the due date, 31 August 2022: “Ongoing” names no other)" in vague.line
    assert "left as it is" not in blank.line


def test_an_undated_action_stays_so_until_a_file_brings_its_date() -> None:
    register = a_register(a_known(Deadline(words="Ongoing", kind=Kind.OPEN)))
    head = [*HEAD, "Update"]
    (same,) = report_on(book(HEAD, [*GUIDE[:3], "TBC"]), register).rows
    (bare,) = report_on(book(HEAD, GUIDE), register).rows
    (dated,) = report_on(book(head, [*GUIDE, "Agreed on 10 May."]), register).rows

    assert same.line == "row 2: unchanged: A-01 “Publish the guidance”."
    assert "the due date: say in the update cell how it was agreed" in bare.line
    assert [change.line for change in dated.changes] == [
        "due date from none to 31 August 2022",
        "update “Agreed on 10 May.”",
    ]


@pytest.mark.parametrize("words", ["n/a", "TBC", "-"])
def test_an_action_is_not_raised_or_completed_on_a_day_nobody_names(words: str) -> None:
    row = only([*HEAD, "Date raised", "Date completed"], *GUIDE, words, words)

    assert row.outcome is Outcome.ADDED
    assert (row.raised_on, row.completed_on) == (None, None)
