"""Times that are only part of a name: the March figures, our Q3 report, the 2022/23 plan."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.dates.terms import Ask, Term, Value
from bot.domain.dates.tokens import Token
from bot.domain.dates.vocabulary import (
    EDGES,
    MONTHS,
    ORDINALS,
    TIME_LEADS,
    UNITS,
    WEEKDAYS,
    one_of,
)

_DETERMINERS = one_of("the our your their its his her this that these last previous")
_PERIODS = frozenset(["quarter", "pair", "dm", "short"])
EVENTS = one_of(
    "committee session sitting sittings round window conference summit workshop hearing seminar "
    "cycle plenary council"
)
# What stands behind a time without being named by it.
_NO_NOUNS = TIME_LEADS | one_of(
    "deadline date target milestone timescale slot onwards onward we i you they he she it there "
    "is are was were will would should could can may might must shall has have had does do did "
    "at the latest earliest please instead then when which who that as but if so because than "
    "if with without hopefully probably tbc subject not only still inclusive each every "
)


def event(words: Sequence[Token], start: int, end: int) -> str | None:
    """The name of which a month, quarter or year from start to end is a part, if it is."""
    if end >= len(words) or words[end].kind != "word" or words[end].low in _NO_NOUNS:
        return None
    first = end
    while first > start and _is_period(words[first - 1]):
        first -= 1
    if first == end or first - start > 3:
        return None
    lead = words[first - 1].low if first else ""
    if lead not in _DETERMINERS or first - 1 < start - 1:
        return None
    return " ".join(word.text for word in words[first : end + 1])


def _is_period(word: Token) -> bool:
    if word.kind == "number":
        return len(word.text) == 4
    return word.kind in _PERIODS or word.low in MONTHS


def asked_for(name: str) -> Ask:
    """An event that has a date, though not one that is known here."""
    return Ask(question=f"When is the {name}, since the date depends on that?")


_PARTS = (
    frozenset(UNITS)
    | frozenset(EDGES)
    | one_of("half halfway midway part third two-thirds rest remainder bulk weekend")
)
_BEGINNINGS = frozenset(UNITS) | frozenset(WEEKDAYS) | frozenset(MONTHS) | {"weekend", "working"}
_ORDINALS = frozenset(name for name in ORDINALS if not name[0].isdigit())
_JOINTS = one_of("of through into")
_BESIDE = one_of("before after following preceding into beyond")


def is_part(words: Sequence[Token], start: int, end: int, stop: int = 0) -> bool:
    """Whether more was said of a time than was read: "the second month of" before "Q1".

    What names a part of a span is not to be taken for the whole. What stands before `stop`
    was read by itself.
    """
    before = words[start - 1].low if start else ""
    two_before = words[start - 2].low if start > 1 else ""
    if before in _JOINTS and two_before in _PARTS:
        return True
    if words[start].low in _BESIDE and start > 0:
        return start == stop or before in _PARTS
    if words[start].low == "on" and before in UNITS:
        return True
    if before in _ORDINALS and words[start].low in _BEGINNINGS:
        return True
    last = words[end - 1]
    named = last.kind == "quarter" or last.low in _BEGINNINGS
    return named and end < len(words) and words[end].low == "of"


def asked_part(value: Value) -> Ask:
    """The question about a part that was not understood, with the whole as the candidate."""
    terms = (value,) if isinstance(value, Term) else value.terms
    return Ask(question="Which part of that time is meant: which day is it?", terms=terms)
