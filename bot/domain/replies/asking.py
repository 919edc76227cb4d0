"""The one question about what is not clear, with the likely readings as two or three buttons."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.domain.deadlines import Deadline, Kind, day_and_date, long_date
from bot.domain.register import Status
from bot.domain.replies.claims import Claim
from bot.domain.replies.combining import STATUS, Doubt, combine, with_date
from bot.domain.replies.values import AskedItem, Option, ProposedUpdate
from bot.domain.replies.vocabulary import Meaning

_MOST = 3
_LONGEST_LABEL = 75
_LIKELY: Mapping[Meaning, tuple[Status, ...]] = {
    Meaning.COMPLETE: (Status.COMPLETE, Status.ON_TRACK),
    Meaning.NOT_COMPLETE: (Status.ON_TRACK, Status.AT_RISK),
    Meaning.NOT_ON_TRACK: (Status.AT_RISK, Status.OFF_TRACK),
    Meaning.NOT_AT_RISK: (Status.ON_TRACK, Status.UNCHANGED),
    Meaning.NOT_BLOCKED: (Status.ON_TRACK, Status.AT_RISK),
    Meaning.BEHIND: (Status.AT_RISK, Status.OFF_TRACK),
    Meaning.STALLED: (Status.BLOCKED, Status.ON_TRACK),
    Meaning.ON_TRACK: (Status.ON_TRACK, Status.AT_RISK),
    Meaning.AT_RISK: (Status.AT_RISK, Status.ON_TRACK),
    Meaning.OFF_TRACK: (Status.OFF_TRACK, Status.AT_RISK),
    Meaning.COLOUR: (Status.ON_TRACK, Status.AT_RISK, Status.OFF_TRACK),
    Meaning.BLOCKED: (Status.BLOCKED, Status.AT_RISK),
    Meaning.NEW_DATE: (Status.AT_RISK, Status.UNCHANGED),
    Meaning.NOT_STARTED: (Status.NOT_STARTED, Status.ON_TRACK),
    Meaning.PAUSED: (Status.PAUSED, Status.UNCHANGED),
    Meaning.WITHDRAWN: (Status.WITHDRAWN, Status.UNCHANGED),
}
_ANY = (Status.ON_TRACK, Status.AT_RISK, Status.COMPLETE)
_LABELS = {
    Status.NOT_STARTED: "Not started",
    Status.ON_TRACK: "On track",
    Status.AT_RISK: "At risk",
    Status.OFF_TRACK: "Off track",
    Status.BLOCKED: "Blocked",
    Status.PAUSED: "Paused",
    Status.COMPLETE: "Done",
    Status.WITHDRAWN: "No longer needed",
    Status.UNCHANGED: "No change",
}


def about(doubts: Sequence[Doubt]) -> tuple[str, tuple[Option, ...]]:
    """The question and the options for items whose meaning is not clear."""
    first = doubts[0]
    if first.deadline is not None:
        return _about_date(first, first.deadline)
    refs = _listed([doubt.item.ref for doubt in doubts])
    if first.proposal is not None:
        return _about_handover(first, first.proposal)
    if Meaning.NOT_MINE in first.meanings:
        return _whose(first)
    if first.meanings == (Meaning.NEW_DATE,):
        question = f"Until when do you need {refs}? Answer with a date, or choose:"
    else:
        question = f"What should I record for {refs}?"
    options = [
        Option(label=_LABELS[status], updates=tuple(_as(doubt, status) for doubt in doubts))
        for status in _likely(doubts)
    ]
    return question, tuple(options)


def which(
    items: Sequence[AskedItem], said: Mapping[str, Sequence[Claim]]
) -> tuple[str, tuple[Option, ...]]:
    """The question which items a reply was about; `said` is how it reads for each of them."""
    updates = {item.ref: _best(item, said[item.ref]) for item in items}
    options = [
        Option(label=_label(item, updates[item.ref]), updates=(updates[item.ref],))
        for item in (items if len(items) <= _MOST else items[: _MOST - 1])
    ]
    if len(options) < _MOST:
        every = "Both" if len(items) == 2 else f"All {len(items)}"
        said_all = f"{every}: {_in_words(updates[items[0].ref])}"
        options.append(Option(label=said_all, updates=tuple(updates.values())))
    question = f"Which do you mean: {_listed([item.ref for item in items], 'or')}?"
    return question, tuple(options)


def _best(item: AskedItem, said: Sequence[Claim]) -> ProposedUpdate:
    outcome = combine(item, said)
    if outcome.update:
        return outcome.update
    if outcome.doubt:
        return about([outcome.doubt])[1][0].updates[0]
    return ProposedUpdate(item=item.ref)


def _likely(doubts: Sequence[Doubt]) -> tuple[Status, ...]:
    meanings = [meaning for doubt in doubts for meaning in doubt.meanings]
    heads = [STATUS[meaning] for meaning in meanings if meaning in STATUS]
    tails = [status for meaning in meanings for status in _LIKELY.get(meaning, _ANY)]
    if any(doubt.later for doubt in doubts):
        heads, tails = [], [Status.ON_TRACK, Status.AT_RISK, *tails]
        if not any(Meaning.COMPLETE in doubt.meanings for doubt in doubts):
            tails = [status for status in tails if status is not Status.COMPLETE]
    likely = tuple(dict.fromkeys([*heads, *tails] or _ANY))[:_MOST]
    return likely if len(likely) > 1 else (*likely, Status.UNCHANGED)


def _as(doubt: Doubt, status: Status) -> ProposedUpdate:
    """What choosing a status records: what was clear of the rest stays, where it fits."""
    basis = doubt.basis or ProposedUpdate(item=doubt.item.ref)
    if status is Status.COMPLETE:
        return ProposedUpdate(item=doubt.item.ref, status=status, completed_on=basis.completed_on)
    blocker = basis.blocker if status is Status.BLOCKED else None
    if status is Status.UNCHANGED:
        status = basis.status if basis.status is not Status.COMPLETE else status
    return replace(basis, status=status, confidence=None, completed_on=None, blocker=blocker)


def _about_date(doubt: Doubt, deadline: Deadline) -> tuple[str, tuple[Option, ...]]:
    item = doubt.item
    same = ProposedUpdate(item=item.ref)
    keep = Option(label="Keep the date", updates=(same,))
    days = [c for c in deadline.candidates if c.latest is not None][:_MOST]
    if deadline.kind is not Kind.OPEN and deadline.latest is not None:
        moved = with_date(same, item, deadline, expected=False)
        option = Option(label=f"New date: {day_and_date(deadline.latest)}", updates=(moved,))
        return f"Is {day_and_date(deadline.latest)} the new date for {item.ref}?", (option, keep)
    options = [
        Option(
            label=day_and_date(candidate.latest),
            updates=(replace(same, proposed_due=candidate.latest, deadline=deadline),),
        )
        for candidate in days
        if candidate.latest is not None
    ]
    if not options:
        risk = replace(same, status=Status.AT_RISK)
        options = [Option(label="At risk, date to follow", updates=(risk,))]
    question = deadline.question or f"Which day do you mean for {item.ref}?"
    return question, tuple([*options, keep][:_MOST])


def _about_handover(doubt: Doubt, proposal: ProposedUpdate) -> tuple[str, tuple[Option, ...]]:
    ref = doubt.item.ref
    keep = Option(label="Leave it as it is", updates=(ProposedUpdate(item=ref),))
    if proposal.delegate:
        hand = Option(
            label=f"Hand over to {proposal.delegate}"[:_LONGEST_LABEL], updates=(proposal,)
        )
        return f"Is {ref} to be handed over to {proposal.delegate}?", (hand, keep)
    name = proposal.cover.name if proposal.cover else ""
    hand = Option(label=f"{name} covers"[:_LONGEST_LABEL], updates=(proposal,))
    return f"Is {name} to cover for you on {ref}?", (hand, keep)


def _whose(doubt: Doubt) -> tuple[str, tuple[Option, ...]]:
    ref = doubt.item.ref
    mine = Option(label="It is mine", updates=(ProposedUpdate(item=ref),))
    seek = ProposedUpdate(item=ref, ask="Find out whose this is")
    return (
        f"Whose is {ref}? Answer with a name, or choose:",
        (Option(label="Not mine, I don't know whose", updates=(seek,)), mine),
    )


def _in_words(update: ProposedUpdate) -> str:
    words = [_LABELS[update.status]] if update.status is not Status.UNCHANGED else []
    if update.proposed_due:
        words.append(f"new date {long_date(update.proposed_due)}")
    if update.percent is not None:
        words.append(f"{update.percent}% done")
    if update.delegate:
        words.append(f"with {update.delegate}")
    return ", ".join(words) or _LABELS[Status.UNCHANGED]


def _label(item: AskedItem, update: ProposedUpdate) -> str:
    label = f"{item.ref}: {_in_words(update)} ({item.title})"
    return label if len(label) <= _LONGEST_LABEL else label[: _LONGEST_LABEL - 1].rstrip() + "…"


def _listed(refs: Sequence[str], tie: str = "and") -> str:
    return refs[0] if len(refs) == 1 else f"{', '.join(refs[:-1])} {tie} {refs[-1]}"
