"""What facts say, kind by kind; `bot/domain/facts.py` numbers them and says where they rest."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.domain.deadlines import Kind
from bot.domain.fact_counts import CommitmentCounts, ItemCounts
from bot.domain.register import Delivery, Status


class Position(StrEnum):
    """Where a promise stands, by the items that answer it."""

    COMPLETE = "complete"
    CLAIMED = "reported complete"
    IN_PROGRESS = "in progress"
    NOT_STARTED = "not started"
    NOT_REPORTED = "not reported on"
    PAUSED = "paused"
    WITHDRAWN = "withdrawn"
    NO_ACTION = "no action"
    STANDING = "standing"


@dataclass(frozen=True, kw_only=True)
class GroupFact:
    """The group that reports."""

    name: str
    sponsor: str
    ends_on: date


@dataclass(frozen=True, kw_only=True)
class ReportFact:
    """The report that the letters answer; `matters` says why, a sentence each."""

    title: str
    number: str | None
    published_on: date | None
    published_words: str | None
    publisher: str | None
    matters: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class ContactFact:
    """Whom to write to."""

    words: str


@dataclass(frozen=True, kw_only=True)
class SenderFact:
    """From whom the letter comes: name and address, a line each."""

    lines: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class BodyFact:
    """What a body is called on the letter's date."""

    key: str
    name: str
    short: str


@dataclass(frozen=True, kw_only=True)
class AddresseeFact:
    """A post the letter goes to, and who holds it on the letter's date; null where vacant."""

    post: str
    title: str
    body: str
    address: tuple[str, ...]
    name: str | None
    salutation: str | None


@dataclass(frozen=True, kw_only=True)
class SignatoryFact:
    """Who signs, with title and organisation."""

    name: str
    lines: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class RecommendationFact:
    """A recommendation in the words held as published."""

    words: str
    title: str
    source: str
    page: str | None
    bodies: tuple[str, ...]
    response: str
    confirmed: bool


@dataclass(frozen=True, kw_only=True)
class LetterFact:
    """A letter that has been sent; `ours` where it went to the same audience as this one."""

    reference: str
    audience: str
    number: int
    dated_on: date
    to: tuple[str, ...]
    to_bodies: tuple[str, ...]
    ours: bool


@dataclass(frozen=True, kw_only=True)
class CommitmentFact:
    """A promise in its words, its date, what answers it and where it stands.

    `latest` is the last day the words can mean on any reading; `due_on` the last day of the
    open items that answer it, null where one of them has none. `late` says that the promised
    day is past, `moved` that the date now is later than promised. `kept` are the dates of the
    letters that kept a standing promise, which is for `for_bodies`. `told_settled_on` is when
    this audience was told that it is settled, `told_latest_on` the date it was last told.
    """

    words: str
    letter: str
    promised_on: date
    to: tuple[str, ...]
    deadline_words: str
    deadline_kind: Kind
    earliest: date | None
    latest: date | None
    standing: bool
    restated_on: tuple[date, ...]
    items: tuple[str, ...]
    recommendations: tuple[str, ...]
    position: Position
    late: bool
    moved: bool
    due_on: date | None
    due_words: str | None
    completed_on: date | None
    told_settled_on: date | None
    told_latest_on: date | None
    for_bodies: tuple[str, ...]
    kept: tuple[date, ...]
    kept_by_this: bool
    next_on: date | None


@dataclass(frozen=True, kw_only=True)
class StatementFact:
    """Something a sent letter said is so; `evidence` is its title, null where none is held."""

    words: str
    letter: str
    said_on: date
    evidence: str | None
    verified: bool


@dataclass(frozen=True, kw_only=True)
class ItemFact:
    """An action item: what, whose, how far, by when, and when that was last said.

    `status_on` is when its status was said, `last_word_on` when anything was;
    `said_before_move` says that its status is older than its date.
    """

    title: str
    owner: str
    raised_on: date
    delivery: Delivery
    status: Status | None
    verified: bool
    due_on: date | None
    due_words: str
    due_kind: Kind
    original_on: date | None
    slips: int
    overdue: bool
    completed_on: date | None
    status_on: date | None
    said_before_move: bool
    last_word_on: date | None
    commitments: tuple[str, ...]
    recommendations: tuple[str, ...]
    waits_on: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class EvidenceFact:
    """What shows that an item is complete; `holds` is null while nobody has checked it."""

    item: str
    title: str
    url: str | None
    given_on: date
    checked_on: date | None
    checked_by: str | None
    holds: bool | None


@dataclass(frozen=True, kw_only=True)
class DateChangeFact:
    """A move of a date that was agreed, or still waits (`decided_on` null).

    `reason` is the reason alone, as a letter may give it; `held` says that the register holds
    one, in words that cannot stand in a letter.
    """

    item: str
    old_on: date | None
    new_on: date | None
    new_words: str
    reason: str
    held: bool
    asked_on: date
    decided_on: date | None
    later: bool
    told: bool


@dataclass(frozen=True, kw_only=True)
class SilenceFact:
    """Nothing has been heard of an open item since a day, and how many asked-for words went out."""

    item: str
    since_on: date
    heard_before: bool
    asked: int


@dataclass(frozen=True, kw_only=True)
class BlockerFact:
    """What an item's owner said holds it up; empty and `held` in words no letter can give."""

    item: str
    words: str
    held: bool
    said_on: date


@dataclass(frozen=True, kw_only=True)
class MeetingFact:
    """When the group meets next."""

    meets_on: date


Said = (
    GroupFact
    | ReportFact
    | ContactFact
    | SenderFact
    | BodyFact
    | AddresseeFact
    | SignatoryFact
    | RecommendationFact
    | LetterFact
    | CommitmentFact
    | StatementFact
    | ItemFact
    | EvidenceFact
    | DateChangeFact
    | SilenceFact
    | BlockerFact
    | ItemCounts
    | CommitmentCounts
    | MeetingFact
)
