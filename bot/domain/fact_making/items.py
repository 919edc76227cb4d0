"""Facts about action items: position, evidence, moved dates, silence and what holds them up."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from bot.domain.fact_making.parties import Unnumbered
from bot.domain.fact_making.register import Reading, Register
from bot.domain.facts import (
    BlockerFact,
    DateChangeFact,
    EvidenceFact,
    ItemCounts,
    ItemFact,
    SilenceFact,
)
from bot.domain.people import LONDON
from bot.domain.reasons import can_stand, reported
from bot.domain.register import (
    ActionItem,
    DateChange,
    Decision,
    Delivery,
    Evidence,
    History,
    position,
)

QUIET_DAYS = 28
"""An open item of which nothing was heard for four weeks, though asked, counts as silent."""
ANSWER_DAYS = 2
"""Working days that somebody is given to answer before a letter says that they were asked."""
SHOWN = {Decision.AGREED, Decision.PENDING, Decision.ASKED}


def facts(register: Register, reading: Reading) -> Iterator[Unnumbered]:
    """Every item in the order of its number, then what is to be said of it, then the counts."""
    told = {t.date_change_id for t in register.tellings if t.audience == reading.audience}
    for history in register.histories:
        item = position(history)
        publish = history.terms[-1].publish
        yield _item(register, reading, history, item)
        for evidence in history.evidence:
            sources = register.evidence_entries.get(evidence.id, ())
            said = _evidence(register, history, evidence)
            yield history.ref, said, (f"evidence:{evidence.id}", *sources), publish
        for change, again in _moves(history):
            moved = _change(history, change, again, told=change.id in told)
            yield history.ref, moved, _change_sources(register, change, *again), publish
        yield from _silence(register, reading, history, item)
        yield from _blocker(history, item)
    yield "items", counts(register, reading), (), True


def counts(register: Register, reading: Reading) -> ItemCounts:
    """All items by where they stand."""
    items = [position(history) for history in register.histories]

    def number(*kinds: Delivery, verified: bool | None = None) -> int:
        return sum(
            i.delivery in kinds and (verified is None or i.verified is verified) for i in items
        )

    unheard = sum(history.latest_update is None for history in register.histories)
    return ItemCounts(
        total=len(items),
        complete=number(Delivery.COMPLETE, verified=True),
        claimed=number(Delivery.COMPLETE, verified=False),
        in_progress=number(Delivery.IN_PROGRESS),
        not_started=number(Delivery.NOT_STARTED) - unheard,
        not_reported=unheard,
        paused=number(Delivery.PAUSED),
        withdrawn=number(Delivery.WITHDRAWN, Delivery.SUPERSEDED),
        overdue=sum(item.overdue(reading.dated_on) for item in items),
    )


def day(moment: datetime) -> date:
    """The day in London of an instant."""
    return moment.astimezone(LONDON).date()


def completed_on(history: History) -> date | None:
    """The day an item was completed, as its owner says; else the day that they said so."""
    said = history.latest_update
    if said is None or position(history).delivery is not Delivery.COMPLETE:
        return None
    return said.completed_on or day(said.at)


def _item(register: Register, reading: Reading, history: History, item: ActionItem) -> Unnumbered:
    said, last = history.latest_update, history.last_word
    owner = register.directory.people[item.owner_id]
    fact = ItemFact(
        title=item.title,
        owner=register.body_keys[owner.body_id],
        raised_on=history.raised_on,
        delivery=item.delivery,
        status=said.status if said else None,
        verified=item.verified,
        due_on=item.due.latest,
        due_words=item.due.words,
        due_kind=item.due.kind,
        original_on=item.original_latest_on,
        slips=item.slips,
        overdue=item.overdue(reading.dated_on),
        completed_on=completed_on(history),
        status_on=day(said.at) if said else None,
        said_before_move=_said_before_move(history),
        last_word_on=day(last.at) if last else None,
        commitments=_commitment_refs(register, history),
        recommendations=register.refs_of(history.recommendations),
        waits_on=tuple(register.item_refs[i] for i in history.waits_on if i in register.item_refs),
    )
    sources = register.item_entries.get(history.item_id, ())
    updates = tuple(dict.fromkeys(f"status_update:{u.id}" for u in (said, last) if u))
    publish = history.terms[-1].publish and (said is None or said.publish)
    return history.ref, fact, (*sources, *updates), publish


def _commitment_refs(register: Register, history: History) -> tuple[str, ...]:
    roots = dict.fromkeys(register.root_of(c) for c in history.commitments)
    return tuple(register.roots[root].ref for root in roots if root in register.roots)


def _evidence(register: Register, history: History, evidence: Evidence) -> EvidenceFact:
    checker = register.directory.people.get(evidence.verified_by or 0)
    return EvidenceFact(
        item=history.ref,
        title=evidence.title,
        url=evidence.url,
        given_on=day(evidence.at),
        checked_on=day(evidence.verified_at) if evidence.verified_at else None,
        checked_by=register.body_keys.get(checker.body_id) if checker else None,
        holds=evidence.holds,
    )


def _said_before_move(history: History) -> bool:
    said = history.latest_update
    moved = [c.decided_at for c, _again in _moves(history) if c.decision is Decision.AGREED]
    return said is not None and any(at is not None and at >= said.at for at in moved)


def _moves(history: History) -> list[tuple[DateChange, list[DateChange]]]:
    """What moves the date, each with what later gave its reason in other words."""
    found: list[tuple[DateChange, list[DateChange]]] = []
    for change in history.date_changes:
        if change.decision in SHOWN and change.moves:
            found.append((change, []))
        elif change.decision is Decision.AGREED:
            for earlier, again in found:
                if earlier.new.latest == change.new.latest:
                    again.append(change)
    return found


def _change_sources(register: Register, *changes: DateChange) -> tuple[str, ...]:
    return tuple(
        source
        for change in changes
        for source in (
            f"date_change:{change.id}",
            *register.change_entries.get(change.id, ()),
        )
    )


def _change(
    history: History, change: DateChange, again: list[DateChange], *, told: bool
) -> DateChangeFact:
    old, new = change.old_latest_on, change.new.latest
    reasons = [reported(one.reason, asked=one.new.words) for one in (change, *again)]
    reason = next((words for words in reversed(reasons) if words), "")
    agreed = change.decision is Decision.AGREED and change.decided_at is not None
    return DateChangeFact(
        item=history.ref,
        old_on=old,
        new_on=new,
        new_words=change.new.words,
        reason=reason,
        held=bool(change.reason) and not reason,
        asked_on=day(change.at),
        decided_on=day(change.decided_at) if agreed and change.decided_at else None,
        later=old is not None and new is not None and new > old,
        told=told,
    )


def _silence(
    register: Register, reading: Reading, history: History, item: ActionItem
) -> Iterator[Unnumbered]:
    if not item.is_active:
        return
    last = history.last_word
    since = last.at if last else None
    owner = register.directory.people[item.owner_id]
    calendar = register.directory.national_calendar(owner.nation)
    sent = [
        at
        for at in register.asked.get(history.item_id, ())
        if (since is None or at > since)
        and calendar.working_days(day(at), reading.dated_on) >= ANSWER_DAYS
    ]
    since_on = day(since) if since else history.raised_on
    if sent and (reading.dated_on - since_on).days >= QUIET_DAYS:
        said = SilenceFact(
            item=history.ref, since_on=since_on, heard_before=last is not None, asked=len(sent)
        )
        yield history.ref, said, (f"nudge:item:{history.item_id}",), history.terms[-1].publish


def _blocker(history: History, item: ActionItem) -> Iterator[Unnumbered]:
    said = history.latest_update
    if item.blocked and said is not None and said.blocker:
        words = said.blocker if can_stand(said.blocker) else ""
        fact = BlockerFact(item=history.ref, words=words, held=not words, said_on=day(said.at))
        publish = history.terms[-1].publish and said.publish
        yield history.ref, fact, (f"status_update:{said.id}",), publish
