"""A text cut into sentences, and those into the pieces that can each say something."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

_SENTENCE = re.compile(r"(?:(?<=[.!?])|(?<=[.!?][)\"']))\s+|\n+")
_JOINT = re.compile(
    r"(,\s*(?:and|but|so|though|although|while)\b|[,;]|\s[-–—]+\s|\s?—\s?|\.{3,}|…|\bbut\b"
    r"|\bhowever\b|\bwhile\b|\bwhereas\b|\balthough\b|\bthough\b|\bbecause\b|\bso\b|\band\b|:\s)",
    re.I,
)
_TIES = re.compile(r"and|&|or", re.I)
_ALL = re.compile(r"(?:.*\s)?(?:all|everything|both)", re.I)
_EXCEPTS = re.compile(r"(?:but|except|apart from|bar|other than|save for|excluding)\b", re.I)


@dataclass(frozen=True)
class Piece:
    """A stretch of a sentence, and the joint (comma, "and", "but") before it."""

    text: str
    joint: str = ""


@dataclass(frozen=True)
class Sentence:
    """A sentence, whether it asks, and its pieces in order."""

    text: str
    asks: bool
    pieces: tuple[Piece, ...]


def sentences(
    text: str, *, speaks: Callable[[str], bool], signals: Callable[[str], bool]
) -> list[Sentence]:
    """The sentences of a text; `speaks` says whether a piece says something by itself.

    What follows an "and" without saying anything of its own belongs to what it follows; so
    does an exception without `signals`, even where it names items ("all done but A-02").
    """
    found = []
    for part in _SENTENCE.split(text):
        words = part.strip()
        if words:
            pieces = _joined(_pieces(words), speaks, signals)
            found.append(Sentence(words, words.rstrip(")\"' ").endswith("?"), tuple(pieces)))
    return found


def _pieces(words: str) -> list[Piece]:
    parts = _JOINT.split(words)
    pieces = [Piece(parts[0].strip())]
    for joint, text in zip(parts[1::2], parts[2::2], strict=True):
        pieces.append(Piece(text.strip(), joint.strip().lower() or joint))
    return [piece for piece in pieces if piece.text]


def _joined(
    pieces: list[Piece], speaks: Callable[[str], bool], signals: Callable[[str], bool]
) -> list[Piece]:
    joined: list[Piece] = []
    for piece in pieces:
        exception = piece.joint.endswith("but") or _EXCEPTS.match(piece.text)
        tied = is_tie(piece.joint) and not speaks(piece.text)
        opens = joined and _ALL.fullmatch(joined[-1].text) and piece.joint.endswith("but")
        if joined and (tied or opens or (exception and not signals(piece.text))):
            last = joined.pop()
            piece = Piece(f"{last.text} {piece.joint} {piece.text}", last.joint)
        joined.append(piece)
    return joined


def is_tie(joint: str) -> bool:
    """Whether a joint binds what it joins into one list ("and", "or", "&")."""
    return _TIES.fullmatch(joint) is not None
