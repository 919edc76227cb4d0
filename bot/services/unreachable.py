"""People without a Slack account: what they are owed is one errand of the secretariat's."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.domain import waiting_ladders
from bot.domain.diaries import local_day
from bot.domain.errors import PermanentError, UserError
from bot.domain.messages import Button, Message
from bot.domain.people import Directory, Person, Role
from bot.services import email_words, intake, introductions, planning, waits
from bot.services.answering import tell
from bot.services.intake import Arrival, Desk
from bot.services.wait_copies import reword
from storage import audit, by_hand, groups, items, payloads, people, seats, waiting
from storage.database import Database, Session
from storage.outbox import Owed, Place

KIND = "unreachable"
BY_EMAIL = "sent by e-mail"
NEWER = "merged into the next message"
AFTER = timedelta(seconds=1)
_ASKS = ("intro:", "nudge:")


class NoSeatError(PermanentError):
    """Whoever it is for has no account: the secretariat sends it on."""


def hold(session: Session, owed: Owed, directory: Directory, *, now: datetime) -> None:
    """A message for somebody without an account waits for the secretariat to send it on."""
    by_hand.hold(session, owed, reason="it waits for the secretariat to send it on")
    if owed.person_id is not None:
        gather(session, directory, directory.people[owed.person_id], now=now)


def gather(session: Session, directory: Directory, person: Person, *, now: datetime) -> None:
    """One errand about one person, with all that they are owed; none where they are owed nothing.

    A reminder takes the place of an earlier one about the same items.
    """
    owed = _newest(session, by_hand.of_person(session, person.id), now=now)
    found = waiting.unsettled(session, directory.group.id, kind=KIND, subject_id=person.id)
    if not owed:
        _settle(session, directory, person, "nothing is owed to them any more", now=now)
        return
    said = _task(directory, person, owed, now=now)
    if not found:
        waits.open_wait(
            session,
            directory,
            kind=KIND,
            subject_id=person.id,
            role=Role.SECRETARIAT,
            message=said,
            now=now,
        )
    elif found[0].payload["message"] != payloads.dump(said):
        reword(session, found[0], said, now=now)


def _newest(session: Session, owed: Sequence[Place], *, now: datetime) -> list[Place]:
    kept: list[Place] = []
    for one in owed:
        about = set(one.subject.get("items", ()))
        older = [
            each.id
            for each in kept
            if one.key.startswith("nudge:")
            and each.key.startswith("nudge:")
            and set(each.subject.get("items", ())) <= about
        ]
        by_hand.overtaken(session, older, reason=NEWER, now=now)
        kept = [each for each in kept if each.id not in older] + [one]
    return kept


def _task(directory: Directory, person: Person, owed: Sequence[Place], *, now: datetime) -> Message:
    words = email_words.letter(directory, person, [one.message for one in owed], now=now)
    value = json.dumps({"person": person.id, "of": [one.id for one in owed]}, separators=(",", ":"))
    return email_words.task(person, words, Button(label="Sent it", action="seat.sent", value=value))


def _settle(
    session: Session,
    directory: Directory,
    person: Person,
    outcome: str,
    *,
    now: datetime,
    by_id: int | None = None,
) -> None:
    waits.settle(
        session,
        directory,
        kind=KIND,
        subject_id=person.id,
        by_id=by_id,
        outcome=outcome,
        now=now,
    )


def sent(
    database: Database,
    arrival: Arrival,
    *,
    person_id: int,
    numbers: Sequence[int],
    now: datetime,
) -> None:
    """The secretariat has sent somebody their e-mail: they have been asked, from now.

    Raises UserError where it has been done, or for anybody else. Where the text has changed
    since it was shown, nothing is recorded and the present text is shown.
    """
    with intake.once(database, arrival, now=now) as desk:
        if desk is None:
            return
        person = desk.directory.people.get(person_id)
        if person is None or not desk.is_a(Role.SECRETARIAT):
            raise UserError("Only the secretariat records that an e-mail went: tell them.")
        found = waiting.unsettled(desk.session, desk.group.id, kind=KIND, subject_id=person_id)
        if not found:
            raise UserError(f"Nothing waits to be sent to {person.label} any more.")
        owed = by_hand.of_person(desk.session, person_id)
        if [one.id for one in owed] != list(numbers):
            gather(desk.session, desk.directory, person, now=now)
            _say_it_changed(desk, person)
            return
        _record(desk, person, owed)


def _say_it_changed(desk: Desk, person: Person) -> None:
    said = email_words.changed(person)
    tell(desk, said, subject={})
    desk.audited("e-mail not recorded", f"person:{person.id}")


def _record(desk: Desk, person: Person, owed: Sequence[Place]) -> None:
    session, directory, now = desk.session, desk.directory, desk.now
    how = f"{BY_EMAIL} by {desk.person.label}"
    asked = by_hand.passed_on(session, [one.id for one in owed], how=how, now=now)
    for item_id in asked:
        planning.replan(session, directory, items.get(session, item_id), now=now, fresh=False)
    today = local_day(person, now)
    for one in waiting.unsettled(session, desk.group.id, kind=introductions.KIND):
        if one.person_id == person.id and one.next_on is None and one.rung == 0:
            next_on = waiting_ladders.next_day(
                one.kind, 0, today, today, directory.calendar(person)
            )
            waiting.begin(session, one, since=now, next_on=next_on)
    _settle(session, directory, person, BY_EMAIL, now=now, by_id=desk.person.id)
    desk.audited(BY_EMAIL, f"person:{person.id}", items=asked, messages=[o.id for o in owed])


def release(session: Session, group_id: int, person_id: int, *, now: datetime) -> None:
    """Somebody has an account now: an introduction first, then what else they are owed.

    Their items begin again at their first rung.
    """
    seats.to_be_introduced(session, person_id)
    directory = people.directory(session, group_id)
    person = directory.people[person_id]
    started = directory.group.started_at is not None
    if started:
        for item in items.owned(session, [person_id]):
            planning.replan(session, directory, item, now=now, fresh=True)
    owed = by_hand.of_person(session, person_id)
    asks = [one.id for one in owed if one.key.startswith(_ASKS) or _asks_whose(session, one)]
    by_hand.drop(session, asks, now=now)
    opening = now
    if started:
        introductions.introduce(session, directory, now=now)
        opening = introductions.opening(directory, person, now)
    rest = [one.id for one in owed if one.id not in asks]
    by_hand.owe_again(session, rest, due_at=opening + AFTER)
    _settle(session, directory, person, "they can be reached on Slack now", now=now)


def _asks_whose(session: Session, one: Place) -> bool:
    """A later step of "Is this yours?", which the introduction asks again."""
    number = one.subject.get("waiting")
    found = waiting.locked(session, number) if number is not None else None
    return found is not None and found.kind == introductions.KIND


def sweep(database: Database, *, now: datetime) -> int:
    """Keep each errand to what is owed still, and end it for who has an account by now.

    How many people were seen to; safe to run twice or late.
    """
    with database.snapshot() as session:
        started = [g.id for g in groups.every(session) if g.started_at is not None]
    return sum(_sweep_group(database, group_id, now=now) for group_id in started)


def _sweep_group(database: Database, group_id: int, *, now: datetime) -> int:
    with database.snapshot() as session:
        if not _concerned(session, group_id):
            return 0
    with database.transaction() as session:
        directory = people.directory(session, group_id)
        for person_id in sorted(_concerned(session, group_id)):
            person = directory.people[person_id]
            if not person.accounts:
                gather(session, directory, person, now=now)
                continue
            release(session, group_id, person_id, now=now)
            audit.record(
                session,
                "reachable",
                f"person:{person_id}",
                group_id=group_id,
                by_id=None,
                now=now,
            )
        return len(_concerned(session, group_id))


def _concerned(session: Session, group_id: int) -> set[int]:
    errands = waiting.unsettled(session, group_id, kind=KIND)
    return by_hand.readers(session, group_id) | {one.subject_id for one in errands}
