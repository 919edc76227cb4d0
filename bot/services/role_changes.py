"""Roles mended from the command line, by whoever runs the bot: the way back from a lock-out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.deadlines import long_date
from bot.domain.errors import UserError
from bot.domain.people import LONDON, Account, Directory, Group, Person, Role
from bot.services import say, secretaries, unreachable
from storage import audit, founding, groups, handing, people
from storage.database import Database, Session

BY = "the command line"


@dataclass(frozen=True, kw_only=True)
class Change:
    """Who holds a role from when to when, or holds it no more; with an account of theirs."""

    person: str
    role: str
    from_on: date | None = None
    until_on: date | None = None
    ends: bool = False
    account: str | None = None


def make(database: Database, group_key: str | None, change: Change, *, now: datetime) -> list[str]:
    """Make it; what was done, a line each.

    Raises UserError for nobody known, no role, another's account, or the last of a secretariat.
    """
    role = _role(change.role)
    today = now.astimezone(LONDON).date()
    with database.transaction() as session:
        group = _group(session, group_key)
        before = people.directory(session, group.id)
        person = _person(before, change.person)
        lines = _account(session, before, person, change.account, now=now)
        lines.append(_held(session, before, person, role, change, today=today, now=now))
        after = people.directory(session, group.id)
        for day in {today, change.from_on or today}:
            secretaries.keep_one(before, after, day)
        audit.record(
            session,
            "role ended" if change.ends else "role given",
            f"person:{person.id}",
            group_id=group.id,
            by_id=None,
            now=now,
            role=role.value,
            by=BY,
        )
    return lines


def _held(
    session: Session,
    directory: Directory,
    person: Person,
    role: Role,
    change: Change,
    *,
    today: date,
    now: datetime,
) -> str:
    from_on, group_id = change.from_on or today, directory.group.id
    name = role.value.replace("_", " ")
    if change.until_on is not None and change.until_on < from_on:
        raise UserError("--until is before --from: a role ends on or after the day it begins.")
    ended = handing.end_role(
        session, group_id, person.id, role, from_on=from_on, by_id=None, now=now
    )
    if change.ends:
        if not ended:
            raise UserError(f"{person.label} does not hold the role {name} then: nothing to end.")
        return f"{person.label}: {name} no more from {long_date(from_on)}"
    title = next((title for title in ended if title), person.title)
    if role is Role.SIGNATORY and title is None:
        raise UserError("A signatory needs a title to sign with: give the person one in the file.")
    handing.give_role(
        session,
        group_id,
        person.id,
        role,
        from_on=from_on,
        until_on=change.until_on,
        title=title,
        by_id=None,
        now=now,
    )
    until = f" until {long_date(change.until_on)}" if change.until_on else ""
    return f"{person.label}: {name} from {long_date(from_on)}{until}"


def _account(
    session: Session, directory: Directory, person: Person, named: str | None, *, now: datetime
) -> list[str]:
    if named is None:
        return []
    team, _, user = named.partition(":")
    if not team or not user:
        raise UserError(f"{named!r} is no account: write TEAM:USER, for example T0HOME:U012AB3CD.")
    account = Account(team, user)
    whose = directory.by_account(account)
    if whose is not None and whose.id != person.id:
        raise UserError(f"That account is {whose.label}’s: take it back from them first.")
    if whose is not None:
        return []
    group_id = directory.group.id
    founding.add_account(session, account, group_id=group_id, person_id=person.id)
    session.flush()
    if not person.accounts:
        unreachable.release(session, group_id, person.id, now=now)
    audit.record(
        session,
        "seat confirmed",
        f"person:{person.id}",
        group_id=group_id,
        by_id=None,
        now=now,
        account=named,
        by=BY,
    )
    return [f"{person.label}: account {named}"]


def _role(name: str) -> Role:
    wanted = name.strip().casefold().replace(" ", "_").replace("-", "_")
    try:
        return Role(wanted)
    except ValueError as error:
        known = ", ".join(role.value for role in Role)
        raise UserError(f"{name!r} is no role: write one of {known}.") from error


def _person(directory: Directory, name: str) -> Person:
    found = directory.by_name(name)
    if found is None:
        known = say.listed(sorted(person.name for person in directory.people.values()))
        raise UserError(f"Nobody on the register is called {name!r}. There are {known}.")
    return found


def _group(session: Session, key: str | None) -> Group:
    every = groups.every(session)
    chosen = [group for group in every if key in (None, group.key)]
    if len(chosen) == 1:
        return chosen[0]
    keys = ", ".join(group.key for group in every) or "none yet"
    raise UserError(f"Say which group with --group KEY; there are: {keys}.")
