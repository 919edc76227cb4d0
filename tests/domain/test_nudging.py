"""What becomes of each rung, by example."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.domain import ladders
from bot.domain.calendars import Calendar, Nation
from bot.domain.errors import UserError
from bot.domain.ladders import DEFAULT_LADDER, Who, rung_days, sending_day
from bot.domain.people import Cover
from bot.domain.plans import Reach, Result, Standing
from tests.domain.nudge_runs import COVER, DUE, OTHER, OWNER, Run, a_diary, a_plan


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


def test_an_item_without_a_date_is_asked_for_one_monthly_and_later_quarterly() -> None:
    run = Run(plan=a_plan(due_on=None)).until(date(2023, 3, 31))

    assert run.sent == {
        "date-1": date(2022, 5, 24),
        "date-2": date(2022, 6, 23),
        "date-3": date(2022, 7, 21),
        "date-4": date(2022, 10, 17),
        "date-5": date(2023, 1, 12),
    }


def test_the_third_ask_for_a_date_involves_the_secretariat_and_the_second_says_so() -> None:
    run = Run(plan=a_plan(due_on=None)).until(date(2022, 6, 22))
    second = run.sweep(date(2022, 6, 23)).message
    run.until(date(2022, 7, 20), first=date(2022, 6, 24))
    third = run.sweep(date(2022, 7, 21)).message
    run.until(date(2022, 10, 16), first=date(2022, 7, 22))
    fourth = run.sweep(date(2022, 10, 17)).message

    assert second is not None
    assert third is not None
    assert fourth is not None
    assert second.tells is not None
    assert (second.tells.key, second.tells_on) == ("date-3", date(2022, 7, 21))
    assert third.rung.involves == (Who.OWNER, Who.SECRETARIAT)
    assert not third.is_ask
    assert (fourth.rung.involves, fourth.tells) == ((Who.OWNER,), None)


def test_a_second_ask_for_a_date_that_never_arrived_is_made_again_before_anybody_is_told() -> None:
    run = Run(plan=a_plan(due_on=None)).until(date(2022, 6, 22))
    run.sweep(date(2022, 6, 23), delivered=False)
    run.until(date(2022, 7, 25), first=date(2022, 6, 24))

    assert run.sent["ask-1:date-3"] == date(2022, 7, 21)
    assert run.sent["date-3"] == date(2022, 7, 25)


SUMMER = replace(a_plan(date(2022, 8, 31)), soft=True, opens_on=date(2022, 8, 1))


def test_a_window_is_asked_for_a_date_until_it_opens_and_then_climbs_by_its_last_day() -> None:
    run = Run(plan=SUMMER).until(date(2022, 12, 31))

    assert list(run.sent.items()) == [
        ("date-1", date(2022, 5, 24)),
        ("date-2", date(2022, 6, 23)),
        ("date-3", date(2022, 7, 21)),
        ("opens", date(2022, 8, 1)),
        ("before-10", date(2022, 8, 16)),
        ("before-5", date(2022, 8, 23)),
        ("before-1", date(2022, 8, 30)),
        ("on-the-day", date(2022, 8, 31)),
        ("after-2", date(2022, 9, 2)),
        ("after-5", date(2022, 9, 7)),
        ("after-10", date(2022, 9, 14)),
    ]
    assert run.next_on is None


def test_an_ask_for_a_date_that_was_missed_is_never_announced_by_the_ladder() -> None:
    run = Run(plan=SUMMER).until(date(2022, 6, 23))
    message = run.sweep(date(2022, 8, 2)).message

    assert run.result("date-3") == (Result.MERGED, "merged into opens")
    assert message is not None
    assert message.tells is not None
    assert message.tells.key == "after-2"


def test_a_window_shorter_than_its_ladder_keeps_every_rung() -> None:
    plan = replace(a_plan(), soft=True, opens_on=date(2022, 6, 27))
    run = Run(plan=plan).until(date(2022, 7, 31))

    assert [key for key in run.sent if not key.startswith("date-")] == [
        rung.key for rung in DEFAULT_LADDER.rungs
    ]


def test_a_last_update_for_a_letter_is_asked_on_its_day_and_goes_with_what_is_due_then() -> None:
    letters = (("letter-1", date(2022, 6, 8)), ("letter-2", date(2022, 6, 23)))
    run = Run(plan=replace(a_plan(), letters=letters)).until(date(2022, 6, 23))

    assert run.sent["letter-1"] == date(2022, 6, 8)
    assert run.result("letter-2") == (Result.MERGED, "merged into before-5")


def test_a_last_update_never_takes_the_place_of_an_escalation() -> None:
    run = Run(plan=replace(a_plan(), letters=(("letter-1", date(2022, 7, 4)),)))
    run.until(date(2022, 7, 4))

    assert run.sent["after-2"] == date(2022, 7, 4)
    assert run.result("letter-1") == (Result.MERGED, "merged into after-2")


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
