"""Rule 3: what hangs on a meeting or recess moves with it, until it has been agreed."""

from __future__ import annotations

from datetime import date

import pytest
from sqlmodel import select

from bot.domain.guard import guard
from bot.domain.register import Decision
from bot.services import date_decisions, replies
from bot.services.calendars import anchors
from storage import commitments, histories
from storage.database import Database
from storage.rows import ItemDeadlineRow
from tests.services.calendar_desks import Calendared, at

MEETING, MOVED = date(2022, 4, 14), date(2022, 4, 28)
RISES, RETURNS = date(2022, 7, 21), date(2022, 9, 5)
MOVE = "calendar move meeting 14 April to 28 April"
REASON = "because the meeting moved from 14 April 2022 to 28 April 2022"


@pytest.fixture
def group(database: Database) -> Calendared:
    """A group that meets on 14 April and 12 May 2022, on 1 April."""
    group = Calendared(database, at(date(2022, 4, 1), 10))
    group.meets(MEETING, date(2022, 5, 12))
    group.rises("summer", RISES, RETURNS)
    group.introduced("Priya", "Leo")
    return group


def pending(group: Calendared, item_id: int) -> list[tuple[date | None, str, str, int | None]]:
    with group.database.snapshot() as session:
        history = histories.of_item(session, item_id)
    waiting = [c for c in history.date_changes if c.decision is Decision.PENDING]
    return [(c.new.latest, c.reason, c.decider, c.asked_by) for c in waiting]


def test_before_it_is_agreed_a_date_moves_with_its_meeting(group: Calendared) -> None:
    item = group.due_by("A-01", "two weeks after the next meeting")
    other = group.due_by("A-02", "by 14 April 2022")
    assert group.get(item).due_on == date(2022, 4, 28)

    answer = group.says(MOVE)

    assert "A-01 The work of A-01 moves with it: due Thursday 12 May 2022" in answer
    moved = group.get(item)
    assert (moved.due_on, moved.original_latest_on, moved.slips) == (
        date(2022, 5, 12),
        date(2022, 5, 12),
        0,
    )
    assert moved.due.words == "two weeks after the next meeting"
    assert group.next_on(item) == date(2022, 4, 27)
    assert group.get(other).due_on == MEETING
    [(_due, told)] = group.said_to("Priya", "recorded:")
    assert "A-01 The work of A-01: due Thursday 12 May 2022 now" in told
    assert f"{REASON}; it was due Thursday 28 April 2022" in told


def test_it_goes_on_moving_with_a_meeting_that_moves_again(group: Calendared) -> None:
    item = group.due_by("A-01", "by the next meeting")

    group.says(MOVE)
    group.says("calendar move meeting 28 April to 5 May")

    assert group.get(item).due_on == date(2022, 5, 5)
    assert pending(group, item) == []


def test_once_agreed_a_date_change_is_opened_like_any_other(group: Calendared) -> None:
    item = group.due_by("A-01", "by the next meeting")
    group.accepts(item)

    answer = group.says(MOVE)

    assert "A-01 The work of A-01 had been agreed: its new date is put to the secretariat" in answer
    assert group.get(item).due_on == MEETING
    assert pending(group, item) == [(MOVED, REASON, "secretariat", None)]
    [(_due, asked)] = group.said_to("Sam", "wait:")
    assert "Followthrough asks to move A-01 The work of A-01 from Thursday 14 April 2022" in asked

    # Whoever moved the meeting did not ask for it, and so may decide it.
    with group.database.snapshot() as session:
        change = histories.of_item(session, item).date_changes[0]
    date_decisions.decide(
        group.database,
        group.arrives("Sam"),
        change_id=change.id,
        decision="agree_next",
        now=group.now,
    )

    agreed = group.get(item)
    assert (agreed.due_on, agreed.original_latest_on, agreed.slips) == (MOVED, MEETING, 1)


def test_what_the_secretariat_owns_is_put_to_the_chair(group: Calendared) -> None:
    item = group.due_by("A-01", "by the next meeting", owner="Sam")
    group.accepts(item)

    group.says(MOVE)

    assert [decider for _day, _why, decider, _by in pending(group, item)] == ["chair"]


def test_past_a_promise_the_chair_decides_and_the_promise_never_moves(group: Calendared) -> None:
    item = group.due_by("A-01", "by the next meeting")
    group.promise(item)

    group.says("calendar move meeting 14 April to 8 September")

    # What answers a promise counts as agreed, whether or not its owner has accepted it.
    assert [(day, decider) for day, _why, decider, _by in pending(group, item)] == [
        (date(2022, 9, 8), "chair")
    ]
    assert group.get(item).due_on == MEETING
    with group.database.snapshot() as session:
        [promise] = commitments.of_group(session, group.group_id)
    assert promise.deadline.latest == date(2022, 8, 31)


