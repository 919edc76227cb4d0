"""What will be sent in the days to come, to whom and why, if nobody says anything meanwhile."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from bot.domain import waiting_ladders
from bot.domain.calendars import Nation
from bot.domain.diaries import OPENS, Diary, local_day
from bot.domain.ladders import Who
from bot.domain.letter_plans import Step
from bot.domain.people import LONDON, Role
from bot.domain.plans import Outcome, Result
from bot.domain.waiting_ladders import Holders
from bot.domain.weekly import Weekly, latest
from bot.services import nudge_words, off_switch, waiting_lists
from bot.services.cases import standing_of
from bot.services.digests import READERS
from bot.services.forecast import Ahead, Forecast, Said
from bot.services.planning import entries_of, lead_of
from bot.services.rounds import CAP
from storage import (
    groups,
    histories,
    letters_due,
    lists,
    nudge_audit,
    nudge_lists,
    nudges,
    pauses,
    people,
    waiting,
)
from storage.database import Database, Session
from storage.pauses import Pause
from storage.waiting import Waiting

SECRETARIAT = "the secretariat"
TOLD, WAITING, DIGEST = "for information", "waiting", "weekly digest"


class Coming(NamedTuple):
    """A line of one day's message to a person: which items, on which rung, and why.

    All lines of one day, time and person are one message, but for what is waiting.
    """

    day: date
    person: str
    items: tuple[str, ...]
    rung: str
    why: str
    at: time = OPENS
    held: str = ""

    @property
    def line(self) -> str:
        """It in one line."""
        refs = f"  {', '.join(self.items)}" if self.items else ""
        why = self.why if self.why.startswith(self.rung) else f"{self.rung}: {self.why}"
        held = f" (held: {self.held})" if self.held else ""
        return f"{self.day} {self.at:%H:%M}  {self.person}{refs}  {why}{held}"


def paused(database: Database, *, now: datetime, group_key: str | None = None) -> list[str]:
    """A sentence for each group that is paused: since when, until when, and what follows."""
    found = []
    with database.snapshot() as session:
        for group in groups.every(session):
            pause = _pause(session, group.id, now=now)
            if group_key in (None, group.key) and pause is not None:
                found.append(
                    f"{group.name} is paused since {off_switch.moment(pause.since_at)}, "
                    f"{off_switch.until(pause)}. What is marked as held does not go out "
                    "meanwhile; then each person gets one message about what stands."
                )
    return found


def _pause(session: Session, group_id: int, *, now: datetime) -> Pause | None:
    """The pause that has not ended yet."""
    pause = pauses.standing(session, group_id)
    over = pause is not None and pause.until_at is not None and pause.until_at <= now
    return None if over else pause


def upcoming(
    database: Database, *, days: int, now: datetime, group_key: str | None = None
) -> list[Coming]:
    """What comes in `days` days, today included, by day and person; started or not.

    Reminders with what others hear of them, what waits and is put again, and digests.
    """
    found: list[Coming] = []
    with database.snapshot() as session:
        for group in groups.every(session):
            if group_key in (None, group.key):
                found += _of_group(session, group.id, days=days, now=now)
                found += _letters(session, group.id, days=days, now=now)
    return sorted(found, key=lambda one: (one.day, one.at, one.person, one.items, one.rung))


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


def _of_group(session: Session, group_id: int, *, days: int, now: datetime) -> Iterator[Coming]:
    diary = Diary(directory=people.directory(session, group_id))
    yield from _reminders(session, diary, days=days, now=now)
    last = now.astimezone(LONDON).date() + timedelta(days=days)
    pause = _pause(session, group_id, now=now)
    for one in waiting.unsettled(session, group_id):
        for again in _put_again(session, diary, one, last=last, now=now):
            yield _held(pause, diary, again)
    for digest in _digests(session, diary, last=last, now=now):
        yield _held(pause, diary, digest)


def _held(pause: Pause | None, diary: Diary, one: Coming) -> Coming:
    """As a pause leaves it: only the secretariat is written to until it ends."""
    if pause is None:
        return one
    resumes_on = pause.until_at.astimezone(LONDON).date() if pause.until_at else date.max
    secretariat = diary.directory.holders(Role.SECRETARIAT, one.day)
    goes = one.person in {SECRETARIAT, *(person.label for person in secretariat)}
    return one if goes or one.day >= resumes_on else one._replace(held=off_switch.until(pause))


def _reminders(session: Session, diary: Diary, *, days: int, now: datetime) -> Iterator[Coming]:
    pause = _pause(session, diary.directory.group.id, now=now)
    lines: dict[tuple[date, str, str, str, time, str], list[str]] = defaultdict(list)
    for said in _forecast(session, diary, pause, days=days, now=now).days(days):
        rung, why = said.outcome.rung.words, _why(said.outcome)
        held = off_switch.until(pause) if pause and said.paused else ""
        lines[said.day, _name(said), rung, why, said.at, held].append(said.item.ref)
        for day, person, told in _others(diary, said):
            lines[day, person, TOLD, told, OPENS, held].append(said.item.ref)
    for (day, person, rung, why, at, held), refs in lines.items():
        yield Coming(day, person, tuple(refs), rung, why, at, held)


def _forecast(
    session: Session, diary: Diary, pause: Pause | None, *, days: int, now: datetime
) -> Forecast:
    # A rung may be told of ahead of its day, so a little more is read than is shown.
    group_id, last = diary.directory.group.id, now.date() + timedelta(days=days + 1)
    planned = nudge_audit.planned(session, group_id, up_to=last)
    numbers = [one.item.id for one in planned]
    told = {h.item_id: h for h in histories.of_items(session, numbers)}
    lines = nudges.ledger(session, numbers)
    blockers = nudge_lists.waits_on(session, [one.item.id for one in planned if one.item.blocked])
    forecast = Forecast(
        diary=diary,
        cap=int(groups.policy(session, group_id).get("weekly_cap", CAP)),
        now=now,
        paused=pause is not None,
        resumes_at=pause.until_at if pause else None,
        items=[
            Ahead(
                planned=one,
                standing=standing_of(
                    one.item,
                    told[one.item.id],
                    blockers.get(one.item.id),
                    diary.person(one.item.owner_id),
                    counts_from=None,
                ),
                entries=entries_of(lines.get(one.item.id, ()), one.plan, diary),
                next_on=one.next_on,
            )
            for one in planned
            if one.item.is_open
        ],
    )
    for person in diary.directory.people.values():
        today = local_day(person, now)
        written = nudges.days_written(session, [person.id], day=today)
        forecast.written[person.id] |= set(written.get(person.id, ()))
    return forecast


def _others(diary: Diary, said: Said) -> Iterator[tuple[date, str, str]]:
    """Who else hears of it, and on which of their days at work."""
    if said.outcome.is_ask or said.outcome.result is not Result.SENT:
        return
    involved, owner = said.outcome.rung.involves, diary.person(said.item.owner_id)
    why = f"{said.outcome.rung.words}, owner {owner.label}"
    moment = datetime.combine(said.day, said.at, said.reader.zone)
    readers = []
    if Who.LEAD in involved and (lead := lead_of(diary.directory, said.item)) is not None:
        readers.append(diary.person(lead))
    if Who.CHAIR in involved:
        readers += nudge_words.chairs(diary.directory, said.item, said.day)
    for reader in readers:
        yield local_day(reader, diary.opening(reader, moment)), reader.label, why
    if Who.SECRETARIAT in involved:
        yield said.day, SECRETARIAT, f"{why}: asked to act"


def _put_again(
    session: Session, diary: Diary, one: Waiting, *, last: date, now: datetime
) -> Iterator[Coming]:
    """Each later step of something that waits."""
    rung, day = one.rung, one.next_on
    item = lists.named(session, [one.item_id] if one.item_id is not None else [])
    refs = tuple(found.ref for found in item.values())
    what = waiting_lists.KINDS.get(one.kind, one.kind.replace("_", " "))
    since = one.since_at.astimezone(LONDON).date()
    while day is not None and day <= last:
        day, rung = max(day, now.astimezone(LONDON).date()), rung + 1
        told = [
            _holders(diary, one, party, day) for party in waiting_ladders.ladder(one.kind)[rung].to
        ]
        for holders in told:
            for name in _names(holders):
                yield Coming(day, name, refs, WAITING, what)
        nation = told[0].people[0].nation if told[0].people else Nation.ENGLAND
        calendar = diary.directory.national_calendar(nation)
        if one.kind == waiting_ladders.ACCEPTANCE and one.person_id is not None:
            calendar = diary.own(one.person_id)
        day = waiting_ladders.next_day(one.kind, rung, since, day, calendar)


def _holders(diary: Diary, one: Waiting, party: waiting_ladders.Party, day: date) -> Holders:
    role = Role(one.role) if one.role else None
    return waiting_ladders.holders(
        party, diary.directory, role=role, person_id=one.person_id, on=day
    )


def _names(holders: Holders) -> list[str]:
    return [SECRETARIAT] if holders.secretariat else [person.label for person in holders.people]


def _digests(session: Session, diary: Diary, *, last: date, now: datetime) -> Iterator[Coming]:
    """One a reader and week; where its day is a holiday, on the next working day."""
    setting = Weekly.of(groups.policy(session, diary.directory.group.id))
    calendar = diary.directory.national_calendar(Nation.ENGLAND)
    end = datetime.combine(last, time(23, 59), LONDON)
    slots = {}
    for week in range((last - now.astimezone(LONDON).date()).days // 7 + 2):
        slot = latest(setting, now=end - timedelta(weeks=week), calendar=calendar)
        slots[slot.week] = slot
    for slot in slots.values():
        local = slot.at.astimezone(LONDON)
        if slot.at < now:
            continue
        for role in READERS:
            for reader in diary.directory.holders(role, local.date()):
                yield Coming(local.date(), reader.label, (), DIGEST, slot.week, local.time())


def _name(said: Said) -> str:
    if said.outcome.result is Result.HANDED_OVER:
        return f"{SECRETARIAT}, for {said.reader.label}"
    return said.reader.label


def _why(outcome: Outcome) -> str:
    if outcome.reason:
        return outcome.reason
    others = [who.value for who in outcome.rung.involves if who.value != "owner"]
    told = f", {' and '.join(others)} told" if others and not outcome.is_ask else ""
    return f"{outcome.rung.words}{told}"
