"""Letters sent and drafted, what they promised and stated, and who was told what."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from storage.rows.base import DeadlineColumns, Entry, GroupRowBase, json_column
from storage.types import UtcDateTime


class LetterRow(GroupRowBase, table=True):
    """A letter, from its first draft to the day it is received and published."""

    __tablename__ = "letter"
    __table_args__ = (UniqueConstraint("group_id", "reference"),)
    audience: str
    reference: str
    number: int
    imported: bool = False
    corrects_id: int | None = None


class LetterEventRow(Entry, table=True):
    """Submitted, cleared, sent, received, published, abandoned: states apart, each dated."""

    __tablename__ = "letter_event"
    letter_id: int = Field(foreign_key="letter.id", index=True)
    event: str
    version_id: int | None = None
    sha256: str | None = None
    note: str = ""


class LetterPartyRow(GroupRowBase, table=True):
    """An addressee or signatory of a sent letter, in the names of its date."""

    __tablename__ = "letter_party"
    letter_id: int = Field(foreign_key="letter.id", index=True)
    kind: str
    position: int
    post_id: int | None = None
    person_id: int | None = None
    name: str
    lines: list[str] = json_column()


class VersionRow(Entry, table=True):
    """One version of a letter: its facts, its text, its hash, and who or what wrote it."""

    __tablename__ = "letter_version"
    __table_args__ = (UniqueConstraint("letter_id", "number"),)
    letter_id: int = Field(foreign_key="letter.id")
    number: int
    as_at: Any = json_column()
    author_kind: str
    facts: str
    letter: str
    findings: Any = json_column()
    sha256: str
    submitted: bool = False
    prompt: str | None = None
    prompt_sha256: str | None = None


class FindingAnswerRow(Entry, table=True):
    """A named person's reason for letting a finding stand."""

    __tablename__ = "finding_answer"
    letter_id: int = Field(foreign_key="letter.id", index=True)
    finding_key: str
    reason: str


class ClearanceRow(Entry, table=True):
    """Somebody cleared, or sent back, one version by its hash; any change voids it."""

    __tablename__ = "clearance"
    __table_args__ = (UniqueConstraint("version_id", "person_id", "role"),)
    version_id: int = Field(foreign_key="letter_version.id")
    person_id: int
    role: str
    sha256: str
    cleared: bool
    reason: str = ""
    evidence_id: int | None = None


class CommitmentRow(GroupRowBase, DeadlineColumns, table=True):
    """What a sent letter promised, in its words; never edited."""

    __tablename__ = "commitment"
    __table_args__ = (UniqueConstraint("group_id", "ref"),)
    letter_id: int = Field(foreign_key="letter.id", index=True)
    ref: str
    words: str
    paragraph: int | None = None
    to_bodies: list[int] = json_column()
    standing: bool = False
    restates_id: int | None = None
    promised_on: date
    recommendations: list[int] = json_column()


class OccurrenceRow(Entry, DeadlineColumns, table=True):
    """One dated occurrence of a standing promise, and the letter that kept it."""

    __tablename__ = "occurrence"
    commitment_id: int = Field(foreign_key="commitment.id", index=True)
    kept_by_letter_id: int | None = None


class CadenceRow(Entry, table=True):
    """How often a standing promise is to be kept, as the chair set it."""

    __tablename__ = "cadence"
    commitment_id: int = Field(foreign_key="commitment.id", index=True)
    rule: Any = json_column()


class LetterDueRow(GroupRowBase, table=True):
    """A letter that has to go by a day, and the days on which each step before it begins.

    `breaks` is the step for which no days were left when it was planned.
    """

    __tablename__ = "letter_due"
    audience: str
    send_on: date
    clear_on: date
    draft_on: date
    updates_on: date
    breaks: str | None = None
    opened_at: datetime = Field(sa_type=UtcDateTime)
    settled_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    letter_id: int | None = Field(default=None, foreign_key="letter.id")


class StatementRow(GroupRowBase, table=True):
    """What a sent letter said is so, with its evidence or none held."""

    __tablename__ = "statement"
    __table_args__ = (UniqueConstraint("letter_id", "ref"),)
    letter_id: int = Field(foreign_key="letter.id")
    ref: str
    words: str
    paragraph: int | None = None
    said_on: date
    evidence_id: int | None = None


class TellingRow(Entry, table=True):
    """One change told to one addressee by one letter; what is not here is untold."""

    __tablename__ = "telling"
    letter_id: int = Field(foreign_key="letter.id", index=True)
    audience: str
    commitment_id: int | None = None
    date_change_id: int | None = None
    item_id: int | None = None
    told: str
    latest_on: date | None = None
    settled: bool = False
