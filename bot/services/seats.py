"""Claiming a seat: somebody says who they are, and the secretariat confirms it or does not."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from datetime import datetime

from bot.domain.errors import UserError
from bot.domain.forms import Form
from bot.domain.messages import Message, message, say
from bot.domain.outgoing import Outgoing
from bot.domain.people import Account, Directory, Person, Role
from bot.domain.text import GuardedText
from bot.services import intake, seat_words, waits
from bot.services.intake import Arrival, Desk
from bot.services.wait_copies import reword
from storage import audit, outbox, people, taken, waiting
from storage.database import Database, Session

KIND = "seat"


def without(directory: Directory) -> list[Person]:
    """Who has no account, by name."""
    return sorted((p for p in directory.people.values() if not p.accounts), key=lambda p: p.name)


def post(desk: Desk) -> bool:
    """Ask in the group's channel who of it is there; whether there was anybody to ask for."""
    group = desk.group
    if group.channel_id is None or not without(desk.directory):
        return False
    outgoing = Outgoing(
        key=f"seats:{desk.arrival.key}",
        group_id=group.id,
        team_id=group.team_id,
        channel_id=group.channel_id,
        message=seat_words.question(group),
        subject={"group": group.id},
    )
    return outbox.enqueue(desk.session, outgoing, due_at=desk.now, now=desk.now) is not None


def ask(database: Database, arrival: Arrival, *, now: datetime) -> Message:
    """`seats`: put the question to the channel again; secretariat only."""
    with intake.once(database, arrival, now=now) as desk:
        if desk is None:
            return message(say("I have asked in the group’s channel."))
        only_secretariat(desk, "ask who has no seat yet")
        if desk.group.channel_id is None:
            raise UserError("The group has no channel: name one in the group file.")
        if not post(desk):
            return message(say("Everybody on the register has an account: there is nobody to ask."))
        desk.audited("seats asked for", f"group:{desk.group.id}")
    return message(say("I have asked in the group’s channel, naming nobody."))


def only_secretariat(desk: Desk, what: str) -> None:
    """UserError for anybody else."""
    if not desk.is_a(Role.SECRETARIAT):
        raise UserError(f"Only the secretariat can {what}: ask them.")


def form(database: Database, arrival: Arrival, *, group_id: int) -> Form:
    """Where somebody says who they are; UserError for who has a seat."""
    with database.snapshot() as session:
        directory = people.directory(session, group_id)
        known = directory.by_account(arrival.account)
        if known is not None:
            raise UserError(
                f"You have a seat: I write to you here as {known.label}. Tell the secretariat if "
                "that is not you."
            )
        return seat_words.form(directory.group)


def claim(
    database: Database,
    arrival: Arrival,
    *,
    group_id: int,
    shown_as: GuardedText,
    name: GuardedText,
    email: GuardedText,
    now: datetime,
) -> str:
    """Somebody says who they are. What they are told never says whether it fits anybody."""
    with database.transaction() as session:
        if taken.take(session, arrival.key, kind=arrival.kind, now=now):
            directory = people.directory(session, group_id)
            if directory.by_account(arrival.account) is None:
                likely = _likely(directory, name, email)
                number = number_of(arrival.account)
                said = seat_words.claim(number, arrival.account, shown_as, name, email, likely)
                _put(session, directory, arrival.account, said, now=now)
    return seat_words.CLAIMED


def number_of(account: Account) -> int:
    """An account's number among claims: one account has one claim at a time."""
    return zlib.crc32(f"{account.team_id}:{account.user_id}".encode()) & 0x7FFFFFFF


def _put(
    session: Session, directory: Directory, account: Account, said: Message, *, now: datetime
) -> None:
    group_id, number = directory.group.id, number_of(account)
    there = waiting.unsettled(session, group_id, kind=KIND, subject_id=number)
    if there:
        reword(session, there[0], said, now=now)
    else:
        waits.open_wait(
            session,
            directory,
            kind=KIND,
            subject_id=number,
            role=Role.SECRETARIAT,
            message=said,
            subject={"account": [account.team_id, account.user_id]},
            now=now,
        )
    audit.record(
        session,
        "seat claimed",
        f"account:{account.team_id}:{account.user_id}",
        group_id=group_id,
        by_id=None,
        now=now,
    )


def _likely(directory: Directory, name: GuardedText, email: GuardedText) -> Sequence[Person]:
    """Those without an account whose address or name this is, an address first."""
    called, address = _folded(name.text), email.text.strip().casefold()
    free = without(directory)
    by_address = [p for p in free if p.email and p.email.casefold() == address]
    by_name = [p for p in free if _folded(p.name) == called]
    return list(dict.fromkeys([*by_address, *by_name]))


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()
