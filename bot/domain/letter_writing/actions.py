"""What is being done: an action item in two or three sentences, worded as its evidence allows."""

from __future__ import annotations

from bot.domain.deadlines import long_date
from bot.domain.facts import BlockerFact, EvidenceFact, Fact, ItemFact, SilenceFact
from bot.domain.letter_writing import words
from bot.domain.letter_writing.pen import Pen, by_when
from bot.domain.letters import Sentence
from bot.domain.register import Delivery, Status

REPORTED = {
    Status.NOT_STARTED: "that work had not started",
    Status.ON_TRACK: "that this was on track",
    Status.AT_RISK: "that this date was at risk",
    Status.OFF_TRACK: "that this was off track",
    Status.BLOCKED: "that the work was held up",
    Status.PAUSED: "that the work was paused",
    Status.WITHDRAWN: "that the work had been withdrawn",
    Status.COMPLETE: "that this was complete",
}
REPORTED_UNDATED = {**REPORTED, Status.AT_RISK: "that this was at risk"}
REPORTED_BEFORE_MOVE = {
    **REPORTED,
    Status.ON_TRACK: "that this was on track for the earlier date",
    Status.AT_RISK: "that the earlier date was at risk",
}


def sentences(
    pen: Pen, fact: Fact, item: ItemFact, *, lead: str, also: bool = False
) -> list[Sentence]:
    """An item from what it is to what was last heard; `lead` opens the first sentence.

    `also` says that the sentences before were about the same owner.
    """
    if item.verified:
        return _complete(pen, fact, item, lead)
    if item.delivery is Delivery.COMPLETE:
        return _claimed(pen, fact, item, lead)
    if item.delivery in {Delivery.WITHDRAWN, Delivery.SUPERSEDED}:
        return [pen.sentence(f"{lead}{_theirs(pen, item)} has been withdrawn.", fact)]
    return _to_be_done(pen, fact, item, lead, also=also)


def plan(pen: Pen, item: ItemFact, *, also: bool = False) -> str:
    """Who is to do what: NHS England is to agree the pathway."""
    task = words.task(item.title)
    too = " also" if also else ""
    if task is None:
        lead = pen.verb(item.owner, "leads", "lead")
        return f"{pen.body(item.owner)}{too} {lead} on {words.quoted(item.title.rstrip('.'))}"
    will = ("was", "were") if item.overdue else ("is", "are")
    return f"{pen.body(item.owner)} {pen.verb(item.owner, *will)}{too} to {task.base}"


def _theirs(pen: Pen, item: ItemFact) -> str:
    owner = pen.body(item.owner)
    return f"the action given to {owner}, {words.quoted(item.title.rstrip('.'))},"


def _complete(pen: Pen, fact: Fact, item: ItemFact, lead: str) -> list[Sentence]:
    task = words.task(item.title)
    owner, has = pen.body(item.owner), pen.verb(item.owner, "has", "have")
    if task is None:
        text = f"{lead}{owner} {has} completed {words.quoted(item.title.rstrip('.'))}."
    else:
        text = f"{lead}{owner} {has} {task.done}."
    found = [pen.sentence(text, fact)]
    for proof, evidence in pen.evidence.get(fact.ref, []):
        if evidence.holds and evidence.checked_on and evidence.checked_by:
            checked = (
                f"{pen.body(evidence.checked_by)} checked the evidence{_titled(evidence)} "
                f"on {long_date(evidence.checked_on)}."
            )
            found.append(pen.sentence(checked, fact, proof))
    return found


def _titled(evidence: EvidenceFact) -> str:
    """The title of what was checked; an address is for the annex, not for a letter."""
    if words.is_address(evidence.title):
        return ""
    return f", {words.quoted(evidence.title)},"


