"""Letters with one thing made wrong, each with the rules that ought to notice."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta

from bot.domain.deadlines import long_date
from bot.domain.letters import (
    BulletList,
    Letter,
    LetterPart,
    NumberedList,
    Paragraph,
    Sentence,
    Table,
    TableRow,
)
from bot.domain.verification.reading import DATE, QUOTE, dates_in

Change = Callable[[str], str | None]
BODIES = ("NHS England", "NHS Digital", "RCR", "CQC", "DHSC", "PHSO")


@dataclass(frozen=True)
class Mutant:
    """A letter in which one text was changed, by which kind of change."""

    kind: str
    letter: Letter
    before: str
    after: str


def mutants(letter: Letter) -> Iterator[Mutant]:
    """Every change of every kind to every text that it can be made to."""
    for kind, change in _CHANGES.items():
        for before in _texts(letter):
            after = change(before)
            if after is not None and after != before:
                yield Mutant(kind, _with(letter, before, after), before, after)
    for section in letter.sections:
        for part in section.parts:
            if isinstance(part, Table):
                for row in part.rows:
                    rows = tuple(other for other in part.rows if other is not row)
                    changed = _replace_part(letter, part, replace(part, rows=rows))
                    yield Mutant("dropped promise", changed, row.cells[0], "")
    stray = Paragraph(sentences=(Sentence(text="Waiting times fell everywhere last year."),))
    yield Mutant("stray", replace(letter, opening=(*letter.opening, stray)), "", "stray")


def _later(text: str) -> str | None:
    match = DATE.search(QUOTE.sub(lambda m: "“" + "x" * len(m[1]) + "”", text))
    if match is None:
        return None
    day = dates_in(match[0])[0] + timedelta(days=3)
    return text[: match.start()] + long_date(day) + text[match.end() :]


def _swapped(text: str) -> str | None:
    bare = QUOTE.sub("", text)
    named = next((b for b in BODIES if re.search(rf"(?<!\w){b}(?!\w)", bare)), None)
    if named is None or named not in text:
        return None
    other = BODIES[(BODIES.index(named) + 1) % len(BODIES)]
    return None if other in text else text.replace(named, other)


def _sub(pattern: str, put: str) -> Change:
    def change(text: str) -> str | None:
        return re.sub(pattern, put, text, count=1) if re.search(pattern, text) else None

    return change


def _misquoted(text: str) -> str | None:
    quote = QUOTE.search(text)
    if quote is None:
        return None
    return text.replace(quote[1], f"{quote[1].split()[0]} indeed {quote[1].partition(' ')[2]}", 1)


_CHANGES: dict[str, Change] = {
    "date": _later,
    "body": _swapped,
    "quotation": _misquoted,
    "on track to complete": _sub(r"that this was on track", "that this was complete"),
    "at risk to on track": _sub(r"was (?:off track|at risk|held up)", "was on track"),
    "denied": _sub(r"was on track", "was not on track"),
    "passed": _sub(r"date has passed", "date has not passed"),
    "plan to fact": _sub(r"is to (?:agree|publish|review|draft|hold)", "has published"),
    "late": _sub(r"^(“.*?)Late\. ", r"\1"),
    "claimed to proved": _sub(r"Reported complete; evidence still to be checked", "Complete"),
    "hedge dropped": _sub(r"reports that it has", "has"),
    "count": _sub(r"\b[Tt]hree are late", "Two are late"),
    "figure": _sub(r"\beight commitments\b", "nine commitments"),
    "undated": _sub(r"^(“.*?)No date given", r"\g<1>30 June 2022"),
    "progressing": _sub(r"was on track", "was progressing"),
    "style": _sub(r"\b31 August 2022", "31st August 2022"),
}


def _texts(letter: Letter) -> list[str]:
    found: list[str] = []
    for part in (*letter.opening, *(p for s in letter.sections for p in s.parts)):
        match part:
            case Paragraph():
                found += [s.text for s in part.sentences]
            case NumberedList() | BulletList():
                found += [s.text for s in part.entries]
            case Table():
                found += [" | ".join(row.cells) for row in part.rows]
    return list(dict.fromkeys(found))


def _with(letter: Letter, before: str, after: str) -> Letter:
    def sentence(one: Sentence) -> Sentence:
        return replace(one, text=after) if one.text == before else one

    def row(one: TableRow) -> TableRow:
        same = " | ".join(one.cells) == before
        return replace(one, cells=tuple(after.split(" | "))) if same else one

    def part(one: LetterPart) -> LetterPart:
        match one:
            case Paragraph():
                return replace(one, sentences=tuple(sentence(s) for s in one.sentences))
            case NumberedList() | BulletList():
                return replace(one, entries=tuple(sentence(s) for s in one.entries))
            case Table():
                return replace(one, rows=tuple(row(r) for r in one.rows))

    return replace(
        letter,
        opening=tuple(part(p) for p in letter.opening),
        sections=tuple(replace(s, parts=tuple(part(p) for p in s.parts)) for s in letter.sections),
    )


def _replace_part(letter: Letter, old: LetterPart, new: LetterPart) -> Letter:
    return replace(
        letter,
        sections=tuple(
            replace(s, parts=tuple(new if p is old else p for p in s.parts))
            for s in letter.sections
        ),
    )
