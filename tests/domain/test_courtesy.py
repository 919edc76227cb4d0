"""What people wish of their reminders, for every day and every wish."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain import courtesy, ladders
from bot.domain.calendars import Nation
from bot.domain.diaries import Diary
from bot.domain.nudging import GRACE, next_on
from bot.domain.people import Person
from bot.domain.plans import Result, Standing
from bot.domain.replies import wishes
from bot.domain.rungs import all_steps
from tests.domain.nudge_runs import DUE, OTHER, OWNER, Run, a_diary, a_plan

BEGIN = date(2022, 5, 10)
FRIDAY = date(2022, 6, 17)


def wishing(diary: Diary, weekday: int | None) -> Diary:
    everybody = diary.directory.people
    people: dict[int, Person] = {n: replace(p, ask_on=weekday) for n, p in everybody.items()}
    return Diary(directory=replace(diary.directory, people=people))


def lived(run: Run) -> Run:
    run.next_on = next_on(run.plan, (), run.diary, today=BEGIN)
    return run.until(date(2022, 7, 29), first=BEGIN)


def snoozed(until: date | None, **diary: object) -> Run:
    return Run(a_diary(**diary), replace(a_plan(), again_on=until))  # type: ignore[arg-type]


def test_a_snoozed_item_is_left_until_its_day_and_then_asked_about() -> None:
    run = lived(snoozed(date(2022, 6, 24)))

    assert run.result("before-10") == (
        Result.SUPPRESSED,
        "they wish to be asked again on 24 June 2022",
    )
    assert run.result("before-5")[0] is Result.SUPPRESSED
    assert run.sent["again-2022-06-24"] == date(2022, 6, 24)
    assert run.sent["before-1"] == DUE - timedelta(days=1)


def test_the_owner_of_what_blocks_an_item_is_asked_whatever_its_own_owner_wished() -> None:
    run = snoozed(date(2022, 6, 24))
    run.standing = Standing(blocked=True, asks_id=OTHER)

    assert lived(run).sent["before-10"] == date(2022, 6, 16)


def test_an_answer_of_today_holds_a_rung_until_tomorrow_and_only_once() -> None:
    run = Run()
    run.until(DUE - timedelta(days=1))
    for day in (DUE, DUE + timedelta(days=1)):
        run.standing = Standing(answered_on=day)
        run.next_on = day
        run.sweep(day)
        expected = Result.HELD if day == DUE else Result.SENT
        assert run.result("on-the-day")[0] is expected


@settings(max_examples=120, deadline=None)
@given(
    days=st.integers(1, 60),
    weekdays=st.sets(st.integers(0, 4), min_size=1),
    nation=st.sampled_from(Nation),
    missed=st.sets(st.integers(0, 60), max_size=20),
)
def test_a_snooze_spares_nothing_from_the_last_rung_before_the_day_on(
    days: int, weekdays: set[int], nation: Nation, missed: set[int]
) -> None:
    until = BEGIN + timedelta(days=days)
    run = snoozed(until, nation=nation, weekdays=sorted(weekdays))
    plain = Run(a_diary(nation=nation, weekdays=sorted(weekdays)), a_plan())
    for one in (run, plain):
        one.next_on = next_on(one.plan, (), one.diary, today=BEGIN)
        for number in range(140):
            if number not in missed:
                one.sweep(BEGIN + timedelta(days=number))
    again = courtesy.again_step(run.plan, run.diary)

    assert run.sent.get("on-the-day") == plain.sent.get("on-the-day")
    # An escalation comes on its day or later, two working days or more after an ask that told of
    # it. The ask that was wished for is one: without it, it may have to wait for another.
    own, steps = run.diary.own(OWNER), {s.rung.key: s for s in all_steps(run.plan, (), run.diary)}
    for key, day in run.sent.items():
        if steps.get(key) is not None and steps[key].rung.escalates:
            asks = [e.asked_on for e in run.ledger if e.told == key and e.asked_on is not None]
            assert day >= steps[key].send_on
            assert any(own.working_days(asked, day) >= GRACE for asked in asks)
    keys = [e.rung for e in run.ledger]
    assert len(keys) == len(set(keys))
    assert {r.key for r in run.plan.ladder.rungs} <= set(keys)
    if again is not None:
        assert again.send_on < DUE
        assert run.result(again.rung.key)[0] in (Result.SENT, Result.MERGED)
        early = [d for k, d in run.sent.items() if d < again.send_on]
        last = next(s for s in all_steps(run.plan, (), run.diary) if s.rung.key == "before-1")
        assert all(day >= last.send_on for day in early)


@settings(max_examples=200, deadline=None)
@given(
    weekday=st.integers(0, 4),
    due=st.integers(0, 300),
    nation=st.sampled_from(Nation),
    today=st.integers(-60, 300),
)
def test_a_chosen_weekday_only_brings_rungs_forward_and_never_past_the_one_before(
    weekday: int, due: int, nation: Nation, today: int
) -> None:
    due_on, day = date(2022, 3, 1) + timedelta(days=due), date(2022, 3, 1) + timedelta(days=today)
    diary = wishing(a_diary(nation=nation), weekday)
    plan = a_plan(due_on)
    rungs = ladders.steps(plan.ladder, owner_id=OWNER, due_on=due_on, diary=diary)
    moved = all_steps(plan, (), diary, today=day)

    assert [s.rung.key for s in moved] == [s.rung.key for s in rungs]
    for before, was, now in zip([None, *rungs], rungs, moved, strict=False):
        if now.send_on != was.send_on:
            assert day <= now.send_on < was.send_on
            assert now.send_on.weekday() == weekday
            assert diary.own(OWNER).is_working(now.send_on)
            assert before is None or now.send_on > before.rung_on
            assert was.rung.before
            assert was.rung.key != plan.ladder.last_before
    assert all_steps(plan, (), diary) == rungs


def test_somebody_who_chose_tuesdays_is_asked_on_tuesdays_until_the_last_days() -> None:
    run = lived(Run(wishing(a_diary(), 1)))

    assert [run.sent[k] for k in ("before-10", "before-5", "before-1", "on-the-day")] == [
        date(2022, 6, 14),
        date(2022, 6, 21),
        date(2022, 6, 29),
        DUE,
    ]


def test_a_tuesday_that_nobody_swept_leaves_the_rung_on_its_own_day() -> None:
    run = Run(wishing(a_diary(), 1))
    run.next_on = next_on(run.plan, (), run.diary, today=BEGIN)
    run.until(date(2022, 6, 13), first=BEGIN)
    run.until(date(2022, 6, 20), first=date(2022, 6, 15))

    assert run.sent["before-10"] == date(2022, 6, 16)


@pytest.mark.parametrize(
    ("text", "rest", "day", "refs"),
    [
        ("on track, ask me again on 12 June", "on track", date(2022, 6, 12), ()),
        ("On track. Please remind me on Friday", "On track.", date(2022, 6, 3), ()),
        ("ask me again in two weeks", "", date(2022, 6, 15), ()),
        ("snooze A-02 for two weeks", "", date(2022, 6, 15), ("A-02",)),
        ("nothing new, and remind me next week", "nothing new", date(2022, 6, 6), ()),
        ("A-01 on track, ask me again on 20 June; A-02 done", None, date(2022, 6, 20), ("A-01",)),
    ],
)
def test_a_wish_in_words_is_read_and_says_nothing_of_the_work(
    text: str, rest: str | None, day: date, refs: tuple[str, ...]
) -> None:
    besides, found = wishes.cut(text, on=date(2022, 6, 1), nation=Nation.ENGLAND)

    assert [(wish.on, wish.refs) for wish in found] == [(day, refs)]
    assert besides == ("A-01 on track; A-02 done" if rest is None else rest)


@pytest.mark.parametrize(
    "text",
    [
        "they ask me again and again",
        "we will get back to you on 12 June",
        "the vendor said to check back on 12 June",
        "nobody asked me about it until Friday",
    ],
)
def test_what_only_sounds_like_a_wish_stays_what_was_said(text: str) -> None:
    assert wishes.cut(text, on=date(2022, 6, 1), nation=Nation.ENGLAND) == (text, ())
