"""What guards the register itself: holds, words that were removed, and restored backups."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import Index, text
from sqlmodel import Field

from storage.rows.base import Entry, Row, json_column
from storage.types import UtcDateTime


class HoldRow(Entry, table=True):
    """An inquiry forbids destruction, from `at` until a later entry that releases."""

    __tablename__ = "hold"
    reason: str
    releases: bool = False


class RemovalRow(Entry, table=True):
    """Words that one person asks to remove and another agrees to (rule 7).

    `wanted` holds the words only while the question is open; `marks` are keyed digests of
    them, with which a restored backup finds them again. `erased_at` is when the bytes went.
    """

    __tablename__ = "removal"
    __table_args__ = (
        Index(
            "ix_removal_unfinished",
            "id",
            postgresql_where=text("erased_at IS NULL"),
            sqlite_where=text("erased_at IS NULL"),
        ),
    )
    subject: str
    reason: str
    wanted: Any = json_column(default=None)
    marks: Any = json_column(default=None)
    places: int = 0
    outcome: str = "asked"
    settled_by: int | None = None
    settled_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    removed_on: date | None = None
    erased_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class RestorationRow(Row, table=True):
    """This database came out of a backup: what went out since then is looked up in Slack."""

    __tablename__ = "restoration"
    backup_at: datetime = Field(sa_type=UtcDateTime)
    restored_at: datetime = Field(sa_type=UtcDateTime)
    look_until: datetime | None = Field(default=None, sa_type=UtcDateTime)
