"""The days of next nudges found anew for everybody whose days at work have changed."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime

from bot.domain import nudging
from bot.domain.diaries import Diary, local_day
from bot.domain.people import Directory
from bot.services.planning import CHANGED, entries_of, plan_of
from storage import calendars, nudges, replanned, withdrawing
from storage.database import Session

REPLAN = "replan"
AT_ONCE = 1_000
"""Items that are seen to in the transaction of the change itself, and in each of the sweep's."""


def touched(session: Session, directory: Directory, people: Iterable[int], *, now: datetime) -> int:
    """These people's days at work have changed: plan anew what they are asked about.

    So does whatever is theirs as somebody's cover. What has not gone to them yet is taken back.
    """
    chosen = set(people)
    return _first(session, directory, chosen, nations=(), now=now)


def nations(
    session: Session, directory: Directory, changed: Collection[str], *, now: datetime
) -> int:
    """A day has become, or is no more, a holiday in these nations."""
    return _first(session, directory, set(), nations=sorted(changed), now=now)


def later(
    session: Session,
    group_id: int,
    *,
    nations: Collection[str],
    people: Collection[int],
    now: datetime,
) -> None:
    """The same for the sweep to do, where many such changes are made at once."""
    calendars.leave(
        session,
        REPLAN,
        group_id=group_id,
        after=(0, 0),
        now=now,
        nations=nations,
        people=people,
    )


def _first(
    session: Session,
    directory: Directory,
    people: set[int],
    *,
    nations: Collection[str],
    now: datetime,
) -> int:
    group_id = directory.group.id
    if directory.group.started_at is None:
        return 0
    owners = owners_of(directory, people, nations)
    done, last = page(session, directory, owners, after=(0, 0), recall=bool(people), now=now)
    if last is not None:
        calendars.leave(
            session,
            REPLAN,
            group_id=group_id,
            after=last,
            now=now,
            nations=nations,
            people=people,
        )
    return done


def owners_of(directory: Directory, people: Collection[int], nations: Collection[str]) -> set[int]:
    """Whose items these days may touch: their own and those they cover for."""
    theirs = set(people) | {p.id for p in directory.people.values() if p.nation.value in nations}
    return theirs | {c.person_id for c in directory.covers if c.cover_id in theirs}


def page(
    session: Session,
    directory: Directory,
    owners: set[int],
    *,
    after: tuple[int, int],
    recall: bool,
    now: datetime,
) -> tuple[int, tuple[int, int] | None]:
    """Plan a page of items anew; how many, and the last one's place where there may be more.

    `recall` takes back what is owed about them and has not gone.
    """
    places = replanned.page(session, owners, after=after, limit=AT_ONCE)
    numbers = [number for _owner, number in places]
    if recall:
        for number in replanned.owing(session, numbers):
            withdrawing.withdraw(session, number, reason=CHANGED, now=now)
    found = nudges.locked(session, numbers, today=date.max)
    diary, lines = Diary(directory=directory), nudges.ledger(session, numbers)
    days: dict[int, date | None] = {}
    for planned in found:
        item = planned.item
        entries = entries_of(lines.get(item.id, ()), planned.plan, diary)
        today = local_day(diary.person(item.owner_id), now)
        plan = plan_of(planned, diary, now=now)
        day = nudging.next_on(plan, entries, diary, today=today) if item.is_open else None
        if recall or day != planned.next_on:
            days[item.id] = day
    session.flush()
    nudges.due_again(session, days)
    return len(places), places[-1] if len(places) == AT_ONCE else None
