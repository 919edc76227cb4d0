"""Sending what is owed: lease in one transaction, send outside any, settle in another."""

from __future__ import annotations

import logging
import secrets
from dataclasses import replace
from datetime import datetime, timedelta

from bot import logs
from bot.domain.audiences import objection
from bot.domain.clock import Clock
from bot.domain.errors import PermanentError, TransientError, unquoted
from bot.domain.outgoing import Audience, Sending
from bot.domain.people import LONDON, Account
from bot.services import lateness, off_switch, returning, undelivered, unreachable
from bot.services.parcels import (
    LaterError,
    NeedlessError,
    OvertakenError,
    Parcel,
    Sender,
    Sent,
    UncertainError,
)
from bot.services.returning import Ending, going_on
from storage import conversations, deliveries, edits, outbox, people, redrawing, withdrawing
from storage.database import Database, Session
from storage.outbox import Owed

logger = logging.getLogger(__name__)

BATCH = 50
PAUSE = timedelta(minutes=5)
BEHIND_ITS_TARGET = timedelta(seconds=2)
LOOK_AGAIN = timedelta(seconds=10)


REPEATABLE = (Sending.UPDATE, Sending.HOME, Sending.REMOVAL)


def sweep(
    database: Database,
    sender: Sender,
    *,
    clock: Clock,
    limit: int = BATCH,
    doubtful_only: bool = False,
    ending: Ending = going_on,
) -> int:
    """Send what is due, a batch of it; how many rows were dealt with. Safe to run twice."""
    if ending():
        return 0
    now = clock()
    with database.transaction() as session:
        token = secrets.token_hex(8)
        batch = outbox.lease(
            session, token=token, now=now, limit=limit, doubtful_only=doubtful_only
        )
    held: dict[str, LaterError] = {}
    for done, owed in enumerate(batch):
        if ending():
            returning.give_back(database, batch[done:], now=clock())
            return done
        if clock() - now > outbox.LEASE / 2:
            # The rest would outlive its lease and be taken by somebody else meanwhile.
            held.setdefault(_place(owed), LaterError("the batch took too long", clock()))
        _deliver(database, sender, owed, clock=clock, held=held, look_only=doubtful_only)
    return len(batch)


def recover(database: Database, sender: Sender, *, clock: Clock, ending: Ending = going_on) -> int:
    """Look up what a dead process may have sent, and send nothing; how many were looked up."""
    return sweep(database, sender, clock=clock, doubtful_only=True, ending=ending)


def claim_orphans(database: Database, *, now: datetime) -> int:
    """At start, by whoever holds the database alone: all that was being sent is looked up now."""
    with database.transaction() as session:
        return deliveries.orphaned(session, now=now)


def _place(owed: Owed) -> str:
    return owed.channel_id or f"person:{owed.person_id}"


def _deliver(
    database: Database,
    sender: Sender,
    owed: Owed,
    *,
    clock: Clock,
    held: dict[str, LaterError],
    look_only: bool,
) -> None:
    """One row: found, sent, given back, in doubt, or buried."""
    try:
        parcel, sent = _attempt(database, sender, owed, now=clock(), held=held, look_only=look_only)
    except LaterError as error:
        _give_back(database, owed, error)
    except TransientError as error:
        later = LaterError(str(error), clock() + timedelta(seconds=max(1.0, error.retry_after)))
        # What follows it into the same conversation keeps its place behind it.
        held[_place(owed)] = LaterError("it follows one that waits", later.due_at)
        _give_back(database, owed, later)
    except UncertainError as error:
        logger.warning("in doubt about %s: %s", owed.key, unquoted(str(error)), extra=_ids(owed))
        with database.transaction() as session:
            outbox.doubt(session, owed, reason=str(error), due_at=clock() + LOOK_AGAIN)
    except NeedlessError:
        with database.transaction() as session:
            outbox.settle(session, owed, channel_id=None, ts=None, now=clock())
    except OvertakenError as error:
        logger.info("took back %s", owed.key, extra=_ids(owed))
        with database.transaction() as session:
            withdrawing.take_back(session, owed, reason=str(error), now=clock())
    except unreachable.NoSeatError as error:
        logger.info("%s goes by hand", owed.key)
        with database.transaction() as session:
            undelivered.bury(session, owed, reason=error, now=clock())
    except PermanentError as error:
        logger.error("could not send %s: %s", owed.key, unquoted(str(error)), extra=_ids(owed))
        with database.transaction() as session:
            undelivered.bury(session, owed, reason=error, now=clock())
    else:
        _settle(database, parcel, sent, now=clock())


def _attempt(
    database: Database,
    sender: Sender,
    owed: Owed,
    *,
    now: datetime,
    held: dict[str, LaterError],
    look_only: bool,
) -> tuple[Parcel, Sent]:
    with database.snapshot() as session:
        parcel = _address(session, owed, now=now)
    sent = _look_up(database, sender, parcel)
    if sent is not None:
        return parcel, sent
    if look_only:
        raise LaterError("it had not been sent", now)
    if _place(owed) in held:
        raise held[_place(owed)]
    with database.snapshot() as session:
        _not_paused(session, owed, now=now)
    _check(database, sender, parcel, now=now)
    # Last of all: a pause, a closing time or an answer stops all but the call that is on the wire.
    with database.snapshot() as session:
        _not_paused(session, owed, now=now)
        lateness.check(session, owed, now=now)
        if (reason := withdrawing.overtaken(session, owed)) is not None:
            raise OvertakenError(reason)
    return parcel, sender.send(parcel)


