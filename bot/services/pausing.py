"""The off switch: the secretariat or a chair turns it, in Slack or on the command line."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from bot.domain.errors import UserError
from bot.domain.forms import Form
from bot.domain.messages import Message, message, say
from bot.domain.outgoing import Outgoing
from bot.domain.people import LONDON, Directory, Group, Role
from bot.domain.text import GuardedText
from bot.services import intake, pause_words, resuming
from bot.services.answering import tell
from bot.services.intake import Arrival, Desk
from storage import audit, groups, outbox, pauses, people
from storage.database import Database, Session

split = pause_words.split

MAY = (Role.SECRETARIAT, Role.CHAIR, Role.DEPUTY_CHAIR)
OPERATOR = "Whoever runs me"
ITSELF = "The day that was named has come, so I"
_ALREADY = "That has been done already."


def form(database: Database, arrival: Arrival, *, now: datetime) -> Form:
    """What is asked of whoever wants to turn it off; UserError for anybody who may not."""
    with intake.reading(database, arrival, now=now) as desk:
        _may(desk)
        return pause_words.form(desk.group)


def pause(
    database: Database,
    arrival: Arrival,
    *,
    reason: GuardedText,
    until: GuardedText | None,
    now: datetime,
) -> Message:
    """Turn it off; paused already, the reason and the day are those given now."""
    with intake.once(database, arrival, now=now) as desk:
        if desk is None:
            return message(say(_ALREADY))
        return _paused(desk, reason, until)


def by_form(
    database: Database,
    arrival: Arrival,
    *,
    reason: GuardedText,
    until: GuardedText,
    now: datetime,
) -> None:
    """The same from the form; whoever sent it in is told by direct message."""
    with intake.once(database, arrival, now=now) as desk:
        if desk is not None:
            tell(desk, _paused(desk, reason, until or None), subject={})


def by_button(database: Database, arrival: Arrival, *, now: datetime) -> None:
    """Turn it on again by its button; whoever pressed it is told by direct message."""
    with intake.once(database, arrival, now=now) as desk:
        if desk is not None:
            tell(desk, _resumed(desk), subject={})


def resume(database: Database, arrival: Arrival, *, now: datetime) -> Message:
    """Turn it on again: what was held is merged, one message a person."""
    with intake.once(database, arrival, now=now) as desk:
        if desk is None:
            return message(say(_ALREADY))
        return _resumed(desk)


def pause_by_operator(
    database: Database,
    group_key: str | None,
    *,
    reason: GuardedText,
    until: GuardedText | None,
    now: datetime,
) -> Message:
    """The same from the command line, for which Slack need not be there."""

    def work(session: Session, directory: Directory) -> Message:
        until_at = pause_words.until_at(directory, until, now=now) if until else None
        return _off(
            session, directory, pause_words.reason(reason), until_at, None, OPERATOR, now=now
        )

    return _by_operator(database, group_key, work)


def resume_by_operator(database: Database, group_key: str | None, *, now: datetime) -> Message:
    """The same from the command line."""

    def work(session: Session, directory: Directory) -> Message:
        return _on(session, directory, None, f"{OPERATOR} has", now=now)

    return _by_operator(database, group_key, work)


def sweep(database: Database, *, now: datetime) -> int:
    """End each pause whose day has come; how many. Safe to run twice or late."""
    with database.snapshot() as session:
        found = [g for g in groups.every(session) if _is_over(session, g, now)]
    ended = 0
    for group in found:
        with database.transaction() as session:
            pauses.lock(session, group.id)
            if _is_over(session, group, now):
                _on(session, people.directory(session, group.id), None, ITSELF, now=now)
                ended += 1
    return ended


def _is_over(session: Session, group: Group, now: datetime) -> bool:
    found = pauses.standing(session, group.id)
    return found is not None and found.until_at is not None and found.until_at <= now


def _paused(desk: Desk, reason: GuardedText, until: GuardedText | None) -> Message:
    _may(desk)
    at = pause_words.until_at(desk.directory, until, now=desk.now) if until else None
    by, why = desk.person, pause_words.reason(reason)
    return _off(desk.session, desk.directory, why, at, by.id, by.label, now=desk.now)


def _resumed(desk: Desk) -> Message:
    _may(desk)
    by = desk.person
    return _on(desk.session, desk.directory, by.id, f"{by.label} has", now=desk.now)


def _may(desk: Desk) -> None:
    if not desk.is_a(*MAY):
        raise UserError(
            "Only the secretariat or a chair can pause or resume all that I send. To put an item "
            "of yours on hold say, for example, `A-03 is on hold`."
        )


def _off(
    session: Session,
    directory: Directory,
    reason: str,
    until_at: datetime | None,
    by_id: int | None,
    who: str,
    *,
    now: datetime,
) -> Message:
    group = directory.group
    pauses.lock(session, group.id)
    again = pauses.standing(session, group.id) is not None
    pauses.enter(session, group.id, reason=reason, until_at=until_at, by_id=by_id, now=now)
    found = pauses.standing(session, group.id)
    if found is None:
        raise AssertionError("A pause that was entered stands.")
    number = resuming.plan(session, group.id, found, now=now).people
    said = pause_words.paused(who, group.name, found, again=again, people=number)
    audit.record(
        session,
        "paused",
        "group",
        group_id=group.id,
        by_id=by_id,
        now=now,
        until=until_at.isoformat() if until_at else None,
    )
    return _tell(session, directory, said, by_id, mark="paused", now=now)


def _on(
    session: Session, directory: Directory, by_id: int | None, who: str, *, now: datetime
) -> Message:
    group = directory.group
    pauses.lock(session, group.id)
    found = pauses.standing(session, group.id)
    if found is None:
        raise UserError("I am not paused: `pause REASON` would stop all that I send.")
    merger = resuming.plan(session, group.id, found, now=now)
    resuming.carry_out(session, merger, found, now=now)
    pauses.enter(
        session,
        group.id,
        reason=found.reason,
        until_at=None,
        by_id=by_id,
        now=now,
        resumes=True,
    )
    said = pause_words.resumed(who, found, people=merger.people)
    audit.record(
        session,
        "resumed",
        "group",
        group_id=group.id,
        by_id=by_id,
        now=now,
        people=merger.people,
        held=len(merger.held),
    )
    return _tell(session, directory, said, by_id, mark="resumed", now=now)


def _tell(
    session: Session,
    directory: Directory,
    said: Message,
    by_id: int | None,
    *,
    mark: str,
    now: datetime,
) -> Message:
    """The secretariat hears of it by direct message; the same is the answer to whoever did it."""
    group = directory.group
    for person in directory.holders(Role.SECRETARIAT, now.astimezone(LONDON).date()):
        if person.accounts and person.id != by_id:
            outgoing = Outgoing(
                key=f"{mark}:{group.id}:{now.isoformat()}:{person.id}",
                group_id=group.id,
                team_id=group.team_id,
                person_id=person.id,
                message=said,
            )
            outbox.enqueue(session, outgoing, due_at=now, now=now)
    return said


def _by_operator(
    database: Database,
    group_key: str | None,
    work: Callable[[Session, Directory], Message],
) -> Message:
    with database.transaction() as session:
        every = groups.every(session)
        chosen = [g for g in every if group_key in (None, g.key)]
        if not chosen:
            raise UserError(f"There is no group {group_key!r}: check its key.")
        if len(chosen) > 1:
            keys = ", ".join(g.key for g in chosen)
            raise UserError(f"There are several groups ({keys}): name one with --group KEY.")
        return work(session, people.directory(session, chosen[0].id))
