"""Words that are to go: how they are found again, whole or quoted, and what stands for them.

Texts are compared word by word, so that other punctuation, capitals or line breaks hide
nothing. A long text is known by every run of six of its words, so that a piece of it is found
where only a piece was quoted. What is kept of the words afterwards are keyed digests.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

RUN = 6
"""So many words in a row are no accident."""
TELLING = 3
"""Fewer words than this are looked for only beside what they were said of."""
SHORTEST = 4
"""Characters: anything shorter stands in half the texts there are."""
_WORD = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*")
_PIECE = re.compile(r"[a-z0-9]+")
"""What a word has of plain letters: it stands as it is in every spelling of that word."""
_MARKER = re.compile(r"\[removed on \d{1,2} \w+ \d{4}\]")

_ESCAPE = re.compile(r"\\+u([0-9a-fA-F]{4})")
"""JSON within JSON writes an escape with more than one backslash."""
_PAIR = re.compile(r"\\u[dD][89abAB]")
"""JSON writes what is beyond the first 65,536 characters, letters too, as two halves."""

Words = tuple[str, ...]


def marker(on: date) -> str:
    """What stands where words stood."""
    return f"[removed on {on:%-d %B %Y}]"


def words_of(text: str) -> Words:
    """The words of a text as they are compared."""
    return tuple(_form(found.group()) for found in _WORD.finditer(text))


def _form(word: str) -> str:
    return unicodedata.normalize("NFKC", word).casefold().replace("’", "'")


def repeats(reason: str, texts: Iterable[str]) -> bool:
    """Whether a reason says again what is to go."""
    said = words_of(reason)
    for text in texts:
        gone = words_of(text)
        size = min(len(gone), TELLING)
        runs = set(_runs(gone, size))
        if size and any(run in runs for run in _runs(said, size)):
            return True
    return False


def _runs(words: Words, size: int) -> list[Words]:
    return [words[n : n + size] for n in range(len(words) - size + 1)]


@dataclass(frozen=True, kw_only=True)
class Matcher:
    """Finds words in texts; `known` are their runs by length, as `form` writes a run.

    A `readable` one knows the words themselves, and not only digests of them.
    """

    known: Mapping[int, frozenset[str]]
    form: Callable[[Words], str]
    everywhere: bool = False
    readable: bool = True

    def redact(self, text: str, stands: str, *, near: bool) -> str:
        """The text with `stands` wherever the words were; the same text where they were not."""
        found = [m for m in _WORD.finditer(text) if not _in_marker(text, m.start())]
        forms = tuple(_form(m.group()) for m in found)
        covered: set[int] = set()
        for size, runs in self.known.items():
            if size < TELLING and not (near or self.everywhere):
                continue
            for start in range(len(forms) - size + 1):
                if self.form(forms[start : start + size]) in runs:
                    covered.update(range(start, start + size))
        if not covered:
            return text
        if len(covered) == len(found) and _MARKER.search(text) is None:
            return stands
        for first, last in reversed(_stretches(sorted(covered))):
            text = f"{text[: found[first].start()]}{stands}{text[found[last].end() :]}"
        return text


def _in_marker(text: str, place: int) -> bool:
    return any(m.start() <= place < m.end() for m in _MARKER.finditer(text))


def _stretches(numbers: Sequence[int]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for number in numbers:
        if found and number == found[-1][1] + 1:
            found[-1] = (found[-1][0], number)
        else:
            found.append((number, number))
    return found


def matcher(texts: Iterable[str], *, everywhere: bool = False, whole: bool = False) -> Matcher:
    """A matcher for these texts; `whole` where a piece of one does not count."""
    known: dict[int, set[str]] = {}
    for text in texts:
        words = words_of(text)
        size = len(words) if whole else min(len(words), RUN)
        if size:
            known.setdefault(size, set()).update(" ".join(run) for run in _runs(words, size))
    frozen = {size: frozenset(runs) for size, runs in known.items()}
    return Matcher(known=frozen, form=" ".join, everywhere=everywhere)


class Sieve:
    """Lets through each text, as a database keeps it, in which these matchers might find words.

    It may let more through and never less: a register of a million texts is sieved in seconds,
    and the few that are left are looked at word by word.
    """

    def __init__(self, *matchers: Matcher) -> None:
        self._all = not all(each.readable for each in matchers)
        self._wanted: dict[str, set[Words]] = {}
        for run in (
            () if self._all else {r for m in matchers for rs in m.known.values() for r in rs}
        ):
            first, *others = sorted(set(_PIECE.findall(run)), key=len, reverse=True) or [""]
            self._wanted.setdefault(first, set()).add(tuple(others))

    def passes(self, kept: str) -> bool:
        """Whether the words might stand in it; JSON may be written with or without escapes."""
        if self._all:
            return True
        if "\\u" in kept:
            if _PAIR.search(kept):
                return True
            # As it stands too: what looks like an escape may be what somebody wrote.
            kept = f"{kept} {_ESCAPE.sub(lambda found: chr(int(found[1], 16)), kept)}"
        # Decomposed, an accent stands after its letter and hides none of the letters.
        text = kept if kept.isascii() else unicodedata.normalize("NFKD", kept)
        text = text.casefold()
        return any(
            first in text and any(all(piece in text for piece in others) for others in runs)
            for first, runs in self._wanted.items()
        )


def marks(found: Matcher, *, items: Iterable[int], texts: Iterable[int]) -> dict[str, Any]:
    """Keyed digests of what a matcher knows, as JSON values: enough to find, too little to read."""
    key = secrets.token_hex(32)
    return {
        "key": key,
        "everywhere": found.everywhere,
        "items": sorted(items),
        "texts": sorted(texts),
        "runs": {
            str(size): sorted(_digest(run, key) for run in runs)
            for size, runs in found.known.items()
        },
    }


def from_marks(kept: Mapping[str, Any]) -> Matcher:
    """The matcher that `marks` was given, knowing digests only."""
    key = str(kept["key"])
    return Matcher(
        known={int(size): frozenset(runs) for size, runs in kept["runs"].items()},
        form=lambda run: _digest(" ".join(run), key),
        everywhere=bool(kept["everywhere"]),
        readable=False,
    )


def _digest(run: str, key: str) -> str:
    return hmac.new(bytes.fromhex(key), run.encode(), hashlib.sha256).hexdigest()
