"""The weekdays somebody works, read from words and said in words."""

from __future__ import annotations

import re
from collections.abc import Collection

NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_DAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:days?)?|[mtwfs]\b(?!\w)"
_RANGE = re.compile(rf"\b(?P<first>{_DAY})\s*(?:-|–|to|until|through)\s*(?P<last>{_DAY})\b", re.I)
_ONE = re.compile(rf"\b(?:{_DAY})\b", re.I)
_WEEK = re.compile(r"\b(?:full[\s-]?time|weekdays|every\s+weekday|all\s+week)\b", re.I)
_FILLER = re.compile(r"\b(?:and|on|only|just|every|each|all|day|from)\b|[,;/+&.\s]+", re.I)


def read(text: str) -> frozenset[int] | None:
    """Monday to Wednesday and Friday: {0, 1, 2, 4}. Nothing where anything else is said."""
    found: set[int] = set()

    def span(match: re.Match[str]) -> str:
        first, last = _number(match["first"]), _number(match["last"])
        if first is None or last is None:
            return match[0]
        found.update((first + n) % 7 for n in range((last - first) % 7 + 1))
        return " "

    def one(match: re.Match[str]) -> str:
        number = _number(match[0])
        if number is None:
            return match[0]
        found.add(number)
        return " "

    def week(_match: re.Match[str]) -> str:
        found.update(range(5))
        return " "

    if re.search(r"\bnot\b", text, re.I):
        return None
    left = _ONE.sub(one, _RANGE.sub(span, _WEEK.sub(week, text)))
    return frozenset(found) if found and not _FILLER.sub("", left) else None


def shown(weekdays: Collection[int]) -> str:
    """Monday to Wednesday and Friday."""
    runs: list[list[int]] = []
    for day in sorted(weekdays):
        if runs and runs[-1][-1] == day - 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    parts = [part for run in runs for part in _run(run)]
    *first, last = parts or ["no day"]
    return f"{', '.join(first)} and {last}" if first else last


def _run(run: list[int]) -> list[str]:
    if len(run) < 3:
        return [NAMES[day] for day in run]
    return [f"{NAMES[run[0]]} to {NAMES[run[-1]]}"]


def _number(word: str) -> int | None:
    short = word.casefold()
    fits = [n for n, name in enumerate(NAMES) if name.casefold().startswith(short[:3])]
    return fits[0] if len(fits) == 1 else None
