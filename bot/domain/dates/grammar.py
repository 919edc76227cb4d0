"""A small pattern language over tokens, and the matcher that runs tables of rules.

A pattern is elements parted by spaces: `by|until` (one of these words or signs), `<month>`
(a class of tokens, captured), `{day}` (anything a rule of that category reads, captured),
each with `?` when it may be left out (a captured one is then None). A rule's reading is
called with the context and what was captured; None from it says that the rule does not fit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar

from bot.domain.dates.classes import CLASSES, EMPTY, could_be, is_time_word
from bot.domain.dates.context import Context
from bot.domain.dates.tokens import Token
from bot.domain.dates.vocabulary import one_of

Reading = Callable[..., Any]
Entered = TypeVar("Entered", bound=Reading)
Captures = tuple[Any, ...]
# How a text can begin: the words, and the classes, of a first token.
Firsts = tuple[frozenset[str], frozenset[str]]

# Nobody nests deeper than "the end of the second week after Easter" by more than this.
_DEEPEST = 40

# No time is named by these alone.
_LITTLE_WORDS = one_of(
    "the a an of to in on by at for from and or is it be as not no this that was i we they - "
    ", . ( ) / : out has have been can with more right left"
)


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

    def __call__(self, category: str, *patterns: str) -> Callable[[Entered], Entered]:
        """Enter the decorated function under each of these patterns."""

        def enter(reading: Entered) -> Entered:
            for pattern in patterns:
                elements = tuple(_element(part) for part in pattern.split())
                self.table.append(Rule(category, elements, reading))
            return reading

        return enter


@cache
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
        literals = (
            e.words for table in self._categories.values() for r in table for e in r.elements
        )
        self._literals = frozenset[str]().union(*literals)
        self._firsts = self._all_firsts()
        self._beginnings: dict[str, list[tuple[Rule, Firsts]]] = {}
        self._starts: dict[tuple[str, tuple[str, str]], tuple[Rule, ...]] = {}

    def begins(self, words: Sequence[Token]) -> list[bool]:
        """Where a phrase might begin: before a telling word, with only known words between.

        Most of a sentence is neither, and is passed over unread.
        """
        places, near = [False] * len(words), False
        for at in range(len(words) - 1, -1, -1):
            word = words[at]
            if word.kind not in ("word", "sign", "junk") or self._is_known(word):
                near = near or word.low not in _LITTLE_WORDS
                places[at] = near
            else:
                near = False
        return places

    def _is_known(self, word: Token) -> bool:
        return word.low in self._literals or is_time_word(word)

    def marks(self, words: Sequence[Token]) -> list[tuple[str, str]]:
        """What each word is to the rules: itself if any of them knows it, and its kind."""
        return [(word.low if self._is_known(word) else "", word.kind) for word in words]

    def rules(self, category: str, word: Token, mark: tuple[str, str]) -> tuple[Rule, ...]:
        """The rules of a category that a text going on with this word could fit."""
        key = (category, mark)
        known = self._starts.get(key)
        if known is None:
            known = self._starts[key] = tuple(
                rule
                for rule, (first_words, classes) in self._begun(category)
                if word.low in first_words or any(could_be(name, word) for name in classes)
            )
        return known

    def _begun(self, category: str) -> list[tuple[Rule, Firsts]]:
        """The rules of a category with what each can begin with, worked out when first asked."""
        known = self._beginnings.get(category)
        if known is None:
            rules = self._categories[category]
            known = self._beginnings[category] = [(rule, self._firsts_of(rule)) for rule in rules]
        return known

    def _all_firsts(self) -> dict[str, Firsts]:
        """What each category can begin with: its own words, and those of what it begins with."""
        own = {
            category: [_leading(rule) for rule in table]
            for category, table in self._categories.items()
        }
        reached = {
            category: {category, *(name for lead in leads for name in lead.categories)}
            for category, leads in own.items()
        }
        grown = True
        while grown:
            grown = False
            for names in reached.values():
                more = set[str]().union(*(reached[name] for name in names)) - names
                names |= more
                grown = grown or bool(more)
        return {
            category: _union((lead.words, lead.classes) for name in names for lead in own[name])
            for category, names in reached.items()
        }

    def _firsts_of(self, rule: Rule) -> Firsts:
        lead = _leading(rule)
        return _union([(lead.words, lead.classes), *(self._firsts[c] for c in lead.categories)])


@dataclass(frozen=True)
class _Lead:
    """The words, classes and categories that a text of a rule can begin with."""

    words: frozenset[str]
    classes: frozenset[str]
    categories: frozenset[str]


def _leading(rule: Rule) -> _Lead:
    words, classes, categories = frozenset[str](), set[str](), set[str]()
    for element in rule.elements:
        if element.kind == "words":
            words |= element.words
        elif element.kind == "category":
            categories.add(element.name)
        elif element.name not in EMPTY:
            classes.add(element.name)
        if not element.optional and element.name not in EMPTY:
            break
    return _Lead(words, frozenset(classes), frozenset(categories))


def _union(firsts: Iterable[Firsts]) -> Firsts:
    pairs = list(firsts)
    words = frozenset[str]().union(*(words for words, _ in pairs))
    return words, frozenset[str]().union(*(classes for _, classes in pairs))


class Parse:
    """One text being read: what each category makes of each place, worked out once."""

    def __init__(self, grammar: Grammar, words: Sequence[Token], context: Context) -> None:
        self._grammar = grammar
        self._words = words
        self._marks = grammar.marks(words)
        self._context = context
        self._known: dict[tuple[str, int], dict[int, Any]] = {}
        self._depth = 0
        self.effort = 0

    def longest(self, category: str, at: int) -> tuple[int, Any] | None:
        """Where the longest match that starts here ends, and what it means."""
        found = self.ends(category, at)
        if not found:
            return None
        end = max(found)
        return end, found[end]

    def ends(self, category: str, at: int) -> dict[int, Any]:
        """Every end a match from here can have; of two with one end the first rule's stands."""
        if at >= len(self._words):
            return {}
        key = (category, at)
        known = self._known.get(key)
        if known is None:
            # A rule that begins with its own category finds nothing there, so it can't loop.
            known = self._known[key] = {}
            rules = self._grammar.rules(category, self._words[at], self._marks[at])
            if rules and self._depth < _DEEPEST:
                self._depth += 1
                found: dict[int, Any] = {}
                for rule in rules:
                    self._try(rule, at, found)
                self._depth -= 1
                known = self._known[key] = found
        return known

    def _try(self, rule: Rule, at: int, found: dict[int, Any]) -> None:
        for end, captures in self._matches(rule.elements, at):
            if end > at and end not in found:
                value = rule.reading(self._context, *captures)
                if value is not None:
                    found[end] = value

    def _matches(self, elements: Sequence[Element], at: int) -> list[tuple[int, Captures]]:
        """Where the elements can end and what they capture; what takes most comes first."""
        reached: list[tuple[int, Captures]] = [(at, ())]
        for element in elements:
            onward: list[tuple[int, Captures]] = []
            self.effort += len(reached)
            for place, captured in reached:
                self._step(element, place, captured, onward)
            if not onward:
                return onward
            reached = onward
        return reached

    def _step(
        self, element: Element, at: int, captured: Captures, onward: list[tuple[int, Captures]]
    ) -> None:
        if element.kind == "words":
            if at < len(self._words) and self._words[at].low in element.words:
                onward.append((at + 1, captured))
            if element.optional:
                onward.append((at, captured))
            return
        if element.kind == "class":
            taken = self._class(element.name, at)
            if taken is not None:
                onward.append((at + taken[0], (*captured, taken[1])))
        else:
            for end, value in self.ends(element.name, at).items():
                onward.append((end, (*captured, value)))
        if element.optional:
            onward.append((at, (*captured, None)))

    def _class(self, name: str, at: int) -> tuple[int, Any] | None:
        if at < len(self._words):
            return CLASSES[name](self._words, at)
        return (0, True) if name == "whole" else None
