"""A pasted list as proposals, headings, and lines that hold no action."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date

from bot.domain.calendars import Nation
from bot.domain.pasted import dating, lines, naming, rows, sentences
from bot.domain.pasted.lines import Chunk
from bot.domain.pasted.sentences import Entry
from bot.domain.pasted.values import Line, Named, PastedList, ProposedAction, Reading
from bot.domain.pasted.words import ATTENDANCE, HEADING, begins_with_verb, is_heading
from bot.domain.people import Directory

_NUMBERED = re.compile(r"\d{1,3}\s+(?=[A-Z@])")
"""A number with nothing after it is a number only where somebody's name follows."""


@dataclass
class _Sorted:
    """The list as far as it has been read; `under` is whose heading the lines stand under."""

    actions: list[ProposedAction] = field(default_factory=list)
    headings: list[Line] = field(default_factory=list)
    unread: list[Line] = field(default_factory=list)
    under: tuple[Named, ...] = ()


def read(
    text: str, directory: Directory, *, on: date, nation: Nation = Nation.ENGLAND
) -> PastedList:
    """Read a list pasted on the day `on`; never raises, and loses no line."""
    reading = Reading(directory=directory, on=on, nation=nation)
    found = _Sorted()
    for chunk in lines.chunks(text, reading):
        _put(found, chunk, reading)
    return PastedList(
        actions=tuple(found.actions),
        headings=tuple(found.headings),
        unread=tuple(found.unread),
    )


def _put(found: _Sorted, chunk: Chunk, reading: Reading) -> None:
    entry = _action(chunk, reading)
    if entry is not None:
        under = found.under if chunk.marked else ()
        found.actions.append(_proposed(entry, chunk, under, reading))
        found.under = () if entry.owner else found.under
        return
    text = "" if chunk.row else chunk.text
    if chunk.is_head or (not chunk.row and is_heading(chunk.lines[0].text)):
        found.headings.extend(chunk.lines)
        found.under = naming.names(text.rstrip(" :"), reading)
    else:
        found.unread.extend(chunk.lines)
        found.under = ()


def _action(chunk: Chunk, reading: Reading) -> Entry | None:
    """What a chunk asks somebody to do; nothing where it does not."""
    if chunk.is_head:
        return None
    if chunk.row:
        entry = rows.entry(chunk.row, chunk.head, reading)
        return entry if entry.text and (chunk.head or entry.owner or entry.due) else None
    if not chunk.strong and ATTENDANCE.match(chunk.text):
        return None
    entry = sentences.entry(chunk.text, reading)
    if not any(c.isalpha() for c in entry.text):
        return None
    if _asks(entry, chunk):
        return entry
    bare = _NUMBERED.match(chunk.text)
    again = sentences.entry(chunk.text[bare.end() :], reading) if bare else None
    return again if again and again.owner and again.owner[0].people else None


def _asks(entry: Entry, chunk: Chunk) -> bool:
    if chunk.strong or entry.owner:
        return True
    if chunk.text.endswith(":"):
        return False
    doing = begins_with_verb(entry.text)
    if entry.due and (doing or entry.labels):
        return True
    if HEADING.match(chunk.text):
        return False
    return doing or (bool(entry.due) and chunk.marked)


def _proposed(
    entry: Entry, chunk: Chunk, under: tuple[Named, ...], reading: Reading
) -> ProposedAction:
    if not entry.owner and under:
        entry = replace(entry, owner=tuple(_as_heading(each) for each in under))
    deadline = dating.deadline(entry.due, reading)
    return ProposedAction(
        title=entry.text,
        owner=sentences.owner_of(entry),
        supporters=sentences.supporters_of(entry),
        due=deadline,
        due_question=entry.due_question or deadline.question,
        lines=tuple(line.number for line in chunk.lines),
        source="\n".join(line.text for line in chunk.lines),
    )


def _as_heading(named: Named) -> Named:
    question = f"It stands under “{named.words}” and names nobody itself: whose is it?"
    return replace(named, question=question)
