"""A reply about an item that was not asked about is never recorded for the one that was."""

from __future__ import annotations

from datetime import date

import pytest

from bot.domain.calendars import Nation
from bot.domain.deadlines import Deadline
from bot.domain.guard import guard
from bot.domain.register import Status
from bot.domain.replies import AskedItem, Reading, read_reply

STRANGE = ("A-99", "a99", "A 99", "B-7", "R-2", "item 99", "action 99", "#99", "A-9999999")
SAID = (
    "{} is done",
    "{}: done",
    "Done: {}",
    "Done, {}",
    "done.\n{}",
    "{}\n- done",
    "For {}, all is done",
    "{} and we are done",
    "on track {}",
    "blocked by legal: {}",
    "{} needs until 30 September",
    "I need until 30 September for {}",
)


def read(text: str, *refs: str) -> Reading:
    due = Deadline.on(date(2022, 8, 31))
    asked = [
        AskedItem(ref=ref, title=f"The work of {ref}", due=due, order=n)
        for n, ref in enumerate(refs, start=1)
    ]
    return read_reply(guard(text), on=date(2022, 8, 15), asked=asked, nation=Nation.ENGLAND)


@pytest.mark.parametrize("ref", STRANGE)
def test_nothing_is_recorded_for_the_only_item(ref: str) -> None:
    for said in SAID:
        reading = read(said.format(ref), "A-01")
        assert reading.updates == (), said
        assert reading.question is None, said
        assert "You can answer for A-01." in (reading.refused or ""), said


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ("Done, see A-99", Status.COMPLETE),
        ("On track. A-99 is done too", Status.ON_TRACK),
        ("Done, evidence in DOC-12", Status.COMPLETE),
        ("On track for MAY-2023", Status.ON_TRACK),
        ("A 10% rise in returns, on track", Status.ON_TRACK),
        ("A 5 day course is booked, on track", Status.ON_TRACK),
        ("action 1 is done", Status.COMPLETE),
        ("A 01: done", Status.COMPLETE),
        ("item 1 done", Status.COMPLETE),
        ("#1 done", Status.COMPLETE),
    ],
)
def test_what_only_looks_like_a_reference_or_is_theirs_is_recorded(
    said: str, status: Status
) -> None:
    (update,) = read(said, "A-01").updates

    assert (update.item, update.status) == ("A-01", status)


def test_a_number_is_a_place_among_several_or_else_a_references() -> None:
    assert [u.item for u in read("item 2 is done", "A-07", "A-12").updates] == ["A-12"]
    assert [u.item for u in read("item 12 is done", "A-07", "A-12").updates] == ["A-12"]
    assert "A-07, A-12" in (read("item 99 is done", "A-07", "A-12").refused or "")
