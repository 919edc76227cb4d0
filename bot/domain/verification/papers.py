"""The two internal papers that go beside a letter: the annex of facts, and the findings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.domain.deadlines import long_date
from bot.domain.facts import FactSheet
from bot.domain.letters import (
    BulletList,
    Letter,
    LetterPart,
    NumberedList,
    Paragraph,
    Report,
    Section,
    Sentence,
    Table,
    TableRow,
)
from bot.domain.people import LONDON
from bot.domain.verification.findings import Finding

INTERNAL = "INTERNAL: this paper is for the secretariat and those who clear the letter."


def annex(letter: Letter, sheet: FactSheet) -> Report:
    """For each sentence the facts it cites, then every fact and the entries it rests on."""
    rows = tuple(
        TableRow(cells=(text, ", ".join(str(n) for n in facts) or "none: a courtesy"))
        for text, facts in cited_texts(letter)
    )
    facts = tuple(
        TableRow(cells=(str(f.number), f.ref, f.kind, f.text, ", ".join(f.sources) or "counted"))
        for f in sheet.facts
    )
    return _paper(
        letter,
        f"INTERNAL. Annex to letter {letter.reference}: where each sentence comes from",
        _as_at(sheet),
        Section(
            heading="Sentences and their facts",
            parts=(Table(caption="Sentences", header=("Sentence", "Facts"), rows=rows),),
        ),
        Section(
            heading="Facts and their entries",
            parts=(
                Table(
                    caption=f"Facts; canonical JSON has SHA-256 {sheet.sha256}",
                    header=("Fact", "Subject", "Kind", "Statement", "Entries"),
                    rows=facts,
                ),
            ),
        ),
    )


def report(letter: Letter, findings: Sequence[Finding], sheet: FactSheet) -> Report:
    """What checking found: what blocks first, each with its sentence, rule and mending."""
    parts: list[LetterPart] = []
    if not findings:
        parts.append(Paragraph(sentences=(Sentence(text="Nothing was found to be wrong."),)))
    else:
        ordered = sorted(findings, key=lambda one: not one.blocks)
        rows = tuple(
            TableRow(
                cells=(
                    one.rule,
                    "blocks clearance" if one.blocks else "to be looked at",
                    one.sentence or "the letter",
                    one.message,
                    one.mending,
                ),
                facts=one.facts,
            )
            for one in ordered
        )
        header = ("Rule", "Weight", "Sentence", "What is wrong", "How to mend it")
        parts.append(Table(caption="Findings", header=header, rows=rows))
    return _paper(
        letter,
        f"INTERNAL. What checking letter {letter.reference} found",
        _as_at(sheet),
        Section(heading="Findings", parts=tuple(parts)),
    )


def cited_texts(letter: Letter) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Every sentence, list entry and table row with the facts it cites, in reading order."""
    for part in (*letter.opening, *(part for s in letter.sections for part in s.parts)):
        match part:
            case Paragraph():
                yield from ((one.text, one.facts) for one in part.sentences)
            case NumberedList() | BulletList():
                yield from ((one.text, one.facts) for one in part.entries)
            case Table():
                yield from ((" | ".join(row.cells), row.facts) for row in part.rows)


def _as_at(sheet: FactSheet) -> str:
    as_at, known = (
        f"{long_date(moment.astimezone(LONDON).date())}, {moment.astimezone(LONDON):%H:%M}"
        for moment in (sheet.as_at, sheet.known_at)
    )
    return f"Facts as at {as_at}, as known at {known}."


def _paper(letter: Letter, title: str, as_at: str, *sections: Section) -> Report:
    opening = Paragraph(sentences=(Sentence(text=INTERNAL), Sentence(text=as_at)))
    return Report(
        title=title,
        dated_on=letter.dated_on,
        reference=letter.reference,
        opening=(opening,),
        sections=tuple(sections),
        sample=letter.sample,
    )
