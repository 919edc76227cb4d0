"""Dates of pasted actions: which words are the date, and what they leave open."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.domain import dates
from bot.domain.dates.reader import Found
from bot.domain.deadlines import NO_DEADLINE, Deadline, Kind, Precision
from bot.domain.pasted.values import Reading

_LIMIT = re.compile(
    r"(?:by|before|due|deadline|no\s+later\s+than|not\s+later\s+than|within|until|till|ahead\s+of"
    r"|in\s+time\s+for|in\s+advance\s+of|for\s+(?:the\s+)?next|(?:at\s+)?(?:the\s+)?next"
    r"|asap|as\s+soon|tbc|tbd|ongoing|w/c|cop|cob|immediate)",
    re.I,
)
_AROUND = re.compile(
    r"(?:[\s,.;:()\[\]*_–—-]|\b(?:due|by|date|dates|deadline|on|at|the|latest|end|of|target|for"
    r"|and|close|play|business|cop|cob|no|later|than|action|complete|completion)\b)*",
    re.I,
)
_NONE = re.compile(r"[\s\-–—.]*(?:n/?a|none|no\s+date|not\s+set|nil|\?+)?[\s\-–—.]*", re.I)
_WORD = re.compile(r"\S+")
_BEFORE = re.compile(
    r"\b(?:by|before|at|to|in|on|for)\s+(?:the\s+)?(?:(?:cop|cob|coe|eod)\s+)?$", re.I
)
_MANY = 4
_PART_OF_NAME = frozenset({Precision.YEAR, Precision.QUARTER, Precision.HALF, Precision.SEASON})


@dataclass(frozen=True, kw_only=True)
class Dated:
    """A text without its date, and the date in words; `question` where it may be no deadline."""

    text: str
    words: str = ""
    question: str | None = None


def deadline(words: str, reading: Reading) -> Deadline:
    """The Deadline that words state; no date yet where they state none."""
    if _NONE.fullmatch(words):
        return NO_DEADLINE
    meetings = [m.on for m in reading.directory.meetings if m.on > reading.on]
    found = dates.read(
        words,
        on=reading.on,
        nation=reading.nation,
        next_meeting=min(meetings, default=None),
        recesses=reading.directory.recesses,
    )
    return NO_DEADLINE if found.kind is Kind.NONE else found


def phrases(text: str, reading: Reading) -> list[Found]:
    """Every date phrase of a text, in order."""
    meetings = [m.on for m in reading.directory.meetings if m.on > reading.on]
    return dates.find(
        text,
        on=reading.on,
        nation=reading.nation,
        next_meeting=min(meetings, default=None),
        recesses=reading.directory.recesses,
    )


def is_date(text: str, reading: Reading) -> bool:
    """Whether a text says nothing but when."""
    found = phrases(text, reading)
    if not found:
        return False
    rest, at = [], 0
    for (start, end), _due in found:
        rest.append(text[at:start])
        at = end
    rest.append(text[at:])
    return all(_AROUND.fullmatch(each) for each in rest)


def taken_out(text: str, reading: Reading) -> Dated:
    """A sentence without the date it ends on; a date within it stays where it stands."""
    found = phrases(text, reading)
    if not found:
        return Dated(text=text)
    (start, end), due = found[-1]
    start = _trimmed(text, start, end, due, reading)
    words = text[start:end]
    limits = [each for each in found if _LIMIT.match(text[each[0][0] : each[0][1]])]
    if text[end:].strip(" .;,)"):
        if not limits:
            return Dated(text=text)
        if len(limits) > 1:
            return Dated(text=text, words=text)
        (start, end), _due = limits[0]
        return Dated(text=text, words=text[start:end])
    if _LIMIT.match(words):
        return Dated(text=text[:start].rstrip(" ,;(–—-"), words=words)
    if due.latest is not None and due.latest < reading.on:
        # "The survey of March 2021" names the survey.
        return Dated(text=text)
    asks = due.precision in _PART_OF_NAME
    question = f"Is “{words}” its deadline, or part of its name?" if asks else None
    return Dated(text=text, words=words, question=question)


def _trimmed(text: str, start: int, end: int, due: Deadline, reading: Reading) -> int:
    """Where the words about the date begin: "revised terms by 16 September" begins at "by"."""
    words = text[start:end]
    if _LIMIT.match(words) or len(words.split()) < _MANY:
        return start
    for at in reversed([found.start() for found in _WORD.finditer(words)]):
        shorter = phrases(words[at:], reading)
        same = len(shorter) == 1 and shorter[0][0] == (0, len(words) - at)
        if same and (shorter[0][1].kind, shorter[0][1].latest) == (due.kind, due.latest):
            limit = _BEFORE.search(words[:at])
            return start + (limit.start() if limit else at)
    return start


def is_empty(words: str) -> bool:
    """Whether a field for a date was left empty, or says that there is none."""
    return _NONE.fullmatch(words) is not None
