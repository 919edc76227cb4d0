"""What becomes of each rung, by example."""

from __future__ import annotations

from datetime import date

import pytest

from bot.domain import ladders
from bot.domain.calendars import Calendar, Nation
from bot.domain.errors import UserError
from bot.domain.ladders import DEFAULT_LADDER, rung_days, sending_day
from bot.domain.people import Cover
from bot.domain.plans import Reach, Result, Standing
from tests.domain.nudge_runs import COVER, DUE, OTHER, OWNER, Run, a_diary


def test_the_default_ladder_is_climbed_in_working_days() -> None:
    run = Run().until(date(2022, 8, 31))

    assert run.sent == {
        "before-10": date(2022, 6, 16),
        "before-5": date(2022, 6, 23),
        "before-1": date(2022, 6, 29),
        "on-the-day": date(2022, 6, 30),
        "after-2": date(2022, 7, 4),
        "after-5": date(2022, 7, 7),
        "after-10": date(2022, 7, 14),
    }
    assert run.next_on is None


def test_rungs_are_counted_by_the_nation_of_the_owner() -> None:
    due = date(2022, 8, 31)
    in_england = dict(rung_days(DEFAULT_LADDER, due, Calendar(nation=Nation.ENGLAND)))
    in_scotland = dict(rung_days(DEFAULT_LADDER, due, Calendar(nation=Nation.SCOTLAND)))
    five_before = DEFAULT_LADDER.rungs[1]

    assert in_england[five_before] == date(2022, 8, 23)
    assert in_scotland[five_before] == date(2022, 8, 24)


def test_up_to_the_deadline_a_nudge_comes_early_and_afterwards_late() -> None:
    mondays = Calendar(weekdays=frozenset({0}))

    assert sending_day(DUE, mondays, before_deadline=True) == date(2022, 6, 27)
    assert sending_day(DUE, mondays, before_deadline=False) == date(2022, 7, 4)


def test_after_an_outage_only_the_latest_rung_is_sent() -> None:
    run = Run()
    decision = run.sweep(date(2022, 6, 27))

    assert [(o.key, o.result) for o in decision.outcomes] == [
        ("before-10", Result.MERGED),
        ("before-5", Result.SENT),
    ]


def test_an_item_long_past_its_date_starts_with_an_ask_of_its_owner() -> None:
    run = Run()
    decision = run.sweep(date(2022, 8, 1))

    assert decision.message is not None
    assert decision.message.is_ask
    assert decision.message.tells_on == date(2022, 8, 3)
    assert run.next_on == date(2022, 8, 3)
    assert "after-10" not in run.sent
    run.until(date(2022, 8, 3), first=date(2022, 8, 2))
    assert run.sent["after-10"] == date(2022, 8, 3)


def test_an_ask_that_never_arrived_does_not_count() -> None:
    run = Run()
    run.sweep(date(2022, 8, 1), delivered=False)
    run.sweep(date(2022, 8, 3))

    assert "after-10" not in run.sent
    assert run.sent["ask-2:after-10"] == date(2022, 8, 3)


def test_asks_before_an_outage_do_not_count() -> None:
    run = Run().until(date(2022, 6, 30))
    run.standing = Standing(counts_from=date(2022, 7, 5))
    decision = run.sweep(date(2022, 7, 5))

    assert decision.message is not None
    assert decision.message.is_ask
    assert decision.message.tells_on == date(2022, 7, 7)


def test_a_fresh_answer_spares_the_next_rung_but_one() -> None:
    run = Run().until(date(2022, 6, 21))
    run.standing = Standing(answered_on=date(2022, 6, 21))
    run.until(date(2022, 6, 23), first=date(2022, 6, 22))

    assert run.result("before-5") == (Result.SUPPRESSED, "answered on 21 June 2022")


def test_an_answer_of_three_working_days_ago_spares_nothing() -> None:
    run = Run().until(date(2022, 6, 20))
    run.standing = Standing(answered_on=date(2022, 6, 20))
    run.until(date(2022, 6, 23), first=date(2022, 6, 21))

    assert run.result("before-5")[0] is Result.SENT


def test_the_last_rung_before_the_day_is_spared_by_no_answer() -> None:
    run = Run().until(date(2022, 6, 28))
    run.standing = Standing(answered_on=date(2022, 6, 28))
    run.until(date(2022, 6, 30), first=date(2022, 6, 29))

    assert run.sent["before-1"] == date(2022, 6, 29)
    assert run.sent["on-the-day"] == DUE


@pytest.mark.parametrize("reason", ["reported complete", "paused"])
def test_a_claim_or_a_pause_stops_the_ladder(reason: str) -> None:
    run = Run().until(DUE)
    run.standing = Standing(stopped=reason)
    run.until(date(2022, 8, 1), first=date(2022, 7, 1))

    assert run.result("after-2") == (Result.SUPPRESSED, reason)
    assert run.result("after-10") == (Result.SUPPRESSED, reason)


