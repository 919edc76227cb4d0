"""Spreadsheets taken in: what each said, row by row, as digests."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlmodel import Field

from storage.rows.base import GroupRowBase, json_column
from storage.types import UtcDateTime


class SheetRow(GroupRowBase, table=True):
    """A spreadsheet that was imported; `said` holds, by reference and field, digests of its cells.

    By them a later import knows what the file has changed and what was changed on the register.
    """

    __tablename__ = "sheet_import"
    by_id: int | None = None
    sha256: str
    imported_at: datetime = Field(sa_type=UtcDateTime)
    said: Any = json_column()
