"""Spreadsheets: dropped in Slack, taken in, and asked for; what each said, as keyed digests."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import Field

from storage.rows.base import GroupRowBase, json_column
from storage.types import UtcDateTime


class SheetRow(GroupRowBase, table=True):
    """A spreadsheet that was imported; `said` holds, by reference and field, digests of its cells.

    By them a later import knows what the file has changed and what was changed on the register.
    Each cell's key stands in front of its digest, and the key of the file's own, `sha256`, beside
    it: a removal erases them, and then no guess at a cell or at the file can be tried (rule 7).
    """

    __tablename__ = "sheet_import"
    by_id: int | None = None
    sha256: str
    key: str = ""
    imported_at: datetime = Field(sa_type=UtcDateTime)
    said: Any = json_column()


class SheetWishRow(GroupRowBase, table=True):
    """A spreadsheet that somebody dropped in Slack: where it lies, and how far it has come.

    Its words are kept nowhere: it is fetched anew whenever it is read, and `sha256` says whether
    it is still the file of which `fingerprint` is the report. `due_at` is when to look again.
    """

    __tablename__ = "sheet_wish"
    __table_args__ = (
        UniqueConstraint("source_key"),
        Index(
            "ix_sheet_wish_due",
            "due_at",
            sqlite_where=text("due_at IS NOT NULL"),
            postgresql_where=text("due_at IS NOT NULL"),
        ),
    )
    person_id: int = Field(foreign_key="person.id")
    source_key: str
    team_id: str | None = None
    channel_id: str
    file_id: str
    file_name: str
    at: datetime = Field(sa_type=UtcDateTime)
    state: str
    due_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    tries: int = 0
    reports: int = 0
    sha256: str = ""
    fingerprint: str = ""
    confirmed_by: int | None = None


class ExportWishRow(GroupRowBase, table=True):
    """The register asked for as a file by somebody; `settled_at` once it is owed or refused."""

    __tablename__ = "export_wish"
    person_id: int = Field(foreign_key="person.id")
    form: str
    asked_at: datetime = Field(sa_type=UtcDateTime)
    settled_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
