"""Facts: numbered statements about the register that a letter may cite, and nothing else.

A fact sheet holds what was so at T as known at K, with the names true on the letter's date.
It is made from append-only entries, so the same T and K give the same bytes at any later time.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from functools import cached_property
from typing import TypeVar

from bot.domain import codec
from bot.domain.fact_counts import CommitmentCounts, ItemCounts
from bot.domain.fact_kinds import (
    AddresseeFact,
    BlockerFact,
    BodyFact,
    CommitmentFact,
    ContactFact,
    DateChangeFact,
    EvidenceFact,
    GroupFact,
    ItemFact,
    LetterFact,
    MeetingFact,
    Position,
    RecommendationFact,
    ReportFact,
    Said,
    SenderFact,
    SignatoryFact,
    SilenceFact,
    StatementFact,
)

__all__ = [
    "AddresseeFact",
    "BlockerFact",
    "BodyFact",
    "CommitmentCounts",
    "CommitmentFact",
    "ContactFact",
    "DateChangeFact",
    "EvidenceFact",
    "Fact",
    "FactSheet",
    "GroupFact",
    "ItemCounts",
    "ItemFact",
    "LetterFact",
    "MeetingFact",
    "Position",
    "RecommendationFact",
    "ReportFact",
    "Said",
    "SenderFact",
    "SignatoryFact",
    "SilenceFact",
    "StatementFact",
    "differences",
]

S = TypeVar("S")


@dataclass(frozen=True, kw_only=True)
class Fact:
    """One statement. `ref` names its subject; `sources` the entries it rests on, as table:number.

    `publish` is false where its owner asked that it is not published: no letter may cite it.
    """

    number: int
    ref: str
    said: Said
    sources: tuple[str, ...] = ()
    publish: bool = True

    @property
    def kind(self) -> str:
        """What sort of statement it is."""
        return type(self.said).__name__.removesuffix("Fact").lower()

    @property
    def text(self) -> str:
        """The statement as the annex prints it: every value under its name."""
        values = [(field.name, getattr(self.said, field.name)) for field in fields(self.said)]
        shown = (
            f"{n.replace('_', ' ')}: {_shown(v)}" for n, v in values if v not in (None, (), "")
        )
        return "; ".join(shown)


@dataclass(frozen=True, kw_only=True)
class FactSheet:
    """The facts of one group for one audience, as at T, as known at K, with names of a date."""

    group: str
    audience: str
    sample: bool
    as_at: datetime
    known_at: datetime
    dated_on: date
    facts: tuple[Fact, ...]

    def of(self, kind: type[S]) -> Iterator[tuple[Fact, S]]:
        """The facts of one kind, in order, each with what it says."""
        for fact in self._by_kind.get(kind, ()):
            if isinstance(fact.said, kind):
                yield fact, fact.said

    def one(self, kind: type[S]) -> tuple[Fact, S] | None:
        """The first fact of a kind, or nothing."""
        return next(self.of(kind), None)

    def about(self, kind: type[S], ref: str) -> list[tuple[Fact, S]]:
        """The facts of one kind about one subject, in order."""
        found = self._by_ref.get(ref, ())
        return [(fact, fact.said) for fact in found if isinstance(fact.said, kind)]

    def numbered(self, number: int) -> Fact | None:
        """The fact with this number."""
        fact = self.facts[number - 1] if 0 < number <= len(self.facts) else None
        return fact if fact is not None and fact.number == number else None

    @cached_property
    def _by_kind(self) -> dict[type, list[Fact]]:
        found: dict[type, list[Fact]] = {}
        for fact in self.facts:
            found.setdefault(type(fact.said), []).append(fact)
        return found

    @cached_property
    def _by_ref(self) -> dict[str, list[Fact]]:
        found: dict[str, list[Fact]] = {}
        for fact in self.facts:
            found.setdefault(fact.ref, []).append(fact)
        return found

    @property
    def json(self) -> str:
        """Canonical JSON: the same sheet, the same bytes."""
        return codec.text(self)

    @property
    def sha256(self) -> str:
        """The hash of the canonical JSON, in hex."""
        return hashlib.sha256(self.json.encode()).hexdigest()

    @classmethod
    def parse(cls, written: str) -> FactSheet:
        """The sheet that was written as `json`."""
        return codec.parse(cls, written)


def differences(frozen: FactSheet, now: FactSheet, cited: Collection[int]) -> list[str]:
    """What a letter rests on that reads otherwise now, by the names of its subjects.

    Names, promises and recommendations always count; other facts where the letter cites them.
    Clocks, reminders sent and what later letters told do not: they leave the letter true.
    """
    wanted = {f.ref for f in frozen.facts if f.number in cited or isinstance(f.said, _ALWAYS)}
    wanted |= {f.ref for f in now.facts if isinstance(f.said, _ALWAYS)}
    before, after = _comparable(frozen, wanted), _comparable(now, wanted)
    return sorted({ref for ref, _ in before ^ after})


_ALWAYS = (AddresseeFact, SignatoryFact, RecommendationFact, CommitmentFact)


def _comparable(sheet: FactSheet, wanted: Collection[str]) -> set[tuple[str, str]]:
    found = set()
    for fact in sheet.facts:
        said = fact.said
        match said:
            case SilenceFact():
                said = replace(said, asked=0)
            case CommitmentFact():
                said = replace(said, restated_on=(), kept=(), next_on=None)
        if fact.ref in wanted:
            found.add((fact.ref, codec.text(said) + str(fact.publish)))
    return found


def _shown(value: object) -> str:
    if isinstance(value, tuple):
        return ", ".join(_shown(entry) for entry in value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return value.isoformat()
    return str(value)
