"""Commands about who is who: `people`, `seats`, `seat NAME take back`."""

from __future__ import annotations

import re
from datetime import datetime

from bot.domain.deadlines import day_and_date
from bot.domain.errors import UserError
from bot.domain.messages import Bold, Heading, Message, Note, Part, Span, bullets, message, say
from bot.domain.people import Directory, Person, Role
from bot.services import finding, intake, seat_answers, seats
from bot.services import say as words
from bot.services.intake import Arrival, Desk
from storage import items, waiting
from storage.database import Database

TAKE_BACK = re.compile(r"^(?P<who>.+?)\s+take\s+(?:it\s+)?back$", re.I)
MOST = 60


def seat(database: Database, arrival: Arrival, rest: str, now: datetime) -> Message:
    """`seat Priya Nair take back`."""
    found = TAKE_BACK.match(rest.strip())
    if found is None:
        raise UserError("Say whose seat and what: `seat Priya Nair take back`.")
    with intake.reading(database, arrival, now=now) as desk:
        person = who(desk.directory, found["who"])
    said = seat_answers.take_back(database, arrival, person_id=person.id, account=None, now=now)
    return said or message(say("That has been done."))


def ask(database: Database, arrival: Arrival, _rest: str, now: datetime) -> Message:
    """`seats`."""
    return seats.ask(database, arrival, now=now)


def people(database: Database, arrival: Arrival, _rest: str, now: datetime) -> Message:
    """`people`: who has a seat, who has not accepted, who is away; secretariat only."""
    with intake.reading(database, arrival, now=now) as desk:
        seats.only_secretariat(desk, "see who has a seat")
        return _listed(desk)


def who(directory: Directory, named: str) -> Person:
    """Somebody by name, part of it, or mention; UserError where it is nobody or could be two."""
    everybody = directory.people.values()
    found = those(directory, named)
    if len(found) > 1:
        names = words.listed(p.label for p in found)
        raise UserError(f"That could be {names}: write the whole name.")
    if not found:
        raise UserError(
            "That is nobody on the register: write the name as `people` shows it, for example "
            f"{next(iter(everybody)).name}."
        )
    return found[0]


def those(directory: Directory, named: str) -> list[Person]:
    """Everybody whom a name, part of it, or a mention may mean."""
    bare = named.strip().lstrip("@")
    by_id = [p for p in directory.people.values() if any(a.user_id == bare for a in p.accounts)]
    spaced = re.sub(r"[._-]+", " ", bare)
    return by_id or finding.people(directory, bare) or finding.people(directory, spaced)


def _listed(desk: Desk) -> Message:
    everybody = sorted(desk.directory.people.values(), key=lambda p: (bool(p.accounts), p.name))
    free = [p for p in everybody if not p.accounts]
    shown = everybody[:MOST]
    parts: list[Part] = [
        Heading(f"People: {len(everybody)}, {len(free)} without an account"),
        bullets(*(_line(desk, person) for person in shown)),
    ]
    if len(everybody) > len(shown):
        parts.append(Note(f"and {len(everybody) - len(shown)} more, who have accounts."))
    parts.append(
        Note(
            "`seats` asks in the group’s channel who has none; `seat NAME take back` ends an "
            "account; `hand over NAME to NAME` moves what somebody has."
        )
    )
    return Message(parts=tuple(parts))


def _line(desk: Desk, person: Person) -> tuple[Span, ...]:
    directory, today = desk.directory, desk.today
    roles = [
        role.value.replace("_", " ")
        for role in Role
        if role is not Role.MEMBER and directory.has_role(person.id, role, on=today)
    ]
    owned = items.owned(desk.session, [person.id])
    open_asks = {
        one.subject_id
        for one in waiting.unsettled(desk.session, desk.group.id, kind="acceptance")
        if one.person_id == person.id
    }
    said = [words.listed(roles)] if roles else []
    if owned:
        said.append(words.counted(len(owned), "open item"))
    if not person.accounts:
        said.append("no Slack account")
    if waits := sorted(item.ref for item in owned if item.id in open_asks):
        said.append(f"has not accepted {words.listed(waits)}")
    away = directory.away(person.id, today)
    if away is not None:
        cover = directory.people.get(away.cover_id) if away.cover_id else None
        by = f", covered by {cover.name}" if cover else ", and nobody covers"
        said.append(f"away until {day_and_date(away.until_on)}{by}")
    return Bold(person.label), f": {'; '.join(said) or 'has a seat'}"
