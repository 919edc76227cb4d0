"""What will be sent in the days to come, to whom and why, if nobody says anything meanwhile."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import NamedTuple

from bot.domain.diaries import CLOSES, Diary, local_day
from bot.domain.nudging import decide
from bot.domain.people import Person
from bot.domain.plans import Entry, Outcome, Reach, Result
from bot.domain.register import History
from bot.services.cases import standing_of
from bot.services.planning import entries_of, plan_of
from storage import groups, histories, nudge_audit, nudges, people
from storage.database import Database, Session
from storage.nudges import PlannedItem

SECRETARIAT = "the secretariat"


class Coming(NamedTuple):
    """One message of one day: to whom, about which items, on which rung, and why."""

    day: date
    person: str
    items: tuple[str, ...]
    rung: str
    why: str


def upcoming(
    database: Database, *, days: int, now: datetime, group_key: str | None = None
) -> list[Coming]:
    """What comes in `days` days, today included, by day and person; started or not."""
    found: list[Coming] = []
    with database.snapshot() as session:
        for group in groups.every(session):
            if group_key in (None, group.key):
                found += _of_group(session, group.id, days=days, now=now)
    return sorted(found)


def _of_group(session: Session, group_id: int, *, days: int, now: datetime) -> list[Coming]:
    diary = Diary(directory=people.directory(session, group_id))
    # A rung may be told of ahead of its day, so a little more is read than is shown.
    planned = nudge_audit.planned(session, group_id, up_to=now.date() + timedelta(days=days + 1))
    numbers = [p.item.id for p in planned]
    told = {h.item_id: h for h in histories.of_items(session, numbers)}
    lines = nudges.ledger(session, numbers)
    lines_of: dict[tuple[date, str, str, str], list[str]] = defaultdict(list)
    for one in planned:
        entries = entries_of(lines.get(one.item.id, ()), one.plan, diary)
        for day, person, outcome in _days(one, told[one.item.id], entries, diary, days, now):
            key = (day, _name(person, outcome), outcome.rung.words, _why(outcome))
            lines_of[key].append(one.item.ref)
    return [
        Coming(day=day, person=person, items=tuple(refs), rung=rung, why=why)
        for (day, person, rung, why), refs in lines_of.items()
    ]


def _days(
    one: PlannedItem, history: History, ledger: list[Entry], diary: Diary, days: int, now: datetime
) -> Iterator[tuple[date, Person, Outcome]]:
    """Each message about an item, a day at a time, as if every one is delivered."""
    owner = diary.person(one.item.owner_id)
    first = local_day(owner, now)
    next_on, entries = one.next_on, list(ledger)
    for number in range(days + 1):
        today = first + timedelta(days=number)
        late = number == 0 and now.astimezone(owner.zone).time() >= CLOSES
        if late or next_on is None or next_on > today:
            continue
        reader = diary.asked(owner.id, today) or owner
        if diary.greeted(reader, today):
            continue
        decision = decide(
            plan_of(one, diary, now=now),
            entries,
            standing_of(one.item, history, None, owner, counts_from=None),
            diary,
            today=today,
            reach=Reach(),
        )
        next_on = decision.next_on
        entries += [_entry(o, reader, today) for o in decision.outcomes]
        if decision.message is not None:
            yield today, reader, decision.message


def _entry(outcome: Outcome, reader: Person, today: date) -> Entry:
    return Entry(
        rung=outcome.key,
        due_on=outcome.due_on,
        result=outcome.result,
        reason=outcome.reason,
        person_id=reader.id,
        asked_on=today,
        delivered=True,
        told=outcome.tells.key if outcome.tells else None,
    )


def _name(person: Person, outcome: Outcome) -> str:
    if outcome.result is Result.HANDED_OVER:
        return f"{SECRETARIAT}, for {person.label}"
    return person.label


def _why(outcome: Outcome) -> str:
    if outcome.reason:
        return outcome.reason
    others = [who.value for who in outcome.rung.involves if who.value != "owner"]
    told = f", {' and '.join(others)} told" if others and not outcome.is_ask else ""
    return f"{outcome.rung.words}{told}"
