"""Asking for a date: what has none, or only a window, is asked when it will be.

About once a month at first; after the third time once a quarter, since whoever has not known
for three months is helped by a colleague rather than by another reminder. So the third ask is
told to the secretariat, once, and the second says that it will be.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from bot.domain.diaries import Diary
from bot.domain.ladders import Rung, Step, Who
from bot.domain.plans import Entry, Plan, Result

FIRST, MONTHLY, QUARTERLY = 10, 20, 60
"""Working days after an item was raised, and after each ask."""
OFTEN = 3
"""How many asks come monthly."""
TOLD = 3
"""Which ask involves the secretariat."""
KEY = "date-"
TOLD_KEY = f"{KEY}{TOLD}"


def next_step(plan: Plan, ledger: Sequence[Entry], diary: Diary) -> Step:
    """The next ask for a date, counted from the last one."""
    past = [e for e in ledger if e.rung.startswith(KEY) and e.result is not Result.HELD]
    since = past[-1].asked_on or past[-1].due_on if past else plan.raised_on
    return _step(len(past) + 1, since, plan.owner_id, diary)


def following(step: Step, today: date, plan: Plan, diary: Diary) -> Step:
    """The ask after this one, if this one goes today."""
    return _step(_number(step.rung) + 1, today, plan.owner_id, diary)


def is_ask(rung: Rung) -> bool:
    """Whether a rung asks for a date."""
    return rung.key.startswith(KEY)


def _number(rung: Rung) -> int:
    return int(rung.key.removeprefix(KEY))


def _step(number: int, since: date, owner_id: int, diary: Diary) -> Step:
    wait = FIRST if number == 1 else MONTHLY if number <= OFTEN else QUARTERLY
    rung_on = diary.national(owner_id).add(since, wait)
    rung = Rung(key=f"{KEY}{number}", offset=None)
    if number == TOLD:
        rung = replace(rung, involves=(Who.OWNER, Who.SECRETARIAT))
    send_on = diary.own(owner_id).on_or_after(rung_on)
    return Step(rung=rung, rung_on=rung_on, send_on=send_on)