def _ids(owed: Owed) -> dict[str, dict[str, object]]:
    return logs.about(
        group=owed.group_key, outbox=owed.id, person=owed.person_id, item=logs.items(owed.subject)
    )


def _give_back(database: Database, owed: Owed, error: LaterError) -> None:
    logger.info("put off %s: %s", owed.key, unquoted(str(error)), extra=_ids(owed))
    with database.transaction() as session:
        outbox.give_back(session, owed, reason=str(error), due_at=error.due_at)


def _settle(database: Database, parcel: Parcel, sent: Sent, *, now: datetime) -> None:
    owed = parcel.owed
    stays = owed.kind in (Sending.MESSAGE, Sending.FILE)
    with database.transaction() as session:
        # An update stands where its target stands, and leaves that place to it.
        channel_id = sent.channel_id if stays else None
        ts = sent.ts if stays else None
        outbox.settle(session, owed, channel_id=channel_id, ts=ts, now=now, file_id=sent.file_id)
        if sent.renew:
            edits.rewrite(session, owed.id, lambda said: said, key=f"renew:{owed.id}", now=now)
        if channel_id and ts:
            account = parcel.account
            conversations.know(
                session,
                team_id=sent.team_id,
                channel_id=channel_id,
                kind=conversations.kind_of(channel_id),
                user_id=account.user_id if account else None,
                ts=ts,
            )
    logger.info("sent %s", owed.key, extra=_ids(owed))


def _address(session: Session, owed: Owed, *, now: datetime) -> Parcel:
    """Where it goes; raises where it must wait, is needless, or has nowhere to go."""
    account = _account(session, owed)
    if owed.kind in (Sending.UPDATE, Sending.HOME) and deliveries.superseded(session, owed):
        raise NeedlessError
    if owed.kind in (Sending.UPDATE, Sending.REMOVAL):
        _not_paused(session, owed, now=now)  # nor is its target sent meanwhile
        return _to_its_target(session, owed, now=now)
    if owed.channel_id is None and account is None:
        _not_paused(session, owed, now=now)
        raise unreachable.NoSeatError("they have no Slack account")
    owed = replace(owed, message=off_switch.answered(session, owed, now=now))
    return Parcel(owed=owed, account=account, channel_id=owed.channel_id)


def _account(session: Session, owed: Owed) -> Account | None:
    if owed.person_id is not None:
        return people.account_for(session, owed.person_id)
    # Whom an ephemeral message is for, where they are nobody of ours.
    eyes = owed.subject.get("eyes")
    return Account(*eyes) if eyes else None


def _not_paused(session: Session, owed: Owed, *, now: datetime) -> None:
    if owed.key.startswith(redrawing.REDRAWN):
        return  # words that are to go
    if off_switch.stops(session, owed, now=now) is not None:
        raise LaterError("the group is paused", now + PAUSE)


def _to_its_target(session: Session, owed: Owed, *, now: datetime) -> Parcel:
    if owed.target_id is None:
        raise PermanentError("an update names the message that it changes")
    target = outbox.place(session, owed.target_id)
    if target.state in ("owed", "sending"):
        raise LaterError("what it changes has not been sent yet", now + BEHIND_ITS_TARGET)
    if owed.kind is Sending.REMOVAL and (target.file_id or target.ts):
        return Parcel(
            owed=owed,
            channel_id=target.channel_id,
            target_ts=target.ts,
            file_id=target.file_id,
            file_title=target.file["title"] if target.file else None,
        )
    if target.channel_id is None or target.ts is None:
        raise NeedlessError
    return Parcel(owed=owed, channel_id=target.channel_id, target_ts=target.ts)


def _look_up(database: Database, sender: Sender, parcel: Parcel) -> Sent | None:
    """Where it stands already, if a process that is gone has sent it."""
    owed = parcel.owed
    if owed.maybe_sent_since is None or owed.kind in REPEATABLE:
        return None
    if owed.kind is Sending.EPHEMERAL:
        raise NeedlessError  # at most once
    try:
        candidates = sender.find(parcel, owed.maybe_sent_since)
    except TransientError as error:
        # Giving it back would forget that it may have been sent.
        raise UncertainError(str(error)) from error
    with database.snapshot() as session:
        for found in candidates:
            if found.exact or not deliveries.stands(session, found.channel_id, found.ts):
                return found
    return None


def _check(database: Database, sender: Sender, parcel: Parcel, *, now: datetime) -> None:
    """PermanentError where somebody would read it who may not."""
    owed = parcel.owed
    in_own_dm = owed.channel_id is None and owed.audience is Audience.MEMBERS
    if owed.audience is Audience.ANYONE or owed.group_id is None or in_own_dm:
        return
    room = sender.room(parcel)
    with database.snapshot() as session:
        directory = people.directory(session, owed.group_id)
    reason = objection(directory, owed.audience, room, now.astimezone(LONDON).date())
    if reason is not None:
        raise undelivered.UnfitRoomError(reason)
