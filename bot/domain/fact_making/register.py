"""What a fact sheet is made from: the register as it was read, and how it is asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any

from bot.domain.commitments import (
    Commitment,
    Recommendation,
    SentLetter,
    Statement,
    Telling,
)
from bot.domain.people import Directory
from bot.domain.posts import PostHolder, PostTitle
from bot.domain.register import History


@dataclass(frozen=True, kw_only=True)
class Reading:
    """For whom the register is read, and as of when."""

    audience: str
    posts: tuple[str, ...]
    as_at: datetime
    known_at: datetime
    dated_on: date


@dataclass(frozen=True, kw_only=True)
class Register:
    """Everything a fact sheet rests on, as at T and as known at K.

    `policy` maps a name to its value and the entry that set it; `audiences` maps an audience to
    the posts it means; `asked` an item to when reminders of it had reached somebody;
    `occurrences` a standing promise to its dated occurrences.
    """

    directory: Directory
    titles: Sequence[PostTitle]
    holders: Sequence[PostHolder]
    recommendations: Sequence[Recommendation]
    letters: Sequence[SentLetter]
    commitments: Sequence[Commitment]
    statements: Sequence[Statement]
    histories: Sequence[History]
    tellings: Sequence[Telling]
    policy: Mapping[str, tuple[Any, str]] = field(default_factory=dict)
    audiences: Mapping[str, Sequence[str]] = field(default_factory=dict)
    asked: Mapping[int, Sequence[datetime]] = field(default_factory=dict)
    occurrences: Mapping[int, Sequence[date]] = field(default_factory=dict)
    item_entries: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    change_entries: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    evidence_entries: Mapping[int, tuple[str, ...]] = field(default_factory=dict)

    @cached_property
    def body_keys(self) -> dict[int, str]:
        """The key of each body."""
        return {number: key for key, number in self.directory.body_keys.items()}

    @cached_property
    def letter_refs(self) -> dict[int, str]:
        """How facts name each sent letter."""
        return {letter.id: f"L-{letter.number}" for letter in self.letters}

    @cached_property
    def recommendation_refs(self) -> dict[int, str]:
        """The reference of each recommendation."""
        return {r.id: r.ref for r in self.recommendations}

    def refs_of(self, numbers: Sequence[int]) -> tuple[str, ...]:
        """The references of these recommendations, those that are not held left out."""
        refs = self.recommendation_refs
        return tuple(refs[number] for number in numbers if number in refs)

    @cached_property
    def item_refs(self) -> dict[int, str]:
        """The reference of each item."""
        return {history.item_id: history.ref for history in self.histories}

    @cached_property
    def roots(self) -> dict[int, Commitment]:
        """The promises that restate no other, by number."""
        return {c.id: c for c in self.commitments if self.root_of(c.id) == c.id}

    @cached_property
    def _restates(self) -> dict[int, int | None]:
        return {c.id: c.restates_id for c in self.commitments}

    def root_of(self, commitment_id: int) -> int:
        """The promise that this one restates in the end, itself where it is the first."""
        seen = {commitment_id}
        while (earlier := self._restates.get(commitment_id)) is not None:
            if earlier in seen or earlier not in self._restates:
                break
            seen.add(earlier)
            commitment_id = earlier
        return commitment_id

    @cached_property
    def answering(self) -> dict[int, list[History]]:
        """The items that answer each first promise or a restatement of it, in their order."""
        found: dict[int, list[History]] = {}
        for history in self.histories:
            for root in dict.fromkeys(self.root_of(c) for c in history.commitments):
                found.setdefault(root, []).append(history)
        return found

    def letter_bodies(self, audience: str) -> tuple[str, ...]:
        """The bodies whose posts an audience means, in the order of its posts."""
        posts = self.audiences.get(audience, ())
        bodies = {t.key: self.body_keys.get(t.body_id, "") for t in self.titles}
        return tuple(dict.fromkeys(bodies[p] for p in posts if p in bodies))
