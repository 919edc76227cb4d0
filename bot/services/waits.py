"""Whatever waits on a person or a role: told at once, then to the stand-in, then the sponsor."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from bot.domain import waiting_ladders
from bot.domain.calendars import Calendar, Nation
from bot.domain.diaries import Diary
from bot.domain.errors import UserError
from bot.domain.messages import Message
from bot.domain.people import LONDON, Directory, Role
from bot.domain.waiting_ladders import ERRANDS, TASKS, Holders, Party
from bot.services import intake, say, wait_words
from bot.services.intake import Arrival
from bot.services.wait_copies import put_to, redraw
from storage import audit, groups, payloads, people, waiting
from storage.database import Database, Session
from storage.waiting import Waiting

_ASKED_TO_HELP = (Party.STAND_IN, Party.SPONSOR)


def open_wait(
    session: Session,
    directory: Directory,
    *,
    kind: str,
    subject_id: int,
    message: Message,
    now: datetime,
    item_id: int | None = None,
    role: Role | None = None,
    person_id: int | None = None,
    subject: Mapping[str, Any] | None = None,
) -> Waiting:
    """Something now waits on a role or a person: they are told at once, and its ladder planned.

    The caller records the change that made it wait in the audit chain.
    """
    opened = waiting.open_one(
        session,
        group_id=directory.group.id,
        kind=kind,
        subject_id=subject_id,
        now=now,
        next_on=None,
        item_id=item_id,
        role=role.value if role else None,
        person_id=person_id,
        payload={"message": payloads.dump(message), "subject": dict(subject or {}), "copies": []},
    )
    return _climb(session, Diary(directory=directory), opened, rung=0, now=now)


def settle(
    session: Session,
    directory: Directory,
    *,
    kind: str,
    subject_id: int,
    by_id: int | None,
    outcome: str,
    now: datetime,
) -> bool:
    """Somebody decided it: every copy says who, what and when; whether anything waited."""
    found = waiting.unsettled(session, directory.group.id, kind=kind, subject_id=subject_id)
    for one in found:
        _close(session, directory, one, by_id=by_id, outcome=outcome, now=now)
    return bool(found)


def sweep(database: Database, *, now: datetime) -> int:
    """Move on what has waited too long; how many steps were taken. Safe to run twice or late."""
    with database.snapshot() as session:
        started = [g for g in groups.every(session) if g.started_at is not None]
    return sum(_sweep_group(database, group.id, now=now) for group in started)


def take(database: Database, arrival: Arrival, *, waiting_id: int, now: datetime) -> None:
    """Somebody of those who were asked deals with it; the others see who."""
    with intake.once(database, arrival, now=now) as desk:
        if desk is None:
            return
        found = waiting.locked(desk.session, waiting_id)
        if found is None or found.group_id != desk.group.id:
            raise UserError("That is not one of this group's tasks: `/status` lists what waits.")
        _may_take(desk, found)
        if found.kind in TASKS:
            _close(
                desk.session,
                desk.directory,
                found,
                by_id=desk.person.id,
                outcome=wait_words.TAKEN,
                now=now,
            )
        elif "taken_by" not in found.payload:
            _taken(desk, found)
        desk.audited("taken on", f"waiting:{found.id}", kind=found.kind)


def _may_take(desk: intake.Desk, found: Waiting) -> None:
    if not desk.is_a(Role.SECRETARIAT, *([Role(found.role)] if found.role else [])):
        raise UserError("Only those whom it was put to can take it: ask the secretariat.")
    if found.settled_at is not None:
        raise UserError(f"That has been settled already: {found.outcome}.")
    taken_by = found.payload.get("taken_by")
    if taken_by is not None and taken_by != desk.person.id:
        name = say.named(desk.directory, taken_by)
        raise UserError(f"{name} has taken this on: speak to them if you would rather do it.")


def _taken(desk: intake.Desk, found: Waiting) -> None:
    """It keeps waiting, on one person now, who gets as long as everybody had."""
    found = waiting.amend(
        desk.session,
        found,
        {**found.payload, "taken_by": desk.person.id, "taken_at": desk.now.isoformat()},
    )
    line = wait_words.taken(desk.person, desk.now)
    redraw(desk.session, desk.directory, found, line, mark="taken", over=False, now=desk.now)
    calendar = desk.directory.national_calendar(desk.person.nation)
    since = found.since_at.astimezone(LONDON).date()
    later = waiting_ladders.next_day(found.kind, found.rung, since, desk.today, calendar)
    waiting.step(desk.session, found, rung=found.rung, next_on=later)


def _close(
    session: Session,
    directory: Directory,
    one: Waiting,
    *,
    by_id: int | None,
    outcome: str,
    now: datetime,
) -> None:
    waiting.settle(session, one, by_id=by_id, outcome=outcome, now=now)
    line = wait_words.settled(say.named(directory, by_id), outcome, now)
    redraw(session, directory, one, line, mark="settled", over=True, now=now)


def _sweep_group(database: Database, group_id: int, *, now: datetime) -> int:
    today = now.astimezone(LONDON).date()
    with database.transaction() as session:
        found = waiting.due(session, group_id, today=today)
        if groups.paused(session, group_id, now=now) is not None:
            # The off switch stops everything but what goes to the secretariat.
            found = [w for w in found if w.role == Role.SECRETARIAT.value and w.rung == 0]
        if not found:
            return 0
        diary = Diary(directory=people.directory(session, group_id))
        for one in found:
            _climb(session, diary, one, rung=one.rung + 1, now=now)
        for one in found:
            audit.record(
                session,
                "put again",
                f"waiting:{one.id}",
                group_id=group_id,
                by_id=None,
                now=now,
                kind=one.kind,
                rung=one.rung + 1,
            )
        return len(found)


def _climb(session: Session, diary: Diary, one: Waiting, *, rung: int, now: datetime) -> Waiting:
    """Put it to everybody of this step, and plan the next one."""
    today = now.astimezone(LONDON).date()
    parties = waiting_ladders.ladder(one.kind)[rung].to
    told = [(party, _holders(diary.directory, one, party, today)) for party in parties]
    calendar = _calendar(diary.directory, one, told[0][1])
    since = one.since_at.astimezone(LONDON).date()
    next_on = waiting_ladders.next_day(one.kind, rung, since, today, calendar)
    after = _next_names(diary.directory, one, rung, next_on)
    copies = list(one.payload.get("copies", []))
    for party, holders in told:
        original = payloads.load(one.payload["message"])
        if holders.secretariat and one.kind == waiting_ladders.ACCEPTANCE:
            original = wait_words.whose(original, one.item_id, one.person_id)
        elif party in _ASKED_TO_HELP and one.kind in TASKS | ERRANDS:
            # Only the secretariat can do it: the others can see that somebody does.
            original = wait_words.without_buttons(original)
        shown = wait_words.shown(
            original,
            party=party,
            rung=rung,
            waited_on=_holders(diary.directory, one, Party.HOLDER, today).people,
            since=since,
            after=after,
            next_on=next_on,
        )
        copies += put_to(session, diary, one, holders, shown, rung=rung, now=now)
    amended = waiting.amend(session, one, {**one.payload, "copies": copies})
    waiting.step(session, amended, rung=rung, next_on=next_on)
    return amended


def _holders(directory: Directory, one: Waiting, party: Party, on: date) -> Holders:
    role = Role(one.role) if one.role else None
    return waiting_ladders.holders(party, directory, role=role, person_id=one.person_id, on=on)


def _next_names(
    directory: Directory, one: Waiting, rung: int, next_on: date | None
) -> tuple[str, ...]:
    """Who else will be told at the next step."""
    if next_on is None:
        return ()
    parties = [p for p in waiting_ladders.ladder(one.kind)[rung + 1].to if p is not Party.HOLDER]
    found = [_holders(directory, one, party, next_on) for party in parties]
    return tuple(
        name
        for holders in found
        for name in (
            ("the secretariat",) if holders.secretariat else [p.label for p in holders.people]
        )
    )


def _calendar(directory: Directory, one: Waiting, holders: Holders) -> Calendar:
    if one.kind == waiting_ladders.ACCEPTANCE and one.person_id is not None:
        return directory.calendar(directory.people[one.person_id])
    nation = holders.people[0].nation if holders.people else Nation.ENGLAND
    return directory.national_calendar(nation)
