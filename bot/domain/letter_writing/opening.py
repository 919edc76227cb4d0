"""Page one: why we write, how the promises stand in numbers, and what is late."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.deadlines import Kind, long_date
from bot.domain.facts import (
    AddresseeFact,
    CommitmentCounts,
    CommitmentFact,
    DateChangeFact,
    Fact,
    FactSheet,
    LetterFact,
    ReportFact,
)
from bot.domain.letter_writing import words
from bot.domain.letter_writing.pen import Pen
from bot.domain.letters import Paragraph, Sentence

Promise = tuple[Fact, CommitmentFact]


def paragraphs(pen: Pen) -> tuple[Paragraph, ...]:
    """The opening of the letter, one paragraph for each promise that is late or has moved."""
    counts = pen.sheet.one(CommitmentCounts)
    first = [_why_we_write(pen), *_what_this_letter_does(pen, counts)]
    found = [Paragraph(sentences=tuple(first))]
    if counts is not None and counts[1].total:
        found.append(Paragraph(sentences=tuple(_in_numbers(pen, *counts))))
        named = late_or_moved(pen.sheet)
        found += [
            Paragraph(sentences=tuple(_late(pen, promise, named[:position])))
            for position, promise in enumerate(named)
        ]
    return tuple(found)


def late_or_moved(sheet: FactSheet) -> list[Promise]:
    """The promises that page one names: the late ones first, then those whose date has moved."""
    every = list(sheet.of(CommitmentFact))
    late = [one for one in every if one[1].late]
    return late + [one for one in every if one[1].moved and not one[1].late]


def last_letters(sheet: FactSheet) -> tuple[list[tuple[Fact, LetterFact]], bool]:
    """The latest letter to this audience, else the latest to anybody; whether it was ours."""
    every = list(sheet.of(LetterFact))
    ours = [one for one in every if one[1].ours]
    return (ours or every)[-1:], bool(ours)


def _why_we_write(pen: Pen) -> Sentence:
    report = _report(pen)
    last, ours = last_letters(pen.sheet)
    if not last:
        return pen.sentence(f"We write about {report}.")
    fact, letter = last[0]
    day = long_date(letter.dated_on)
    if ours:
        many = sum(said.ours for _f, said in pen.sheet.of(LetterFact)) > 1
        verb = "last wrote to you on" if many else "wrote to you on"
        return pen.sentence(f"We {verb} {day} about {report}.", fact)
    to = pen.bodies(letter.to_bodies) if letter.to_bodies else words.listed(letter.to)
    return pen.sentence(f"On {day} we wrote to {to} about {report}.", fact)


def _report(pen: Pen) -> str:
    found = pen.sheet.one(ReportFact)
    if found is None:
        return "the recommendations that this group answers"
    fact, report = found
    pen.rest_on(fact)
    name = words.quoted(report.title)
    if report.number:
        name += f" ({report.number})"
    if report.publisher is None:
        return name
    ours = report.publisher in {a.body for a in _addressees(pen)}
    published = f" published in {report.published_words}" if report.published_words else ""
    if report.published_on:
        published = f" published on {long_date(report.published_on)}"
    if ours:
        return f"your report {name}," + published if published else f"your report {name}"
    return f"{name}, the report that {pen.body(report.publisher)}{published or ' made'}"


def _addressees(pen: Pen) -> list[AddresseeFact]:
    return [said for _fact, said in pen.sheet.of(AddresseeFact)]


def _what_this_letter_does(
    pen: Pen, counts: tuple[Fact, CommitmentCounts] | None
) -> list[Sentence]:
    if counts is None:
        return []
    fact, count = counts
    asked = words.counted(count.recommendations, "recommendation")
    if not count.total:
        return [pen.sentence(f"This letter says what has been done on its {asked}.", fact)]
    promised = words.counted(count.total, "commitment")
    letters = {said.letter for _fact, said in pen.sheet.of(CommitmentFact)}
    if len(letters) == 1:
        made = pen.letters[letters.pop()]
        where = f"made in the letter of {long_date(made[1].dated_on)}"
        if made[1].ours:
            where = "we made then"
        pen.rest_on(made[0])
    else:
        where = "made in our earlier letters"
    return [
        pen.sentence(
            f"This letter accounts for each of the {promised} {where}, and for what has been "
            f"done on each of the report’s {asked}.",
            fact,
        )
    ]


def _in_numbers(pen: Pen, fact: Fact, count: CommitmentCounts) -> list[Sentence]:
    kinds = (
        (count.complete, "complete, with evidence that has been checked"),
        (count.claimed, "reported complete, with evidence still to be checked"),
        (count.in_progress, "in progress"),
        (count.not_started, "not started"),
        (count.not_reported, "still without a report from those responsible"),
        (count.paused, "paused"),
        (count.withdrawn, "withdrawn"),
        (count.no_action, "without an action to answer {it}"),
    )
    parts = [
        f"{words.number(n)} {'is' if n == 1 else 'are'} "
        + what.format(it="it" if n == 1 else "them")
        for n, what in kinds
        if n
    ]
    if count.standing:
        noun = "is a standing promise" if count.standing == 1 else "are standing promises"
        parts.append(f"{words.number(count.standing)} {noun}, to keep you and others informed")
    of = f"Of the {words.counted(count.total, 'commitment')}, {words.enumerated(parts)}."
    return [pen.sentence(of, fact), _lateness(pen, fact, count)]


def _lateness(pen: Pen, fact: Fact, count: CommitmentCounts) -> Sentence:
    late, moved = count.late, count.moved
    if not late and not moved:
        return pen.sentence("None of them is late, and no date has moved.", fact)
    first = (
        "which we regret; this letter takes them first"
        if late > 1
        else ("which we regret; this letter takes it first")
    )
    if late:
        text = f"{words.number(late)} {'is' if late == 1 else 'are'} late, {first}"
        text += (
            f", and then {words.number(moved)} more that will be later than promised."
            if moved
            else "."
        )
    else:
        text = f"{words.number(moved)} will be later than promised, as set out next."
    return pen.sentence(text, fact)


def _late(pen: Pen, promise: Promise, before: Sequence[Promise]) -> list[Sentence]:
    fact, said = promise
    quote = words.quoted_end(said.words)
    same = [other for _f, other in before if other.letter == said.letter]
    if same and before[-1][1].letter == said.letter:
        opening = f"The same letter said: {quote}" if len(same) == 1 else f"It also said: {quote}"
    else:
        letter, made = pen.letters[said.letter]
        whose = "Our letter" if made.ours else "The letter"
        pen.rest_on(letter)
        opening = f"{whose} of {long_date(made.dated_on)} said: {quote}"
    found = [pen.sentence(opening, fact), _what_became(pen, fact, said)]
    later = [
        (ref, cause, change)
        for ref in said.items
        for cause, change in pen.changes.get(ref, [])
        if change.decided_on and change.later and (change.reason or change.held)
    ]
    reasons = [
        pen.sentence(_reason(pen, ref, change), fact, cause)
        for ref, cause, change in later
        if not change.told
    ]
    if not later:
        reasons.append(pen.sentence("We have not yet been given a reason.", fact))
    return found + reasons


def _what_became(pen: Pen, fact: Fact, said: CommitmentFact) -> Sentence:
    due = long_date(said.due_on) if said.due_on else None
    told = said.told_latest_on is not None and said.told_latest_on == said.due_on
    if not said.late:
        now = f"it is now {due}" if said.deadline_kind is Kind.FIRM else f"the date is now {due}"
        text = f"{_promised(said)}; {now}"
        return pen.sentence(text + (", as we told you." if told else "."), fact)
    passed = {Kind.SOFT: "That time has passed", Kind.OPEN: "On any reading that time has passed"}
    text = passed.get(said.deadline_kind, "That date has passed")
    pending = [c for ref in said.items for c, change in pen.changes.get(ref, []) if _waits(change)]
    if due and said.moved:
        now = (
            f"; the new date is still {due}, as we told you"
            if told
            else f", and the new date is {due}"
        )
        return pen.sentence(f"{text}{now}.", fact)
    if pending:
        return pen.sentence(
            f"{text}, and a new date has been asked for but not yet agreed.", fact, *pending
        )
    return pen.sentence(f"{text}, and no new date has been agreed yet.", fact)


def _promised(said: CommitmentFact) -> str:
    """For when it was promised, in its words where they name no one day."""
    day = long_date(said.latest) if said.latest else ""
    if said.deadline_kind is Kind.FIRM:
        return f"The date was {day}"
    reading = {
        Kind.SOFT: f", which ends on {day}",
        Kind.OPEN: f", which can mean {day} at the latest",
    }.get(said.deadline_kind, "")
    return f"The time given was {words.quoted(said.deadline_words)}{reading if day else ''}"


def _waits(change: DateChangeFact) -> bool:
    return change.decided_on is None


def _reason(pen: Pen, ref: str, change: DateChangeFact) -> str:
    fact, item = pen.items[ref]
    pen.rest_on(fact)
    if not change.reason:
        return f"The reason that {pen.body(item.owner)} gave is held in the register."
    gives, reason = pen.verb(item.owner, "gives", "give"), words.quoted_end(change.reason)
    return f"{words.start(pen.body(item.owner))} {gives} this reason: {reason}"
