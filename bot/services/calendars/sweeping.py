"""What a change of the calendar touches beyond its first page, a page at a time."""

from __future__ import annotations

from datetime import datetime

from bot.services.calendars import anchors, replanning
from storage import calendars, people
from storage.database import Database, Session


def sweep(database: Database, *, now: datetime) -> int:
    """See to all that is left; how many items. Safe to run twice or late."""
    with database.snapshot() as session:
        found = calendars.open_tasks(session)
    done = 0
    for number in found:
        more = True
        while more:
            with database.transaction() as session:
                seen, more = _page(session, number, now=now)
            done += seen
    return done


def _page(session: Session, number: int, *, now: datetime) -> tuple[int, bool]:
    task = calendars.locked_task(session, number)
    if task is None:
        return 0, False
    directory = people.directory(session, task.group_id)
    if task.kind == replanning.REPLAN:
        owners = replanning.owners_of(directory, task.people, task.nations)
        done, last = replanning.page(
            session,
            directory,
            owners,
            after=task.after,
            recall=bool(task.people),
            now=now,
        )
    else:
        moved = anchors.page(session, directory, task, now=now)
        done, last = moved.seen, (0, moved.last) if moved.last is not None else None
    calendars.reached(session, number, last, now=now)
    return done, last is not None
