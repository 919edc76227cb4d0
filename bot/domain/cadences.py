"""How often a standing promise is kept: every so many months, or on days that are named."""

from __future__ import annotations

import calendar
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.domain.errors import UserError

MOST = 60
"""Occurrences that are entered at once; nobody looks further ahead."""
MONTHS = {
    "monthly": 1,
    "every month": 1,
    "bimonthly": 2,
    "quarterly": 3,
    "every quarter": 3,
    "once a quarter": 3,
    "four times a year": 3,
    "three times a year": 4,
    "twice a year": 6,
    "twice yearly": 6,
    "half-yearly": 6,
    "six-monthly": 6,
    "annually": 12,
    "yearly": 12,
    "every year": 12,
    "once a year": 12,
}
_WORDS = "one two three four five six seven eight nine ten eleven twelve"
_NUMBERS = {word: number for number, word in enumerate(_WORDS.split(), start=1)}
_EVERY = re.compile(r"every\s+(?P<number>\d{1,2}|[a-z]+)\s+months?", re.I)
_STARTING = re.compile(r"[,;]?\s*\b(?:from|starting|first(?:\s+on)?)\s+(?P<rest>.+)$", re.I | re.S)


class NoCadenceError(UserError):
    """Words that say no cadence."""


@dataclass(frozen=True, kw_only=True)
class Cadence:
    """Every `months` months, first on `first_on`; or on these `days`, and no other."""

    months: int | None = None
    first_on: date | None = None
    days: tuple[date, ...] = ()

    @property
    def words(self) -> str:
        """For people."""
        if self.months is None:
            return f"on {len(self.days)} named day{'' if len(self.days) == 1 else 's'}"
        named = {1: "every month", 3: "every quarter", 6: "twice a year", 12: "once a year"}
        return named.get(self.months, f"every {self.months} months")

    def occurrences(self, *, after: date, until: date) -> list[date]:
        """The days after one day and up to another, the nearest first, `MOST` at most."""
        if self.months is None or self.first_on is None:
            return [day for day in self.days if after < day <= until][:MOST]
        found: list[date] = []
        number = 0
        while (day := months_later(self.first_on, number * self.months)) <= until:
            if day > after:
                found.append(day)
            if len(found) == MOST:
                break
            number += 1
        return found

    def to_json(self) -> dict[str, Any]:
        """As it is stored."""
        return {
            "months": self.months,
            "first_on": self.first_on.isoformat() if self.first_on else None,
            "days": [day.isoformat() for day in self.days],
        }

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Cadence:
        """The inverse of `to_json`."""
        first = value.get("first_on")
        return cls(
            months=value.get("months"),
            first_on=date.fromisoformat(first) if first else None,
            days=tuple(date.fromisoformat(day) for day in value.get("days", ())),
        )


def every(months: int, *, first_on: date) -> Cadence:
    """Every so many months from a day on. Raises NoCadenceError."""
    if not 1 <= months <= 24:
        raise NoCadenceError("A cadence is between every month and every 24 months.")
    return Cadence(months=months, first_on=first_on)


def on_days(days: Sequence[date], *, today: date) -> Cadence:
    """On these days. Raises NoCadenceError where none is to come."""
    if not any(day > today for day in days):
        raise NoCadenceError("Name at least one day that is still to come.")
    return Cadence(days=tuple(sorted(set(days))))


def months_of(words: str) -> int | None:
    """How many months lie between two occurrences, as words say it; nothing where none do."""
    plain = " ".join(words.casefold().replace("–", "-").split()).strip(" .")
    if plain in MONTHS:
        return MONTHS[plain]
    found = _EVERY.fullmatch(plain)
    if found is None:
        return None
    said = found["number"]
    return int(said) if said.isdigit() else _NUMBERS.get(said)


def split(words: str) -> tuple[str, str]:
    """How often, and from when: "quarterly from 31 July 2022"."""
    found = _STARTING.search(words)
    return (words[: found.start()].strip(), found["rest"].strip()) if found else (words.strip(), "")


def months_later(day: date, months: int) -> date:
    """The same day some months later, or the last of a month that is too short for it."""
    index = day.month - 1 + months
    year, month = day.year + index // 12, index % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))
