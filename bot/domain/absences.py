"""Being away, with or without somebody who covers: the rules, and how it is said in a sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.domain.deadlines import day_and_date
from bot.domain.diaries import LONGEST_ABSENCE
from bot.domain.forms import FieldError
from bot.domain.people import Cover, Directory, Person

LONGEST = LONGEST_ABSENCE - 35
"""Days: whoever is away for longer hands over."""
LONG_AGO = 60
"""Days: what begins further back is a slip of the pen."""


def check(directory: Directory, new: Cover, *, today: date, cover_field: str = "cover") -> None:
    """FieldError, with what would be right, for an absence that cannot be as it was said."""
    if new.until_on < new.from_on:
        raise FieldError(
            "until_on",
            f"That ends on {day_and_date(new.until_on)}, before it begins on "
            f"{day_and_date(new.from_on)}: give the first day away, then the last.",
        )
    if (today - new.from_on).days > LONG_AGO:
        raise FieldError(
            "from_on",
            f"That would begin on {day_and_date(new.from_on)}: give the first day away, then the "
            "last, with the year where it is not this one.",
        )
    if new.until_on < today:
        raise FieldError(
            "until_on",
            f"{day_and_date(new.until_on)} has passed: give the last day away, today or later.",
        )
    if (new.until_on - new.from_on).days >= LONGEST:
        raise FieldError(
            "until_on",
            "That is longer than a year: `hand over NAME to NAME` gives the items to somebody "
            "else for good.",
        )
    if new.cover_id is not None:
        _cover(directory, new, directory.people[new.cover_id], cover_field)


def _cover(directory: Directory, new: Cover, cover: Person, field: str) -> None:
    if cover.id == new.person_id:
        raise FieldError(
            field, "Nobody covers for themselves: name somebody else of the group, or nobody."
        )
    if directory.has_left(cover.id, new.from_on) or directory.has_left(cover.id, new.until_on):
        raise FieldError(
            field, f"{cover.label} is no longer in the group then: name somebody who is."
        )
    away = meeting(directory.covers, cover.id, new.from_on, new.until_on)
    if away:
        days = between(away[0].from_on, away[0].until_on)
        raise FieldError(
            field,
            f"{cover.label} is away too, {days}: name somebody else, or other days.",
        )


def meeting(covers: Sequence[Cover], person_id: int, first: date, last: date) -> list[Cover]:
    """The absences of somebody that share a day with this span."""
    return [
        one
        for one in covers
        if one.person_id == person_id and one.from_on <= last and first <= one.until_on
    ]


def between(first: date, last: date) -> str:
    """From Monday 1 August 2022 to Monday 22 August 2022, or on the one day."""
    if first == last:
        return f"on {day_and_date(first)}"
    return f"from {day_and_date(first)} to {day_and_date(last)}"


@dataclass(frozen=True, kw_only=True)
class Said:
    """The parts of a sentence about an absence: its days, and who covers.

    `cover` is empty where nobody is named; `nobody` where it was said that nobody covers.
    """

    days: str
    cover: str = ""
    nobody: bool = False


_WORD = r"(?!(?:is|will|as|and|with|covers?|covering|for|who)\b)[^\W\d_][\w.'’-]*"
_NAME = rf"@?{_WORD}(?:\s+{_WORD}){{0,3}}|<@[A-Z0-9]+(?:\|[^>]*)?>"
_BEGINS = r"(?:[\s,;:.–—-]+|\s+(?:and|with|while|whilst)\s+)"
_APART = r"(?:[,;:.–—]\s*(?:and\s+|with\s+|but\s+)?|\s+(?:and|with)\s+)"
_COVERS = (
    r"(?:covers?|covering|(?:is|will\s+be|'ll\s+be|’ll\s+be)\s+(?:covering|my\s+cover"
    r"|standing\s+in|my\s+stand-in)|will\s+cover|stands?\s+in|standing\s+in)"
)
_FOR = r"(?:\s+for\s+(?:me|us|him|her|them))?[\s.!]*$"
_NOBODY = (
    re.compile(rf"{_BEGINS}(?:nobody|no\s*one|no-one)\s+{_COVERS}{_FOR}", re.I),
    re.compile(rf"{_BEGINS}(?:with\s+)?(?:no|without(?:\s+a)?)\s+cover[\s.!]*$", re.I),
)
_SOMEBODY = (
    re.compile(
        rf"{_BEGINS}(?:my\s+)?cover(?:ed)?(?:\s+(?:by|is|will\s+be))?\s*:?\s+(?P<name>{_NAME})"
        r"[\s.!]*$",
        re.I,
    ),
    re.compile(rf"{_APART}(?P<name>{_NAME})\s+{_COVERS}{_FOR}", re.I),
    re.compile(rf"{_APART}(?P<name>{_NAME})\s+as\s+(?:my\s+)?cover[\s.!]*$", re.I),
)
_UNMARKED = re.compile(rf"^(?P<all>.+?)\s+{_COVERS}{_FOR}", re.I)
LONGEST_NAME = 4


def readings(text: str) -> list[Said]:
    """What "until 22 August, Sam covers" may say, the likeliest first: which name is one is for
    whoever knows the people. Never empty."""
    plain = " ".join(text.split())
    for pattern in _NOBODY:
        if found := pattern.search(plain):
            return [Said(days=_edged(plain[: found.start()]), nobody=True)]
    for pattern in _SOMEBODY:
        if found := pattern.search(plain):
            return [Said(days=_edged(plain[: found.start()]), cover=found["name"].strip())]
    if found := _UNMARKED.match(plain):
        words = found["all"].split()
        most = min(LONGEST_NAME, len(words) - 1)
        return [
            Said(days=_edged(" ".join(words[:-n])), cover=" ".join(words[-n:]))
            for n in range(most, 0, -1)
        ] or [Said(days=_edged(plain))]
    return [Said(days=_edged(plain))]


def _edged(text: str) -> str:
    return text.strip(" ,;:.!–—-")
