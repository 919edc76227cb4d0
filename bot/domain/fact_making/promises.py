"""Facts about promises and statements: in their words, and where each stands now."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from bot.domain import letter_plans
from bot.domain.calendars import Nation
from bot.domain.commitments import Commitment, Telling
from bot.domain.deadlines import Deadline
from bot.domain.fact_making import items
from bot.domain.fact_making.parties import Unnumbered
from bot.domain.fact_making.register import Reading, Register
from bot.domain.facts import CommitmentCounts, CommitmentFact, Position, StatementFact
from bot.domain.letter_plans import PARLIAMENT, Allowance
from bot.domain.register import Delivery, Evidence, History, position

DONE = {Position.COMPLETE, Position.CLAIMED}


def facts(register: Register, reading: Reading) -> Iterator[Unnumbered]:
    """Every first promise in the order of its entry, every statement, and the counts."""
    every = []
    for root in register.roots.values():
        fact = _commitment(register, reading, root)
        every.append(fact)
        restated = [c for c in register.commitments if register.root_of(c.id) == root.id]
        yield root.ref, fact, tuple(f"commitment:{c.id}" for c in restated), True
    evidence = {e.id: e for history in register.histories for e in history.evidence}
    for one in register.statements:
        held = evidence.get(one.evidence_id or 0)
        said = StatementFact(
            words=one.words,
            letter=register.letter_refs[one.letter_id],
            said_on=one.said_on,
            evidence=held.title if held else None,
            verified=bool(held and held.holds),
        )
        yield one.ref, said, (f"statement:{one.id}", *_source(held)), True
    yield "commitments", _counts(register, every), (), True


def _source(held: Evidence | None) -> tuple[str, ...]:
    return (f"evidence:{held.id}",) if held else ()


def stands(histories: Sequence[History], *, standing: bool) -> Position:
    """Where a promise stands, by the items that answer it and were not taken off."""
    if standing:
        return Position.STANDING
    found = [position(history) for history in histories]
    if not found:
        return Position.NO_ACTION
    left = [i for i in found if i.delivery not in {Delivery.WITHDRAWN, Delivery.SUPERSEDED}]
    if not left:
        return Position.WITHDRAWN
    if all(item.verified for item in left):
        return Position.COMPLETE
    kinds = {item.delivery for item in left}
    if kinds == {Delivery.COMPLETE}:
        return Position.CLAIMED
    if kinds & {Delivery.COMPLETE, Delivery.IN_PROGRESS}:
        return Position.IN_PROGRESS
    if Delivery.PAUSED in kinds:
        return Position.PAUSED
    said = any(history.latest_update is not None for history in histories)
    return Position.NOT_STARTED if said else Position.NOT_REPORTED


def _commitment(register: Register, reading: Reading, root: Commitment) -> CommitmentFact:
    answering = register.answering.get(root.id, [])
    where = stands(answering, standing=root.standing)
    latest = _last_reading(root.deadline)
    due = _due(answering, reading.dated_on) if where not in {*DONE, Position.STANDING} else None
    told = _told(register, reading.audience, root)
    settled = [items.day(t.at) for t in told if t.settled]
    letters = _keeping(register, root)
    restated = [
        c for c in register.commitments if c.id != root.id and register.root_of(c.id) == root.id
    ]
    days = [day for h in answering if (day := items.completed_on(h)) is not None]
    due_on = due.latest if due else None
    return CommitmentFact(
        words=root.words,
        letter=register.letter_refs[root.letter_id],
        promised_on=root.promised_on,
        to=tuple(register.body_keys.get(body, "") for body in root.to_bodies),
        deadline_words=root.deadline.words,
        deadline_kind=root.deadline.kind,
        earliest=root.deadline.earliest,
        latest=latest,
        standing=root.standing,
        restated_on=tuple(c.promised_on for c in restated),
        items=tuple(history.ref for history in answering),
        recommendations=register.refs_of(root.recommendations),
        position=where,
        late=_late(root, where, latest, reading.dated_on),
        moved=latest is not None and due_on is not None and due_on > latest,
        due_on=due_on,
        due_words=due.words if due else None,
        completed_on=max(days) if days and where in DONE else None,
        told_settled_on=settled[-1] if settled and where is Position.COMPLETE else None,
        told_latest_on=next((t.latest_on for t in reversed(told) if t.latest_on), None),
        for_bodies=tuple(dict.fromkeys(_for(register, root))) if root.standing else (),
        kept=tuple(letters),
        kept_by_this=_keeps(register, reading.audience, root),
        next_on=_next_occurrence(register, reading, root),
    )


def _told(register: Register, audience: str, root: Commitment) -> list[Telling]:
    """What this audience was told of a promise or a restatement of it, the oldest first."""
    return [
        t
        for t in register.tellings
        if t.audience == audience
        and t.commitment_id is not None
        and register.root_of(t.commitment_id) == root.id
    ]


def _late(root: Commitment, where: Position, latest: date | None, today: date) -> bool:
    return where not in DONE and not root.standing and latest is not None and latest < today


def _last_reading(deadline: Deadline) -> date | None:
    """The last day that the words can mean on any reading, where each names one."""
    if deadline.latest is not None or not deadline.candidates:
        return deadline.latest
    days = [candidate.latest for candidate in deadline.candidates]
    return max(day for day in days if day) if all(days) else None


def _due(answering: Sequence[History], today: date) -> Deadline | None:
    """The latest Deadline of the open items, or nothing where one has no day still to come."""
    open_items = [item for history in answering if (item := position(history)).is_open]
    to_come = [
        item.due
        for item in open_items
        if item.due.latest is not None and (item.due.latest >= today or not item.is_active)
    ]
    if not open_items or len(to_come) < len(open_items):
        return None
    return max(to_come, key=lambda due: due.latest or date.min)


def kept_for(register: Register) -> dict[int, tuple[str, ...]]:
    """For each standing promise, the audiences a letter to which keeps it."""
    found = {}
    for root in register.roots.values():
        if root.standing:
            found[root.id] = tuple(a for a in register.audiences if _keeps(register, a, root))
    return found


def _keeps(register: Register, audience: str, root: Commitment) -> bool:
    """Whether a letter to this audience keeps a standing promise: it goes to whom it was for."""
    return root.standing and bool(set(_for(register, root)) & set(register.letter_bodies(audience)))


def _for(register: Register, root: Commitment) -> list[str]:
    """For whom a standing promise is: bodies that its words name and letters go to, else the
    bodies it was made to ("regular updates to the PHSO", told to two committees)."""
    written_to = {key for name in register.audiences for key in register.letter_bodies(name)}
    names = register.directory.body_names
    words = set(re.findall(r"[\w&-]+", root.words))
    named = [
        key
        for name in names
        if (key := register.body_keys.get(name.body_id, "")) in written_to
        and (name.short in words or name.name in root.words)
    ]
    return named or [register.body_keys.get(body, "") for body in root.to_bodies]


def _keeping(register: Register, root: Commitment) -> list[date]:
    return [
        letter.dated_on
        for letter in register.letters
        if letter.dated_on > root.promised_on and _keeps(register, letter.audience, root)
    ]


def _next_occurrence(register: Register, reading: Reading, root: Commitment) -> date | None:
    """The next day on which a standing promise is due, after the one that this letter keeps."""
    coming = sorted(d for d in register.occurrences.get(root.id, ()) if d > reading.dated_on)
    if coming and _keeps(register, reading.audience, root):
        begins = letter_plans.begins_on(
            coming[0],
            allowance=Allowance.of({n: value for n, (value, _source) in register.policy.items()}),
            calendar=register.directory.national_calendar(Nation.ENGLAND),
            recesses=register.directory.recesses if reading.audience == PARLIAMENT else (),
        )
        coming = coming[1:] if begins <= reading.dated_on else coming
    return coming[0] if coming else None


def _counts(register: Register, every: Sequence[CommitmentFact]) -> CommitmentCounts:
    def number(where: Position) -> int:
        return sum(fact.position is where for fact in every)

    return CommitmentCounts(
        total=len(every),
        complete=number(Position.COMPLETE),
        claimed=number(Position.CLAIMED),
        in_progress=number(Position.IN_PROGRESS),
        not_started=number(Position.NOT_STARTED),
        not_reported=number(Position.NOT_REPORTED),
        paused=number(Position.PAUSED),
        withdrawn=number(Position.WITHDRAWN),
        no_action=number(Position.NO_ACTION),
        standing=number(Position.STANDING),
        late=sum(fact.late for fact in every),
        moved=sum(fact.moved and not fact.late for fact in every),
        settled_before=sum(fact.told_settled_on is not None for fact in every),
        recommendations=len(register.recommendations),
    )
