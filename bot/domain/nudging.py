"""What becomes of each rung that has come due: a pure decision about one item on one day.

Only the latest rung reached is sent; the earlier ones are merged into it. An escalation
follows an ask: nobody else is involved before whoever is asked was sent a message that said
who would be told and when, and has had two working days (of their own) since.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot.domain import courtesy, date_asks, ladders, rungs
from bot.domain.calendars import Calendar
from bot.domain.deadlines import long_date
from bot.domain.diaries import Diary
from bot.domain.ladders import Step
from bot.domain.people import Person
from bot.domain.plans import (
    ANYTIME,
    Decision,
    Entry,
    Outcome,
    Plan,
    Reach,
    Result,
    Standing,
)

FRESH_ANSWER = 3
"""An answer is fresh for less than this many working days."""
GRACE = 2
"""Working days between an ask and the escalation it announced."""
ANSWERED = "answered on"


def decide(
    plan: Plan,
    ledger: Sequence[Entry],
    standing: Standing,
    diary: Diary,
    *,
    today: date,
    reach: Reach = ANYTIME,
) -> Decision:
    """What becomes of the rungs reached by today, and when to look again."""
    case = _Case(plan, tuple(ledger), standing, diary, today)
    reached = case.reached()
    outcomes = _outcomes(case, reached, reach) if reached else ()
    return Decision(outcomes=outcomes, next_on=_next_on(case, outcomes))


def next_on(plan: Plan, ledger: Sequence[Entry], diary: Diary, *, today: date) -> date | None:
    """The day on which a plan next comes due; a past one means at once."""
    case = _Case(plan, tuple(ledger), Standing(), diary, today)
    if case.reached():
        waits = [case.deferred_until(step) or today for step in case.reached()]
        return min([*waits, *(s.send_on for s in case.pending() if s.send_on > today)])
    return _next_on(case, ())


@dataclass(frozen=True)
class _Case:
    plan: Plan
    ledger: tuple[Entry, ...]
    standing: Standing
    diary: Diary
    today: date

    def steps(self) -> list[Step]:
        return rungs.all_steps(self.plan, self.ledger, self.diary, today=self.today)

    def pending(self, outcomes: Sequence[Outcome] = ()) -> list[Step]:
        final = {e.rung for e in self.ledger if e.result is not Result.HELD}
        final |= {o.key for o in outcomes if o.result is not Result.HELD}
        return [step for step in self.steps() if step.rung.key not in final]

    def reached(self) -> list[Step]:
        return [step for step in self.pending() if step.send_on <= self.today]

    @property
    def asks_id(self) -> int:
        return self.standing.asks_id or self.plan.owner_id

    def asks_of(self, step: Step) -> list[Entry]:
        """Messages that went out and announced this rung."""
        return [e for e in self.ledger if e.result is Result.SENT and e.told == step.rung.key]

    def deferred_until(self, step: Step) -> date | None:
        """The day up to which an announced rung leaves its owner time, if one was announced."""
        if not step.rung.escalates or not (asks := self.asks_of(step)):
            return None
        asked_on = asks[-1].asked_on or asks[-1].due_on
        return max(step.send_on, self.own_today().add(asked_on, GRACE))

    def own_today(self) -> Calendar:
        """The days at work of whoever is asked today."""
        asked = self.diary.asked(self.plan.owner_id, self.today)
        return self.diary.own(asked.id if asked else self.plan.owner_id)

    def told(self, step: Step, person: Person) -> bool:
        """Whether this person has been told of this rung, and had the time to answer."""
        return any(e.delivered and days >= GRACE for e, days in self._days_since(step, person))

    def has_time(self, step: Step, person: Person) -> bool:
        """Whether this person was told of this rung, and still has time to answer."""
        return any(days < GRACE for _e, days in self._days_since(step, person))

    def _days_since(self, step: Step, person: Person) -> list[tuple[Entry, int]]:
        own, since = self.diary.own(person.id), self.standing.counts_from
        return [
            (e, own.working_days(e.asked_on, self.today))
            for e in self.asks_of(step)
            if e.person_id == person.id
            and e.asked_on is not None
            and (since is None or since <= e.asked_on)
        ]


def _outcomes(case: _Case, reached: list[Step], reach: Reach) -> tuple[Outcome, ...]:
    latest, standing = reached[-1], case.standing
    if standing.stopped:
        return tuple(_outcome(s, Result.SUPPRESSED, standing.stopped) for s in reached)
    if standing.blocked and not latest.rung.before and not _asks_the_blocker(case, latest):
        return tuple(_outcome(s, Result.SUPPRESSED, "reported blocked") for s in reached)
    merged = _merged(reached[:-1], latest)
    if why := _why_not(case, latest):
        return (*merged, _outcome(latest, Result.SUPPRESSED, why))
    person = case.diary.asked(case.asks_id, case.today)
    if person is None:
        if case.plan.due_on is None or case.today < case.plan.due_on:
            return (_outcome(latest, Result.HELD, "away, and nobody covers"),)
        return (*merged, _outcome(latest, Result.HANDED_OVER, "away, and nobody covers"))
    if not case.diary.own(person.id).is_working(case.today):
        return (_outcome(latest, Result.HELD, "not one of their working days"),)
    if _waits_for_an_ask(case, reached, person):
        return ()
    hold = courtesy.just_answered(standing, case.ledger, latest, today=case.today) or reach.hold
    if hold:
        return (_outcome(latest, Result.HELD, hold),)
    if reach.hand_over:
        return (*merged, _outcome(latest, Result.HANDED_OVER, reach.hand_over))
    return _sent(case, reached, person)


def _asks_the_blocker(case: _Case, step: Step) -> bool:
    return case.standing.asks_id is not None and step.rung.offset == 0


def _why_not(case: _Case, step: Step) -> str | None:
    """Why a rung before the deadline is not needed, if it is not."""
    if _spared(case, step):
        return f"{ANSWERED} {long_date(case.standing.answered_on or case.today)}"
    if courtesy.left(case.plan, case.standing, step, case.diary, today=case.today):
        return f"{courtesy.SNOOZED} {long_date(case.plan.again_on or case.today)}"
    return None


def _spared(case: _Case, step: Step) -> bool:
    """A fresh answer spares the next rung before the deadline, but not the last one."""
    answered = case.standing.answered_on
    if answered is None or not step.rung.before:
        return False
    if courtesy.is_again(step.rung):
        return answered == case.today
    if step.rung.offset is not None and step.rung.key == case.plan.ladder.last_before:
        return False
    if any(e.reason.startswith(ANSWERED) and e.due_on >= answered for e in case.ledger):
        return False
    national = case.diary.national(case.plan.owner_id)
    # Late sweeps see what a punctual one would have seen on the rung's own day.
    days = [day for day in (case.today, step.send_on) if answered <= day]
    return any(national.working_days(answered, day) < FRESH_ANSWER for day in days)


def _waits_for_an_ask(case: _Case, reached: list[Step], person: Person) -> bool:
    """An ask that announced one of these has gone out, and its two working days are not over."""
    others = [s for s in reached if s.rung.escalates]
    if not reached[-1].rung.escalates or any(case.told(s, person) for s in others):
        return False
    return any(case.has_time(s, person) for s in others)


def _sent(case: _Case, reached: list[Step], person: Person) -> tuple[Outcome, ...]:
    latest = reached[-1]
    if not latest.rung.escalates:
        return (*_merged(reached[:-1], latest), _message(case, latest, person))
    told = [s for s in reached if s.rung.escalates and case.told(s, person)]
    if told:
        # A later rung that nobody was told of waits; this message announces it.
        chosen = told[-1]
        before = reached[: reached.index(chosen)]
        return (*_merged(before, chosen), _message(case, chosen, person))
    return (*_merged(reached[:-1], latest), _ask(case, latest, person))


def _message(case: _Case, step: Step, person: Person) -> Outcome:
    announced = None if case.standing.blocked else _announced(case, step)
    earliest = case.diary.own(person.id).add(case.today, GRACE)
    return Outcome(
        rung=step.rung,
        key=step.rung.key,
        due_on=step.send_on,
        result=Result.SENT,
        reason=courtesy.AS_WISHED if courtesy.is_again(step.rung) else "",
        tells=announced.rung if announced else None,
        tells_on=max(announced.send_on, earliest) if announced else None,
    )


def _announced(case: _Case, step: Step) -> Step | None:
    """The next rung that involves others, as whoever is asked now is told."""
    if not date_asks.is_ask(step.rung):
        return ladders.next_escalation(case.steps(), step.rung)
    following = date_asks.following(step, case.today, case.plan, case.diary)
    begins = [s.send_on for s in case.steps() if s.rung.offset is not None]
    goes = not begins or following.send_on < min(begins)
    return following if goes and following.rung.escalates else None


def _ask(case: _Case, step: Step, person: Person) -> Outcome:
    number = 1 + sum(e.rung.startswith("ask-") for e in case.ledger)
    return Outcome(
        rung=step.rung,
        key=f"ask-{number}:{step.rung.key}",
        due_on=case.today,
        result=Result.SENT,
        reason="asked first: nobody else hears before the owner has",
        tells=step.rung,
        tells_on=case.diary.own(person.id).add(case.today, GRACE),
    )


def _merged(earlier: Sequence[Step], into: Step) -> tuple[Outcome, ...]:
    reason = f"merged into {into.rung.key}"
    return tuple(_outcome(step, Result.MERGED, reason) for step in earlier)


def _outcome(step: Step, result: Result, reason: str) -> Outcome:
    return Outcome(
        rung=step.rung, key=step.rung.key, due_on=step.send_on, result=result, reason=reason
    )


def _next_on(case: _Case, outcomes: Sequence[Outcome]) -> date | None:
    if case.plan.wants_date:
        case = replace(case, ledger=(*case.ledger, *(_as_entry(o, case.today) for o in outcomes)))
    days = []
    held = any(o.result is Result.HELD for o in outcomes)
    asked_now = any(o.result is Result.SENT for o in outcomes)
    for step in case.pending(outcomes):
        if step.send_on > case.today:
            days.append(step.send_on)
            continue
        tomorrow = case.diary.next_asked_on(case.asks_id, case.today)
        until = None if held else case.deferred_until(step)
        if asked_now and step.rung.escalates and not held:
            own = case.own_today()
            until = max(until or tomorrow, own.add(case.today, GRACE))
        days.append(max(until or tomorrow, case.today + timedelta(days=1)))
    due = case.plan.due_on
    if held and due is not None and case.today < due:
        days.append(due)
    return min(days, default=None)


def _as_entry(outcome: Outcome, today: date) -> Entry:
    return Entry(rung=outcome.key, due_on=outcome.due_on, result=outcome.result, asked_on=today)
