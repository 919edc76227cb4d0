"""Drafts of letters: versions, what of them is cleared, and the states a letter goes through."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.facts import FactSheet
from bot.domain.letters import (
    BulletList,
    Letter,
    LetterPart,
    NumberedList,
    Paragraph,
    Report,
    Table,
)
from bot.domain.verification.findings import Finding


class Event(StrEnum):
    """What may happen to a letter, each a dated entry."""

    ASKED = "asked"
    DRAFTED = "drafted"
    SUBMITTED = "submitted"
    SHOWN = "shown"
    CLEARANCE_ASKED = "clearance_asked"
    CLEARED = "cleared"
    FINAL = "final"
    SENT_BACK = "sent_back"
    SENT = "sent"
    RECEIVED = "received"
    PUBLISHED = "published"
    ABANDONED = "abandoned"


@dataclass(frozen=True, kw_only=True)
class Happened:
    """One entry in the life of a letter."""

    id: int
    event: Event
    at: datetime
    by_id: int | None
    version_id: int | None
    sha256: str | None
    note: str


@dataclass(frozen=True, kw_only=True)
class StoredLetter:
    """A letter as it is kept, from its first wish on, with everything that happened to it."""

    id: int
    group_id: int
    audience: str
    reference: str
    number: int
    imported: bool
    happened: tuple[Happened, ...] = ()

    def last(self, *events: Event) -> Happened | None:
        """The latest of these, if one has happened."""
        return next((h for h in reversed(self.happened) if h.event in events), None)

    @property
    def to(self) -> str:
        """Its audience as a sentence names it: "the PHSO", "the committees"."""
        return "the PHSO" if self.audience == "phso" else f"the {self.audience.replace('-', ' ')}"

    @property
    def closed(self) -> bool:
        """Whether nothing more is to be written: sent or abandoned."""
        return self.last(Event.SENT, Event.ABANDONED) is not None

    @property
    def wishes(self) -> tuple[Happened, ...]:
        """The wishes for a draft that no draft has answered yet, the oldest first."""
        done = self.last(Event.DRAFTED)
        after = done.id if done else 0
        return tuple(h for h in self.happened if h.event is Event.ASKED and h.id > after)


@dataclass(frozen=True, kw_only=True)
class Version:
    """One version of a letter: frozen facts, text, what the check found, and its hash."""

    id: int
    letter_id: int
    number: int
    at: datetime
    by_id: int | None
    author_kind: str
    sheet: FactSheet
    letter: Letter
    findings: tuple[Finding, ...]
    sha256: str


@dataclass(frozen=True, kw_only=True)
class Answer:
    """Why a finding stands, and who said so."""

    reason: str
    by_id: int | None


@dataclass(frozen=True, kw_only=True)
class Clearance:
    """Somebody cleared a version by its hash, or sent it back with a reason."""

    version_id: int
    person_id: int
    sha256: str
    cleared: bool
    reason: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A letter with the facts it was built from, what checking it found, and its annex."""

    sheet: FactSheet
    letter: Letter
    findings: tuple[Finding, ...]
    annex: Report
    report: Report


def fingerprint(letter: Letter) -> str:
    """SHA-256 of what is cleared: addressees, sentences, tables and signatories.

    The date line, the reference and the marking are outside it: they change on sending.
    """
    parts = {
        "addressees": [[a.name, *a.lines] for a in letter.addressees],
        "salutation": letter.salutation,
        "heading": letter.heading,
        "opening": [list(_texts(part)) for part in letter.opening],
        "sections": [
            [section.heading, *(list(_texts(part)) for part in section.parts)]
            for section in letter.sections
        ],
        "signatories": [[s.name, *s.lines] for s in letter.signatories],
        "sender": letter.sender,
        "contact": letter.contact,
    }
    written = json.dumps(parts, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(written.encode()).hexdigest()


def _texts(part: LetterPart) -> Iterator[str]:
    yield type(part).__name__
    match part:
        case Paragraph():
            yield from (sentence.text for sentence in part.sentences)
        case NumberedList() | BulletList():
            yield from (sentence.text for sentence in part.entries)
        case Table():
            yield part.caption
            yield from part.header
            yield from (cell for row in part.rows for cell in row.cells)


def sentences(letter: Letter) -> list[str]:
    """Every sentence, list entry and table row of a letter as one line each, in reading order."""
    parts = [*letter.opening, *(part for section in letter.sections for part in section.parts)]
    found: list[str] = []
    for part in parts:
        match part:
            case Paragraph():
                found += [sentence.text for sentence in part.sentences]
            case NumberedList() | BulletList():
                found += [sentence.text for sentence in part.entries]
            case Table():
                found += [" | ".join(row.cells) for row in part.rows]
    return found


def changed(old: Letter, new: Letter) -> tuple[list[str], list[str]]:
    """What was taken out and what came in between two versions, sentence by sentence."""
    before, after = sentences(old), sentences(new)
    return (
        [text for text in before if text not in set(after)],
        [text for text in after if text not in set(before)],
    )


def cited(letter: Letter) -> frozenset[int]:
    """The numbers of all facts that a letter cites."""
    numbers: set[int] = set()
    parts = [*letter.opening, *(part for section in letter.sections for part in section.parts)]
    for part in parts:
        match part:
            case Paragraph():
                numbers.update(n for sentence in part.sentences for n in sentence.facts)
            case NumberedList() | BulletList():
                numbers.update(n for sentence in part.entries for n in sentence.facts)
            case Table():
                numbers.update(n for row in part.rows for n in row.facts)
    return frozenset(numbers)


def same_hash(version: Version, sha: str) -> bool:
    """Whether a hash, or its first twelve characters or more, is this version's."""
    return len(sha) >= 12 and version.sha256.startswith(sha)


def unanswered(version: Version, answers: Mapping[str, Answer]) -> tuple[Finding, ...]:
    """The findings that still keep a version from clearance."""
    return tuple(f for f in version.findings if f.blocks and f.key not in answers)
