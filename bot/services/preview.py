"""What will be sent in the days to come, to whom and why, if nobody says anything meanwhile.

What falls into a pause is shown as held; from the day it ends on, what then comes is shown as if
nothing of that had been said, as nothing has.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import NamedTuple

from bot.domain.diaries import CLOSES, Diary, local_day
from bot.domain.letter_plans import Step
from bot.domain.nudging import decide
from bot.domain.people import LONDON, Person
from bot.domain.plans import Entry, Outcome, Reach, Result
from bot.domain.register import History
from bot.services import off_switch
from bot.services.cases import standing_of
from bot.services.planning import entries_of, plan_of
from storage import groups, histories, letters_due, nudges, pauses, people
from storage.database import Database, Session
from storage.nudges import PlannedItem
from storage.pauses import Pause

SECRETARIAT = "the secretariat"


class Coming(NamedTuple):
    """One message of one day: to whom, about which items, on which rung, and why."""

    day: date
    person: str
    items: tuple[str, ...]
    rung: str
    why: str
    held: str = ""

    @property
    def line(self) -> str:
        """It in one line."""
        held = f" (held: {self.held})" if self.held else ""
        refs = ", ".join(self.items)
        return f"{self.day}  {self.person}  {refs}  {self.rung}: {self.why}{held}"


def paused(database: Database, *, now: datetime, group_key: str | None = None) -> list[str]:
    """A sentence for each group that is paused: since when, until when, and what follows."""
    found = []
    with database.snapshot() as session:
        for group in groups.every(session):
            pause = pauses.standing(session, group.id)
            if group_key in (None, group.key) and pause is not None and not _over(pause, now):
                found.append(
                    f"{group.name} is paused since {off_switch.moment(pause.since_at)}, "
                    f"{off_switch.until(pause)}. What is marked as held does not go out "
                    "meanwhile; then each person gets one message about what stands."
                )
    return found


def _over(pause: Pause, now: datetime) -> bool:
    return pause.until_at is not None and pause.until_at <= now


def upcoming(
    database: Database, *, days: int, now: datetime, group_key: str | None = None
) -> list[Coming]:
    """What comes in `days` days, today included, by day and person; started or not."""
    found: list[Coming] = []
    with database.snapshot() as session:
        for group in groups.every(session):
            if group_key in (None, group.key):
                found += _of_group(session, group.id, days=days, now=now)
                found += _letters(session, group.id, days=days, now=now)
    return sorted(found)


STEPS = {
    Step.DRAFTING: (SECRETARIAT, "it is to be drafted"),
    Step.CLEARANCE: ("its clearers", "it is to be cleared"),
    Step.SENDING: (SECRETARIAT, "it is to go"),
}


def _letters(session: Session, group_id: int, *, days: int, now: datetime) -> Iterator[Coming]:
    """Whose turn it is with each letter due; its owners are asked by their own reminders."""
    today = now.astimezone(LONDON).date()
    for due in letters_due.unsettled(session, group_id):
        for step, (person, why) in STEPS.items():
            day = due.plan.begins(step)
            if today <= day <= today + timedelta(days=days):
                rung = f"letter to {due.audience}"
                yield Coming(day=day, person=person, items=(), rung=rung, why=why)


def _of_group(session: Session, group_id: int, *, days: int, now: datetime) -> list[Coming]:
    diary = Diary(directory=people.directory(session, group_id))
    # A rung may be told of ahead of its day, so a little more is read than is shown.
    planned = nudges.planned(session, group_id, up_to=now.date() + timedelta(days=days + 1))
    numbers = [p.item.id for p in planned]
    told = {h.item_id: h for h in histories.of_items(session, numbers)}
    lines = nudges.ledger(session, numbers)
    pause = pauses.standing(session, group_id)
    lines_of: dict[tuple[date, str, str, str, str], list[str]] = defaultdict(list)
    for one in planned:
        entries = entries_of(lines.get(one.item.id, ()), one.plan, diary)
        coming = _days(one, told[one.item.id], entries, diary, days, now, pause)
        for day, person, outcome in coming:
            held = off_switch.until(pause) if pause and _holds(pause, person, day) else ""
            key = (day, _name(person, outcome), outcome.rung.words, _why(outcome), held)
            lines_of[key].append(one.item.ref)
    return [
        Coming(day=day, person=person, items=tuple(refs), rung=rung, why=why, held=held)
        for (day, person, rung, why, held), refs in lines_of.items()
    ]


def _holds(pause: Pause | None, person: Person, day: date) -> bool:
    """Whether a pause still stands on the morning of a day."""
    if pause is None:
        return False
    return pause.until_at is None or day < local_day(person, pause.until_at)


def _ends(pause: Pause | None, person: Person, day: date) -> bool:
    """Whether it is the first morning after a pause."""
    return _holds(pause, person, day - timedelta(days=1)) and not _holds(pause, person, day)


def _days(
    one: PlannedItem,
    history: History,
    ledger: list[Entry],
    diary: Diary,
    days: int,
    now: datetime,
    pause: Pause | None,
) -> Iterator[tuple[date, Person, Outcome]]:
    """Each message about an item, a day at a time, as if every one is delivered."""
    owner = diary.person(one.item.owner_id)
    first = local_day(owner, now)
    next_on, entries = one.next_on, list(ledger)
    for number in range(days + 1):
        today = first + timedelta(days=number)
        if number and _ends(pause, owner, today):
            next_on, entries = one.next_on, list(ledger)
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
