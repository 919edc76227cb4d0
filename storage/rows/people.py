"""Groups, bodies, posts, people, their dated roles, and the calendar."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import Field

from storage.rows.base import Entry, GroupRowBase, Row, json_column
from storage.types import UtcDateTime


class GroupRow(Row, table=True):
    """A task and finish group."""

    __tablename__ = "task_group"
    key: str = Field(unique=True)
    name: str
    sponsor: str
    ends_on: date
    sample: bool = False
    team_id: str | None = None
    channel_id: str | None = None
    clearance_channel_id: str | None = None
    started_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    created_at: datetime = Field(sa_type=UtcDateTime)


class PolicyRow(Entry, table=True):
    """One dated setting of a group: ladder, digest day, cap, order of clearers, and so on."""

    __tablename__ = "policy"
    name: str
    value: Any = json_column()


class PauseRow(Entry, table=True):
    """The off switch: from `at` until `until_at` or a later resuming entry."""

    __tablename__ = "pause"
    reason: str
    until_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    resumes: bool = False


class BodyRow(GroupRowBase, table=True):
    """An agency, whatever it is called at the time."""

    __tablename__ = "body"
    __table_args__ = (UniqueConstraint("group_id", "key"),)
    key: str
    became_id: int | None = None
    lead_id: int | None = None


class BodyNameRow(Entry, table=True):
    """What a body was called between two days, as its letters spell it."""

    __tablename__ = "body_name"
    body_id: int = Field(foreign_key="body.id")
    name: str
    short: str
    from_on: date | None = None
    until_on: date | None = None


class PostRow(GroupRowBase, table=True):
    """A post in a body, such as the chair of a select committee."""

    __tablename__ = "post"
    __table_args__ = (UniqueConstraint("group_id", "key"),)
    key: str
    body_id: int = Field(foreign_key="body.id")


class PostTitleRow(Entry, table=True):
    """What a post was called between two days, and where letters to it go."""

    __tablename__ = "post_title"
    post_id: int = Field(foreign_key="post.id")
    title: str
    address: list[str] = json_column()
    from_on: date | None = None
    until_on: date | None = None


class PostHolderRow(Entry, table=True):
    """Who held a post between two days; `salutation` is a field because it is never guessed."""

    __tablename__ = "post_holder"
    post_id: int = Field(foreign_key="post.id")
    person_id: int | None = None
    name: str
    salutation: str
    from_on: date | None = None
    until_on: date | None = None


class PersonRow(GroupRowBase, table=True):
    """Somebody in the group, with any number of accounts or none yet."""

    __tablename__ = "person"
    __table_args__ = (UniqueConstraint("group_id", "name"),)
    name: str
    body_id: int = Field(foreign_key="body.id")
    email: str | None = None
    introduced_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    asked_on: date | None = None


class AccountRow(GroupRowBase, table=True):
    """A Slack account of a person; the same account may be a person in several groups.

    From `ended_at` on it is theirs no more, and may be somebody else's.
    """

    __tablename__ = "account"
    __table_args__ = (
        Index(
            "ix_account_standing",
            "group_id",
            "team_id",
            "user_id",
            unique=True,
            postgresql_where=text("ended_at IS NULL"),
            sqlite_where=text("ended_at IS NULL"),
        ),
    )
    person_id: int = Field(foreign_key="person.id", index=True)
    team_id: str = Field(index=True)
    user_id: str
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class PatternRow(Entry, table=True):
    """Where and when a person works: nation, time zone, working weekdays (0 is Monday)."""

    __tablename__ = "working_pattern"
    person_id: int = Field(foreign_key="person.id", index=True)
    nation: str
    zone: str = "Europe/London"
    weekdays: list[int] = json_column()
    title: str | None = None


class RoleRow(Entry, table=True):
    """A role in the group between two days; signatories also carry their lines."""

    __tablename__ = "role"
    person_id: int = Field(foreign_key="person.id", index=True)
    role: str
    from_on: date
    until_on: date | None = None
    title: str | None = None


class CoverRow(Entry, table=True):
    """A person is away between two days; `cover_id` acts as owner, where there is one."""

    __tablename__ = "cover"
    person_id: int = Field(foreign_key="person.id", index=True)
    cover_id: int | None = None
    from_on: date
    until_on: date


class CalendarRow(Entry, table=True):
    """A meeting, a recess, or a holiday added or removed."""

    __tablename__ = "calendar_entry"
    kind: str
    name: str
    nation: str | None = None
    starts_on: date
    ends_on: date | None = None


class CalendarTaskRow(GroupRowBase, table=True):
    """What a change of the calendar touches beyond the first page, seen to by a sweep.

    `replan` finds the next nudges anew for items of these nations' people and of these people,
    `anchors` moves what hangs on an entry. Items up to this owner and number are done.
    """

    __tablename__ = "calendar_task"
    __table_args__ = (
        Index(
            "ix_calendar_task_open",
            "id",
            postgresql_where=text("finished_at IS NULL"),
            sqlite_where=text("finished_at IS NULL"),
        ),
    )
    kind: str
    nations: list[str] = json_column()
    people: list[int] = json_column()
    entry_id: int | None = None
    by_id: int | None = None
    after_owner_id: int = 0
    after_id: int = 0
    made_at: datetime = Field(sa_type=UtcDateTime)
    finished_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
