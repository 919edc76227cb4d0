"""Every rung of a plan: the ladder's, asks for a date, last updates for letters, and wishes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.domain import courtesy, date_asks, ladders
from bot.domain.diaries import Diary
from bot.domain.ladders import Rung, Step
from bot.domain.plans import Entry, Plan

LETTER, LETTER_KEY = "last update for the letter", "letter-"


def all_steps(
    plan: Plan, ledger: Sequence[Entry], diary: Diary, *, today: date | None = None
) -> list[Step]:
    """The rungs of a plan, as its reader wishes to be asked.

    Only with `today` do they stand on a chosen weekday; else on the last day on which they fall.
    What is asked for a letter stands first: whatever else has been reached takes it along.
    """
    steps = courtesy.with_wishes(plan, _rungs(plan, ledger, diary), diary, today=today)
    return [*_letters(plan, diary), *steps]


def _rungs(plan: Plan, ledger: Sequence[Entry], diary: Diary) -> list[Step]:
    """The rungs of a plan; what wants a date also has its next ask for one."""
    steps: list[Step] = []
    if plan.due_on is not None:
        steps = ladders.steps(
            plan.ladder,
            owner_id=plan.owner_id,
            due_on=plan.due_on,
            opens_on=plan.opens_on if plan.soft else None,
            diary=diary,
        )
    if plan.wants_date:
        ask = date_asks.next_step(plan, ledger, diary)
        # Once the ladder has begun, it asks.
        if not steps or ask.send_on < min(step.send_on for step in steps):
            steps = [ask, *steps]
    return steps


def _letters(plan: Plan, diary: Diary) -> list[Step]:
    """The last updates that letters wait for: asked early rather than late."""
    found = []
    for key, on in plan.letters:
        asked = diary.asked(plan.owner_id, on)
        own = diary.own(asked.id if asked else plan.owner_id)
        rung = Rung(key=key, offset=None, named=LETTER)
        found.append(Step(rung=rung, rung_on=on, send_on=own.on_or_before(on)))
    return found
