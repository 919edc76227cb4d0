"""A round of the morning sweep: whom it asks about what, found a page at a time."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.domain.diaries import OPENS, Diary, local_day
from bot.domain.people import LONDON, Directory
from bot.domain.register import ActionItem
from storage import nudge_lists, nudges
from storage.database import Session
from storage.nudges import DueItem, PlannedItem

BATCH = 200
"""Items in one transaction, more only where one person has more."""
CAP = 3
"""Messages a week to one person, unless the group's policy says otherwise (`weekly_cap`)."""


@dataclass(frozen=True, kw_only=True)
class Round:
    """What one sweep of a group works with; `several` where there are other groups too."""

    diary: Diary
    cap: int
    counts_from: date | None
    blockers: Mapping[int, ActionItem]
    now: datetime
    several: bool = False


def by_reader(session: Session, this: Round) -> Mapping[int, Sequence[int]]:
    """The numbers of what is due, by whoever is asked; all that is kept of it between batches.

    Read a page at a time, and held in eight bytes an item: everything about one person has to
    be in one message, however many others an import brought on the same day.
    """
    group_id, today = this.diary.directory.group.id, last_day(this.diary.directory, this.now)
    readers: dict[int, array[int]] = defaultdict(lambda: array("q"))
    for page in nudges.due(session, group_id, today=today):
        found = readers_of(with_blockers(session, this, page), page)
        for reader_id, numbers in found.items():
            readers[reader_id].extend(numbers)
    return readers


def with_blockers(session: Session, this: Round, found: Sequence[DueItem]) -> Round:
    """The round, knowing what blocks these items."""
    blocked = [due.id for due in found if due.blocked]
    return replace(this, blockers=nudge_lists.waits_on(session, blocked))


def last_day(directory: Directory, now: datetime) -> date:
    """The latest day that it is for anybody in the group."""
    zones = {p.zone for p in directory.people.values()} or {LONDON}
    return max(now.astimezone(zone).date() for zone in zones)


def readers_of(this: Round, found: Sequence[DueItem]) -> dict[int, list[int]]:
    """Items by whoever is asked about them; those for whom it is not nine yet are left."""
    readers: dict[int, list[int]] = defaultdict(list)
    for due in found:
        blocker = this.blockers.get(due.id) if due.blocked else None
        asks_id = blocker.owner_id if blocker else due.owner_id
        reader = this.diary.asked(asks_id, local_day(this.diary.person(asks_id), this.now))
        reader = reader or this.diary.person(asks_id)
        if this.now.astimezone(reader.zone).time() >= OPENS:
            readers[reader.id].append(due.id)
    return readers


def batches(readers: Mapping[int, Sequence[int]]) -> Iterator[dict[int, Sequence[int]]]:
    """Readers in batches of items; nobody's items are split."""
    batch: dict[int, Sequence[int]] = {}
    size = 0
    for reader_id, numbers in sorted(readers.items()):
        if batch and size + len(numbers) > BATCH:
            yield batch
            batch, size = {}, 0
        batch[reader_id] = numbers
        size += len(numbers)
    if batch:
        yield batch


def due_of(planned: PlannedItem) -> DueItem:
    """What decides who is asked about it."""
    item = planned.item
    return DueItem(
        id=item.id,
        owner_id=item.owner_id,
        blocked=item.blocked,
        next_on=planned.next_on or date.min,
    )
