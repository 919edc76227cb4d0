"""What stands on the pages, in reading order: the one layout that every format writes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from bot.documents.look import Style
from bot.domain.deadlines import long_date
from bot.domain.letters import (
    BulletList,
    Letter,
    LetterPart,
    NumberedList,
    Paragraph,
    Report,
    Section,
    Table,
)

WIDE = 5
"""A report with a table of more columns than this is laid on its side."""

# What XML 1.0 cannot hold, lone surrogates included.
_UNPRINTABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_BLANKS = re.compile("[ \t\r\n]+")


@dataclass(frozen=True)
class Line:
    """A paragraph or a heading, in a named style."""

    text: str
    style: Style = Style.BODY


@dataclass(frozen=True)
class Listing:
    """A list, numbered from one or with bullets."""

    entries: tuple[str, ...]
    numbered: bool


@dataclass(frozen=True)
class Grid:
    """A table under its caption; a cell is its lines."""

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[tuple[str, ...], ...], ...]


Block = Line | Listing | Grid


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A document: what every page repeats, what its metadata says, and its blocks."""

    title: str
    author: str
    reference: str
    dated_on: date
    language: str
    marking: str | None
    sample: bool
    blocks: tuple[Block, ...]
    landscape: bool = False


def of_letter(letter: Letter) -> Sheet:
    """The letter in the order of its reader: sender to contact."""
    sender = [_clean(line) for line in letter.sender.splitlines()]
    body = [*_blocks(letter.opening), *_sections(letter.sections)]
    return Sheet(
        title=_title(letter.heading, sample=letter.sample),
        author=sender[0] if sender else "",
        reference=_clean(letter.reference),
        dated_on=letter.dated_on,
        language=letter.language,
        marking=letter.marking,
        sample=letter.sample,
        blocks=(*_top(letter, sender), *_held_to_the_close(body), *_close(letter)),
    )


def of_report(report: Report) -> Sheet:
    """The report: its title, date and reference, then its sections."""
    tables = [part for section in report.sections for part in section.parts]
    tables += report.opening
    return Sheet(
        title=_title(report.title, sample=report.sample),
        author="",
        reference=_clean(report.reference),
        dated_on=report.dated_on,
        language=report.language,
        marking=report.marking,
        sample=report.sample,
        landscape=any(isinstance(t, Table) and len(t.header) > WIDE for t in tables),
        blocks=(
            Line(_clean(report.title), Style.HEADING_1),
            Line(f"{long_date(report.dated_on)}. Reference: {_clean(report.reference)}"),
            *_blocks(report.opening),
            *_sections(report.sections),
        ),
    )


def _top(letter: Letter, sender: list[str]) -> Iterator[Line]:
    for number, line in enumerate(sender):
        yield Line(line, Style.ADDRESS if number else Style.SENDER)
    yield Line(long_date(letter.dated_on), Style.DATE)
    if letter.reference:
        yield Line(f"Our reference: {_clean(letter.reference)}", Style.REFERENCE)
    for addressee in letter.addressees:
        yield Line(_clean(addressee.name), Style.ADDRESSEE)
        for line in addressee.lines:
            yield Line(_clean(line), Style.ADDRESS)
    yield Line(_clean(letter.salutation), Style.SALUTATION)
    yield Line(_clean(letter.heading), Style.HEADING_1)


def _close(letter: Letter) -> Iterator[Line]:
    yield Line(_clean(letter.valediction), Style.VALEDICTION)
    for signatory in letter.signatories:
        yield Line(_clean(signatory.name), Style.SIGNATORY)
        for line in signatory.lines:
            yield Line(_clean(line), Style.SIGNATORY_LINE)
    if letter.contact:
        yield Line(_clean(letter.contact), Style.CONTACT)


def _held_to_the_close(body: list[Block]) -> list[Block]:
    """The last paragraph stays with the signatures, which must not stand on a page alone."""
    match body:
        case [*before, Line(text=text, style=Style.BODY)]:
            return [*before, Line(text, Style.LAST_BODY)]
        case _:
            return body


def _sections(sections: Iterable[Section]) -> Iterator[Block]:
    for section in sections:
        yield Line(_clean(section.heading), Style.HEADING_2)
        yield from _blocks(section.parts)


def _blocks(parts: Iterable[LetterPart]) -> Iterator[Block]:
    for part in parts:
        match part:
            case Paragraph():
                yield Line(_clean(part.text))
            case NumberedList() | BulletList():
                entries = tuple(_clean(entry.text) for entry in part.entries)
                yield Listing(entries, numbered=isinstance(part, NumberedList))
            case Table():
                yield _grid(part)


def _grid(table: Table) -> Grid:
    for row in table.rows:
        if len(row.cells) != len(table.header):
            raise ValueError(
                f"The table {table.caption!r} has a row of {len(row.cells)} cells under "
                f"{len(table.header)} headings; give each row one cell a heading."
            )
    return Grid(
        caption=_clean(table.caption),
        header=tuple(_clean(cell) for cell in table.header),
        rows=tuple(tuple(_lines(cell) for cell in row.cells) for row in table.rows),
    )


def _lines(cell: str) -> tuple[str, ...]:
    return tuple(_clean(line) for line in cell.split("\n"))


def _title(words: str, *, sample: bool) -> str:
    return f"SAMPLE: {_clean(words)}" if sample else _clean(words)


def _clean(text: str) -> str:
    """One line of what XML can hold; what it cannot shows as � rather than vanish."""
    return _BLANKS.sub(" ", _UNPRINTABLE.sub("\ufffd", text)).strip(" ")
