""" "Ask me again on 12 June": a wish about being asked, which says nothing of the work itself."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from bot.domain.calendars import Nation
from bot.domain.replies.dating import dates_in

_REFERENCE = re.compile(r"\b[A-Za-z]{1,3}-\d{1,4}\b")
_LEAD = re.compile(
    r"(?:\b(?:and|so|but|please|pls|then|can you|could you|would you|you can|just)\b|[\s,;:–—-])+$",
    re.I,
)
_ABOUT = r"(?:\s+about\s+(?:it|this|that|them|these|[a-z]{1,3}-\d{1,4}))?"
_AGAIN = re.compile(
    r"(?:\b(?:ask|remind|nudge|chase|prompt|ping|poke|message|write\s+to)\s+me\b"
    + _ABOUT
    + r"(?:\s+(?:again|back))?"
    + _ABOUT
    + r"|\b(?:check\s+(?:in|back)|come\s+back|get\s+back)\s+(?:with|to)\s+me"
    + r"(?:\s+again)?"
    + _ABOUT
    + r"|\bask\s+again"
    + _ABOUT
    + r"|\bsnooze(?:d|s)?(?:\s+(?:it|this|that|me|[a-z]{1,3}-\d{1,4}))?)"
    + r"(?:\s+(?:on|until|till|to))?(?=[\s,])",
    re.I,
)
_END = re.compile(r"[.;!?](?=\s|$)|\n")
_FOR = re.compile(r"^\s*(for)\b", re.I)
"""To be left for two weeks is to be asked in two weeks."""
_LEADING, _FOLLOWING, _MANY = 60, 80, 20
"""Characters looked at before a wish and after it, and wishes looked for in one text."""
_NEAR = 12
"""Characters between the wish and its day at most: "on the", "around"."""


_MANNERS = re.compile(r"\W*(?:(?:please|pls|thanks|thank you|thx|ta|cheers|then)\W*)*", re.I)


@dataclass(frozen=True)
class AskAgain:
    """A wish to be asked again: about which items, if it says, and on which day, if it does."""

    refs: tuple[str, ...]
    on: date | None
    words: str


def cut(text: str, *, on: date, nation: Nation) -> tuple[str, tuple[AskAgain, ...]]:
    """What a text says besides, and the wishes in it.

    A wish is about the items that its own sentence names. What only sounds like one, because no
    day follows ("they ask me again and again"), stays where it is.
    """
    kept, wishes, at = "", [], 0
    for _number in range(_MANY):
        if (found := _AGAIN.search(text, at)) is None:
            break
        rest = _END.split(text[found.end() : found.end() + _FOLLOWING], maxsplit=1)[0]
        rest = _FOR.sub(lambda m: m[0].replace(m[1], "in "), rest)
        dated = next(iter(dates_in(rest, on=on, nation=nation, current=None)), None)
        if dated is None or dated.span[0] > _NEAR:
            kept += text[at : found.end()]
            at = found.end()
            continue
        stop = found.end() + dated.span[1]
        day = dated.deadline.earliest or dated.deadline.latest
        refs = tuple(_REFERENCE.findall(_sentence(text, found.start(), stop)))
        wishes.append(AskAgain(refs, day, text[found.start() : stop].strip(" ,;:-")))
        before = text[at : found.start()]
        kept += before[:-_LEADING] + _LEAD.sub("", before[-_LEADING:])
        at = stop
    return (kept + text[at:]).strip() if wishes else text, tuple(wishes)


def only_manners(text: str) -> bool:
    """Whether nothing but a please or a thank-you is left of a text."""
    return _MANNERS.fullmatch(text) is not None


def _sentence(text: str, start: int, stop: int) -> str:
    """The sentence around a wish, with the reference that it names itself."""
    before = max((m.end() for m in _END.finditer(text, 0, start)), default=0)
    return text[before:stop]
