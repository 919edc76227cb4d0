"""Letters due: planned back from their sending day, and each step put to whoever takes it.

Owners are asked for their last updates in the one message of their day; from drafting on what is
late climbs the ladders of what waits.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from bot.domain import letter_plans
from bot.domain.calendars import Calendar, Nation
from bot.domain.diaries import OPENS
from bot.domain.drafts import Event, StoredLetter
from bot.domain.letter_plans import PARLIAMENT, Allowance
from bot.domain.people import LONDON, Directory, Role
from bot.services import (
    cadence_asking,
    fact_sheets,
    letter_due_words,
    letter_waits,
    waits,
)
from storage import audit, cadences, commitments, groups, letters, people, waiting
from storage import letters_due as rows
from storage.database import Database, Session
from storage.letters_due import LetterDue

DRAFT = "letter_draft"


def sweep(database: Database, *, now: datetime) -> int:
    """Take the steps of letters due that have come; how many. Safe to run twice or late.

    Only on working days from nine, since what it opens is told at once.
    """
    local = now.astimezone(LONDON)
    if local.time() < OPENS:
        return 0
    with database.snapshot() as session:
        started = [g.id for g in groups.every(session) if g.started_at is not None]
        busy = [number for number in started if _busy(session, number, now=now)]
    return sum(_of_group(database, number, now=now) for number in busy)


def _busy(session: Session, group_id: int, *, now: datetime) -> bool:
    """Whether a group has letters due or promises to ask about; most days there is neither."""
    if groups.paused(session, group_id, now=now) is not None:
        return False
    return bool(rows.unsettled(session, group_id) or cadences.without(session, group_id))


def _of_group(database: Database, group_id: int, *, now: datetime) -> int:
    with database.transaction() as session:
        directory = people.directory(session, group_id)
        today = now.astimezone(LONDON).date()
        if not _calendar(directory).is_working(today):
            return 0
        taken = cadence_asking.ask(session, directory, now=now)
        for due in rows.unsettled(session, group_id):
            taken += _advance(session, directory, due, now=now)
        if taken:
            audit.record(
                session,
                "letters due",
                f"group:{group_id}",
                group_id=group_id,
                by_id=None,
                now=now,
                steps=taken,
            )
        return taken


def plan_anew(session: Session, directory: Directory, *, now: datetime) -> None:
    """The days of a standing promise have changed: what is not being written is planned again."""
    for due in rows.unsettled(session, directory.group.id):
        if letters.current(session, directory.group.id, due.audience) is None:
            _close(session, directory, due, None, "it was planned anew", now=now)
    open_next(session, directory, now=now)


def open_next(session: Session, directory: Directory, *, now: datetime) -> None:
    """Each audience whose next day has no letter due gets one, with its plan."""
    group_id = directory.group.id
    days = cadences.to_come(session, group_id)
    if directory.group.started_at is None or not days:
        return
    nearest: dict[str, date] = {}
    for number, audiences in fact_sheets.kept_for(session, group_id, now=now).items():
        for audience in audiences if number in days else ():
            nearest[audience] = min(days[number][0], nearest.get(audience, date.max))
    open_ones = {due.audience for due in rows.unsettled(session, group_id)}
    for audience, due_on in sorted(nearest.items()):
        if audience not in open_ones:
            _open(session, directory, audience, due_on, now=now)


def _open(
    session: Session, directory: Directory, audience: str, due_on: date, *, now: datetime
) -> None:
    today, calendar = now.astimezone(LONDON).date(), _calendar(directory)
    made = letter_plans.plan(
        due_on,
        today=today,
        allowance=Allowance.of(groups.policy(session, directory.group.id)),
        calendar=calendar,
        recesses=directory.recesses if audience == PARLIAMENT else (),
    )
    due = rows.open_one(session, made, group_id=directory.group.id, audience=audience, now=now)
    rows.ask(session, due, rows.reported(session, directory.group.id))
    broken = letter_plans.broken(made, due_on=due_on, today=today, calendar=calendar)
    told = [Role.SECRETARIAT, *([Role.CHAIR] if broken else [])]
    said = letter_due_words.planned(due, broken)
    letter_due_words.owe(session, directory, due, said, told, "planned", now=now)


def _advance(session: Session, directory: Directory, due: LetterDue, *, now: datetime) -> int:
    """Whatever has come for one letter due; how many steps were taken."""
    sent = _sent(session, due)
    if sent is not None:
        _keep(session, due, sent, now=now)
        _close(session, directory, due, sent, "it has gone", now=now)
        open_next(session, directory, now=now)
        return 1
    today = now.astimezone(LONDON).date()
    letter = letters.current(session, due.group_id, due.audience)
    submitted = letter is not None and _since(letter, Event.SUBMITTED, due)
    taken = 0
    if submitted:
        taken += _settle(session, directory, due, "it was submitted for clearance", now=now)
    elif today >= due.plan.draft_on:
        taken += _ask_for_draft(session, directory, due, today=today, now=now)
    if letter is not None and today >= due.plan.send_on and _cleared(letter):
        before = len(waiting.unsettled(session, due.group_id, kind=letter_waits.SEND))
        letter_waits.to_send(session, directory, letter, now=now)
        taken += len(waiting.unsettled(session, due.group_id, kind=letter_waits.SEND)) - before
    return taken


def _sent(session: Session, due: LetterDue) -> int | None:
    """The letter that has gone to this audience since its last updates were asked for."""
    gone = [
        letter
        for letter in commitments.letters(session, due.group_id)
        if letter.audience == due.audience and letter.dated_on >= due.plan.updates_on
    ]
    return gone[-1].id if gone else None


def _since(letter: StoredLetter, event: Event, due: LetterDue) -> bool:
    last = letter.last(event)
    return last is not None and last.at >= due.opened_at


def _cleared(letter: StoredLetter) -> bool:
    last = letter.last(Event.CLEARED, Event.DRAFTED, Event.SENT_BACK)
    return last is not None and last.event is Event.CLEARED and not letter.closed


def _ask_for_draft(
    session: Session, directory: Directory, due: LetterDue, *, today: date, now: datetime
) -> int:
    if waiting.unsettled(session, due.group_id, kind=DRAFT, subject_id=due.id):
        return 0
    silent = rows.silent(session, due.group_id, since=due.plan.updates_on)
    waits.open_wait(
        session,
        directory,
        kind=DRAFT,
        subject_id=due.id,
        role=Role.SECRETARIAT,
        message=letter_due_words.draft_it(due, silent, directory, today=today),
        subject={"letter_due": due.id},
        now=now,
    )
    told = (Role.CHAIR, Role.SIGNATORY, Role.CLEARER)
    said = letter_due_words.clear_it(due)
    letter_due_words.owe(session, directory, due, said, told, "clearance", now=now)
    return 1


def _settle(
    session: Session, directory: Directory, due: LetterDue, outcome: str, *, now: datetime
) -> int:
    return waits.settle(
        session,
        directory,
        kind=DRAFT,
        subject_id=due.id,
        by_id=None,
        outcome=outcome,
        now=now,
    )


def _keep(session: Session, due: LetterDue, letter_id: int, *, now: datetime) -> None:
    """What it was due for has been kept, and whatever was due before."""
    by_promise: Mapping[int, Iterable[str]] = fact_sheets.kept_for(session, due.group_id, now=now)
    today = now.astimezone(LONDON).date()
    days = cadences.to_come(session, due.group_id)
    for number, audiences in by_promise.items():
        if due.audience in audiences and number in days:
            # The day it was promised for may be later than the last day on which it can go.
            up_to = max(today, days[number][0])
            cadences.kept(session, number, letter_id, up_to=up_to, group_id=due.group_id, now=now)


def _close(
    session: Session,
    directory: Directory,
    due: LetterDue,
    letter_id: int | None,
    outcome: str,
    *,
    now: datetime,
) -> None:
    """It is due no more: nobody is asked for it any longer."""
    _settle(session, directory, due, outcome, now=now)
    rows.settle(session, due, letter_id=letter_id, now=now)
    rows.ask_no_more(session, due)


def _calendar(directory: Directory) -> Calendar:
    return directory.national_calendar(Nation.ENGLAND)
