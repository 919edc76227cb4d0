"""What rows share: identity, the group, both clocks, and how one entry answers another."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlmodel import Field, SQLModel

from storage.types import JsonType, UtcDateTime

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}
SQLModel.metadata.naming_convention = NAMING


class Row(SQLModel):
    """A numbered row."""

    id: int | None = Field(default=None, primary_key=True)


class GroupRowBase(Row):
    """A row of one group."""

    group_id: int = Field(foreign_key="task_group.id", index=True)


class Entry(GroupRowBase):
    """Something that was so from `at`, and that the register has known since `recorded_at`.

    Entries are only ever added. One that `supersedes_id` another stands in its place; one
    that also `retracts` only takes it away. `by_id` is the person, null for the bot itself.
    """

    at: datetime = Field(sa_type=UtcDateTime)
    recorded_at: datetime = Field(sa_type=UtcDateTime)
    by_id: int | None = Field(default=None)
    supersedes_id: int | None = Field(default=None)
    retracts: bool = Field(default=False)


class DeadlineColumns(SQLModel):
    """A Deadline in columns; `deadline_json` keeps it whole, candidates and question too."""

    due_words: str = Field(default="")
    due_kind: str = Field(default="none")
    due_earliest_on: date | None = Field(default=None)
    due_latest_on: date | None = Field(default=None)
    due_precision: str = Field(default="none")
    deadline_json: str = Field(default="{}")


def json_column(**kwargs: Any) -> Any:
    """A JSON column: JSONB on PostgreSQL; one with a default of None may be null."""
    nullable = "default" in kwargs and kwargs["default"] is None
    return Field(sa_type=JsonType, nullable=nullable, **kwargs)
