"""The forms and buttons of somebody's days; the answer comes by direct message."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from bot.domain.forms import FieldError
from bot.domain.messages import Message
from bot.domain.text import GuardedText
from bot.services import answering
from bot.services.absences import keeping, reading
from bot.services.absences.showing import NOBODY
from bot.services.intake import Arrival, Desk
from storage.database import Database

Typed = Mapping[str, GuardedText]


def days(
    database: Database, arrival: Arrival, value: Mapping[str, Any], typed: Typed, *, now: datetime
) -> None:
    """Their weekdays, nation and time zone from now on."""

    def work(desk: Desk) -> Message:
        person = reading.person(desk, value.get("person"))
        keeping.may(desk, person)
        chosen = [int(day) for day in typed["weekdays"].text.split(",") if day.strip().isdigit()]
        return keeping.work(
            desk,
            person,
            nation=reading.nation(typed["nation"].text),
            zone=reading.zone(typed["zone"].text),
            weekdays=[day for day in chosen if day < 7],
        )

    answering.done(database, arrival, work, now=now)


def away(
    database: Database, arrival: Arrival, value: Mapping[str, Any], typed: Typed, *, now: datetime
) -> None:
    """They are away, with or without a cover."""

    def work(desk: Desk) -> Message:
        person = reading.person(desk, value.get("person"))
        keeping.may(desk, person)
        number = typed["cover"].text
        cover = None if number in ("", NOBODY) else reading.person(desk, number)
        return keeping.away(desk, person, cover, _day(typed, "from_on"), _day(typed, "until_on"))

    answering.done(database, arrival, work, now=now)


def back(database: Database, arrival: Arrival, value: Mapping[str, Any], *, now: datetime) -> None:
    """The absence of this button ends."""

    def work(desk: Desk) -> Message:
        person, absence = keeping.numbered(desk, int(value["absence"]))
        return keeping.end(desk, person, absence)

    answering.done(database, arrival, work, now=now)


def _day(typed: Typed, name: str) -> date:
    try:
        return date.fromisoformat(typed[name].text)
    except ValueError as error:
        raise FieldError(name, "Choose a day.") from error
