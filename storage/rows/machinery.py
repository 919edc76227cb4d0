"""What keeps the promise: outbox, what was taken, nudge ledger, waiting, audit chain."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from storage.rows.base import GroupRowBase, Row, json_column
from storage.types import UtcDateTime


class OutboxRow(Row, table=True):
    """One thing owed to Slack, written in the transaction that caused it."""

    __tablename__ = "outbox"
    __table_args__ = (
        Index(
            "ix_outbox_owed",
            "due_at",
            "id",
            postgresql_where=text("state IN ('owed', 'sending')"),
            sqlite_where=text("state IN ('owed', 'sending')"),
        ),
        Index("ix_outbox_place", "channel_id", "ts"),
        Index(
            "ix_outbox_target",
            "target_id",
            postgresql_where=text("target_id IS NOT NULL"),
            sqlite_where=text("target_id IS NOT NULL"),
        ),
    )
    group_id: int | None = Field(default=None, index=True)
    team_id: str | None = None
    key: str = Field(unique=True)
    kind: str
    person_id: int | None = None
    channel_id: str | None = None
    thread_ts: str | None = None
    payload: Any = json_column()
    audience: str = "anyone"
    subject: Any = json_column(default=None)
    state: str = "owed"
    due_at: datetime = Field(sa_type=UtcDateTime)
    created_at: datetime = Field(sa_type=UtcDateTime)
    leased_until: datetime | None = Field(default=None, sa_type=UtcDateTime)
    leased_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    lease: str | None = None
    attempts: int = 0
    ts: str | None = None
    settled_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    error: str | None = None
    target_id: int | None = None
    file_id: str | None = None


class TakenRow(SQLModel, table=True):
    """An incoming thing that has been taken, by its key; never its payload."""

    __tablename__ = "taken"
    key: str = Field(primary_key=True)
    kind: str
    at: datetime = Field(sa_type=UtcDateTime)


class ConversationRow(Row, table=True):
    """A conversation the bot reads, and the last `ts` it has seen there."""

    __tablename__ = "conversation"
    __table_args__ = (UniqueConstraint("team_id", "channel_id"),)
    team_id: str
    channel_id: str
    kind: str
    person_user_id: str | None = None
    seen_ts: str
    read_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class NudgeRow(GroupRowBase, table=True):
    """The ledger: every nudge that came due, with its outcome and its reason."""

    __tablename__ = "nudge"
    __table_args__ = (
        UniqueConstraint("item_id", "plan", "rung"),
        Index("ix_nudge_person", "person_id", "due_on"),
        Index("ix_nudge_outbox", "outbox_id"),
        Index("ix_nudge_decided", "group_id", "decided_at"),
    )
    item_id: int = Field(foreign_key="action_item.id")
    plan: int
    rung: str
    due_on: date
    person_id: int | None = None
    outcome: str
    reason: str = ""
    told_next: bool = False
    told_rung: str | None = None
    outbox_id: int | None = None
    decided_at: datetime = Field(sa_type=UtcDateTime)


class WaitingRow(GroupRowBase, table=True):
    """Something that waits on a person or a role, and its own ladder (rule 6)."""

    __tablename__ = "waiting"
    __table_args__ = (
        Index(
            "ix_waiting_next",
            "next_on",
            postgresql_where=text("settled_at IS NULL"),
            sqlite_where=text("settled_at IS NULL"),
        ),
    )
    kind: str
    subject_id: int
    item_id: int | None = None
    role: str | None = None
    person_id: int | None = None
    payload: Any = json_column(default=None)
    since_at: datetime = Field(sa_type=UtcDateTime)
    rung: int = 0
    next_on: date | None = None
    settled_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    settled_by: int | None = None
    outcome: str | None = None


class AuditRow(GroupRowBase, table=True):
    """One link of a group's audit chain."""

    __tablename__ = "audit"
    __table_args__ = (UniqueConstraint("group_id", "seq"),)
    seq: int
    at: datetime = Field(sa_type=UtcDateTime)
    recorded_at: datetime = Field(sa_type=UtcDateTime)
    by_id: int | None = None
    action: str
    subject: str
    detail: Any = json_column()
    words_digest: str | None = None
    previous: str
    hash: str


class ChainRow(SQLModel, table=True):
    """The head of a group's chain, locked last in every transaction that adds to it."""

    __tablename__ = "audit_head"
    group_id: int = Field(primary_key=True, foreign_key="task_group.id")
    seq: int
    hash: str


class SweepRow(SQLModel, table=True):
    """When a sweep last ran to its end: the heartbeat."""

    __tablename__ = "sweep_run"
    name: str = Field(primary_key=True)
    ran_at: datetime = Field(sa_type=UtcDateTime)
    note: str = ""


class PersonDayRow(SQLModel, table=True):
    """What a person was sent on a day: the one message, and the weekly cap, are counted here."""

    __tablename__ = "person_day"
    person_id: int = Field(primary_key=True)
    day: date = Field(primary_key=True)
    outbox_id: int
