"""A letter planned back from its sending day: clearance, drafting, owners' last updates.

Days are working days, of the nation whose calendar is given. A plan for which no days are left
says which step breaks: the first, from the sending day back, that would have had to begin before
today.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from bot.domain.calendars import Calendar, Recess
from bot.domain.deadlines import day_and_date, long_date

PARLIAMENT = "committees"
"""The audience that rises and returns: nothing goes to it in a recess."""


class Step(StrEnum):
    """What happens before a letter goes, the last first."""

    SENDING = "sending"
    CLEARANCE = "clearance"
    DRAFTING = "drafting"
    UPDATES = "updates"


WORDS = {
    Step.SENDING: "sending it",
    Step.CLEARANCE: "clearance",
    Step.DRAFTING: "drafting it and agreeing the draft",
    Step.UPDATES: "the owners’ last updates",
}


@dataclass(frozen=True, kw_only=True)
class Allowance:
    """How many working days each step before the sending day is given."""

    updates: int = 5
    drafting: int = 3
    clearance: int = 5

    @classmethod
    def of(cls, policy: Mapping[str, Any]) -> Allowance:
        """What a group's policy gives (`letter_days`)."""
        return cls(**(policy.get("letter_days") or {}))

    def before(self, step: Step) -> int:
        """Working days from the beginning of a step to the sending day."""
        days = {Step.SENDING: 0, Step.CLEARANCE: self.clearance}
        days[Step.DRAFTING] = days[Step.CLEARANCE] + self.drafting
        days[Step.UPDATES] = days[Step.DRAFTING] + self.updates
        return days[step]


@dataclass(frozen=True, kw_only=True)
class LetterPlan:
    """The day on which each step begins; `breaks` is the step that has no days left.

    A step that should have begun already begins on the day the plan is made.
    """

    send_on: date
    clear_on: date
    draft_on: date
    updates_on: date
    breaks: Step | None = None

    def begins(self, step: Step) -> date:
        """The day on which a step begins."""
        return {
            Step.SENDING: self.send_on,
            Step.CLEARANCE: self.clear_on,
            Step.DRAFTING: self.draft_on,
            Step.UPDATES: self.updates_on,
        }[step]


def plan(
    due_on: date,
    *,
    today: date,
    allowance: Allowance,
    calendar: Calendar,
    recesses: Iterable[Recess] = (),
) -> LetterPlan:
    """The plan of a letter promised for `due_on`, as it is made today.

    It goes on the last working day up to then on which its addressee sits: in a recess on the
    day the House rises, or before.
    """
    send_on = sending_day(due_on, calendar, recesses)
    days = {step: calendar.add(send_on, -allowance.before(step)) for step in Step}
    late = [step for step in Step if days[step] < today]
    shown = {step: max(day, today) for step, day in days.items()}
    return LetterPlan(
        send_on=send_on if Step.SENDING not in late else today,
        clear_on=shown[Step.CLEARANCE],
        draft_on=shown[Step.DRAFTING],
        updates_on=shown[Step.UPDATES],
        breaks=late[0] if late else None,
    )


def sending_day(due_on: date, calendar: Calendar, recesses: Iterable[Recess] = ()) -> date:
    """The last day on or before `due_on` on which a letter can go."""
    day = calendar.on_or_before(due_on)
    for recess in sorted(recesses, key=lambda one: one.rises, reverse=True):
        if recess.rises < day < recess.returns:
            day = calendar.on_or_before(recess.rises)
    return day


def begins_on(
    due_on: date, *, allowance: Allowance, calendar: Calendar, recesses: Iterable[Recess] = ()
) -> date:
    """The day from which on a letter is the one that is due on this day."""
    send_on = sending_day(due_on, calendar, recesses)
    return calendar.add(send_on, -allowance.before(Step.UPDATES))


def broken(made: LetterPlan, *, due_on: date, today: date, calendar: Calendar) -> str:
    """Which step breaks, and why, in a sentence; empty where none does."""
    if made.breaks is None:
        return ""
    left = max(0, calendar.working_days(today, made.send_on))
    moved = "" if made.send_on == due_on else f" (it was promised for {long_date(due_on)})"
    days = "no working days" if left == 0 else f"{left} working day{'' if left == 1 else 's'}"
    return (
        f"It must go on {day_and_date(made.send_on)}{moved}, and from today {days} are left: "
        f"too few for {WORDS[made.breaks]}."
    ).replace("1 working day are", "1 working day is")
