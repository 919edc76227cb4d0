"""A small pattern language over tokens, and the matcher that runs tables of rules.

A pattern is elements parted by spaces: `by|until` (one of these words or signs), `<month>`
(a class of tokens, captured), `{day}` (anything a rule of that category reads, captured),
each with `?` when it may be left out (a captured one is then None). A rule's reading is
called with the context and what was captured; None from it says that the rule does not fit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from bot.domain.dates.classes import CLASSES, is_time_word
from bot.domain.dates.context import Context
from bot.domain.dates.tokens import Token

Reading = Callable[..., Any]
Captures = tuple[Any, ...]

# Nobody nests deeper than "the end of the second week after Easter" by more than this.
_DEEPEST = 40


@dataclass(frozen=True)
class Element:
    """One place of a pattern."""

    kind: str
    words: frozenset[str]
    name: str
    optional: bool


@dataclass(frozen=True)
class Rule:
    """A pattern of a category, and what it means."""

    category: str
    elements: tuple[Element, ...]
    reading: Reading


class Rules:
    """A table of rules, filled by decorating the functions that read them."""

    def __init__(self) -> None:
        self.table: list[Rule] = []

    def __call__(self, category: str, *patterns: str) -> Callable[[Reading], Reading]:
        """Enter the decorated function under each of these patterns."""

        def enter(reading: Reading) -> Reading:
            for pattern in patterns:
                elements = tuple(_element(part) for part in pattern.split())
                self.table.append(Rule(category, elements, reading))
            return reading

        return enter


def _element(part: str) -> Element:
    optional = len(part) > 1 and part.endswith("?")
    body = part[:-1] if optional else part
    if body.startswith("<") and body.endswith(">"):
        return Element("class", frozenset(), body[1:-1], optional)
    if body.startswith("{") and body.endswith("}"):
        return Element("category", frozenset(), body[1:-1], optional)
    return Element("words", frozenset(body.split("|")), "", optional)


class Grammar:
    """All the tables as one, sorted by category."""

    def __init__(self, *tables: Rules) -> None:
        self._categories: dict[str, list[Rule]] = {}
        for rule in (rule for table in tables for rule in table.table):
            self._categories.setdefault(rule.category, []).append(rule)
        self._firsts = {
            category: frozenset[str]().union(*(rule.elements[0].words for rule in table))
            for category, table in self._categories.items()
        }
        literals = (
            e.words for table in self._categories.values() for r in table for e in r.elements
        )
        self._literals = frozenset[str]().union(*literals)
        self._starts: dict[tuple[str, str], list[Rule]] = {}

    def may_begin(self, word: Token) -> bool:
        """Whether any phrase could begin with this word; most words of a sentence can't."""
        if word.kind not in ("word", "sign", "junk"):
            return True
        return word.low in self._literals or is_time_word(word)

    def rules(self, category: str, word: str) -> list[Rule]:
        """The rules of a category that a text going on with this word could fit."""
        key = (category, word if word in self._firsts[category] else "")
        known = self._starts.get(key)
        if known is None:
            known = [rule for rule in self._categories[category] if _may_start(rule, key[1])]
            self._starts[key] = known
        return known


def _may_start(rule: Rule, word: str) -> bool:
    first = rule.elements[0]
    return first.kind != "words" or first.optional or word in first.words


class Parse:
    """One text being read: what each category makes of each place, worked out once."""

    def __init__(self, grammar: Grammar, words: Sequence[Token], context: Context) -> None:
        self._grammar = grammar
        self._words = words
        self._context = context
        self._known: dict[tuple[str, int], dict[int, Any]] = {}
        self._depth = 0

    def longest(self, category: str, at: int) -> tuple[int, Any] | None:
        """Where the longest match that starts here ends, and what it means."""
        found = self.ends(category, at)
        if not found:
            return None
        end = max(found)
        return end, found[end]

    def ends(self, category: str, at: int) -> dict[int, Any]:
        """Every end a match from here can have; of two with one end the first rule's stands."""
        key = (category, at)
        known = self._known.get(key)
        if known is None:
            # A rule that begins with its own category finds nothing there, so it can't loop.
            self._known[key] = {}
            known = {}
            if at < len(self._words) and self._depth < _DEEPEST:
                self._depth += 1
                for rule in self._grammar.rules(category, self._words[at].low):
                    self._try(rule, at, known)
                self._depth -= 1
            self._known[key] = known
        return known

    def _try(self, rule: Rule, at: int, found: dict[int, Any]) -> None:
        for end, captures in self._match(rule.elements, 0, at, ()):
            if end > at and end not in found:
                value = rule.reading(self._context, *captures)
                if value is not None:
                    found[end] = value

    def _match(
        self, elements: Sequence[Element], place: int, at: int, captured: Captures
    ) -> Iterator[tuple[int, Captures]]:
        if place == len(elements):
            yield at, captured
            return
        element = elements[place]
        for end, values in self._element(element, at):
            yield from self._match(elements, place + 1, end, captured + values)
        if element.optional:
            left_out = () if element.kind == "words" else (None,)
            yield from self._match(elements, place + 1, at, captured + left_out)

    def _element(self, element: Element, at: int) -> Iterator[tuple[int, Captures]]:
        if at >= len(self._words):
            if element.name == "whole":
                yield at, (True,)
            return
        if element.kind == "words":
            if self._words[at].low in element.words:
                yield at + 1, ()
        elif element.kind == "class":
            taken = CLASSES[element.name](self._words, at)
            if taken is not None:
                yield at + taken[0], (taken[1],)
        else:
            for end, value in self.ends(element.name, at).items():
                yield end, (value,)
