"""What officials say of dates, and the reading that is right: text files, one phrase a line.

A line is `words | reading | context`, the context left out where nothing but the day matters.
It is said on Monday 16 January 2023 in England unless the context says otherwise: `on=`,
`nation=`, `current=`, `meeting=`, `published=` and `received=`, and `recesses=all` for the
table of that year's recesses. A line `@ context` gives the context of those that follow, up to
a line `@`. Days are ISO, without their year in 2023.

A reading is `firm` or `soft` with a day, a window `A..B`, a last day `..B` or a first day `A..`,
its precision unless that is a day, and `was D` for the old date of a slip; an instant is
written with its time in UTC. `open` names the days of its candidates with `?` where they are
part of what is right. `none` speaks of no date at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from bot.domain.calendars import Nation, Recess
from bot.domain.dates import read
from bot.domain.deadlines import Deadline, Kind, Precision, day_and_date

_HERE = Path(__file__).parent
THEMES = sorted(path.stem for path in _HERE.glob("*.txt"))
_RECESSES = tuple(
    Recess(name=name, rises=date(2023, *rises), returns=date(2023, *returns))
    for name, rises, returns in (
        ("February", (2, 9), (2, 20)),
        ("Easter", (3, 30), (4, 17)),
        ("Whitsun", (5, 25), (6, 5)),
        ("summer", (7, 20), (9, 4)),
    )
)
_NAMES = {
    "on": "on",
    "current": "current",
    "meeting": "next_meeting",
    "published": "published_on",
    "received": "received_on",
}


@dataclass(frozen=True)
class Said:
    """One phrase with its context, and the reading that is right."""

    words: str
    right: str
    context: str

    def read(self) -> Deadline:
        """What the reader makes of it."""
        return read(self.words, **_known(self.context))

    def is_right(self, reading: Deadline) -> bool:
        """Whether a reading is the right one, its candidates included where they are listed."""
        if self.right.startswith("open"):
            return reading.kind is Kind.OPEN and self._asks_rightly(reading)
        return shown(reading) == " ".join(map(_in_full, self.right.split()))

    def _asks_rightly(self, reading: Deadline) -> bool:
        words = self.right.split()
        listed = sorted(day(word[1:]) for word in words if word.startswith("?"))
        offered = sorted(filter(None, (c.latest or c.earliest for c in reading.candidates)))
        old = day(words[-1]) if "was" in words else None
        return (not listed or listed == offered) and (old is None or old == reading.moved_from)


def phrases(theme: str) -> Iterator[Said]:
    """The phrases of one file, in order."""
    shared = ""
    for line in (_HERE / f"{theme}.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("@"):
            shared = line.removeprefix("@").strip()
        elif line and not line.startswith("# "):
            words, right, *context = (part.strip() for part in line.split(" | "))
            yield Said(words, right, " ".join([shared, *context]))


def day(text: str) -> date:
    """An ISO day, of 2023 where it names no year."""
    return date.fromisoformat(text if len(text) == 10 else f"2023-{text}")


def shown(reading: Deadline) -> str:
    """A reading in the notation of the files, every day with its year."""
    parts = [reading.kind.value]
    first, last = reading.earliest, reading.latest
    if reading.at is not None:
        limits = ("" if first else "..", "" if last else "..")
        parts.append(f"{limits[0]}{reading.at.astimezone(UTC):%Y-%m-%dT%H:%M}{limits[1]}")
    elif first is not None or last is not None:
        parts.append(str(first) if first == last else f"{first or ''}..{last or ''}")
        parts += [] if reading.precision is Precision.DAY else [reading.precision.value]
    if reading.moved_from is not None:
        parts += ["was", str(reading.moved_from)]
    return " ".join(parts)


def is_explained(reading: Deadline) -> bool:
    """One sentence, which shows the day with its weekday and gives a reason."""
    told = reading.explanation
    if reading.kind is Kind.OPEN:
        return told.endswith(f": {reading.question}") and _is_one_sentence(told)
    day = reading.latest or reading.earliest
    return _is_one_sentence(told) and (day is None or (day_and_date(day) in told and ": " in told))


def _is_one_sentence(text: str) -> bool:
    own_words = re.sub("“[^”]*”", "", text)
    return text[-1] in ".?" and not re.search(r"[.?!]\s", own_words)


def _in_full(word: str) -> str:
    """The days in one word of a reading, with their year."""
    if not any(character.isdigit() for character in word):
        return word
    if "T" in word:
        limit, instant = word[: len(word) - len(word.lstrip("."))], word.strip(".")
        whole = instant if len(instant) == 16 else f"2023-{instant}"
        return f"{limit}{datetime.fromisoformat(whole):%Y-%m-%dT%H:%M}" + ".." * word.endswith("..")
    return "..".join(str(day(part)) if part else "" for part in word.split(".."))


def _known(context: str) -> dict[str, Any]:
    known: dict[str, Any] = {"on": date(2023, 1, 16)}
    for pair in context.split():
        name, value = pair.split("=")
        if name == "recesses":
            known["recesses"] = _RECESSES
        elif name == "nation":
            known["nation"] = Nation(value)
        else:
            known[_NAMES[name]] = day(value)
    return known