def test_a_blocked_item_is_still_asked_about_before_its_day_and_not_escalated_after() -> None:
    run = Run()
    run.standing = Standing(blocked=True)
    run.until(date(2022, 8, 1))

    assert set(run.sent) == {"before-10", "before-5", "before-1"}
    assert run.result("after-5") == (Result.SUPPRESSED, "reported blocked")


def test_the_owner_of_what_blocks_it_is_asked_instead() -> None:
    run = Run()
    run.standing = Standing(blocked=True, asks_id=OTHER)
    run.until(DUE)

    assert {e.person_id for e in run.ledger if e.result is Result.SENT} == {OTHER}
    assert all(e.told is None for e in run.ledger)


def test_the_cover_is_asked_and_has_time_of_their_own() -> None:
    away = Cover(
        person_id=OWNER,
        cover_id=COVER,
        from_on=date(2022, 7, 1),
        until_on=date(2022, 7, 8),
    )
    run = Run(a_diary(away)).until(date(2022, 7, 6))

    assert run.sent["ask-1:after-2"] == date(2022, 7, 4)
    assert run.sent["after-2"] == date(2022, 7, 6)


def test_who_is_away_without_cover_is_asked_on_their_last_day_at_work() -> None:
    away = Cover(
        person_id=OWNER, cover_id=None, from_on=date(2022, 6, 20), until_on=date(2022, 6, 24)
    )
    run = Run(a_diary(away)).until(date(2022, 6, 17))

    assert run.sent["before-5"] == date(2022, 6, 17)


def test_sudden_leave_holds_a_nudge_until_they_are_back_and_never_uses_it_up() -> None:
    run = Run().until(date(2022, 6, 16))
    away = Cover(
        person_id=OWNER, cover_id=None, from_on=date(2022, 6, 17), until_on=date(2022, 6, 24)
    )
    run.diary = a_diary(away)
    run.next_on = date(2022, 6, 20)
    run.sweep(date(2022, 6, 20))

    assert run.result("before-5") == (Result.HELD, "away, and nobody covers")
    assert run.next_on == date(2022, 6, 27)
    run.sweep(date(2022, 6, 27))
    assert run.result("before-5")[0] is Result.SENT


def test_past_the_deadline_an_absence_without_cover_goes_to_a_person() -> None:
    run = Run().until(DUE)
    run.diary = a_diary(
        Cover(person_id=OWNER, cover_id=None, from_on=date(2022, 7, 1), until_on=date(2022, 7, 29))
    )
    run.until(date(2022, 7, 4), first=date(2022, 7, 1))

    assert run.result("after-2") == (Result.HANDED_OVER, "away, and nobody covers")


def test_quiet_hours_hold_a_nudge_until_the_next_day_at_work() -> None:
    run = Run()
    run.sweep(date(2022, 6, 17), reach=Reach(hold="quiet hours"))

    assert run.result("before-10") == (Result.HELD, "quiet hours")
    assert run.next_on == date(2022, 6, 20)


def test_every_message_up_to_an_escalation_says_who_is_told_next_and_when() -> None:
    run = Run()
    first = run.sweep(date(2022, 6, 16)).message
    run.until(date(2022, 7, 3), first=date(2022, 6, 17))
    second = run.sweep(date(2022, 7, 4)).message

    assert first is not None
    assert first.tells is not None
    assert (first.tells.key, first.tells_on) == ("after-2", date(2022, 7, 4))
    assert second is not None
    assert second.tells is not None
    assert (second.tells.key, second.tells_on) == ("after-5", date(2022, 7, 7))


def test_a_ladder_comes_back_from_json_as_it_was() -> None:
    assert ladders.load(ladders.dump(DEFAULT_LADDER)) == DEFAULT_LADDER


@pytest.mark.parametrize(
    "value",
    [
        [],
        [{"key": "x"}],
        [{"key": "x", "offset": -1, "involves": ["king"]}],
        [{"key": "x", "offset": -1, "involves": ["owner", "chair"]}],
        [{"key": "x", "offset": 1}, {"key": "x", "offset": 2}],
        [{"key": "x", "offset": 1, "involves": ["owner", "lead"]}],
        [{"key": "date-x", "offset": 1}],
    ],
)
def test_a_ladder_nobody_could_climb_is_refused(value: object) -> None:
    with pytest.raises(UserError, match=r"ladder|rungs"):
        ladders.load(value)


def test_a_person_who_lets_everything_pass_is_never_told_on_twice() -> None:
    run = Run().until(date(2022, 12, 1))
    everything = [e for e in run.ledger if e.result is Result.SENT]

    assert len(everything) == len(DEFAULT_LADDER.rungs)
