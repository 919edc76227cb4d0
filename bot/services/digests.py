"""The weekly digest to chairs and secretariat: one each a week, never two, never stale."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain import weekly
from bot.domain.calendars import Nation
from bot.domain.outgoing import Audience, Outgoing
from bot.domain.people import LONDON, Directory, Group, Person, Role
from bot.domain.weekly import Slot, Weekly
from bot.services import digest_facts, digest_words
from storage import audit, groups, outbox, pauses, people, reports
from storage.database import Database, Session

READERS = (Role.CHAIR, Role.DEPUTY_CHAIR, Role.SECRETARIAT)
WEEKS_BACK = 8


@dataclass(frozen=True, kw_only=True)
class _Owed:
    """The digests of one group that are due and not yet owed."""

    group: Group
    slot: Slot
    messages: tuple[Outgoing, ...]


def sweep(database: Database, *, now: datetime) -> int:
    """Owe each reader the digest of the latest week that has come; how many were new.

    Safe to run twice or late: a week missed by an outage is not sent after the next has come.
    Facts are read from a snapshot, so that nobody who writes waits for them.
    """
    with database.snapshot() as session:
        owed = [found for group in groups.every(session) if (found := _due(session, group, now))]
    new = 0
    for each in owed:
        with database.transaction() as session:
            sent = [m for m in each.messages if outbox.enqueue(session, m, due_at=now, now=now)]
            if sent:
                new += len(sent)
                audit.record(
                    session,
                    "digest",
                    f"digest:{each.slot.week}",
                    group_id=each.group.id,
                    by_id=None,
                    now=now,
                    readers=[message.person_id for message in sent],
                )
    return new


def _due(session: Session, group: Group, now: datetime) -> _Owed | None:
    """The digests that a group's readers have yet to be owed, if it is the time for them."""
    if group.started_at is None:
        return None
    setting = Weekly.of(groups.policy(session, group.id))
    directory = people.directory(session, group.id)
    calendar = directory.national_calendar(Nation.ENGLAND)
    slot = weekly.latest(setting, now=now, calendar=calendar)
    if slot.at < group.started_at or not weekly.fit_hour(setting, now=now, calendar=calendar):
        return None
    every = _readers(session, directory, slot, now=now)
    left = [r for r in every if outbox.by_key(session, _key(group, slot.week, r)) is None]
    if not left:
        return None
    facts = digest_facts.gather(
        session, directory, left, since=_since(session, group, slot, every), now=now
    )
    return _Owed(
        group=group,
        slot=slot,
        messages=tuple(
            Outgoing(
                key=_key(group, slot.week, reader),
                group_id=group.id,
                team_id=group.team_id,
                person_id=reader.id,
                message=digest_words.compose(facts, reader),
                audience=Audience.MEMBERS,
                subject={"digest": slot.week},
            )
            for reader in left
        ),
    )


def _key(group: Group, week: str, reader: Person) -> str:
    return f"digest:{group.key}:{week}:{reader.id}"


def _readers(session: Session, directory: Directory, slot: Slot, *, now: datetime) -> list[Person]:
    """Chairs and secretariat, each once; the off switch leaves only the secretariat.

    Nobody else is sent a digest afterwards whose hour came in the pause: what waits on them
    comes in the one message of the day on which it ends.
    """
    on, group_id = now.astimezone(LONDON).date(), directory.group.id
    paused = groups.paused(session, group_id, now=now) is not None
    paused = paused or pauses.covers(session, group_id, slot.at)
    roles = (Role.SECRETARIAT,) if paused else READERS
    held = [person for role in roles for person in directory.holders(role, on)]
    return list({person.id: person for person in held}.values())


def _since(session: Session, group: Group, slot: Slot, readers: Sequence[Person]) -> datetime:
    """When the last digest of an earlier week was written; the group's start before the first."""
    weeks = weekly.earlier_weeks(slot, WEEKS_BACK)
    keys = [_key(group, week, reader) for week in weeks for reader in readers]
    last = reports.last_owed(session, keys)
    if last is not None:
        return last
    return group.started_at or slot.at
