"""Was everything asked that was due? The ledger against the register's own history."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from bot.domain.deadlines import long_date
from bot.domain.diaries import Diary
from bot.domain.people import Directory
from bot.services.audit_lines import Book
from bot.services.audit_rungs import Due
from storage import groups, histories, nudge_audit, nudge_lists, nudges, people, sweeps
from storage.database import Database, Session

PAGE = 500
"""Items that are looked at at once."""
BACK = timedelta(days=35)
"""How far back messages are looked up that the ledger may have lost."""


def differences(database: Database, group_id: int, *, now: datetime) -> Iterator[str]:
    """What the ledger should hold and does not, or holds and should not; nothing when all is well.

    Recomputed from the items' entries, not from the columns that the sweep goes by. What came
    due today may still be on its way, so it looks at the days before. A page at a time, each in
    a snapshot of its own: the memory it takes does not grow with the register.
    """
    with database.snapshot() as session:
        if groups.get(session, group_id).started_at is None:
            return
        directory = people.directory(session, group_id)
    yield from _lost(database, directory, now=now)
    after = 0
    while True:
        with database.snapshot() as session:
            numbers = nudge_audit.numbers(session, group_id, after=after, limit=PAGE)
            found = list(_of_page(session, group_id, numbers, now=now))
        if not numbers:
            return
        yield from found
        after = numbers[-1]


def _of_page(
    session: Session, group_id: int, numbers: list[int], *, now: datetime
) -> Iterator[str]:
    diary = Diary(directory=people.directory(session, group_id))
    kept = nudge_audit.of_items(session, numbers)
    lines = nudges.ledger(session, numbers)
    blockers = nudge_lists.waits_on(session, [n for n in numbers if kept[n].item.blocked])
    paused = groups.paused(session, group_id, now=now) is not None
    _ran, since = sweeps.up_since(session, f"nudges:{group_id}")
    for history in histories.of_items(session, numbers):
        own, blocker = lines.get(history.item_id, []), blockers.get(history.item_id)
        book = Book(history=history, kept=kept[history.item_id], lines=own, diary=diary)
        yield from book.wrong_lines()
        for line in book.recent(now):
            [then] = histories.of_items(session, [line.item_id], known_at=line.decided_at)
            yield from book.unexplained(line, then)
        if not paused:
            due = Due(
                history=history,
                kept=kept[history.item_id],
                lines=own,
                diary=diary,
                blocker_owner_id=blocker.owner_id if blocker else None,
                up_since=since or date.min,
            )
            yield from due.missing(now)


def _lost(database: Database, directory: Directory, *, now: datetime) -> Iterator[str]:
    """Messages to people of which the ledger has no line."""
    since = (now - BACK).date()
    for person_id in sorted(directory.people):
        with database.snapshot() as session:
            found = list(nudge_audit.lost(session, person_id, since=since))
        name = directory.people[person_id].label
        for ref, day in found:
            yield f"{ref}: {name} was written to on {long_date(day)}, and the ledger has no line."
