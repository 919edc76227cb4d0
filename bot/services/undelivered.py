"""What could not be sent: kept with its reason, sent another way where that is right, and told."""

from __future__ import annotations

from datetime import datetime

from bot.domain.audiences import entitled
from bot.domain.errors import PermanentError
from bot.domain.messages import message, say
from bot.domain.outgoing import Audience, Outgoing, Sending
from bot.domain.people import LONDON, Directory, Role
from bot.services import hand_over_words, unreachable
from storage import groups, nudges, outbox, people
from storage.database import Session
from storage.outbox import Owed

NOTICE = "undelivered:"


class GoneError(PermanentError):
    """The account is there no more: nothing will ever reach it."""


class UnfitRoomError(PermanentError):
    """Somebody is in the conversation who may not see it; it goes by DM to those who may."""


def for_secretariat(session: Session, owed: Owed, *, now: datetime) -> bool:
    """Whether it goes to the secretariat, whom the off switch does not stop.

    That is to its members, or to its channel; an update goes where its message stands.
    """
    if owed.audience is Audience.SECRETARIAT:
        return True
    if owed.group_id is None:
        return False
    if owed.person_id is None:
        channel = owed.channel_id
        if channel is None and owed.target_id is not None:
            channel = outbox.place(session, owed.target_id).channel_id
        return channel is not None and (
            channel == groups.get(session, owed.group_id).clearance_channel_id
        )
    directory = people.directory(session, owed.group_id)
    return directory.has_role(owed.person_id, Role.SECRETARIAT, on=now.astimezone(LONDON).date())


def bury(session: Session, owed: Owed, *, reason: PermanentError, now: datetime) -> None:
    """Keep the reason; send it by DM where only the room was unfit, else tell the secretariat."""
    by_hand = isinstance(reason, unreachable.NoSeatError) and owed.kind is Sending.MESSAGE
    if by_hand and owed.group_id is not None:
        directory = people.directory(session, owed.group_id)
        if not _another_has_it(owed, directory, now=now):
            unreachable.hold(session, owed, directory, now=now)
            return
    outbox.bury(session, owed, reason=str(reason), now=now)
    nudges.undelivered(session, owed.id, reason=str(reason), now=now)
    if owed.group_id is None or owed.kind in (Sending.HOME, Sending.EPHEMERAL):
        return
    directory = people.directory(session, owed.group_id)
    if isinstance(reason, UnfitRoomError) and owed.channel_id and not owed.thread_ts:
        _by_dm(session, owed, directory, now=now)
    if not owed.key.startswith(NOTICE) and not by_hand:
        _tell(session, owed, directory, reason=reason, now=now)


def _another_has_it(owed: Owed, directory: Directory, *, now: datetime) -> bool:
    """What the secretariat is told goes to each of them, and nobody passes it on to themselves."""
    on = now.astimezone(LONDON).date()
    theirs = owed.person_id and directory.has_role(owed.person_id, Role.SECRETARIAT, on=on)
    return bool(theirs) and owed.key.startswith(("wait:", NOTICE))


def _by_dm(session: Session, owed: Owed, directory: Directory, *, now: datetime) -> None:
    on = now.astimezone(LONDON).date()
    for person in entitled(directory, owed.audience, on):
        outgoing = Outgoing(
            key=f"{owed.key}/dm/{person.id}",
            group_id=owed.group_id,
            team_id=owed.team_id,
            kind=owed.kind,
            person_id=person.id,
            message=owed.message,
            audience=owed.audience,
            subject=owed.subject,
            file=owed.file,
        )
        outbox.enqueue(session, outgoing, due_at=now, now=now)


def _tell(
    session: Session, owed: Owed, directory: Directory, *, reason: PermanentError, now: datetime
) -> None:
    to = directory.people.get(owed.person_id) if owed.person_id else None
    whom = f"{to.name} ({to.body})" if to else "the group's channel"
    for person in directory.holders(Role.SECRETARIAT, now.astimezone(LONDON).date()):
        if to is not None and person.id == to.id:
            continue
        offer = to is not None and isinstance(reason, GoneError)
        said = message(
            say(f"I could not deliver a message to {whom}: {reason}."),
            *([hand_over_words.offered(to)] if to is not None and offer else []),
        )
        outgoing = Outgoing(
            key=f"{NOTICE}{owed.id}:{person.id}",
            group_id=owed.group_id,
            team_id=owed.team_id,
            person_id=person.id,
            message=said,
            subject=owed.subject,
        )
        outbox.enqueue(session, outgoing, due_at=now, now=now)
