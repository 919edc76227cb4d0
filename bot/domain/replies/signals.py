"""The signals in a piece of text: which rule of the table it meets, and whether it is denied."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.register import Confidence
from bot.domain.replies.manners import NEGATION
from bot.domain.replies.vocabulary import RULES, Meaning

_WORD = re.compile(r"[^\W\d_][\w']*")
_WORDS_BACK = 5
_LETTERS_BACK = 80
_ALONE_AFTER = re.compile(
    r"(?:\b(?:is|not|at|still|now|rag|status|rated|rating|to|turned|gone|stays?|remains?|it's"
    r"|we're|as|on|say"
    r"|currently|overall|that's|says?)\b|[:=]|'s|^)\W*$",
    re.I,
)
_NO_RATING = re.compile(r"\b(?:an?|the|in|of|was|were|been|from|some|painted)\s+$", re.I)
_COLOURS = {
    ("green",): Confidence.GREEN,
    ("amber",): Confidence.AMBER,
    ("red",): Confidence.RED,
    ("amber", "green"): Confidence.AMBER_GREEN,
    ("amber", "red"): Confidence.AMBER_RED,
}
_TRAILING = re.compile(
    r"(?:[\s,.;:!?]+|\s+(?:at the moment|right now|now|still|currently))+$", re.I
)

Span = tuple[int, int]


@dataclass(frozen=True)
class Signal:
    """One match: what it means, where it stands, and what it carries."""

    meaning: Meaning
    span: Span
    words: str | None = None
    percent: int | None = None
    colour: Confidence | None = None


def signals(text: str) -> list[Signal]:
    """The signals of a piece, in the order they stand, none overlapping another."""
    found: list[Signal] = []
    taken = bytearray(len(text))
    for rule in RULES:
        for match in rule.pattern.finditer(text):
            if any(taken[slice(*match.span())]):
                continue
            if rule.meaning is Meaning.COLOUR and not _rates(text, match):
                continue
            meaning = rule.meaning
            if rule.denied and _is_denied(text, match.start(), taken):
                meaning = rule.denied
            found.append(_signal(meaning, match))
            taken[slice(*match.span())] = b"\1" * (match.end() - match.start())
    return sorted(found, key=lambda signal: signal.span)


def _rates(text: str, colour: re.Match[str]) -> bool:
    """Whether a colour is a rating rather than a colour of something."""
    before = text[: colour.start()]
    if _ALONE_AFTER.search(before):
        return True
    return not text[colour.end() :].strip(" .,!?") and not _NO_RATING.search(before)


def _is_denied(text: str, start: int, taken: bytearray) -> bool:
    """Whether a "not" stands within five words before, outside what other rules have taken."""
    words = list(_WORD.finditer(text, max(0, start - _LETTERS_BACK), start))[-_WORDS_BACK:]
    since = words[0].start() if words else start
    return any(not any(taken[slice(*no.span())]) for no in NEGATION.finditer(text, since, start))


def _signal(meaning: Meaning, match: re.Match[str]) -> Signal:
    groups = {name: value for name, value in match.groupdict().items() if value}
    percent = int(groups["percent"]) if "percent" in groups else None
    if "half" in groups:
        percent = 50
    if "quarters" in groups:
        percent = 75
    colour = None
    if "colour" in groups:
        shades = tuple(sorted(set(re.findall("amber|red|green", groups["colour"].casefold()))))
        colour = _COLOURS.get(shades)
        meaning = meaning if colour else Meaning.VAGUE
    named = ("blocker", "b1", "b2", "b3", "who", "w1", "w2", "w3", "ask")
    words = next((tidy(groups[name]) for name in named if name in groups), None)
    if words and meaning in (Meaning.DELEGATE, Meaning.COVER):
        words = words.removesuffix("'s")
    if meaning is Meaning.PARTIAL and percent is not None and percent >= 100:
        complete = re.search("complete|done|finished", match[0], re.I) and percent == 100
        meaning, percent = (Meaning.COMPLETE if complete else Meaning.VAGUE), None
    return Signal(meaning, match.span(), words, percent, colour)


def tidy(words: str) -> str:
    """Words without what trails off."""
    return _TRAILING.sub("", words).strip()


def overlaps(one: Span, other: Span) -> bool:
    """Whether two stretches share a character."""
    return one[0] < other[1] and other[0] < one[1]


def blank(text: str, spans: Sequence[Span]) -> str:
    """The text with these stretches replaced by spaces, its length unchanged."""
    letters = list(text)
    for start, end in spans:
        letters[start:end] = " " * (end - start)
    return "".join(letters)
