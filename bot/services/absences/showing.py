"""A person's card: their days, their absences, and the buttons that change them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.domain.absences import between
from bot.domain.calendar_rules import NATIONS
from bot.domain.forms import Field, FieldKind, Form
from bot.domain.messages import Bold, Button, Buttons, Heading, Message, Note, Part, say
from bot.domain.people import Person
from bot.domain.working_weeks import NAMES
from bot.services import intake
from bot.services import say as words
from bot.services.absences import keeping, reading
from bot.services.absences.wording import pattern
from bot.services.intake import Arrival, Desk
from storage import absences, items
from storage.database import Database

NOBODY = "0"


def card(desk: Desk, person: Person) -> Message:
    """Where and when they work, when they are away, and what can be changed of it."""
    keeping.may(desk, person)
    owned = items.owned(desk.session, [person.id])
    parts: list[Part] = [
        Heading(words.shortened(person.label)),
        say(f"Works {pattern(person)}."),
        say(f"Owns {words.counted(len(owned), 'open item')}."),
    ]
    for one in absences.of_person(desk.session, person.id, since=desk.today):
        cover = desk.directory.people.get(one.cover.cover_id or 0)
        by = f"covered by {cover.label}" if cover else "and nobody covers"
        days = between(one.cover.from_on, one.cover.until_on)
        parts.append(say(Bold("Away "), f"{days}, {by}."))
        ends = _button("End it", "person.back", person, absence=one.id)
        parts.append(Buttons((ends,)))
    covering = [
        f"{desk.directory.people[one.person_id].label} {between(one.from_on, one.until_on)}"
        for one in desk.directory.covers
        if one.cover_id == person.id and one.until_on >= desk.today
    ]
    if covering:
        parts.append(say(f"Covers for {words.listed(covering)}."))
    parts.append(
        Buttons(
            (
                _button("Working days", "person.days", person),
                _button("Away", "person.away", person),
            )
        )
    )
    return Message(parts=(*parts, Note(_how(desk, person))))


def _how(desk: Desk, person: Person) -> str:
    if person.id == desk.person.id:
        return "In words: `my days Mon-Wed`; `away until 22 August, NAME covers`; `back`."
    name = person.name
    return (
        f"In words: `person {name} days Mon-Wed`; `person {name} nation Wales`; `person {name} "
        f"zone Europe/Lisbon`; `person {name} away until 22 August, NAME covers`; `person "
        f"{name} back`."
    )


def days_form(
    database: Database, arrival: Arrival, value: Mapping[str, Any], *, now: datetime
) -> Form:
    """The weekdays, nation and time zone of somebody; the presser's own where none is named."""
    with intake.reading(database, arrival, now=now) as desk:
        person = reading.person(desk, value.get("person"))
        keeping.may(desk, person)
        chosen = ",".join(str(day) for day in sorted(person.weekdays))
        return Form(
            callback="person.days",
            title="Working days",
            submit="Save",
            private=_private(desk, person),
            intro=(say(Bold(person.label)),),
            fields=(
                Field(
                    name="weekdays",
                    label="Days of the week",
                    kind=FieldKind.CHOICES,
                    value=chosen,
                    choices=tuple((str(n), name) for n, name in enumerate(NAMES)),
                ),
                Field(
                    name="nation",
                    label="Whose bank holidays",
                    kind=FieldKind.CHOICE,
                    value=person.nation.value,
                    choices=tuple((nation.value, label) for nation, label in NATIONS.items()),
                ),
                Field(
                    name="zone",
                    label="Time zone",
                    value=person.zone.key,
                    hint="For example: Europe/London, Europe/Lisbon, America/New_York",
                ),
            ),
        )


def away_form(
    database: Database, arrival: Arrival, value: Mapping[str, Any], *, now: datetime
) -> Form:
    """The first and last day of an absence, and who covers."""
    with intake.reading(database, arrival, now=now) as desk:
        person = reading.person(desk, value.get("person"))
        keeping.may(desk, person)
        return Form(
            callback="person.away",
            title="Away",
            submit="Save",
            private=_private(desk, person),
            intro=(say(Bold(person.label)),),
            fields=(
                Field(
                    name="from_on",
                    label="First day away",
                    kind=FieldKind.DAY,
                    value=desk.today.isoformat(),
                ),
                Field(name="until_on", label="Last day away", kind=FieldKind.DAY),
                Field(
                    name="cover",
                    label="Who covers",
                    kind=FieldKind.CHOICE,
                    value=NOBODY,
                    choices=((NOBODY, "Nobody"), *_others(desk, person)),
                    hint="They are asked instead, and their answers count as yours.",
                ),
            ),
        )


def _others(desk: Desk, person: Person) -> list[tuple[str, str]]:
    """Everybody of the group who may cover for somebody."""
    found = (
        each
        for each in desk.directory.people.values()
        if each.id != person.id and not desk.directory.has_left(each.id, desk.today)
    )
    return [(str(each.id), each.label) for each in sorted(found, key=lambda each: each.name)]


def _private(desk: Desk, person: Person) -> dict[str, Any]:
    return {"group": desk.group.key, "person": person.id}


def _button(label: str, action: str, person: Person, **more: object) -> Button:
    return Button(label=label, action=action, value=json.dumps({"person": person.id, **more}))
