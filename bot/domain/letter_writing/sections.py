"""The body of the letter: why it matters, what was asked, what was done, what comes next."""

from __future__ import annotations

from bot.domain.deadlines import long_date
from bot.domain.facts import (
    CommitmentCounts,
    CommitmentFact,
    Fact,
    ItemFact,
    LetterFact,
    MeetingFact,
    RecommendationFact,
    ReportFact,
    StatementFact,
)
from bot.domain.letter_writing import actions, answers, courtesies, words
from bot.domain.letter_writing.pen import Pen
from bot.domain.letters import (
    BulletList,
    LetterPart,
    NumberedList,
    Paragraph,
    Section,
    Sentence,
)
from bot.domain.register import Delivery

NEXT_DATES = 6
DONE_WITH = {Delivery.COMPLETE, Delivery.WITHDRAWN, Delivery.SUPERSEDED}


def written(pen: Pen) -> tuple[Section, ...]:
    """The sections that have something to say, in the order a reader needs them."""
    every = (
        ("Why the report matters", _matters(pen)),
        ("The recommendations", _recommendations(pen)),
        ("Progress by recommendation", _progress(pen)),
        ("What was promised, and where it stands", _commitments(pen)),
        ("Earlier statements", _statements(pen)),
        ("What comes next", _next(pen)),
    )
    return tuple(Section(heading=heading, parts=tuple(parts)) for heading, parts in every if parts)


def _matters(pen: Pen) -> list[LetterPart]:
    found = pen.sheet.one(ReportFact)
    if found is None or not found[1].matters:
        return []
    fact, report = found
    return [_paragraph([pen.sentence(words.stopped(text), fact) for text in report.matters])]


def _recommendations(pen: Pen) -> list[LetterPart]:
    every = list(pen.sheet.of(RecommendationFact))
    counts = pen.sheet.one(CommitmentCounts)
    if not every or counts is None:
        return []
    many = words.counted(len(every), "recommendation")
    intro = [pen.sentence(f"The report makes {many}:", counts[0])]
    if not all(said.confirmed for _fact, said in every):
        intro.insert(0, Sentence(text=courtesies.BRACKETS))
    entries = tuple(
        pen.sentence(said.words if said.confirmed else f"[{said.words}]", fact)
        for fact, said in every
    )
    return [_paragraph(intro), NumberedList(entries=entries)]


def _progress(pen: Pen) -> list[LetterPart]:
    answering: dict[str, list[tuple[Fact, ItemFact]]] = {}
    for one in pen.items.values():
        for ref in _answered_by(pen, one[1]):
            answering.setdefault(ref, []).append(one)
    return [
        _paragraph(_on_recommendation(pen, number, fact, said, answering))
        for number, (fact, said) in enumerate(pen.sheet.of(RecommendationFact), 1)
    ]


def _on_recommendation(
    pen: Pen,
    number: int,
    fact: Fact,
    said: RecommendationFact,
    answering: dict[str, list[tuple[Fact, ItemFact]]],
) -> list[Sentence]:
    lead = f"On recommendation {number} ({_lowered(said.title)}), "
    mine = answering.get(fact.ref, [])
    shown = [(item_fact, item) for item_fact, item in mine if item_fact.publish]
    if not shown:
        nothing = "no action of the group answers it yet" if not mine else answers.CONFIDENTIAL
        text = f"{lead}{_lowered(nothing).rstrip('.')}."
        return [pen.sentence(text, fact)]
    found: list[Sentence] = []
    pen.rest_on(fact)
    before: str | None = None
    for item_fact, item in shown:
        opening = "" if before else lead
        same = item.owner == before and item.delivery not in DONE_WITH
        found += actions.sentences(pen, item_fact, item, lead=opening, also=same)
        before = item.owner
    return found


def _answered_by(pen: Pen, item: ItemFact) -> set[str]:
    """The recommendations an item answers, itself or through the promise it answers."""
    if item.recommendations:
        return set(item.recommendations)
    promised = {fact.ref: said for fact, said in pen.sheet.of(CommitmentFact)}
    return {
        ref
        for commitment in item.commitments
        if commitment in promised
        for ref in promised[commitment].recommendations
    }


