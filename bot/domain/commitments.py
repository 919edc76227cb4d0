"""What sent letters promised and stated, in their words; never edited, only answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.deadlines import Deadline


@dataclass(frozen=True, kw_only=True)
class Recommendation:
    """A published ask in its published words, of named bodies."""

    id: int
    ref: str
    words: str
    title: str
    source: str
    page: str | None
    bodies: tuple[int, ...]
    confirmed_by: str | None
    confirmed_on: date | None
    response: str = "pending"


@dataclass(frozen=True, kw_only=True)
class Commitment:
    """A promise of a sent letter. A restatement points at the first, which keeps its date.

    A standing promise ("regular updates") has dated occurrences and is never complete.
    """

    id: int
    ref: str
    letter_id: int
    words: str
    deadline: Deadline
    promised_on: date
    to_bodies: tuple[int, ...]
    paragraph: int | None = None
    standing: bool = False
    restates_id: int | None = None
    recommendations: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Statement:
    """Something a sent letter said is so; `evidence_id` null means none held."""

    id: int
    ref: str
    letter_id: int
    words: str
    said_on: date
    evidence_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class Telling:
    """One thing told to one audience by one letter."""

    letter_id: int
    audience: str
    at: datetime
    commitment_id: int | None
    date_change_id: int | None
    item_id: int | None
    told: str
    latest_on: date | None
    settled: bool


@dataclass(frozen=True, kw_only=True)
class SentLetter:
    """A letter that has gone, as the ledger keeps it."""

    id: int
    audience: str
    reference: str
    number: int
    dated_on: date
    addressees: tuple[str, ...]
    signatories: tuple[str, ...]
