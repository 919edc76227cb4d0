"""Lists of actions that somebody pasted, until each proposal has been settled."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from storage.rows.base import GroupRowBase, json_column
from storage.types import UtcDateTime


class PastedListRow(GroupRowBase, table=True):
    """A pasted list; its words are in `words_id`, and are read anew whenever they are shown.

    `settled` says by the line a proposal begins on which item it became, or null: left out.
    """

    __tablename__ = "pasted_list"
    __table_args__ = (UniqueConstraint("group_id", "source_key"),)
    person_id: int = Field(foreign_key="person.id")
    words_id: int = Field(foreign_key="words.id")
    source_key: str
    read_on: date
    at: datetime = Field(sa_type=UtcDateTime)
    settled: Any = json_column()
