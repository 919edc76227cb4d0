"""The pieces of one sentence given to the items they are about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.domain.replies import strange
from bot.domain.replies.clauses import Piece, Sentence, is_tie
from bot.domain.replies.manners import CONDITION, DOUBT, FUTURE, HARD_CONDITION, NEGATION
from bot.domain.replies.selection import Asked, Named
from bot.domain.replies.signals import Signal, Span, blank, signals
from bot.domain.replies.vocabulary import Meaning

_RELATIVE = re.compile(r"(?:which|that|it|those|these|who)\b", re.I)
_WORD = re.compile(r"[^\W\d_][\w']*")
_LISTING = frozenset(
    re.findall(
        r"\S+",
        """
    and the of for on in my our as well too also a an is are s with to its
""",
    )
)
_UNTIL = re.compile(r"\b(?:until|till|once)\b", re.I)
_WORDS = re.compile(r"[^\W\d_]")


@dataclass
class Part:
    """A piece that says something: its items (none: not known), and what the rest adds to it."""

    text: str
    items: tuple[str, ...]
    named: tuple[Span, ...] = ()
    explicit: bool = False
    held: bool = False
    conditional: bool = False
    doubted: bool = False
    asks: bool = False


@dataclass
class Assigned:
    """The parts of a sentence, the words that say nothing, and references nobody asked about."""

    parts: list[Part] = field(default_factory=list)
    silent: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)
    unsure: list[str] = field(default_factory=list)


@dataclass
class Thread:
    """What a message has spoken of so far: items in order, and whether a foreign one was last."""

    mentioned: list[str] = field(default_factory=list)
    last: tuple[str, ...] = ()
    astray: bool = False


@dataclass(frozen=True)
class _Heard:
    piece: Piece
    found: tuple[Signal, ...]
    named: Named
    dated: bool

    @property
    def speaks(self) -> bool:
        return bool(self.found) or self.dated


def named_outside(
    text: str, found: Sequence[Signal], asked: Asked, mentioned: Sequence[str]
) -> Named:
    """The items named in a text, but for those inside a blocker's own words."""
    inside = [
        (signal.span[1] - len(signal.words), signal.span[1])
        for signal in found
        if signal.meaning in (Meaning.BLOCKED, Meaning.ASK) and signal.words
    ]
    return asked.named(blank(text, inside), mentioned)


def assign(sentence: Sentence, asked: Asked, thread: Thread, *, dated: Sequence[bool]) -> Assigned:
    """Give each piece that speaks its items: its own, those listed before it, or the last ones.

    `dated` says of each piece whether a date stands in it; `thread` is carried on.
    """
    heard = _hear(sentence, asked, thread, dated)
    result = Assigned(foreign=[ref for one in heard for ref in one.named.foreign])
    pending: list[str] = []
    for place, one in enumerate(heard):
        if one.named.foreign and not one.named.items:
            _stray(one, result, thread)
            pending = []
            continue
        if one.named.items:
            thread.astray = False
        if not one.speaks:
            _silent(one, heard[place + 1 :], result, pending)
            continue
        own = [*pending, *one.named.items]
        if not own and place and _RELATIVE.match(one.piece.text):
            own += heard[place - 1].named.left_out
        items = tuple(dict.fromkeys(own)) or thread.last or _only(asked)
        pending = []
        if thread.astray:
            continue
        if own:
            thread.last = tuple(dict.fromkeys(own))
        result.parts.append(Part(one.piece.text, items, one.named.spans, bool(own)))
    if pending and (sentence.asks or result.parts):
        result.unsure += pending
    elif pending:
        thread.last = tuple(pending)
    _qualify(result, heard, asks=sentence.asks)
    return result


def _hear(sentence: Sentence, asked: Asked, thread: Thread, dated: Sequence[bool]) -> list[_Heard]:
    """Each piece with its signals and names; "the rest" is settled once all else is known."""
    found = [tuple(signals(piece.text)) for piece in sentence.pieces]
    for piece, made in zip(sentence.pieces, found, strict=True):
        named = named_outside(piece.text, made, asked, thread.mentioned)
        if not named.relative:
            thread.mentioned += [ref for ref in named.items if ref not in thread.mentioned]
    heard = []
    for piece, made, has_date in zip(sentence.pieces, found, dated, strict=True):
        named = named_outside(piece.text, made, asked, thread.mentioned)
        heard.append(_Heard(piece, made, named, has_date))
    thread.mentioned += [ref for one in heard for ref in one.named.items]
    return heard


def _stray(one: _Heard, result: Assigned, thread: Thread) -> None:
    """A piece about what nobody asked: what follows without a name is about that too.

    "Done: A-99" is about what it ends with, never about the only item asked.
    """
    if not one.speaks and only_names(one.piece.text, one.named):
        result.parts = [part for part in result.parts if part.explicit]
    thread.astray, thread.last = True, ()


def only_names(text: str, named: Named) -> bool:
    """Whether a text names items that nobody asked about, and says nothing else."""
    left = _WORD.findall(blank(text, named.spans))
    known = _LISTING | strange.LEADS
    return bool(named.foreign) and not named.items and all(w.casefold() in known for w in left)


def _only(asked: Asked) -> tuple[str, ...]:
    return tuple(asked.refs) if len(asked.refs) == 1 else ()


def _silent(one: _Heard, rest: Sequence[_Heard], result: Assigned, pending: list[str]) -> None:
    """A piece without a signal lists items for what follows or what went before, or is a remark."""
    if not one.named.items:
        if _WORDS.search(one.piece.text):
            result.silent.append(one.piece.text)
        return
    left = blank(one.piece.text, one.named.spans)
    if any(word.casefold() not in _LISTING for word in _WORD.findall(left)):
        if NEGATION.search(left):
            result.unsure += one.named.items
        else:
            result.silent.append(one.piece.text)
        return
    following = rest[0] if rest else None
    backwards = bool(result.parts) and is_tie(one.piece.joint)
    if following and (not backwards or is_tie(following.piece.joint)):
        pending += one.named.items
    elif backwards:
        last = result.parts[-1]
        last.items = tuple(dict.fromkeys([*last.items, *one.named.items]))
    else:
        pending += one.named.items


def _qualify(result: Assigned, heard: Sequence[_Heard], *, asks: bool) -> None:
    """What one piece denies, conditions or doubts bears on the others about the same items."""
    texts = [
        (one, blank(one.piece.text, [signal.span for signal in one.found] + list(one.named.spans)))
        for one in heard
    ]
    last = heard[-1].named.items if heard else ()
    for part in result.parts:
        part.asks = asks and (not last or bool(set(last) & set(part.items)))
        for one, left in texts:
            elsewhere = one.named.items and not set(one.named.items) & set(part.items)
            if one.piece.text == part.text or elsewhere:
                continue
            if CONDITION.search(left) or NEGATION.search(left) or FUTURE.search(left):
                part.held = True
            if any(signal.meaning.name.startswith("NOT_") for signal in one.found):
                part.held = True
            if HARD_CONDITION.search(_UNTIL.sub(" ", left) if one.dated else left):
                part.conditional = True
            if not one.speaks and DOUBT.search(left):
                part.doubted = True
