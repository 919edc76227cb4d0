"""The weekday on which somebody wishes to be asked: chosen, shown in every nudge, changed."""

from __future__ import annotations

import json
import re
from datetime import datetime

from bot.domain.courtesy import WEEKDAYS
from bot.domain.errors import UserError
from bot.domain.forms import Field, FieldKind, Form
from bot.domain.messages import Button, Buttons, Message, Note, Part, Text, message, say
from bot.domain.people import Person, Role
from bot.services import intake, planning
from bot.services.answering import tell
from bot.services.intake import Arrival, Desk
from storage import items, people, wishes
from storage.database import Database

ANY = "any"
SAID = ("You are asked on any day", "Before a deadline you are asked on")
WRITTEN = (
    r"(?:please\s+)?(?:ask|remind|nudge)\s+me(?:\s+only)?\s+(?:"
    r"on(?=\s+(?:any\b|(?:mon|tues|wednes|thurs|fri|satur|sun)days\b))"
    r"|every(?=\s+(?:day\b|working\s+day\b|(?:mon|tues|wednes|thurs|fri|satur|sun)day\b)))"
)
"""As a command in words: "ask me on Tuesdays", "ask me every Tuesday", "ask me on any day"."""
_ANY = re.compile(r"any(?:\s+(?:working\s+)?day)?|(?:working\s+)?day", re.I)


def line(reader: Person) -> tuple[Part, ...]:
    """What every nudge says of it, with the one button that changes it."""
    if reader.ask_on is None:
        said, label = f"{SAID[0]} at work.", "Choose a day"
    else:
        said = f"{SAID[1]} {WEEKDAYS[reader.ask_on]}s where that can be."
        label = "Change the day"
    value = json.dumps({"person": reader.id}, separators=(",", ":"))
    return Note(said), Buttons((Button(label=label, action="days.open", value=value),))


def form(database: Database, arrival: Arrival, *, person_id: int, now: datetime) -> Form:
    """Which weekday; UserError for somebody else's choice."""
    with intake.reading(database, arrival, now=now) as desk:
        person = _theirs(desk, person_id)
        chosen = ANY if person.ask_on is None else str(person.ask_on)
        at_work = [(str(n), WEEKDAYS[n]) for n in sorted(person.weekdays)]
        return Form(
            callback="days.set",
            title="Your day",
            submit="Ask me then",
            private={"person": person.id},
            intro=(
                say(
                    "On which day of the week do you want to be asked? The last reminder before "
                    "a deadline, and those from the day on, come when they must."
                ),
            ),
            fields=(
                Field(
                    name="weekday",
                    label="Ask me on",
                    kind=FieldKind.CHOICE,
                    value=chosen,
                    choices=((ANY, "Any day at work"), *at_work),
                ),
            ),
        )


def choose(
    database: Database, arrival: Arrival, *, person_id: int, weekday: str, now: datetime
) -> None:
    """The form was sent in."""
    with intake.once(database, arrival, now=now) as desk:
        if desk is None:
            return
        person = _theirs(desk, person_id)
        said = _choose(desk, person, None if weekday in ("", ANY) else int(weekday))
        tell(desk, message(said), subject={})


def command(database: Database, arrival: Arrival, rest: str, now: datetime) -> Message:
    """ "ask me on Tuesdays", "ask me on any day": one's own choice, in words."""
    with intake.once(database, arrival, now=now) as desk:
        if desk is None:
            return message(say("That has been taken already."))
        return message(_choose(desk, desk.person, _weekday(rest)))


def _weekday(words: str) -> int | None:
    said = words.strip(" .!").casefold()
    if _ANY.fullmatch(said):
        return None
    for number, name in enumerate(WEEKDAYS):
        if said.removesuffix("s") == name.casefold():
            return number
    raise UserError(
        "Say one day of the week, for example `ask me on Tuesdays`, or `ask me on any day`."
    )


def _choose(desk: Desk, person: Person, weekday: int | None) -> Text:
    """Enter the choice and plan all their items anew, also those that they cover."""
    if weekday is not None and weekday not in person.weekdays:
        days = ", ".join(WEEKDAYS[n] for n in sorted(person.weekdays))
        works = "you work" if person.id == desk.person.id else f"{person.name} works"
        raise UserError(f"{WEEKDAYS[weekday]} is not a day {works}: choose one of {days}.")
    number = wishes.choose_day(
        desk.session,
        group_id=desk.group.id,
        person_id=person.id,
        weekday=weekday,
        by_id=desk.person.id,
        now=desk.now,
    )
    directory = people.directory(desk.session, desk.group.id)
    covered = [
        c.person_id
        for c in directory.covers
        if c.cover_id == person.id and c.until_on >= desk.today
    ]
    for item in items.owned(desk.session, [person.id, *covered]):
        planning.replan(
            desk.session, directory, items.lock(desk.session, item.id), now=desk.now, fresh=False
        )
    desk.audited("day chosen", f"person:{person.id}", entry=number, weekday=weekday)
    who = "you" if person.id == desk.person.id else person.name
    if weekday is None:
        return say(f"From now on I ask {who} on any day at work.")
    return say(
        f"From now on I ask {who} on {WEEKDAYS[weekday]}s, where that can be before a deadline. "
        "The last reminder before one, and those from the day on, come when they must."
    )


def _theirs(desk: Desk, person_id: int) -> Person:
    person = desk.directory.people.get(person_id)
    if person is None or (person_id != desk.person.id and not desk.is_a(Role.SECRETARIAT)):
        raise UserError("Everybody chooses their own day: say `ask me on Tuesdays` for yours.")
    return person
