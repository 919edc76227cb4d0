"""When people wish to be asked: again on a day about an item, or on one day of the week."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col

from bot.domain.register import ActionItem
from storage import entries
from storage.rows import AskDayRow, SnoozeRow


@dataclass(frozen=True, kw_only=True)
class Snooze:
    """Somebody's wish to be asked again; `stands` until it is taken back or another follows."""

    id: int
    item_id: int
    by_id: int | None
    until_on: date
    stands: bool


def snooze(
    session: Session, item: ActionItem, *, plan: int, until_on: date, by_id: int, now: datetime
) -> int:
    """Leave an item until a day, for as long as this plan of it holds; the entry's number."""
    row = SnoozeRow(
        group_id=item.group_id,
        item_id=item.id,
        plan=plan,
        until_on=until_on,
        at=now,
        recorded_at=now,
        by_id=by_id,
    )
    return entries.add(session, row)


def find(session: Session, snooze_id: int) -> Snooze | None:
    """A wish by its number."""
    row = session.get(SnoozeRow, snooze_id)
    if row is None or row.retracts:
        return None
    standing = entries.standing(session, SnoozeRow, col(SnoozeRow.item_id) == row.item_id)
    return Snooze(
        id=snooze_id,
        item_id=row.item_id,
        by_id=row.by_id,
        until_on=row.until_on,
        stands=bool(standing) and standing[-1].id == snooze_id,
    )


def take_back(session: Session, snooze_id: int, *, by_id: int, now: datetime) -> None:
    """The item is asked about as if nothing had been wished."""
    entries.retract(session, session.get_one(SnoozeRow, snooze_id), by_id=by_id, now=now)


def again(
    session: Session, numbers: Sequence[int] | None = None, *, group_id: int | None = None
) -> Mapping[tuple[int, int], date]:
    """By item and plan the day of the last wish, for these items or all of a group."""
    if numbers is not None and not numbers:
        return {}
    mine = (
        col(SnoozeRow.item_id).in_(list(numbers))
        if numbers is not None
        else col(SnoozeRow.group_id) == group_id
    )
    rows = entries.standing(session, SnoozeRow, mine)
    return {(row.item_id, row.plan): row.until_on for row in rows}


def choose_day(
    session: Session,
    *,
    group_id: int,
    person_id: int,
    weekday: int | None,
    by_id: int,
    now: datetime,
) -> int:
    """From now on a person is asked on this weekday, or on any; the entry's number."""
    row = AskDayRow(
        group_id=group_id,
        person_id=person_id,
        weekday=weekday,
        at=now,
        recorded_at=now,
        by_id=by_id,
    )
    return entries.add(session, row)


def days(rows: Iterable[AskDayRow]) -> Mapping[int, int | None]:
    """The last choice of each person, from entries the oldest first."""
    found: dict[int, int | None] = defaultdict(lambda: None)
    found.update({row.person_id: row.weekday for row in rows})
    return found
