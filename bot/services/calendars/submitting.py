"""The calendar's forms sent in and its buttons pressed; the answer comes by direct message."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.domain.calendars import Recess
from bot.domain.errors import UserError
from bot.domain.messages import Message
from bot.domain.text import GuardedText
from bot.services import answering
from bot.services.calendars import keeping, reading, showing
from bot.services.intake import Arrival, Desk
from storage import calendars
from storage.database import Database

Typed = Mapping[str, GuardedText]


def show(database: Database, arrival: Arrival, *, now: datetime) -> None:
    """The calendar, for whoever pressed for it."""
    answering.done(database, arrival, showing.page, now=now)


def meeting(
    database: Database, arrival: Arrival, value: Mapping[str, Any], typed: Typed, *, now: datetime
) -> None:
    """A meeting added, or moved where the form was about one."""

    def work(desk: Desk) -> Message:
        reading.keeper(desk)
        on = reading.day(desk, typed["on"].text, field="on")
        if value.get("entry") is None:
            return keeping.meet(desk, on)
        entry = reading.entry(desk, int(value["entry"]), calendars.MEETING)
        return keeping.move_meeting(desk, entry, on)

    answering.done(database, arrival, work, now=now)


def recess(
    database: Database, arrival: Arrival, value: Mapping[str, Any], typed: Typed, *, now: datetime
) -> None:
    """A recess added, or changed where the form was about one."""

    def work(desk: Desk) -> Message:
        reading.keeper(desk)
        new = Recess(
            name=" ".join(typed["name"].text.split()),
            rises=reading.day(desk, typed["rises"].text, field="rises"),
            returns=reading.day(desk, typed["returns"].text, field="returns"),
        )
        if value.get("entry") is None:
            return keeping.add_recess(desk, new)
        entry = reading.entry(desk, int(value["entry"]), calendars.RECESS)
        return keeping.change_recess(desk, entry, new)

    answering.done(database, arrival, work, now=now)


def holiday(
    database: Database, arrival: Arrival, value: Mapping[str, Any], typed: Typed, *, now: datetime
) -> None:
    """A bank holiday added or removed."""

    def work(desk: Desk) -> Message:
        reading.keeper(desk)
        on = reading.day(desk, typed["on"].text, field="on")
        nations = reading.chosen_nations(typed["nations"].text.split(","))
        if value.get("removes"):
            return keeping.remove_holiday(desk, on, nations)
        name = " ".join(typed["name"].text.split())
        return keeping.add_holiday(desk, on, nations, name)

    answering.done(database, arrival, work, now=now)


def cancel(
    database: Database, arrival: Arrival, value: Mapping[str, Any], *, now: datetime
) -> None:
    """A meeting cancelled, or a recess taken out."""

    def work(desk: Desk) -> Message:
        reading.keeper(desk)
        number = int(value["entry"])
        entry = calendars.find(desk.session, desk.group.id, number)
        if entry is not None and entry.kind == calendars.MEETING:
            return keeping.cancel_meeting(desk, entry)
        if entry is not None and entry.kind == calendars.RECESS:
            return keeping.cancel_recess(desk, entry)
        raise UserError(
            "That has been changed since it was shown: `calendar` shows what stands now."
        )

    answering.done(database, arrival, work, now=now)
