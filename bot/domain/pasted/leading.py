"""Whom a sentence begins with: "Priya to …", "RCR: …", "(PN) …", "Tom, with Aisha, to …"."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from bot.domain.pasted import naming
from bot.domain.pasted.values import Named, Reading
from bot.domain.pasted.words import begins_with_verb

_DOES = re.compile(
    r"\s+(?:(?:has|have)\s+)?(?:agreed\s+to|is\s+to|are\s+to|to|will|shall|should|must|would"
    r"|undertook\s+to|offered\s+to|volunteered\s+to)(?:,\s*|\s+)"
)
_AFTER = re.compile(r"\s*:\s+|\s+[–—-]+\s+|\s*[–—]\s*")
_IN_BRACKETS = re.compile(r"[(\[]?(?P<who>[^()\[\]]{1,60})[)\]]\s*[:–—-]*\s*(?P<what>\S.*)", re.S)
_PREAMBLE = re.compile(
    r"(?:it\s+was|the\s+(?:group|meeting|committee|board|chair)|members)\s+"
    r"(?:agreed|resolved|decided|asked)\s+that\s+(?:the\s+)?",
    re.I,
)
_WITH = re.compile(
    r"\s*[,(]?\s*\b(?:supported\s+by|with\s+(?:the\s+)?(?:support|help|input|assistance)\s+"
    r"(?:of|from)|working\s+with|assisted\s+by|with)\s+",
    re.I,
)
_FIRST = re.compile(r"(?P<first>.+?)(?:\s+and\s+|\s*[,/&]\s*)")
_LONGEST = 120


@dataclass(frozen=True, kw_only=True)
class Led:
    """Who a sentence begins with, who helps, and what remains of it."""

    owner: tuple[Named, ...]
    supporters: tuple[Named, ...] = ()
    rest: str


def led(text: str, reading: Reading) -> Led | None:
    """Whom a sentence begins with; nothing where it begins with nobody."""
    within = _IN_BRACKETS.match(text)
    if within and (who := naming.names(within["who"], reading)):
        return Led(owner=who, rest=within["what"])
    preamble = _PREAMBLE.match(text)
    text = text[preamble.end() :] if preamble else text
    for at in _DOES.finditer(text):
        found = _before(text[: at.start()], text[at.end() :], reading)
        if found is not None:
            return found
    for at in reversed(list(_AFTER.finditer(text))):
        found = _before(text[: at.start()], text[at.end() :], reading, loosely=False)
        if found is not None:
            return found
    return None


def helped(words: str, reading: Reading) -> Led | None:
    """ "Priya Nair, with Tom Adeyemi": the owner and who helps; nothing where nobody does."""
    at = _WITH.search(words)
    if at is None:
        return None
    first = words[: at.start()]
    if first.count("(") > first.count(")"):
        first = f"{first})"
    owner = naming.names(first, reading, unknown=True)
    others = naming.names(words[at.end() :].rstrip(" ,)"), reading, unknown=True)
    return Led(owner=owner, supporters=others, rest="") if owner and others else None


def without(text: str, owner: tuple[Named, ...], reading: Reading) -> str:
    """A text without the name it begins with, where that is the owner who is known already."""
    found = led(text, reading)
    same = found is not None and owner and found.owner[0].people == owner[0].people
    return found.rest if same and found is not None else text


def _before(words: str, rest: str, reading: Reading, *, loosely: bool = True) -> Led | None:
    """Those whose names these words are, before the rest of a sentence."""
    if not rest or len(words) > _LONGEST:
        return None
    if found := helped(words, reading):
        return replace(found, rest=rest)
    doing = begins_with_verb(rest.removeprefix("to ").removeprefix("please "))
    unknown = doing and not begins_with_verb(words)
    who = naming.names(words, reading, unknown=unknown)
    if who:
        return Led(owner=who, rest=rest)
    first = _FIRST.match(words)
    if not (loosely and doing and first):
        return None
    who = naming.names(first["first"], reading)
    return Led(owner=(_partly(who[0], words),), rest=rest) if len(who) == 1 else None


def _partly(named: Named, words: str) -> Named:
    """ "Tom Ashby and college colleagues": the one known is proposed, and asked."""
    question = f"“{words}”: choose the one who owns it."
    return Named(words=words, people=named.people, question=question)
