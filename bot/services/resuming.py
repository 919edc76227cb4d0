"""What goes out when a pause ends: what was held is merged, one message a person."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.calendars import Nation
from bot.domain.diaries import Diary, local_day
from bot.domain.nudging import GRACE
from bot.domain.outgoing import Outgoing
from bot.domain.people import LONDON, Directory, Person, Role
from bot.domain.register import ActionItem
from bot.domain.waiting_ladders import Party, holders
from bot.services import resumed_words, retiring
from bot.services.resumed_words import Missed
from storage import items, nudges, outbox, pauses, people, sweeps, waiting
from storage.database import Session
from storage.pauses import Held, Pause
from storage.waiting import Waiting

DROPPED = ("told:", "digest:")
"""Said to others for their information; it is not made up for."""


@dataclass(frozen=True, kw_only=True)
class Merger:
    """Who gets what when the pause ends, and what is taken out of the queue for it."""

    diary: Diary
    held: Sequence[Held]
    told: Mapping[int, Missed]
    asked: frozenset[int]
    alone: Mapping[int, int]
    stalled: Sequence[Waiting]
    back: Mapping[int, int]

    @property
    def people(self) -> int:
        """How many people get a message."""
        return len({*self.told, *self.asked, *self.alone})


def plan(session: Session, group_id: int, pause: Pause, *, now: datetime) -> Merger:
    """What would be merged now, for whom; changes nothing."""
    directory = people.directory(session, group_id)
    diary = Diary(directory=directory)
    on = now.astimezone(LONDON).date()
    secretariat = {p.id for p in directory.holders(Role.SECRETARIAT, on)}
    queue = pauses.held(session, group_id, since=pause.since_at)
    held = [h for h in queue if h.person_id not in secretariat]
    every = waiting.unsettled(session, group_id)
    asked = _asked(session, diary, queue, now=now)
    alone = {h.person_id: h.id for h in held if _alone(h)}
    stalled = [
        w
        for w in every
        if w.next_on is not None and w.next_on <= on and w.role != Role.SECRETARIAT.value
    ]
    back = {w.id: rung for w, rung in _unsent(every, held)}
    waits = _waits(directory, every, stalled, back, now=now)
    notes = _notes(held)
    told = {
        number: Missed(
            notes=tuple(notes.get(number, ())),
            waits=waits.get(number, ()),
            items=asked.get(number, ()),
        )
        for number in {*notes, *waits} - secretariat
        if directory.people[number].accounts
    }
    return Merger(
        diary=diary,
        held=held,
        told=told,
        asked=frozenset(asked) - secretariat,
        alone=alone,
        stalled=stalled,
        back=back,
    )


def _notes(held: Sequence[Held]) -> dict[int, list[Held]]:
    """News of what others did, by whom it is for: neither reminders nor what waits."""
    found: dict[int, list[Held]] = defaultdict(list)
    for one in held:
        dropped = one.key.startswith(DROPPED)
        if not (_alone(one) or dropped or one.nudge or "waiting" in one.subject):
            found[one.person_id].append(one)
    return found


def _alone(held: Held) -> bool:
    """It goes as it is: an introduction."""
    return held.key.startswith("intro:")


def _asked(
    session: Session, diary: Diary, queue: Sequence[Held], *, now: datetime
) -> dict[int, tuple[ActionItem, ...]]:
    """Whose items have come due for a reminder, by whoever is asked about them."""
    on = now.astimezone(LONDON).date()
    found: dict[int, list[ActionItem]] = defaultdict(list)
    pages = nudges.due(session, diary.directory.group.id, today=on)
    for due in (due for page in pages for due in page):
        item = items.get(session, due.id)
        reader = diary.asked(item.owner_id, on)
        if item.is_active and reader is not None and reader.accounts:
            found[reader.id].append(item)
    for held in queue:
        if held.nudge:
            known = {item.id for item in found[held.person_id]}
            rest = (items.get(session, n) for n in held.subject.get("items", []) if n not in known)
            found[held.person_id] += [item for item in rest if item.is_active]
    return {number: tuple(theirs) for number, theirs in found.items() if theirs}


def _unsent(every: Sequence[Waiting], held: Sequence[Held]) -> list[tuple[Waiting, int]]:
    """What waits and was not put to somebody: the rung its ladder stands on without that."""
    copies = {h.id for h in held if "waiting" in h.subject}
    return [
        (one, max(0, one.rung - 1))
        for one in every
        if copies.intersection(one.payload.get("copies", []))
    ]


def _waits(
    directory: Directory,
    every: Sequence[Waiting],
    stalled: Sequence[Waiting],
    back: Mapping[int, int],
    *,
    now: datetime,
) -> dict[int, tuple[Waiting, ...]]:
    """For everybody for whom something stood still: all that waits on them."""
    on = now.astimezone(LONDON).date()
    concerned = {w.id for w in stalled} | set(back)
    mine: dict[int, list[Waiting]] = defaultdict(list)
    for one in every:
        role = Role(one.role) if one.role else None
        found = holders(Party.HOLDER, directory, role=role, person_id=one.person_id, on=on)
        if not found.secretariat:
            for person in found.people:
                mine[person.id].append(one)
    return {
        number: tuple(waits)
        for number, waits in mine.items()
        if concerned.intersection(w.id for w in waits)
    }


def carry_out(session: Session, merger: Merger, pause: Pause, *, now: datetime) -> None:
    """Take the queue apart and owe everybody the one message.

    Nobody else hears of an item before its owner has been asked and has had two working days
    since: asks from before today do not count any more.
    """
    group_id = merger.diary.directory.group.id
    pauses.reopen(session, [h.id for h in merger.held if h.nudge], now=now)
    for held in merger.held:
        if not _alone(held):
            again = held.nudge or "waiting" in held.subject
            pauses.take_back(session, held.id, now=now, again=again)
    today = now.astimezone(LONDON).date()
    sweeps.ran(session, f"nudges:{group_id}", now=now, note=today.isoformat())
    _later(session, merger, now=now)
    for number, missed in merger.told.items():
        _owe(session, merger, merger.diary.person(number), missed, pause, now=now)
    for number, message_id in merger.alone.items():
        _the_one(session, merger.diary, merger.diary.person(number), message_id, now=now)


def _later(session: Session, merger: Merger, *, now: datetime) -> None:
    """Whoever it waits on has two working days from now before anybody else is asked."""
    on = now.astimezone(LONDON).date()
    calendar = merger.diary.directory.national_calendar(Nation.ENGLAND)
    later = calendar.add(on, GRACE)
    concerned = {w.id: w for w in merger.stalled}
    for one in waiting.unsettled(session, merger.diary.directory.group.id):
        if one.id in concerned or one.id in merger.back:
            next_on = max(one.next_on or later, later)
            waiting.step(session, one, rung=merger.back.get(one.id, one.rung), next_on=next_on)


def _owe(
    session: Session,
    merger: Merger,
    person: Person,
    missed: Missed,
    pause: Pause,
    *,
    now: datetime,
) -> None:
    group = merger.diary.directory.group
    due_at = merger.diary.opening(person, now)
    outgoing = Outgoing(
        key=f"resumed:{group.id}:{now.isoformat()}:{person.id}",
        group_id=group.id,
        team_id=group.team_id,
        person_id=person.id,
        message=resumed_words.compose(session, merger.diary, person, missed, pause, now=due_at),
        subject={"items": [item.id for item in missed.items]},
    )
    number = outbox.enqueue(session, outgoing, due_at=due_at, now=now)
    if number is not None:
        day = local_day(person, due_at)
        numbers = [item.id for item in missed.items]
        retiring.supersede(session, numbers, by=number, day=day, now=now)
        retiring.stand(session, number, outgoing.message)
        _the_one(session, merger.diary, person, number, now=now)


def _the_one(session: Session, diary: Diary, person: Person, number: int, *, now: datetime) -> None:
    """The one message of their day: a reminder waits for the next."""
    day = local_day(person, diary.opening(person, now))
    if day not in nudges.days_written(session, [person.id], day=day).get(person.id, []):
        nudges.wrote(session, person.id, day, number)
