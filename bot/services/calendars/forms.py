"""The calendar's forms: a meeting, a recess, a bank holiday."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.domain.calendar_rules import NATIONS
from bot.domain.deadlines import day_and_date
from bot.domain.forms import Field, FieldKind, Form
from bot.domain.messages import say
from bot.services import intake
from bot.services.calendars import reading
from bot.services.intake import Arrival, Desk
from storage import calendars
from storage.database import Database


def meeting(
    database: Database, arrival: Arrival, value: Mapping[str, Any], *, now: datetime
) -> Form:
    """A new meeting, or another day for one; UserError for anybody but the secretariat."""
    with intake.reading(database, arrival, now=now) as desk:
        reading.keeper(desk)
        entry = _entry(desk, value, calendars.MEETING)
        if entry is None:
            intro, title, submit = "On which day does the group meet?", "Add a meeting", "Add"
        else:
            intro = (
                f"The meeting of {day_and_date(entry.starts_on)}. Dates that hang on it move with "
                "it until they were agreed; those that were are put to whoever decides."
            )
            title, submit = "Move a meeting", "Move"
        return Form(
            callback="calendar.meeting",
            title=title,
            submit=submit,
            private={"group": desk.group.key, "entry": entry.id if entry else None},
            intro=(say(intro),),
            fields=(
                Field(
                    name="on",
                    label="Day",
                    kind=FieldKind.DAY,
                    value=entry.starts_on.isoformat() if entry else None,
                ),
            ),
        )


def recess(
    database: Database, arrival: Arrival, value: Mapping[str, Any], *, now: datetime
) -> Form:
    """A new recess, or other days for one."""
    with intake.reading(database, arrival, now=now) as desk:
        reading.keeper(desk)
        entry = _entry(desk, value, calendars.RECESS)
        returns = entry.ends_on.isoformat() if entry and entry.ends_on else None
        return Form(
            callback="calendar.recess",
            title="Change a recess" if entry else "Add a recess",
            submit="Change" if entry else "Add",
            private={"group": desk.group.key, "entry": entry.id if entry else None},
            fields=(
                Field(
                    name="name",
                    label="Name",
                    hint="For example: summer",
                    value=entry.name if entry else None,
                ),
                Field(
                    name="rises",
                    label="The day the House rises",
                    kind=FieldKind.DAY,
                    hint="The last sitting day",
                    value=entry.starts_on.isoformat() if entry else None,
                ),
                Field(
                    name="returns",
                    label="The day it returns",
                    kind=FieldKind.DAY,
                    hint="The first sitting day after it",
                    value=returns,
                ),
            ),
        )


def holiday(
    database: Database, arrival: Arrival, value: Mapping[str, Any], *, now: datetime
) -> Form:
    """A bank holiday that is added or removed, for one, several or all nations."""
    with intake.reading(database, arrival, now=now) as desk:
        reading.keeper(desk)
        removes = bool(value.get("removes"))
        name = Field(
            name="name", label="Its name", hint="For example: State Funeral", optional=True
        )
        return Form(
            callback="calendar.holiday",
            title="Remove a bank holiday" if removes else "Add a bank holiday",
            submit="Remove" if removes else "Add",
            private={"group": desk.group.key, "removes": removes},
            fields=(
                Field(name="on", label="Day", kind=FieldKind.DAY),
                Field(
                    name="nations",
                    label="For whom",
                    kind=FieldKind.CHOICES,
                    value=",".join(nation.value for nation in NATIONS),
                    choices=tuple((nation.value, label) for nation, label in NATIONS.items()),
                ),
                *([] if removes else [name]),
            ),
        )


def _entry(desk: Desk, value: Mapping[str, Any], kind: str) -> calendars.CalendarEntry | None:
    number = value.get("entry")
    return None if number is None else reading.entry(desk, int(number), kind)
