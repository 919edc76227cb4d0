"""The ladders of what waits on a person or a role; nothing is decided by silence (rule 6)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.domain.calendars import Calendar
from bot.domain.people import Directory, Person, Role


class Party(StrEnum):
    """Who is told at a step."""

    HOLDER = "holder"
    STAND_IN = "stand_in"
    SPONSOR = "sponsor"
    SECRETARIAT = "secretariat"


@dataclass(frozen=True)
class WaitStep:
    """Working days after it began to wait, and whom it is then put to."""

    after: int
    to: tuple[Party, ...]


EVIDENCE = "evidence"
PASTED = "pasted"
ACCEPTANCE = "acceptance"
QUESTIONS = frozenset({"question", "date_question"})
"""Kinds that ask an owner: nobody can answer in their place, so the secretariat speaks to them."""
ESCALATION = "escalation"
LEDGER = "ledger"
TASKS = frozenset({ESCALATION, "pass_on", LEDGER})
"""Kinds that ask the secretariat to act: whoever takes one has settled it."""
ERRANDS = frozenset({"unreachable", "seat", "handover"})
"""Kinds that ask the secretariat for one act: taking one on does not do it."""

_DECISION = (
    WaitStep(0, (Party.HOLDER,)),
    WaitStep(2, (Party.HOLDER, Party.STAND_IN)),
    WaitStep(5, (Party.HOLDER, Party.SPONSOR)),
)
_EVIDENCE = (
    WaitStep(0, (Party.HOLDER,)),
    WaitStep(3, (Party.HOLDER,)),
    WaitStep(5, (Party.HOLDER,)),
    WaitStep(7, (Party.SECRETARIAT,)),
)
_ACCEPTANCE = (
    WaitStep(0, (Party.HOLDER,)),
    WaitStep(2, (Party.SECRETARIAT,)),
    WaitStep(5, (Party.SECRETARIAT,)),
)
"""In the owner's own working days; from then on it is for the secretariat to settle."""
_QUESTION = (
    WaitStep(0, (Party.HOLDER,)),
    WaitStep(2, (Party.HOLDER,)),
    WaitStep(5, (Party.HOLDER, Party.SECRETARIAT)),
)
_TASK = (
    WaitStep(0, (Party.HOLDER,)),
    WaitStep(2, (Party.HOLDER,)),
    WaitStep(5, (Party.HOLDER, Party.STAND_IN)),
    WaitStep(10, (Party.HOLDER, Party.SPONSOR)),
)
"""Slower than a decision: nobody else stands still meanwhile."""
_ESCALATION = (
    WaitStep(0, (Party.HOLDER,)),
    WaitStep(2, (Party.HOLDER,)),
    WaitStep(10, (Party.HOLDER, Party.SPONSOR)),
)
"""The stand-in of the secretariat is the chair, who hears of the item by its own ladder."""
_PASTED = (
    WaitStep(0, (Party.HOLDER,)),
    WaitStep(2, (Party.HOLDER,)),
    WaitStep(5, (Party.SECRETARIAT,)),
)


def ladder(kind: str) -> tuple[WaitStep, ...]:
    """The steps of this kind of waiting; what no other is said of is a decision."""
    if kind in QUESTIONS:
        return _QUESTION
    if kind == ESCALATION:
        return _ESCALATION
    if kind in TASKS | ERRANDS:
        return _TASK
    return {PASTED: _PASTED, EVIDENCE: _EVIDENCE, ACCEPTANCE: _ACCEPTANCE}.get(kind, _DECISION)


def next_day(kind: str, rung: int, since: date, today: date, calendar: Calendar) -> date | None:
    """When the step after `rung` comes; late steps keep their distance from the one before."""
    steps = ladder(kind)
    if rung + 1 >= len(steps):
        return None
    distance = steps[rung + 1].after - steps[rung].after
    return max(calendar.add(since, steps[rung + 1].after), calendar.add(today, distance))


@dataclass(frozen=True, kw_only=True)
class Holders:
    """Who is told: these people, as the secretariat or not (it has a channel of its own)."""

    people: tuple[Person, ...]
    secretariat: bool = False


_STAND_INS = {
    Role.CHAIR: Role.DEPUTY_CHAIR,
    Role.SECRETARIAT: Role.CHAIR,
    Role.DEPUTY_CHAIR: Role.SPONSOR,
}


def holders(
    party: Party, directory: Directory, *, role: Role | None, person_id: int | None, on: date
) -> Holders:
    """The people behind a party on a day; the secretariat where there is nobody."""
    found = _holders(party, directory, role=role, person_id=person_id, on=on)
    return found if found.people else _of_role(directory, Role.SECRETARIAT, on)


def _holders(
    party: Party, directory: Directory, *, role: Role | None, person_id: int | None, on: date
) -> Holders:
    if party is Party.SECRETARIAT:
        return _of_role(directory, Role.SECRETARIAT, on)
    if party is Party.SPONSOR:
        sponsors = _of_role(directory, Role.SPONSOR, on)
        return sponsors if sponsors.people else _of_role(directory, Role.CHAIR, on)
    if role is not None:
        stands_in = _STAND_INS.get(role, Role.SECRETARIAT)
        return _of_role(directory, role if party is Party.HOLDER else stands_in, on)
    if person_id is None:
        return Holders(people=())
    acting = directory.acting_owner(person_id, on)
    if party is Party.HOLDER:
        return Holders(people=(directory.people[person_id],))
    return Holders(people=(acting,) if acting.id != person_id else ())


def _of_role(directory: Directory, role: Role, on: date) -> Holders:
    people = tuple(dict.fromkeys(directory.holders(role, on)))
    return Holders(people=people, secretariat=role is Role.SECRETARIAT)
