"""A letter as the checks read it: its units of text, and what the facts they cite carry."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from datetime import date
from enum import Enum
from functools import cached_property, lru_cache
from typing import TypeVar

from bot.domain.facts import (
    BodyFact,
    CommitmentFact,
    Fact,
    FactSheet,
    ItemFact,
    RecommendationFact,
)
from bot.domain.letter_writing import words
from bot.domain.letters import BulletList, Letter, NumberedList, Paragraph, Table

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
DATE = re.compile(rf"\b(\d{{1,2}}) ({'|'.join(MONTHS)}) (\d{{4}})\b")
MONTH = re.compile(rf"\b({'|'.join(MONTHS)}) (\d{{4}})\b")
QUOTE = re.compile("“([^”]*)”")
S = TypeVar("S")


@dataclass(frozen=True)
class Unit:
    """A sentence, list entry or table row. `cells` are a row's; `opening` marks page one."""

    text: str
    facts: tuple[int, ...]
    kind: str
    opening: bool = False
    cells: tuple[str, ...] = ()

    @property
    def quotes(self) -> list[str]:
        """What stands in quotation marks."""
        return QUOTE.findall(self.text)

    @property
    def bare(self) -> str:
        """The text without what is quoted."""
        return QUOTE.sub("“”", self.text)


def units(letter: Letter) -> Iterator[Unit]:
    """Every unit of a letter, in reading order."""
    opening = [(part, True) for part in letter.opening]
    body = [(part, False) for section in letter.sections for part in section.parts]
    for part, first in opening + body:
        match part:
            case Paragraph():
                yield from (Unit(s.text, s.facts, "sentence", first) for s in part.sentences)
            case NumberedList() | BulletList():
                kind = "numbered" if isinstance(part, NumberedList) else "bullet"
                yield from (Unit(s.text, s.facts, kind, first) for s in part.entries)
            case Table():
                for row in part.rows:
                    yield Unit(" | ".join(row.cells), row.facts, "row", first, row.cells)


class Cited:
    """The facts that a unit cites, and every date, number and text that they carry."""

    def __init__(self, sheet: FactSheet, numbers: Iterable[int]) -> None:
        found = [(number, sheet.numbered(number)) for number in numbers]
        self.sheet = sheet
        self.facts: list[Fact] = [fact for _number, fact in found if fact is not None]
        self.unknown = [number for number, fact in found if fact is None]

    def of(self, kind: type[S]) -> list[S]:
        """What the cited facts of one kind say."""
        return [fact.said for fact in self.facts if isinstance(fact.said, kind)]

    @cached_property
    def _values(self) -> list[object]:
        return [value for fact in self.facts for value in _leaves(fact.said)]

    @cached_property
    def strings(self) -> list[str]:
        """Every text that the facts hold, with the apostrophes of print."""
        return [words.curled(v) for v in self._values if type(v) is str]

    @cached_property
    def dates(self) -> set[date]:
        """Every day that the facts hold, in words too, and the day of the sheet."""
        found = {v for v in self._values if isinstance(v, date)} | {self.sheet.dated_on}
        for text in self.strings:
            found |= set(dates_in(text))
        return found

    @cached_property
    def numbers(self) -> set[int]:
        """Every number that the facts hold, and those in their texts and references."""
        found = {v for v in self._values if type(v) is int}
        for text in (*self.strings, *(fact.ref for fact in self.facts)):
            found |= {int(n) for n in re.findall(r"\d+", text)}
        order = [fact.number for fact, _said in self.sheet.of(RecommendationFact)]
        found |= {order.index(f.number) + 1 for f in self.facts if f.number in order}
        for promise in self.of(CommitmentFact):
            found |= {len(promise.kept), len(promise.kept) + promise.kept_by_this}
        return found

    @cached_property
    def bodies(self) -> set[str]:
        """The keys of the bodies cited."""
        return {body.key for body in self.of(BodyFact)}

    @cached_property
    def tasks(self) -> list[tuple[ItemFact, words.Task]]:
        """The items cited whose titles say what is to be done, and how that reads."""
        found = ((item, words.task(item.title)) for item in self.of(ItemFact))
        return [(item, task) for item, task in found if task is not None]

    def without_held(self, text: str) -> str:
        """A text without quotations, and without the titles and words that the facts hold."""
        left = QUOTE.sub("“”", text)
        for pattern in self._held:
            left = pattern.sub("“”", left)
        return left

    @cached_property
    def _held(self) -> list[re.Pattern[str]]:
        """The titles and words that the facts hold, the longest first."""
        held = [phrase for _item, task in self.tasks for phrase in (task.base, task.done)]
        held += [item.title.rstrip(".") for item in self.of(ItemFact)]
        held += [s for s in self.strings if len(s) > 3]
        phrases = sorted({words.curled(h) for h in held}, key=len, reverse=True)
        return [standing_alone(phrase, re.IGNORECASE) for phrase in phrases]


@lru_cache(maxsize=4096)  # a letter has more of them than `re` itself keeps
def standing_alone(phrase: str, flags: int = 0, *, then: str = r"(?!\w)") -> re.Pattern[str]:
    """A phrase as whole words, followed by what `then` matches."""
    return re.compile(rf"(?<!\w){re.escape(phrase)}{then}", flags)


def dates_in(text: str) -> list[date]:
    """The days that a text names in full; one that does not exist is not a day."""
    found = []
    for day, month, year in DATE.findall(text):
        try:
            found.append(date(int(year), MONTHS.index(month) + 1, int(day)))
        except ValueError:
            found.append(date.min)
    return found


def body_names(sheet: FactSheet) -> list[tuple[str, str]]:
    """Every name and short form of a body with its key, the longest first."""
    pairs = {(n, b.key) for _f, b in sheet.of(BodyFact) for n in (b.name, b.short)}
    return sorted(pairs, key=lambda pair: (-len(pair[0]), pair))


def _leaves(value: object) -> Iterator[object]:
    if isinstance(value, tuple):
        for entry in value:
            yield from _leaves(entry)
    elif isinstance(value, Enum):
        return
    elif hasattr(value, "__dataclass_fields__"):
        for field in fields(value):  # type: ignore[arg-type]
            yield from _leaves(getattr(value, field.name))
    else:
        yield value
