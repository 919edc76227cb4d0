"""What becomes of each rung: examples, and what must hold for every run of sweeps."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain import ladders
from bot.domain.calendars import Calendar, Nation
from bot.domain.diaries import Diary
from bot.domain.errors import UserError
from bot.domain.ladders import DEFAULT_LADDER, rung_days, sending_day
from bot.domain.nudging import decide, next_on
from bot.domain.people import Cover, Directory, Group, Person
from bot.domain.plans import Decision, Entry, Plan, Reach, Result, Standing

OWNER, COVER, OTHER = 1, 2, 3
DUE = date(2022, 6, 30)
"""A Thursday; no bank holiday is near but those of 2 and 3 June."""


def a_diary(
    *covers: Cover, nation: Nation = Nation.ENGLAND, weekdays: Sequence[int] = range(5)
) -> Diary:
    group = Group(
        id=1,
        key="imaging",
        name="Imaging",
        sponsor="Board",
        ends_on=date(2023, 3, 31),
        sample=True,
        team_id=None,
        channel_id=None,
        clearance_channel_id=None,
        started_at=datetime(2022, 5, 1, tzinfo=UTC),
    )
    people = {
        number: Person(
            id=number,
            group_id=1,
            name=f"Person {number}",
            body_id=1,
            body="RCR",
            nation=nation,
            weekdays=frozenset(weekdays),
        )
        for number in (OWNER, COVER, OTHER)
    }
    return Diary(
        directory=Directory(
            group=group,
            people=people,
            roles=(),
            covers=covers,
            body_keys={},
            body_names=(),
        )
    )


def a_plan(due_on: date | None = DUE) -> Plan:
    return Plan(ladder=DEFAULT_LADDER, owner_id=OWNER, due_on=due_on, raised_on=date(2022, 5, 10))


class Run:
    """A ledger that grows as an item is swept, day by day."""

    def __init__(self, diary: Diary | None = None, plan: Plan | None = None) -> None:
        self.diary = diary or a_diary()
        self.plan = plan or a_plan()
        self.standing = Standing()
        self.ledger: list[Entry] = []
        self.next_on = next_on(self.plan, (), self.diary, today=date(2022, 5, 10))

    def sweep(self, today: date, *, delivered: bool = True, reach: Reach | None = None) -> Decision:
        if self.next_on is None or self.next_on > today:
            return Decision(outcomes=(), next_on=self.next_on)
        decision = decide(
            self.plan,
            self.ledger,
            self.standing,
            self.diary,
            today=today,
            reach=reach or Reach(),
        )
        self.next_on = decision.next_on
        asked = self.diary.asked(self.standing.asks_id or OWNER, today)
        for outcome in decision.outcomes:
            self.ledger = [e for e in self.ledger if e.rung != outcome.key]
            self.ledger.append(
                Entry(
                    rung=outcome.key,
                    due_on=outcome.due_on,
                    result=outcome.result,
                    reason=outcome.reason,
                    person_id=asked.id if asked else None,
                    asked_on=today,
                    delivered=delivered,
                    told=outcome.tells.key if outcome.tells else None,
                )
            )
        return decision

    def until(self, last: date, *, first: date = date(2022, 5, 10)) -> Run:
        for number in range((last - first).days + 1):
            self.sweep(first + timedelta(days=number))
        return self

    @property
    def sent(self) -> dict[str, date]:
        return {e.rung: e.asked_on for e in self.ledger if e.result is Result.SENT and e.asked_on}

    def result(self, rung: str) -> tuple[Result, str]:
        return next((e.result, e.reason) for e in self.ledger if e.rung == rung)


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


def test_an_item_without_a_date_is_asked_for_one_about_once_a_month() -> None:
    run = Run(plan=a_plan(due_on=None)).until(date(2022, 8, 31))

    assert run.sent == {
        "date-1": date(2022, 5, 24),
        "date-2": date(2022, 6, 23),
        "date-3": date(2022, 7, 21),
        "date-4": date(2022, 8, 18),
    }


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
    ],
)
def test_a_ladder_nobody_could_climb_is_refused(value: object) -> None:
    with pytest.raises(UserError, match=r"ladder|rungs"):
        ladders.load(value)


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


@settings(max_examples=150, deadline=None)
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


@settings(max_examples=150, deadline=None)
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


@settings(max_examples=150, deadline=None)
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


@settings(max_examples=100, deadline=None)
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


@settings(max_examples=100, deadline=None)
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


def test_a_person_who_lets_everything_pass_is_never_told_on_twice() -> None:
    run = Run().until(date(2022, 12, 1))
    everything = [e for e in run.ledger if e.result is Result.SENT]

    assert len(everything) == len(DEFAULT_LADDER.rungs)
