"""A Deadline: what somebody said of a date, and the days it can mean."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


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


@dataclass(frozen=True, kw_only=True)
class Deadline:
    """A stated date: its words, and the first and last day they can mean.

    A bare day has earliest = latest; "by" has no earliest; a start only is soft with no
    latest. An open one has a null latest and the question to ask back; `at` is the instant
    in UTC where a time of day was said; `moved_from` the old date of a slip.
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
