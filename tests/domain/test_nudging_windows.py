"""What is asked beside a ladder: a date for what has none, a day for a window, a last update."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.domain.ladders import DEFAULT_LADDER, Who
from bot.domain.plans import Result
from tests.domain.nudge_runs import Run, a_plan


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
