"""The front desk: everything that comes in is taken once, from somebody, in some group."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from bot.domain.errors import UserError
from bot.domain.people import Account, Directory, Group, Person, Role
from storage import audit, groups, items, outbox, people, restorations, taken
from storage.database import Database, Session

REFUSAL = (
    "I only answer members of the groups I work for: ask their secretariat to add you to the "
    "register."
)


class StrangerError(UserError):
    """Somebody who is in no group of ours: they get one sentence and nothing else."""


class WhichGroupError(UserError):
    """Somebody in several groups, in a place that does not say which is meant."""


@dataclass(frozen=True, kw_only=True)
class Arrival:
    """One incoming thing: its key, from whom, where, and the message of ours it answers.

    The key is (team, channel, ts) for a message whichever event brings it, with `edited.ts` for
    an edit; the trigger id for a command or button; the view id for a modal.
    """

    key: str
    kind: str
    account: Account
    channel_id: str | None = None
    answers_ts: str | None = None
    group_key: str | None = None


@dataclass(frozen=True, kw_only=True)
class Desk:
    """An open transaction and who stands before it; `answered` is our message they answer."""

    session: Session
    group: Group
    person: Person
    directory: Directory
    now: datetime
    arrival: Arrival
    answered: outbox.Place | None

    @property
    def today(self) -> date:
        """The day it is for this person."""
        return self.now.astimezone(self.person.zone).date()

    def is_a(self, *roles: Role) -> bool:
        """Whether they hold one of these roles today."""
        return self.directory.has_role(self.person.id, *roles, on=self.today)

    def audited(self, action: str, subject: str, **detail: Any) -> None:
        """Owe the audit chain a link for what this person did; `storage.audit.record` has more."""
        audit.record(
            self.session,
            action,
            subject,
            group_id=self.group.id,
            by_id=self.person.id,
            now=self.now,
            **detail,
        )


@contextlib.contextmanager
def once(database: Database, arrival: Arrival, *, now: datetime) -> Iterator[Desk | None]:
    """One transaction for one arrival; nothing where it has been taken before.

    Raises StrangerError for somebody in no group, WhichGroupError where the place leaves several.
    """
    with database.transaction() as session:
        if not taken.take(session, arrival.key, kind=arrival.kind, now=now):
            yield None
            return
        found = desk(session, arrival, now=now)
        outbox.acting(session, found.person.id)
        yield found


@contextlib.contextmanager
def reading(database: Database, arrival: Arrival, *, now: datetime) -> Iterator[Desk]:
    """A snapshot for somebody who only asks; nothing is taken, nothing can be written."""
    with database.snapshot() as session:
        yield desk(session, arrival, now=now)


def desk(session: Session, arrival: Arrival, *, now: datetime) -> Desk:
    """Who this is from, and in which group: by the message answered, the channel, or theirs."""
    answered = None
    if arrival.channel_id and arrival.answers_ts:
        answered = outbox.at_place(session, arrival.channel_id, arrival.answers_ts)
        if answered is None and arrival.kind == "button":
            _not_lost(session, arrival.answers_ts)
    group = _group(session, arrival, answered)
    directory = people.directory(session, group.id)
    person = directory.by_account(arrival.account)
    if person is None or _has_left(session, directory, person, now):
        raise StrangerError(REFUSAL)
    return Desk(
        session=session,
        group=group,
        person=person,
        directory=directory,
        now=now,
        arrival=arrival,
        answered=answered,
    )


def _has_left(session: Session, directory: Directory, person: Person, now: datetime) -> bool:
    """Whoever's roles have ended is nobody's member, unless items are still theirs to answer."""
    on = now.astimezone(person.zone).date()
    if not directory.has_left(person.id, on):
        return False
    covers = any(
        c.cover_id == person.id and c.from_on <= on <= c.until_on for c in directory.covers
    )
    return not covers and not items.owned(session, [person.id])


def _not_lost(session: Session, ts: str) -> None:
    # Its numbers may be those of other things by now.
    if restorations.is_lost(session, ts):
        raise UserError(
            "I have been restored from a backup made before that message, so its buttons do "
            "nothing any more: say it in words, or ask the secretariat."
        )


def _group(session: Session, arrival: Arrival, answered: outbox.Place | None) -> Group:
    account = arrival.account
    mine = groups.of_account(session, account.team_id, account.user_id)
    if not mine:
        raise StrangerError(REFUSAL)
    if arrival.group_key:
        named = [g for g in mine if g.key == arrival.group_key]
    elif answered is not None and answered.group_id is not None:
        named = [g for g in mine if g.id == answered.group_id]
    else:
        here = groups.by_channel(session, arrival.channel_id) if arrival.channel_id else None
        named = [g for g in mine if here is not None and g.id == here.id] or mine
    if not named:
        raise StrangerError(REFUSAL)
    if len(named) > 1:
        keys = ", ".join(group.key for group in named)
        raise WhichGroupError(
            f"You are in several groups ({keys}): say which, for example `{named[0].key}: status`."
        )
    return named[0]
