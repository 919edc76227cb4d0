"""Runs broken into lines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from bot.rehearsal.picture.pieces import Run
from bot.rehearsal.picture.widths import width

_TOKENS = re.compile(r"\n|[ \t]+|[^ \t\n]+")
_SPARE = 0.97
"""How much of a line is filled, since a reader's font may be wider than the table."""

Line = list[Run]


def run_width(run: Run, size: float) -> float:
    """Pixels of one run."""
    return width(run.text, size=size, bold=run.bold, code=run.code)


def line_width(line: Iterable[Run], size: float) -> float:
    """Pixels of one line."""
    return sum(run_width(run, size) for run in line)


def wrap(runs: Iterable[Run], *, size: float, room: float) -> list[Line]:
    """Lines of `room` pixels at most; a word too long for one is broken. One line at least."""
    filled = _Filled(size=size, room=room * _SPARE)
    gap: Line = []
    for word in _words(runs):
        if word[0].text == "\n":
            filled.new_line()
            gap = []
        elif not word[0].text.strip(" "):
            gap = word
        else:
            filled.add(gap, word)
            gap = []
    return [_merged(line) for line in filled.lines]


class _Filled:
    """Lines filled word by word."""

    def __init__(self, *, size: float, room: float) -> None:
        self.lines: list[Line] = [[]]
        self._size = size
        self._room = room
        self._used = 0.0

    def new_line(self) -> None:
        self.lines.append([])
        self._used = 0.0

    def add(self, gap: Line, word: Line) -> None:
        """The word, after its gap where it does not begin a line."""
        if self.lines[-1] and self._used + line_width([*gap, *word], self._size) > self._room:
            self.new_line()
            gap = []
        for run in [*gap, *word]:
            self._put(run)

    def _put(self, run: Run) -> None:
        """The run whole, or as much of it as fits on this line and each after it."""
        kept = ""
        for char in run.text:
            wide = run_width(replace(run, text=char), self._size)
            if self._used + wide > self._room and (kept or self.lines[-1]):
                if kept:
                    self.lines[-1].append(replace(run, text=kept))
                self.new_line()
                kept = ""
            kept += char
            self._used += wide
        if kept:
            self.lines[-1].append(replace(run, text=kept))


def _words(runs: Iterable[Run]) -> Iterator[Line]:
    """Words, gaps and line breaks; a word may go on from one run into the next."""
    word: Line = []
    for run in runs:
        for token in _TOKENS.findall(run.text):
            if token[0] not in " \t\n":
                word.append(replace(run, text=token))
                continue
            if word:
                yield word
                word = []
            # Only code is set as it was typed.
            blank = token.replace("\t", "    ") if run.code else " "
            yield [replace(run, text=token if token == "\n" else blank)]
    if word:
        yield word


def _merged(line: Line) -> Line:
    """The line with neighbours of one style put together."""
    merged: Line = []
    for run in line:
        if merged and replace(merged[-1], text="") == replace(run, text=""):
            merged[-1] = replace(run, text=merged[-1].text + run.text)
        else:
            merged.append(run)
    return merged