def _commitments(pen: Pen) -> list[LetterPart]:
    table = answers.table(pen)
    before = answers.settled(pen)
    parts: list[LetterPart] = []
    if table is not None:
        parts += [_paragraph([Sentence(text=courtesies.TABLE)]), table]
    if before:
        counts = pen.sheet.one(CommitmentCounts)
        many = words.counted(len(before), "commitment")
        was = "was" if len(before) == 1 else "were"
        intro = pen.sentence(
            f"{many} {was} settled before, as we have told you:", *([counts[0]] if counts else [])
        )
        parts += [_paragraph([intro]), BulletList(entries=tuple(before))]
    return parts


def _statements(pen: Pen) -> list[LetterPart]:
    """What an earlier letter said is so, while no later letter has told its evidence."""
    letters = {fact.ref: said for fact, said in pen.sheet.of(LetterFact)}
    ours = [said.dated_on for said in letters.values() if said.ours]
    unproved = [
        (fact, said)
        for fact, said in pen.sheet.of(StatementFact)
        if not said.verified and not any(day > said.said_on for day in ours)
    ]
    if not unproved:
        return []
    days = sorted({said.said_on for _fact, said in unproved})
    whose = "Our" if all(letters[said.letter].ours for _fact, said in unproved) else "The"
    letter = "letter" if len(days) == 1 else "letters"
    when = words.listed(long_date(day) for day in days)
    facts = [fact for fact, _said in unproved]
    one = len(unproved) == 1
    these = "this statement" if one else "the statements below"
    intro = pen.sentence(f"{whose} {letter} of {when} also made {these}.", *facts)
    held = pen.sentence(
        f"We do not yet hold checked evidence for {'it' if one else 'them'}, and nothing in this "
        f"letter rests on {'it' if one else 'them'}.",
        *facts,
    )
    entries = tuple(pen.sentence(words.quoted(said.words), fact) for fact, said in unproved)
    return [_paragraph([intro, held]), BulletList(entries=entries)]


def _next(pen: Pen) -> list[LetterPart]:
    parts: list[LetterPart] = []
    meeting = pen.sheet.one(MeetingFact)
    opening: list[Sentence] = []
    if meeting is not None:
        fact, said = meeting
        opening.append(pen.sentence(f"The group next meets on {long_date(said.meets_on)}.", fact))
    coming = _coming(pen)
    if coming:
        many = "The next date is:" if len(coming) == 1 else "The next dates are:"
        opening.append(pen.sentence(many, *(fact for fact, _item in coming)))
        entries = tuple(_dated(pen, fact, item) for fact, item in coming)
        parts += [_paragraph(opening), BulletList(entries=entries)]
        parts.append(_paragraph([Sentence(text=courtesies.AT_ONCE), *_closing(pen)]))
    else:
        parts.append(_paragraph([*opening, *_closing(pen)]))
    return parts


def _coming(pen: Pen) -> list[tuple[Fact, ItemFact]]:
    open_kinds = {Delivery.NOT_STARTED, Delivery.IN_PROGRESS}
    found = [
        (fact, item)
        for fact, item in pen.items.values()
        if fact.publish
        and item.delivery in open_kinds
        and item.due_on is not None
        and item.due_on >= pen.sheet.dated_on
    ]
    return sorted(found, key=lambda one: (one[1].due_on, one[0].number))[:NEXT_DATES]


def _dated(pen: Pen, fact: Fact, item: ItemFact) -> Sentence:
    day = long_date(item.due_on) if item.due_on else ""
    return pen.sentence(f"{day}: {actions.plan(pen, item)}.", fact)


def _closing(pen: Pen) -> list[Sentence]:
    found = [Sentence(text=courtesies.FURTHER)]
    report = pen.sheet.one(ReportFact)
    if report is not None and report[1].number:
        number = report[1].number
        text = f"The report’s number is {number}; please quote our reference in any reply."
        found.append(pen.sentence(text, report[0]))
    return found


def _lowered(text: str) -> str:
    """A short title within a sentence: its first word loses its capital, unless it has more."""
    first, space, rest = text.partition(" ")
    plain = first[1:].islower() and first[:1].isupper()
    return f"{first.lower()}{space}{rest}" if plain else text


def _paragraph(sentences: list[Sentence]) -> Paragraph:
    return Paragraph(sentences=tuple(sentences))
