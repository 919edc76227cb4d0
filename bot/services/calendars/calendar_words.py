"""`calendar …` in words: the same from a slash command, a mention or a direct message."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from bot.domain.calendars import Recess
from bot.domain.errors import UserError
from bot.domain.forms import Form
from bot.domain.messages import Message, message, say
from bot.services import intake
from bot.services.calendars import forms, keeping, reading, showing
from bot.services.intake import Arrival, Desk
from bot.services.spoken import Command
from storage.database import Database

_HOLIDAY = r"(?:bank[\s-]+|public[\s-]+)?holiday"
WRITTEN = (
    rf"calendar(?=\s*[?.!]*$|\s+(?:(?:add|move|cancel|remove|change|new)\s+(?:an?\s+|the\s+)?"
    rf"(?:meeting|recess|{_HOLIDAY}|\w+\s+recess)\b|meeting\b|recess\b|{_HOLIDAY}\b))"
)
"""What is a command in a direct message too: "calendar invites are out" is somebody's answer."""
HOW = (
    "Say, for example, `calendar add meeting 14 September`, `calendar move meeting 14 September "
    "to 21 September`, `calendar cancel meeting 14 September`, `calendar recess summer 21 July to "
    "5 September`, `calendar holiday 19 September for all: State Funeral` or `calendar remove "
    "holiday 2 May for Scotland`."
)


def handle(database: Database, arrival: Arrival, rest: str, now: datetime) -> Message | Form:
    """Show the calendar, or do what the words say. UserError where they say nothing to do."""
    words = rest.strip(" ?.!")
    if not words:
        with intake.reading(database, arrival, now=now) as desk:
            return showing.page(desk)
    for pattern, form in _FORMS:
        if re.fullmatch(pattern, words, re.I):
            return form(database, arrival, now)
    for pattern, work in _GRAMMAR:
        found = re.fullmatch(pattern, words, re.I | re.S)
        if found:
            with intake.once(database, arrival, now=now) as desk:
                if desk is None:
                    return message(say("That has been done already."))
                reading.keeper(desk)
                return work(desk, found)
    raise UserError(HOW)


def _meet(desk: Desk, found: re.Match[str]) -> Message:
    return keeping.meet(desk, reading.day(desk, found["day"], field="on"))


def _move(desk: Desk, found: re.Match[str]) -> Message:
    entry = reading.meeting_on(desk, reading.day(desk, found["day"], field="on"))
    return keeping.move_meeting(desk, entry, reading.day(desk, found["to"], field="on"))


def _cancel(desk: Desk, found: re.Match[str]) -> Message:
    entry = reading.meeting_on(desk, reading.day(desk, found["day"], field="on"))
    return keeping.cancel_meeting(desk, entry)


def _recess(desk: Desk, found: re.Match[str]) -> Message:
    """Of the name there is already, its days are changed."""
    rises, returns = reading.two_days(desk, found["days"])
    new = Recess(name=found["name"].casefold(), rises=rises, returns=returns)
    before = reading.recess_named(desk, new.name)
    if before is None or (before.starts_on - rises).days not in range(-180, 181):
        return keeping.add_recess(desk, new)
    return keeping.change_recess(desk, before, replace(new, name=before.name))


def _no_recess(desk: Desk, found: re.Match[str]) -> Message:
    name = found["name"] or found["other"]
    before = reading.recess_named(desk, name)
    if before is None:
        known = [one.name for one in reading.standing_recesses(desk, without=None)]
        raise UserError(
            f"There is no {name} recess to come. The calendar has: {', '.join(known) or 'none'}."
        )
    return keeping.cancel_recess(desk, before)


def _holiday(desk: Desk, found: re.Match[str]) -> Message:
    on = reading.day(desk, found["day"], field="on")
    nations = reading.nations(found["nations"] or "")
    return keeping.add_holiday(desk, on, nations, (found["name"] or "").strip(" .“”\"'"))


def _no_holiday(desk: Desk, found: re.Match[str]) -> Message:
    on = reading.day(desk, found["day"], field="on")
    return keeping.remove_holiday(desk, on, reading.nations(found["nations"] or ""))


def _form(
    form: Callable[..., Form], **value: object
) -> Callable[[Database, Arrival, datetime], Form]:
    return lambda database, arrival, now: form(database, arrival, value, now=now)


_A = r"(?:an?\s+|the\s+)?"
_ADD = rf"(?:(?:add|new)\s+{_A})"
_GONE = rf"(?:cancel|remove|delete)\s+{_A}"
_ON = r"(?:\s+(?:on|of|for))?\s+"
_FORMS: tuple[tuple[str, Callable[[Database, Arrival, datetime], Form]], ...] = (
    (rf"{_ADD}?meeting", _form(forms.meeting)),
    (rf"{_ADD}?recess", _form(forms.recess)),
    (rf"{_ADD}?{_HOLIDAY}", _form(forms.holiday, removes=False)),
    (rf"{_GONE}{_HOLIDAY}", _form(forms.holiday, removes=True)),
)
_GRAMMAR: tuple[tuple[str, Callable[[Desk, re.Match[str]], Message]], ...] = (
    (rf"(?:move|change)\s+{_A}meeting{_ON}(?P<day>.+?)\s+to\s+(?P<to>.+)", _move),
    (rf"{_GONE}meeting{_ON}(?P<day>.+)", _cancel),
    (rf"{_ADD}?meeting{_ON}(?P<day>.+)", _meet),
    (rf"{_GONE}(?:recess\s+(?P<name>[a-z]+)|(?P<other>[a-z]+)\s+recess)", _no_recess),
    (rf"(?:{_ADD}|change\s+{_A})?recess\s+(?P<name>[a-z]+)[\s,:]+(?P<days>.+)", _recess),
    (rf"(?:{_ADD}|change\s+{_A})(?P<name>[a-z]+)\s+recess[\s,:]+(?P<days>.+)", _recess),
    (
        rf"{_GONE}{_HOLIDAY}{_ON}(?P<day>.+?)(?:\s+(?:for|in)\s+(?P<nations>[^:]+))?",
        _no_holiday,
    ),
    (
        rf"{_ADD}?{_HOLIDAY}{_ON}(?P<day>[^:]+?)(?:\s+(?:for|in)\s+(?P<nations>[^:]+?))?"
        r"(?:\s*:\s*(?P<name>.+))?",
        _holiday,
    ),
)

COMMANDS = (
    Command(
        written=WRITTEN,
        handler=handle,
        help="calendar – meetings, recesses and bank holidays; the secretariat changes them",
    ),
    Command(written="calendar", handler=handle, sentences=True),
)
