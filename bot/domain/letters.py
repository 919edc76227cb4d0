"""A letter as its reader meets it: the value that `bot/documents` turns into files."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, kw_only=True)
class Addressee:
    """To whom, in the lines of the address, and how the salutation names them ("Mr Wragg")."""

    name: str
    lines: tuple[str, ...]
    salutation: str


@dataclass(frozen=True, kw_only=True)
class Signatory:
    """Who signs: name, then title and organisation, a line each."""

    name: str
    lines: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Sentence:
    """One sentence and the numbers of the facts that carry it; none for a courtesy."""

    text: str
    facts: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Paragraph:
    """Sentences that are read together."""

    sentences: tuple[Sentence, ...]

    @property
    def text(self) -> str:
        """The paragraph as one string."""
        return " ".join(sentence.text for sentence in self.sentences)


@dataclass(frozen=True, kw_only=True)
class NumberedList:
    """Entries numbered from one, such as the recommendations in their published words."""

    entries: tuple[Sentence, ...]


@dataclass(frozen=True, kw_only=True)
class BulletList:
    """Entries in no order."""

    entries: tuple[Sentence, ...]


@dataclass(frozen=True, kw_only=True)
class TableRow:
    """One row: its cells, and the facts that carry it."""

    cells: tuple[str, ...]
    facts: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Table:
    """A table with a caption and a header row; every cell plain text."""

    caption: str
    header: tuple[str, ...]
    rows: tuple[TableRow, ...]


LetterPart = Paragraph | NumberedList | BulletList | Table


@dataclass(frozen=True, kw_only=True)
class Section:
    """A heading and what stands under it."""

    heading: str
    parts: tuple[LetterPart, ...]


@dataclass(frozen=True, kw_only=True)
class Letter:
    """The whole letter. `marking` is the protective marking, or none once it is sent."""

    sender: str
    dated_on: date
    reference: str
    addressees: tuple[Addressee, ...]
    salutation: str
    heading: str
    opening: tuple[LetterPart, ...]
    sections: tuple[Section, ...]
    valediction: str
    signatories: tuple[Signatory, ...]
    contact: str
    marking: str | None = "OFFICIAL-SENSITIVE"
    sample: bool = False
    language: str = "en-GB"


@dataclass(frozen=True, kw_only=True)
class Report:
    """An internal paper that goes with a letter: the annex of facts, or what checking it found.

    Never part of the letter's own file. `dated_on` is the letter's, so that the same
    findings make the same bytes.
    """

    title: str
    dated_on: date
    reference: str
    sections: tuple[Section, ...]
    opening: tuple[LetterPart, ...] = ()
    marking: str | None = "OFFICIAL-SENSITIVE"
    sample: bool = False
    language: str = "en-GB"
