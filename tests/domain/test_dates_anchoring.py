"""Which meeting or recess words hang on, and what they say once it has moved."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import dates
from bot.domain.calendars import Calendar, Recess
from bot.domain.deadlines import Anchor, Deadline
from storage import deadlines

SAID = date(2022, 5, 10)
MEETING = Anchor(kind="meeting", starts_on=date(2022, 9, 14))
RECESSES = (
    Recess(name="summer", rises=date(2022, 7, 21), returns=date(2022, 9, 5)),
    Recess(name="conference", rises=date(2022, 9, 22), returns=date(2022, 10, 17)),
)
SUMMER, CONFERENCE = (
    Anchor(kind="recess", name=one.name, starts_on=one.rises, ends_on=one.returns)
    for one in RECESSES
)


def read(words: str) -> Deadline:
    return dates.read(words, on=SAID, next_meeting=MEETING.starts_on, recesses=RECESSES)


@pytest.mark.parametrize(
    ("words", "anchors"),
    [
        ("by the next meeting", (MEETING,)),
        ("two working days before the next meeting", (MEETING,)),
        ("a week after the September meeting", (MEETING,)),
        ("by summer recess", (SUMMER,)),
        ("before the House rises", (SUMMER,)),
        ("by the conference recess", (CONFERENCE,)),
        ("after the summer recess", (SUMMER,)),
    ],
)
def test_words_hang_on_what_they_would_not_mean_without(
    words: str, anchors: tuple[Anchor, ...]
) -> None:
    found = read(words).anchored

    assert found is not None
    assert (found.said_on, found.anchors) == (SAID, anchors)


@pytest.mark.parametrize(
    "words",
    ["by 14 September", "by the end of September", "by the autumn meeting season", "soon", ""],
)
def test_a_plain_day_hangs_on_nothing(words: str) -> None:
    assert read(words).anchored is None


def test_what_is_asked_back_hangs_on_nothing_yet() -> None:
    assert dates.read("by the next meeting", on=SAID).anchored is None


@given(st.integers(-60, 200), st.sampled_from([0, 7, 14]))
def test_so_many_days_after_a_meeting_stay_so_many(moved: int, after: int) -> None:
    words = {0: "at the next meeting", 7: "a week after the next meeting"}.get(
        after, "two weeks after the next meeting"
    )
    new = replace(MEETING, starts_on=MEETING.starts_on + timedelta(days=moved))

    found = dates.moved(read(words), MEETING, new, Calendar())

    assert found is not None
    assert found.latest == new.starts_on + timedelta(days=after)
    assert found.words == words
    assert found.anchored is not None
    assert found.anchored.anchors == (new,)


@given(st.integers(-60, 200))
def test_what_moved_back_is_as_it_was(moved: int) -> None:
    new = replace(MEETING, starts_on=MEETING.starts_on + timedelta(days=moved))
    there = dates.moved(read("by the next meeting"), MEETING, new, Calendar())
    assert there is not None

    assert dates.moved(there, new, MEETING, Calendar()) == read("by the next meeting")


def test_words_that_no_longer_say_which_day_are_left_to_a_person() -> None:
    october = replace(MEETING, starts_on=date(2022, 10, 5))

    after = dates.moved(read("a week after the September meeting"), MEETING, october, Calendar())
    assert after is None
    same_day = dates.moved(read("by the September meeting"), MEETING, october, Calendar())
    assert same_day is not None
    assert same_day.latest == date(2022, 10, 5)


def test_what_it_hangs_on_is_kept_and_never_printed() -> None:
    found = read("by the conference recess")

    assert deadlines.load(deadlines.dump(found)) == found
    assert "anchored" not in found.to_json()
