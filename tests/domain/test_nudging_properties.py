"""What must hold of nudges for every run of sweeps, whatever is missed or doubled."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.calendars import Nation
from bot.domain.ladders import DEFAULT_LADDER
from bot.domain.people import Cover
from bot.domain.plans import Result
from tests.domain.nudge_runs import COVER, DUE, OWNER, Run, a_diary, a_plan


@st.composite
def runs(draw: st.DrawFn) -> tuple[Run, list[date], list[bool]]:
    """A plan, and the days on which it is swept: some missed, some twice."""
    first = date(2022, 5, 10)
    due = first + timedelta(days=draw(st.integers(-40, 60)))
    covers = draw(
        st.lists(
            st.builds(
                lambda start, length, cover: Cover(
                    person_id=OWNER,
                    cover_id=cover,
                    from_on=first + timedelta(days=start),
                    until_on=first + timedelta(days=start + length),
                ),
                st.integers(0, 80),
                st.integers(0, 15),
                st.sampled_from([None, COVER]),
            ),
            max_size=2,
        )
    )
    weekdays = draw(st.sets(st.integers(0, 4), min_size=1))
    diary = a_diary(*covers, nation=draw(st.sampled_from(Nation)), weekdays=sorted(weekdays))
    run = Run(diary, a_plan(due_on=due))
    gaps = draw(st.lists(st.integers(0, 6), min_size=10, max_size=60))
    days, day = [], first
    for gap in gaps:
        day += timedelta(days=gap)
        days.append(day)
    return run, days, draw(st.lists(st.booleans(), min_size=len(days), max_size=len(days)))


@settings(max_examples=150)
@given(runs())
def test_every_rung_has_one_outcome_however_it_is_swept(
    case: tuple[Run, list[date], list[bool]],
) -> None:
    run, days, arrives = case
    for day, delivered in zip(days, arrives, strict=True):
        decision = run.sweep(day, delivered=delivered)
        assert decision.next_on is None or decision.next_on > day
    for number in range(250):
        run.sweep(days[-1] + timedelta(days=number))

    final = Counter(e.rung for e in run.ledger if e.result is not Result.HELD)
    assert {r.key for r in DEFAULT_LADDER.rungs} <= set(final)
    assert set(final.values()) == {1}
    assert run.next_on is None


@settings(max_examples=150)
@given(runs())
def test_nobody_else_is_involved_before_an_ask_that_said_so(
    case: tuple[Run, list[date], list[bool]],
) -> None:
    run, days, arrives = case
    for day, delivered in zip(days, arrives, strict=True):
        run.sweep(day, delivered=delivered)
    for number in range(120):
        run.sweep(days[-1] + timedelta(days=number))

    for entry in run.ledger:
        rung = next((r for r in DEFAULT_LADDER.rungs if r.key == entry.rung), None)
        if entry.result is not Result.SENT or rung is None or not rung.escalates:
            continue
        national = run.diary.national(OWNER)
        assert entry.asked_on is not None
        asks = [e for e in run.ledger if e.told == entry.rung and e.delivered and e.asked_on]
        assert any(national.working_days(e.asked_on or DUE, entry.asked_on) >= 2 for e in asks)


@settings(max_examples=150)
@given(runs())
def test_one_message_an_item_a_day_and_never_on_a_day_off(
    case: tuple[Run, list[date], list[bool]],
) -> None:
    run, days, _arrives = case
    for day in days:
        run.sweep(day)

    sent = [e for e in run.ledger if e.result is Result.SENT]
    assert len({e.asked_on for e in sent}) == len(sent)
    for entry in sent:
        assert entry.person_id is not None
        assert entry.asked_on is not None
        assert run.diary.own(entry.person_id).is_working(entry.asked_on)


@settings(max_examples=100)
@given(runs(), st.integers(1, 4))
def test_sweeping_again_on_the_same_day_changes_nothing(
    case: tuple[Run, list[date], list[bool]], times: int
) -> None:
    run, days, _arrives = case
    again = Run(run.diary, run.plan)
    for day in days:
        run.sweep(day)
        for _ in range(times):
            again.sweep(day)

    assert again.ledger == run.ledger


@settings(max_examples=100)
@given(runs(), st.integers(0, 60), st.integers(1, 15))
def test_after_an_outage_only_the_latest_rung_goes_and_the_same_rungs_are_accounted_for(
    case: tuple[Run, list[date], list[bool]], start: int, length: int
) -> None:
    run, _days, _arrives = case
    other = Run(run.diary, run.plan)
    first = date(2022, 5, 10)
    for number in range(300):
        day = first + timedelta(days=number)
        run.sweep(day)
        if not start <= number < start + length:
            decision = other.sweep(day)
            assert sum(o.result is Result.SENT for o in decision.outcomes) <= 1

    rungs = {r.key for r in DEFAULT_LADDER.rungs}
    both = [{e.rung for e in r.ledger} & rungs for r in (run, other)]
    assert both == [rungs, rungs]
