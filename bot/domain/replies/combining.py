"""The claims about one item put together: an update, a doubt to ask about, or both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.domain.deadlines import Deadline, Kind
from bot.domain.register import Confidence, Status
from bot.domain.replies.claims import Claim
from bot.domain.replies.values import AskedItem, Cover, ProposedUpdate
from bot.domain.replies.vocabulary import Meaning

STATUS = {
    Meaning.NOT_STARTED: Status.NOT_STARTED,
    Meaning.ON_TRACK: Status.ON_TRACK,
    Meaning.AT_RISK: Status.AT_RISK,
    Meaning.OFF_TRACK: Status.OFF_TRACK,
    Meaning.BLOCKED: Status.BLOCKED,
    Meaning.PAUSED: Status.PAUSED,
    Meaning.COMPLETE: Status.COMPLETE,
    Meaning.WITHDRAWN: Status.WITHDRAWN,
    Meaning.UNCHANGED: Status.UNCHANGED,
}
COLOURED = {
    Confidence.GREEN: Status.ON_TRACK,
    Confidence.AMBER_GREEN: Status.AT_RISK,
    Confidence.AMBER: Status.AT_RISK,
    Confidence.AMBER_RED: Status.AT_RISK,
    Confidence.RED: Status.OFF_TRACK,
}
_RAG = {Status.ON_TRACK, Status.AT_RISK, Status.OFF_TRACK}
_CARRIED = (
    Meaning.PARTIAL,
    Meaning.NEW_DATE,
    Meaning.DELEGATE,
    Meaning.COVER,
    Meaning.ASK,
    Meaning.PRIVATE,
    Meaning.CORRECTION,
)
_SETTLED_BY = {
    Meaning.NOT_COMPLETE: set(Status) - {Status.COMPLETE},
    Meaning.NOT_ON_TRACK: set(Status) - {Status.ON_TRACK, Status.COMPLETE, Status.UNCHANGED},
    Meaning.NOT_AT_RISK: {Status.ON_TRACK, Status.COMPLETE},
    Meaning.NOT_BLOCKED: set(Status) - {Status.BLOCKED},
    Meaning.BEHIND: {Status.AT_RISK, Status.OFF_TRACK, Status.BLOCKED},
    Meaning.STALLED: {Status.BLOCKED},
}


@dataclass(frozen=True)
class Doubt:
    """What about an item is not clear: the meanings it may have, or a date with its question."""

    item: AskedItem
    meanings: tuple[Meaning, ...] = ()
    deadline: Deadline | None = None
    basis: ProposedUpdate | None = None
    later: bool = False
    proposal: ProposedUpdate | None = None


@dataclass(frozen=True)
class Outcome:
    """For one item: what may be recorded, and what must be asked."""

    update: ProposedUpdate | None = None
    doubt: Doubt | None = None


def combine(item: AskedItem, said: Sequence[Claim]) -> Outcome:
    """What the claims about an item come to; nothing where they say nothing of it."""
    said = _without_noise(said)
    if not said:
        return Outcome()
    clear = [claim for claim in said if claim.clear]
    statuses = _statuses(clear)
    basis = _carried(item, clear)
    if statuses is None:
        meanings = tuple(c.meaning for c in said if c.meaning in STATUS or c.colour)
        return Outcome(doubt=Doubt(item, meanings, basis=basis))
    unclear = [c for c in said if not c.clear or c.meaning in _SETTLED_BY]
    open_ones = [c for c in unclear if not _is_settled(c, statuses, clear)]
    status, confidence = _status(statuses, clear)
    if status is Status.COMPLETE and open_ones:
        return Outcome(doubt=Doubt(item, (Meaning.COMPLETE, *_meanings(open_ones)), basis=basis))
    update = replace(basis, status=status, confidence=confidence)
    substance = [c for c in clear if c.meaning not in _SETTLED_BY]
    question = _date_question(item, clear)
    if question and not question.deadline:
        substance = []
    recorded = update if _has_substance(update, substance) else None
    if open_ones:
        doubt = Doubt(
            item,
            _meanings(open_ones),
            _offered(open_ones),
            update if recorded else basis,
            any(c.later for c in open_ones),
            _handover(item, open_ones),
        )
        return Outcome(update=recorded, doubt=doubt)
    return Outcome(update=recorded, doubt=question)


def _without_noise(said: Sequence[Claim]) -> list[Claim]:
    telling = [claim for claim in said if claim.meaning is not Meaning.VAGUE]
    return telling or list(said)


def _meanings(said: Sequence[Claim]) -> tuple[Meaning, ...]:
    return tuple(dict.fromkeys(claim.meaning for claim in said))


def _offered(said: Sequence[Claim]) -> Deadline | None:
    return next((claim.deadline for claim in said if claim.deadline), None)


def _handover(item: AskedItem, said: Sequence[Claim]) -> ProposedUpdate | None:
    people = [
        replace(c, clear=True)
        for c in said
        if c.meaning in (Meaning.DELEGATE, Meaning.COVER) and c.words
    ]
    return _carried(item, people) if people else None


def _statuses(clear: Sequence[Claim]) -> set[Status] | None:
    """The statuses that are clearly said, or none where they contradict each other."""
    said = {STATUS[claim.meaning] for claim in clear if claim.meaning in STATUS}
    colours = {claim.colour for claim in clear if claim.colour}
    if len(colours) > 1:
        return None
    from_colour = {COLOURED[colour] for colour in colours}
    rag = (said | from_colour) & _RAG
    if len(rag) > 1:
        return None
    final = said & {Status.COMPLETE, Status.WITHDRAWN}
    moved = any(
        claim.meaning in (Meaning.NEW_DATE, Meaning.PARTIAL, Meaning.NOT_COMPLETE)
        for claim in clear
    )
    if final and (len(said | from_colour) > 1 or moved):
        return None
    said = (said | from_colour) - {Status.UNCHANGED} or said
    if Status.BLOCKED in said and Status.ON_TRACK in said:
        return None
    rest = said - {Status.BLOCKED}
    if colours or Status.BLOCKED in said:
        rest -= _RAG
    return said if len(rest) <= 1 else None


def _status(statuses: set[Status], clear: Sequence[Claim]) -> tuple[Status, Confidence | None]:
    colour = next((claim.colour for claim in clear if claim.colour), None)
    for held in (Status.NOT_STARTED, Status.PAUSED, Status.BLOCKED):
        if held in statuses:
            if Status.AT_RISK in statuses:
                colour = colour or Confidence.AMBER
            if Status.OFF_TRACK in statuses:
                colour = colour or Confidence.RED
            return held, colour
    return next(iter(statuses), Status.UNCHANGED), colour


def _is_settled(claim: Claim, statuses: set[Status], clear: Sequence[Claim]) -> bool:
    """Whether something clear elsewhere answers what this claim leaves open."""
    if claim.meaning in _SETTLED_BY:
        if statuses & _SETTLED_BY[claim.meaning] and not statuses - _SETTLED_BY[claim.meaning]:
            return True
        moved = any(c.meaning in (Meaning.NEW_DATE, Meaning.PARTIAL) for c in clear)
        return (
            moved
            and claim.meaning in (Meaning.NOT_COMPLETE, Meaning.BEHIND, Meaning.NOT_ON_TRACK)
            and not (statuses & {Status.COMPLETE, Status.ON_TRACK})
        )
    return any(other.meaning is claim.meaning for other in clear)


def _carried(item: AskedItem, clear: Sequence[Claim]) -> ProposedUpdate:
    """Everything clear but the status: dates, shares, blockers, people, wishes."""
    update = ProposedUpdate(item=item.ref)
    for claim in clear:
        if claim.meaning is Meaning.NEW_DATE and claim.deadline:
            update = with_date(update, item, claim.deadline, expected=claim.expected)
        else:
            update = _with_claim(update, claim)
    return update


def _with_claim(update: ProposedUpdate, claim: Claim) -> ProposedUpdate:
    match claim.meaning:
        case Meaning.BLOCKED:
            return replace(update, blocker=claim.words or update.blocker)
        case Meaning.PARTIAL:
            return replace(update, percent=claim.percent)
        case Meaning.COMPLETE:
            return replace(update, completed_on=claim.day or update.completed_on)
        case Meaning.DELEGATE:
            return replace(update, delegate=claim.words)
        case Meaning.COVER if claim.words:
            return replace(update, cover=Cover(name=claim.words, until_on=claim.day))
        case Meaning.ASK:
            return replace(update, ask=claim.words)
        case Meaning.PRIVATE:
            return replace(update, publish=False)
        case Meaning.CORRECTION:
            return replace(update, corrects="last")
    return update


def with_date(
    update: ProposedUpdate, item: AskedItem, deadline: Deadline, *, expected: bool
) -> ProposedUpdate:
    """The update with a date: proposed, or interim where it is expected before the deadline."""
    if deadline.latest is None or deadline.kind is Kind.OPEN:
        return update
    due = item.due.latest
    if expected and due is not None and deadline.latest <= due:
        return replace(update, interim=deadline.latest if deadline.latest < due else None)
    return replace(update, proposed_due=deadline.latest, deadline=deadline)


def _date_question(item: AskedItem, clear: Sequence[Claim]) -> Doubt | None:
    for claim in clear:
        deadline = claim.deadline
        if deadline and (deadline.kind is Kind.OPEN or deadline.latest is None):
            return Doubt(item, (Meaning.NEW_DATE,), deadline)
    return None


def _has_substance(update: ProposedUpdate, substance: Sequence[Claim]) -> bool:
    if update.status is not Status.UNCHANGED or update.proposed_due or update.interim:
        return True
    return any(
        claim.meaning is not Meaning.NEW_DATE
        or (claim.deadline is not None and claim.deadline.latest is not None)
        for claim in substance
        if claim.meaning in STATUS or claim.meaning in _CARRIED
    )
