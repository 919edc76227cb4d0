"""What must hold of nudges for every run of sweeps, whatever is missed or doubled.

The plan may stand on any ladder, end in a window or have no date, and be asked for letters.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.calendars import Nation
from bot.domain.date_asks import TOLD
from bot.domain.ladders import BUILT_IN, STRICT_LADDER, rung_days
from bot.domain.people import Cover
from bot.domain.plans import Plan, Result
from tests.domain.nudge_runs import COVER, DUE, OWNER, Run, a_diary, a_plan


@st.composite
def plans(draw: st.DrawFn, first: date) -> Plan:
    """On any ladder: due on a day or at the end of a window, with up to two letters to come."""
    due = first + timedelta(days=draw(st.integers(-40, 60)))
    window = draw(st.one_of(st.none(), st.integers(0, 60)))
    ahead = draw(st.lists(st.integers(0, 60), max_size=2))
    return replace(
        a_plan(due_on=due),
        ladder=draw(st.sampled_from(list(BUILT_IN.values()))),
        soft=window is not None,
        opens_on=None if window is None else due - timedelta(days=window),
        letters=tuple(
            (f"letter-{number}", first + timedelta(days=days)) for number, days in enumerate(ahead)
        ),
    )


@st.composite
def runs(draw: st.DrawFn) -> tuple[Run, list[date], list[bool]]:
    """A plan, and the days on which it is swept: some missed, some twice."""
    first = date(2022, 5, 10)
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
    run = Run(diary, draw(plans(first)))
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
    wanted = {r.key for r in run.plan.ladder.rungs} | {key for key, _on in run.plan.letters}
    assert wanted <= set(final)
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

    involving = {r.key for r in run.plan.ladder.rungs if r.escalates} | {f"date-{TOLD}"}
    for entry in run.ledger:
        if entry.result is not Result.SENT or entry.rung not in involving:
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

    rungs = {r.key for r in run.plan.ladder.rungs}
    both = [{e.rung for e in r.ledger} & rungs for r in (run, other)]
    assert both == [rungs, rungs]


@settings(max_examples=60)
@given(runs())
def test_what_has_no_date_is_asked_for_one_for_ever_but_ever_less_often(
    case: tuple[Run, list[date], list[bool]],
) -> None:
    run, days, arrives = case
    run = Run(run.diary, replace(run.plan, due_on=None, letters=()))
    for day, delivered in zip(days, arrives, strict=True):
        run.sweep(day, delivered=delivered)
    for number in range(500):
        run.sweep(days[-1] + timedelta(days=number))

    asked = [on for key, on in run.sent.items() if key.startswith("date-")]
    assert len(asked) <= 3 + 1 + (days[-1] - days[0]).days // 84 + 500 // 84
    assert run.next_on is not None
    national = run.diary.national(OWNER)
    told = [e for e in run.ledger if e.rung == f"date-{TOLD}" and e.result is Result.SENT]
    for entry in told:
        asks = [e for e in run.ledger if e.told == entry.rung and e.delivered and e.asked_on]
        assert any(
            national.working_days(e.asked_on or DUE, entry.asked_on or DUE) >= 2 for e in asks
        )


@settings(max_examples=60)
@given(st.dates(date(2022, 1, 3), date(2024, 12, 27)), st.sampled_from(Nation))
def test_a_strict_ladder_alone_never_fills_the_weekly_cap(due: date, nation: Nation) -> None:
    national = a_diary(nation=nation).national(OWNER)
    weeks = Counter(on.isocalendar()[:2] for _rung, on in rung_days(STRICT_LADDER, due, national))

    assert max(weeks.values()) <= 3


@settings(max_examples=100)
@given(plans(date(2022, 5, 10)), st.integers(0, 90), st.sampled_from(Nation))
def test_an_item_that_arrives_past_its_rungs_starts_with_its_owner_alone(
    plan: Plan, late: int, nation: Nation
) -> None:
    arrived = (plan.due_on or DUE) + timedelta(days=late)
    run = Run(a_diary(nation=nation), plan)
    first = None
    while first is None:
        first = run.sweep(arrived).message
        arrived += timedelta(days=1)

    assert first.is_ask or not first.rung.escalates
    assert sum(e.result is Result.SENT for e in run.ledger) == 1
