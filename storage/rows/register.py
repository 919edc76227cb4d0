"""The register: recommendations, action items, what was said of them, and its proof."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import Field

from storage.rows.base import DeadlineColumns, Entry, GroupRowBase, json_column
from storage.types import UtcDateTime


class TextRow(GroupRowBase, table=True):
    """Somebody's words, and the key of their digest in the audit chain (rule 7)."""

    __tablename__ = "words"
    body: str
    key: str
    digest: str
    removed_on: date | None = None


class RecommendationRow(GroupRowBase, table=True):
    """A published ask; its words, source and confirmation are dated entries."""

    __tablename__ = "recommendation"
    __table_args__ = (UniqueConstraint("group_id", "ref"),)
    ref: str


class RecommendationWordsRow(Entry, table=True):
    """The published words, a short title, where they stand, to whom, and who confirmed them."""

    __tablename__ = "recommendation_words"
    recommendation_id: int = Field(foreign_key="recommendation.id")
    words: str
    title: str
    source: str
    page: str | None = None
    bodies: list[int] = json_column()
    confirmed_by: str | None = None
    confirmed_on: date | None = None
    response: str = "pending"


class ItemRow(GroupRowBase, DeadlineColumns, table=True):
    """An action item and its position now, kept in columns for lists and sweeps.

    The columns are a copy of what the entries below fold to; `version` rises with every
    change, and a button carries the version it was shown with.
    """

    __tablename__ = "action_item"
    __table_args__ = (
        UniqueConstraint("group_id", "ref"),
        Index(
            "ix_action_item_due_nudge",
            "group_id",
            "next_nudge_on",
            "id",
            postgresql_where=text("next_nudge_on IS NOT NULL"),
            sqlite_where=text("next_nudge_on IS NOT NULL"),
        ),
        Index("ix_action_item_owner", "owner_id", "id"),
        Index(
            "ix_action_item_standing", "group_id", "delivery", "verified", "due_latest_on", "number"
        ),
        Index(
            "ix_action_item_anchored",
            "group_id",
            "id",
            postgresql_where=text("anchored"),
            sqlite_where=text("anchored = 1"),
        ),
    )
    ref: str
    number: int
    raised_on: date
    version: int = 1
    title: str
    owner_id: int = Field(foreign_key="person.id")
    delivery: str = "not_started"
    claimed: str | None = None
    blocked: bool = False
    verified: bool = False
    slips: int = 0
    original_latest_on: date | None = None
    status_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    status_words: str = ""
    anchored: bool = False
    next_nudge_on: date | None = None
    plan: int = 1
    ladder: Any = json_column(default=None)
    letters: Any = json_column(default=None)


class ItemLadderRow(Entry, table=True):
    """The ladder that somebody chose for an item, by name; none where the group's own stands."""

    __tablename__ = "item_ladder"
    item_id: int = Field(foreign_key="action_item.id", index=True)
    ladder: str | None = None


class ItemTermsRow(Entry, table=True):
    """What an item says and whose it is, from `at` on."""

    __tablename__ = "item_terms"
    item_id: int = Field(foreign_key="action_item.id", index=True)
    title: str
    owner_id: int
    supporters: list[int] = json_column()
    accepted_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    publish: bool = True


class ItemLinkRow(Entry, table=True):
    """What an item answers or waits on: a commitment, a recommendation or another item."""

    __tablename__ = "item_link"
    __table_args__ = (Index("ix_item_link_target", "target_id", "kind"),)
    item_id: int = Field(foreign_key="action_item.id", index=True)
    kind: str
    target_id: int


class ItemDeadlineRow(Entry, DeadlineColumns, table=True):
    """An item's Deadline: the original first, then one row a decided change (rule 3)."""

    __tablename__ = "item_deadline"
    item_id: int = Field(foreign_key="action_item.id", index=True)
    original: bool = False
    date_change_id: int | None = None


class UpdateRow(Entry, table=True):
    """What an owner said of an item, when, in what words. Append-only."""

    __tablename__ = "status_update"
    __table_args__ = (Index("ix_status_update_item", "item_id", "id"),)
    item_id: int = Field(foreign_key="action_item.id")
    status: str
    confidence: str | None = None
    completed_on: date | None = None
    percent: int | None = None
    blocker: str | None = None
    ask: str | None = None
    interim_on: date | None = None
    publish: bool = True
    words_id: int | None = None
    channel: str = "slack"
    said_on: date | None = None
    source_key: str | None = Field(default=None, index=True)


class DateChangeRow(Entry, DeadlineColumns, table=True):
    """A request to move a date: the old and the new Deadline, the reason, and who asked."""

    __tablename__ = "date_change"
    item_id: int = Field(foreign_key="action_item.id", index=True)
    old_latest_on: date | None = None
    reason: str = ""
    words_id: int | None = None
    decider: str = "secretariat"


class DateDecisionRow(Entry, table=True):
    """What became of a date change: agreed, refused, asked back or withdrawn."""

    __tablename__ = "date_decision"
    date_change_id: int = Field(foreign_key="date_change.id", index=True)
    decision: str
    write_now: bool = False
    reason: str = ""


class EvidenceRow(Entry, table=True):
    """A link or file that shows completion."""

    __tablename__ = "evidence"
    item_id: int | None = Field(default=None, foreign_key="action_item.id", index=True)
    title: str
    url: str | None = None
    file_sha256: str | None = None
    file_name: str | None = None
    opened_by: str | None = None
    opened_on: date | None = None


class VerificationRow(Entry, table=True):
    """Who, other than the owner, looked at a piece of evidence and what they found (rule 2)."""

    __tablename__ = "evidence_verification"
    evidence_id: int = Field(foreign_key="evidence.id", index=True)
    holds: bool
    reason: str = ""


class RemarkRow(Entry, table=True):
    """Words that change nothing: said by someone who may not change the item (rule 5)."""

    __tablename__ = "remark"
    item_id: int | None = Field(default=None, foreign_key="action_item.id", index=True)
    words_id: int
    answered_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class QuestionRow(Entry, table=True):
    """Something the bot asked back, its two or three answers, and what became of it."""

    __tablename__ = "question"
    person_id: int = Field(foreign_key="person.id", index=True)
    item_id: int | None = None
    words_id: int | None = None
    question: str
    options: Any = json_column()
    answered_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    answer: str | None = None


class ReturnRow(Entry, table=True):
    """A local provider's return on a recommendation for a period, with its evidence."""

    __tablename__ = "provider_return"
    body_id: int = Field(foreign_key="body.id")
    recommendation_id: int = Field(foreign_key="recommendation.id")
    period_from: date
    period_until: date
    answer: str
    words_id: int | None = None
    evidence_id: int | None = None
