"""Facts of a group that hold between two days: added, and taken back, never edited."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import Session, col

from bot.domain.people import BodyName, RoleHeld
from bot.domain.posts import PostHolder, PostTitle
from storage import entries
from storage.rows import BodyNameRow, CalendarRow, ItemLinkRow, PostHolderRow, PostTitleRow, RoleRow
from storage.rows.base import Entry


@dataclass(frozen=True, kw_only=True)
class CalendarDay:
    """A `meeting`, a `recess` (to `ends_on`, the day of return), `holiday_added` or `_removed`."""

    kind: str
    name: str
    starts_on: date
    ends_on: date | None = None
    nation: str | None = None


@dataclass(frozen=True, kw_only=True)
class ItemLink:
    """An item answers a `commitment` or `recommendation`, or `waits_on` another item."""

    item_id: int
    kind: str
    target_id: int


Dated = BodyName | PostTitle | PostHolder | RoleHeld | CalendarDay | ItemLink


def add(session: Session, value: Dated, *, group_id: int, at: datetime, now: datetime) -> int:
    """Enter a dated fact that was so from `at`; the entry's number."""
    kind, columns = _row(value)
    return entries.add(session, kind(group_id=group_id, at=at, recorded_at=now, **columns))


def take_back(session: Session, value: Dated, *, group_id: int, now: datetime) -> bool:
    """Take a fact back that a file entered; false where it no longer stands as the file had it.

    It is taken back from the day it was said to be so: what was known before stays known.
    """
    kind, columns = _row(value)
    rows = entries.standing(session, kind, col(kind.group_id) == group_id)
    found = [
        row
        for row in rows
        if row.by_id is None and all(getattr(row, name) == columns[name] for name in columns)
    ]
    if not found:
        return False
    last = found[-1]
    entries.retract(session, last, by_id=None, now=now, at=last.at)
    return True


def _row(value: Dated) -> tuple[type[Entry], dict[str, Any]]:
    """The table a value stands in, and its columns."""
    match value:
        case BodyName():
            return BodyNameRow, _columns(value, "body_id", "name", "short", "from_on", "until_on")
        case PostTitle():
            columns = _columns(value, "post_id", "title", "from_on", "until_on")
            return PostTitleRow, {**columns, "address": list(value.address)}
        case PostHolder():
            return PostHolderRow, _columns(
                value, "post_id", "person_id", "name", "salutation", "from_on", "until_on"
            )
        case RoleHeld():
            columns = _columns(value, "person_id", "from_on", "until_on", "title")
            return RoleRow, {**columns, "role": value.role.value}
        case CalendarDay():
            return CalendarRow, _columns(value, "kind", "name", "nation", "starts_on", "ends_on")
        case ItemLink():
            return ItemLinkRow, _columns(value, "item_id", "kind", "target_id")


def _columns(value: Dated, *names: str) -> dict[str, Any]:
    return {name: getattr(value, name) for name in names}
