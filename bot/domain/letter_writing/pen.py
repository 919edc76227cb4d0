"""The pen: it names bodies as a letter does, and keeps which facts each sentence rests on."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from bot.domain.deadlines import Kind, long_date
from bot.domain.facts import (
    BodyFact,
    CommitmentFact,
    DateChangeFact,
    EvidenceFact,
    Fact,
    FactSheet,
    ItemFact,
    LetterFact,
)
from bot.domain.letter_writing import words
from bot.domain.letters import Sentence, TableRow

S = TypeVar("S")


class Pen:
    """Writes in reading order: a body is spelled out where it first stands."""

    def __init__(self, sheet: FactSheet) -> None:
        self.sheet = sheet
        self._bodies = {said.key: (fact, said) for fact, said in sheet.of(BodyFact)}
        self._introduced: set[str] = set()
        self._resting_on: list[int] = []
        self.items = {fact.ref: (fact, said) for fact, said in sheet.of(ItemFact)}
        self.letters = {fact.ref: (fact, said) for fact, said in sheet.of(LetterFact)}
        self.evidence = _by_item(sheet, EvidenceFact)
        self.changes = _by_item(sheet, DateChangeFact)

    def rest_on(self, *facts: Fact) -> None:
        """The sentence being written rests on these facts too."""
        self._resting_on += [fact.number for fact in facts]

    def body(self, key: str) -> str:
        """A body's name: in full with its short form at first use, short afterwards."""
        if key not in self._bodies:
            return "the group"
        fact, said = self._bodies[key]
        self.rest_on(fact)
        article = "the " if words.needs_article(said.name) else ""
        if said.short == said.name:
            return f"{article}{said.name}"
        if said.short[:1].islower():
            first, self._introduced = key not in self._introduced, {*self._introduced, key}
            return f"{article}{said.name}" if first else f"the {said.short}"
        if key in self._introduced:
            bare = said.short in words.SHORT_WITHOUT_ARTICLE or not article
            return said.short if bare else f"the {said.short}"
        self._introduced.add(key)
        return f"{article}{said.name} ({said.short})"

    def verb(self, key: str, one: str, many: str) -> str:
        """The form of a verb that a body takes: the RCR has, the providers have."""
        found = self._bodies.get(key)
        return many if found and found[1].short[:1].islower() else one

    def bodies(self, keys: Iterable[str]) -> str:
        """Several bodies: a, b and c."""
        return words.listed(self.body(key) for key in dict.fromkeys(keys))

    def sentence(self, text: str, *facts: Fact) -> Sentence:
        """A sentence, with the facts given and those its words rested on as they were chosen."""
        return Sentence(text=words.start(text), facts=self._taken(facts))

    def row(self, cells: Iterable[str], *facts: Fact) -> TableRow:
        """A row of a table, likewise."""
        return TableRow(cells=tuple(cells), facts=self._taken(facts))

    def letter_of(self, promise: CommitmentFact) -> str:
        """The date of the letter that made a promise."""
        fact, letter = self.letters[promise.letter]
        self.rest_on(fact)
        return long_date(letter.dated_on)

    def _taken(self, facts: tuple[Fact, ...]) -> tuple[int, ...]:
        numbers = [fact.number for fact in facts] + self._resting_on
        self._resting_on = []
        return tuple(sorted(set(numbers)))


def by_when(item: ItemFact) -> str:
    """When an item is due, never firmer than it was said; empty where no day is known."""
    if item.due_on is None:
        return ""
    if item.due_kind is Kind.SOFT and item.due_words:
        return f"by {long_date(item.due_on)} at the latest"
    return f"by {long_date(item.due_on)}"


def _by_item(sheet: FactSheet, kind: type[S]) -> dict[str, list[tuple[Fact, S]]]:
    found: dict[str, list[tuple[Fact, S]]] = {}
    for fact, said in sheet.of(kind):
        if fact.publish:
            found.setdefault(fact.ref, []).append((fact, said))
    return found