def test_a_meeting_back_on_its_old_day_takes_the_request_back(group: Calendared) -> None:
    item = group.due_by("A-01", "by the next meeting")
    group.accepts(item)
    group.says(MOVE)

    group.says("calendar move meeting 28 April to 14 April")

    assert pending(group, item) == []
    assert group.get(item).due_on == MEETING


def test_a_request_of_the_owner_s_own_is_left_to_whoever_decides_it(group: Calendared) -> None:
    item = group.due_by("A-01", "by the next meeting")
    group.accepts(item)
    group.asks_for_time(item, date(2022, 6, 1), group.now)

    answer = group.says(MOVE)

    assert "A-01 has another request for a date waiting" in answer
    assert [day for day, *_rest in pending(group, item)] == [date(2022, 6, 1)]


def test_a_date_asked_for_in_a_reply_hangs_on_its_meeting_too(group: Calendared) -> None:
    item = group.item("A-01", date(2022, 4, 7), now=group.now)
    words = "A-01 needs until the next meeting because the vendor is late"
    said = replies.Said(arrival=group.arrives("Priya"), text=guard(words))

    replies.text(group.database, said, now=group.now)

    with group.database.snapshot() as session:
        change = histories.of_item(session, item).pending_change
    assert change is not None
    assert change.new.latest == MEETING
    assert change.new.anchored is not None
    assert [one.starts_on for one in change.new.anchored.anchors] == [MEETING]


def test_a_recess_moves_what_hangs_on_either_of_its_days(group: Calendared) -> None:
    by = group.due_by("A-01", "by the summer recess")
    during = group.due_by("A-02", "during the summer recess")

    group.says("calendar recess summer 14 July to 5 September")

    assert group.get(by).due_on == date(2022, 7, 14)
    assert group.get(during).due.earliest == date(2022, 7, 15)
    assert group.get(during).due_on == date(2022, 9, 4)

    answer = group.says("calendar recess summer 14 July to 7 September")
    group.says("calendar recess summer 19 July to 7 September")

    assert "A-02" in answer
    assert "A-01" not in answer
    assert (group.get(by).due_on, group.get(during).due_on) == (
        date(2022, 7, 19),
        date(2022, 9, 6),
    )


def test_a_cancelled_meeting_moves_nothing_and_says_what_hung_on_it(group: Calendared) -> None:
    item = group.due_by("A-01", "by the next meeting")

    answer = group.says("calendar cancel meeting 14 April")

    assert "What hung on it keeps its date: A-01." in answer
    assert group.get(item).due_on == MEETING


def test_another_meeting_put_on_the_old_day_has_its_own(group: Calendared) -> None:
    moved = group.due_by("A-01", "by the next meeting")
    group.says(MOVE)
    group.says("calendar add meeting 14 April")
    own = group.due_by("A-02", "by the next meeting")

    group.says("calendar move meeting 28 April to 5 May")

    assert group.get(moved).due_on == date(2022, 5, 5)
    assert group.get(own).due_on == MEETING


def test_words_that_say_no_new_day_are_left_to_a_person(group: Calendared) -> None:
    item = group.due_by("A-01", "two weeks after the April meeting")

    answer = group.says("calendar move meeting 14 April to 5 May")

    assert "A-01 hangs on it, but “two weeks after the April meeting” leaves its new" in answer
    assert group.get(item).due_on == date(2022, 4, 28)


def test_beyond_a_page_the_sweep_goes_on_and_each_owner_is_told_once_a_page(
    group: Calendared,
) -> None:
    number = anchors.AT_ONCE + 2
    for n in range(number):
        group.due_by(f"A-{n:02d}", "by the next meeting", owner="Leo" if n % 2 else "Priya")

    group.says(MOVE)
    before = [group.get(n + 1).due_on for n in range(number)]
    group.sweeps_the_calendar()
    group.sweeps_the_calendar()

    assert before.count(MOVED) == anchors.AT_ONCE
    assert {group.get(n + 1).due_on for n in range(number)} == {MOVED}
    assert len(group.said_to("Priya", "recorded:")) == 2
    with group.database.snapshot() as session:
        assert len(session.exec(select(ItemDeadlineRow)).all()) == 2 * number
