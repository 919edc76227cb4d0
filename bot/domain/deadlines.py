"""A Deadline: what somebody said of a date, and the days it can mean."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any


class Kind(StrEnum):
    """How far a Deadline binds: a day, a window still to be made firm, or a question."""

    FIRM = "firm"
    SOFT = "soft"
    OPEN = "open"
    NONE = "none"


class Precision(StrEnum):
    """The unit in which the words name their time."""

    MINUTE = "minute"
    DAY = "day"
    WEEK = "week"
    MONTH_PART = "month-part"
    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    SEASON = "season"
    YEAR = "year"
    NONE = "none"


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """One of the readings that words allow, shown as a button when they are asked back."""

    earliest: date | None
    latest: date | None
    words: str

    def to_json(self) -> dict[str, Any]:
        """Dates in ISO form, or null."""
        return {"earliest": _iso(self.earliest), "latest": _iso(self.latest), "words": self.words}

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Candidate:
        """The inverse of `to_json`."""
        return cls(
            earliest=_day(value.get("earliest")),
            latest=_day(value.get("latest")),
            words=value["words"],
        )


@dataclass(frozen=True, kw_only=True)
class Anchor:
    """An entry of a dated table on which words hang: a meeting, or a recess and its two days."""

    kind: str
    starts_on: date
    ends_on: date | None = None
    name: str = ""


@dataclass(frozen=True, kw_only=True)
class Anchored:
    """What the words hang on, and what it takes to read them again once that has moved."""

    said_on: date
    nation: str
    anchors: tuple[Anchor, ...]


@dataclass(frozen=True, kw_only=True)
class Deadline:
    """A stated date: its words, and the first and last day they can mean.

    A bare day has earliest = latest; "by" has no earliest; a start only is soft with no
    latest. An open one has a null latest and the question to ask back; `at` is the instant
    in UTC where a time of day was said; `moved_from` the old date of a slip; `anchored` says
    which meeting or recess it was read from, and is kept, never printed.
    """

    words: str
    kind: Kind = Kind.NONE
    earliest: date | None = None
    latest: date | None = None
    at: datetime | None = None
    precision: Precision = Precision.NONE
    candidates: tuple[Candidate, ...] = ()
    question: str | None = None
    moved_from: date | None = None
    explanation: str = ""
    anchored: Anchored | None = None

    def to_json(self) -> dict[str, Any]:
        """The object that `understand date` prints: dates in ISO form or null, `at` in UTC."""
        return {
            "words": self.words,
            "kind": self.kind.value,
            "earliest": _iso(self.earliest),
            "latest": _iso(self.latest),
            "at": None if self.at is None else f"{self.at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
            "precision": self.precision.value,
            "candidates": [candidate.to_json() for candidate in self.candidates],
            "question": self.question,
            "moved_from": _iso(self.moved_from),
            "explanation": self.explanation,
        }

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Deadline:
        """The inverse of `to_json`, less what is never printed."""
        at = value.get("at")
        return cls(
            words=value["words"],
            kind=Kind(value["kind"]),
            earliest=_day(value.get("earliest")),
            latest=_day(value.get("latest")),
            at=None if at is None else datetime.fromisoformat(at),
            precision=Precision(value["precision"]),
            candidates=tuple(Candidate.from_json(one) for one in value.get("candidates", ())),
            question=value.get("question"),
            moved_from=_day(value.get("moved_from")),
            explanation=value.get("explanation", ""),
        )

    @classmethod
    def on(cls, day: date, words: str | None = None) -> Deadline:
        """The Deadline that is exactly this day."""
        return cls(
            words=words or long_date(day),
            kind=Kind.FIRM,
            earliest=day,
            latest=day,
            precision=Precision.DAY,
        )


NO_DEADLINE = Deadline(words="")


def long_date(day: date) -> str:
    """31 August 2022: GOV.UK style, no comma, no leading nought, no "st"."""
    return f"{day.day} {day:%B %Y}"


def day_and_date(day: date) -> str:
    """Friday 31 March 2023: how a reading is shown back."""
    return f"{day:%A} {long_date(day)}"


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _day(value: str | None) -> date | None:
    return None if value is None else date.fromisoformat(value)