def _claimed(pen: Pen, fact: Fact, item: ItemFact, lead: str) -> list[Sentence]:
    task = words.task(item.title)
    owner, says = pen.body(item.owner), pen.verb(item.owner, "reports", "report")
    if task is None:
        day = f" on {long_date(item.completed_on)}" if item.completed_on else ""
        title = words.quoted(item.title.rstrip("."))
        text = f"{lead}{owner} {says} that {title} was completed{day}."
    else:
        day = f", and gives {long_date(item.completed_on)} as the day" if item.completed_on else ""
        it = pen.verb(item.owner, "it has", "they have")
        text = f"{lead}{owner} {says} that {it} {task.done}{day}."
    given = pen.evidence.get(fact.ref, [])
    proofs = [proof for proof, evidence in given]
    if any(evidence.holds is False for _proof, evidence in given):
        second = "The evidence given for this was looked at and does not yet show it."
    elif given:
        second = "The evidence for this has been received and is still to be checked."
    else:
        second = "We do not yet hold evidence of this."
    return [pen.sentence(text, fact), pen.sentence(second, fact, *proofs)]


def _to_be_done(pen: Pen, fact: Fact, item: ItemFact, lead: str, *, also: bool) -> list[Sentence]:
    text = f"{lead}{plan(pen, item, also=also)}"
    when = by_when(item)
    if when:
        text += f", {when}" if words.task(item.title) else f", due {when}"
        if item.slips and item.original_on:
            text += f" (first set for {long_date(item.original_on)})"
    silent = pen.sheet.about(SilenceFact, fact.ref)
    unheard = item.status is None or item.status_on is None
    asking = asked_for(pen, fact) if unheard else None
    if item.overdue:
        text += "; that date has passed"
        if unheard and not silent and not asking:
            return [pen.sentence(f"{text}, and no report on it has reached us.", fact)]
    elif not when:
        text += "; no date has been set for this yet"
    found = [pen.sentence(f"{text}.", fact)]
    if not unheard:
        found.append(_reported(pen, fact, item))
    elif asking:
        cause, asked = asking
        it = pen.verb(item.owner, "It", "They")
        found.append(pen.sentence(f"{it} {asked}.", fact, cause))
    elif not silent:
        found.append(pen.sentence("No report on it has reached us yet.", fact))
    return found + [_silence(pen, fact, *one) for one in silent]


def _reported(pen: Pen, fact: Fact, item: ItemFact) -> Sentence:
    clause = heard(item)
    it = pen.verb(item.owner, "It", "They")
    if item.status is Status.BLOCKED:
        for cause, blocker in pen.sheet.about(BlockerFact, fact.ref):
            if cause.publish and blocker.held:
                text = f"{it} reported {clause}; the reason is held in the register."
                return pen.sentence(text, fact, cause)
            if cause.publish:
                said = words.quoted_end(blocker.words)
                text = f"{it} reported {clause}, for this reason: {said}"
                return pen.sentence(text, fact, cause)
    if item.overdue and item.status is not Status.OFF_TRACK:
        return pen.sentence(f"{it} last reported {clause.replace(' that ', ', that ', 1)}.", fact)
    return pen.sentence(f"{it} reported {clause}.", fact)


def heard(item: ItemFact) -> str:
    """On which day what was said of an item: on 2 September 2022 that this is on track."""
    if item.status is None or item.status_on is None:
        return ""
    clauses = REPORTED if item.due_on else REPORTED_UNDATED
    if item.said_before_move:
        clauses = REPORTED_BEFORE_MOVE
    return f"on {long_date(item.status_on)} {clauses[item.status]}"


def asked_for(pen: Pen, fact: Fact) -> tuple[Fact, str] | None:
    """That an owner of whom nothing else was heard asked for another date, and when."""
    for cause, change in reversed(pen.changes.get(fact.ref, [])):
        day = long_date(change.asked_on)
        if change.decided_on is None:
            return cause, f"asked on {day} for another date, which has not been agreed yet"
        return cause, f"asked on {day} for the date to be moved"
    return None


def _silence(pen: Pen, fact: Fact, quiet: Fact, silence: SilenceFact) -> Sentence:
    since = long_date(silence.since_on)
    asked = "although we have asked for one"
    if silence.heard_before:
        return pen.sentence(f"No update has been received since {since}, {asked}.", fact, quiet)
    text = f"No update has been received since the action was set on {since}, {asked}."
    return pen.sentence(text, fact, quiet)
