"""What people wish of their reminders: to be asked again on a day, or on one day of the week."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from bot.domain.calendars import Calendar
from bot.domain.diaries import Diary
from bot.domain.ladders import Rung, Step
from bot.domain.plans import Entry, Plan, Result, Standing

AGAIN = "again-"
ANSWERED_TODAY = "they have answered today"
SNOOZED = "they wish to be asked again on"
AS_WISHED = "asked again on the day they chose"
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
WITHOUT_A_DATE = 31
"""Days for which an item that has no deadline can be left."""


def is_again(rung: Rung) -> bool:
    """Whether it is the ask that its owner chose the day of."""
    return rung.key.startswith(AGAIN)


def latest_day(due_on: date | None, owner_id: int, diary: Diary, *, today: date) -> date:
    """The last day that may be chosen: the owner's last working day before the deadline."""
    if due_on is None:
        return diary.own(owner_id).on_or_before(today + timedelta(days=WITHOUT_A_DATE))
    return diary.own(owner_id).on_or_before(due_on - timedelta(days=1))


def asking_day(chosen: date, latest: date, own: Calendar) -> date:
    """The chosen day, else the next at work; the one before where that is too late."""
    day = own.on_or_after(chosen)
    return day if day <= latest else own.on_or_before(chosen)


def again_step(plan: Plan, diary: Diary) -> Step | None:
    """The ask that was wished for, on the day on which somebody is there to be asked."""
    chosen, due_on = plan.again_on, plan.due_on
    if chosen is None or (due_on is not None and chosen >= due_on):
        return None
    asked = diary.asked(plan.owner_id, chosen)
    own = diary.own(asked.id if asked else plan.owner_id)
    latest = due_on - timedelta(days=1) if due_on else date.max
    offset = None
    if due_on is not None:
        offset = min(-1, -diary.national(plan.owner_id).working_days(chosen, due_on))
    rung = Rung(key=f"{AGAIN}{chosen.isoformat()}", offset=offset)
    return Step(rung=rung, rung_on=chosen, send_on=asking_day(chosen, latest, own))


def with_wishes(
    plan: Plan, steps: Sequence[Step], diary: Diary, *, today: date | None
) -> list[Step]:
    """The rungs of a plan on the days that their reader chose, with the ask they wished for.

    A chosen weekday only ever brings a rung forward. Once that day is past (`today`), or where
    nobody says what day it is, the rung is due on its own day as if nothing had been chosen.
    """
    found: list[Step] = []
    for number, step in enumerate(steps):
        after = steps[number - 1].rung_on if number else date.min
        found.append(_moved(plan, step, diary, after=after, today=today))
    again = again_step(plan, diary)
    if again is None:
        return found
    # On the same day the rung comes first, and is merged into the ask that was wished for.
    earlier = [s for s in found if s.send_on <= again.send_on and _may_wait(plan, s)]
    return [*earlier, again, *(s for s in found if s not in earlier)]


def _may_wait(plan: Plan, step: Step) -> bool:
    return step.rung.before and step.rung.key != plan.ladder.last_before


def left(plan: Plan, standing: Standing, step: Step, diary: Diary, *, today: date) -> bool:
    """Whether its owner wished to be left until a day that has not come.

    Whoever is asked in their stead, because the item waits on theirs, wished nothing; and the
    last rung before the deadline is never left out.
    """
    again = again_step(plan, diary)
    if again is None or standing.asks_id is not None or today >= again.send_on:
        return False
    return not is_again(step.rung) and _may_wait(plan, step)


def just_answered(
    standing: Standing, ledger: Sequence[Entry], step: Step, *, today: date
) -> str | None:
    """Why a rung is held until tomorrow: an answer of today. None is held so a second time."""
    if standing.answered_on != today or standing.asks_id is not None:
        return None
    before = any(
        e.rung == step.rung.key
        and e.result is Result.HELD
        and e.reason == ANSWERED_TODAY
        and e.asked_on is not None
        and e.asked_on < today
        for e in ledger
    )
    return None if before else ANSWERED_TODAY


def _moved(plan: Plan, step: Step, diary: Diary, *, after: date, today: date | None) -> Step:
    asked = diary.asked(plan.owner_id, step.rung_on)
    if asked is None or asked.ask_on is None or not _may_wait(plan, step):
        return step
    own = diary.own(asked.id)
    if step.rung.offset is None:
        # Nothing is lost by waiting for their day where there is no deadline.
        days = (step.send_on + timedelta(days=n) for n in range(7))
        day = next((d for d in days if _fits(d, asked.ask_on, own)), step.send_on)
        return replace(step, send_on=day)
    if today is None:
        return step
    days = (step.send_on - timedelta(days=n) for n in range(7))
    day = next((d for d in days if _fits(d, asked.ask_on, own)), step.send_on)
    return replace(step, send_on=day) if day > after and day >= today else step


def _fits(day: date, weekday: int, own: Calendar) -> bool:
    return day.weekday() == weekday and own.is_working(day)
