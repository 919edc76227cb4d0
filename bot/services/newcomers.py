"""Somebody who is new to a group, added where they are first needed."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from bot.domain.forms import FieldError
from bot.domain.people import Account, Person
from bot.domain.text import GuardedText
from bot.services.intake import Desk
from storage import founding, people

MEMBER = re.compile(r"^(?:(?P<team>T[A-Z0-9]+):)?(?P<user>[UW][A-Z0-9]+)$")


@dataclass(frozen=True, kw_only=True)
class Newcomer:
    """A name, a body by number, and a Slack member id or none (`T…:U…` of another workspace)."""

    name: GuardedText
    body_id: int
    member: GuardedText


def add(desk: Desk, new: Newcomer) -> tuple[Desk, Person]:
    """Put somebody on the register; the desk with them in its directory.

    Raises FieldError for a name that is there already, and for an account that is no account or
    somebody else's.
    """
    directory, group_id = desk.directory, desk.group.id
    name = " ".join(new.name.text.split())
    if directory.by_name(name) is not None:
        raise FieldError("to", f"{name} is on the register already: choose them here.")
    if new.body_id not in directory.body_keys.values():
        raise FieldError("new_body", "Choose the body that they work for.")
    account = _account(desk, new.member.text.strip().lstrip("@"))
    number = founding.person(
        desk.session, group_id=group_id, name=name, body_id=new.body_id, email=None
    )
    if account is not None:
        founding.add_account(desk.session, account, group_id=group_id, person_id=number)
        desk.session.flush()
    desk.audited("person added", f"person:{number}", body=new.body_id)
    there = people.directory(desk.session, group_id)
    return replace(desk, directory=there), there.people[number]


def _account(desk: Desk, member: str) -> Account | None:
    if not member:
        return None
    found = MEMBER.match(member)
    if found is None:
        raise FieldError(
            "new_account",
            "That is no member id: copy it from their Slack profile (U012AB3CD), or leave it "
            "empty, and they are asked by e-mail.",
        )
    team = found["team"] or desk.group.team_id or desk.arrival.account.team_id
    account = Account(team, found["user"])
    whose = desk.directory.by_account(account)
    if whose is not None:
        raise FieldError("new_account", f"That account is {whose.label}’s: choose them above.")
    return account
