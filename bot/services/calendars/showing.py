"""What is coming: meetings, recesses, bank holidays; for the secretariat with its buttons."""

from __future__ import annotations

import json
from collections import defaultdict
from datetime import date

from bot.domain import calendar_rules
from bot.domain.calendar_rules import named
from bot.domain.calendars import Nation
from bot.domain.deadlines import day_and_date
from bot.domain.messages import (
    Button,
    Buttons,
    Heading,
    Message,
    Note,
    Part,
    bullets,
    say,
)
from bot.domain.people import Role
from bot.services.calendars import reading
from bot.services.intake import Desk
from storage import calendars
from storage.calendars import ADDED, MEETING, RECESS, REMOVED, CalendarEntry

AHEAD = 92
"""Days of bank holidays: three months."""
MEETINGS, RECESSES, CHANGED = 6, 4, 8


def page(desk: Desk) -> Message:
    """The calendar as it stands for this reader."""
    standing = calendars.standing(desk.session, desk.group.id)
    ahead = [one for one in standing if (one.ends_on or one.starts_on) >= desk.today]
    may = desk.is_a(Role.SECRETARIAT)
    parts: list[Part] = [
        Heading("Calendar"),
        *_meetings([one for one in ahead if one.kind == MEETING], may=may),
        *_recesses([one for one in ahead if one.kind == RECESS], may=may),
        *_changed([one for one in ahead if one.kind in (ADDED, REMOVED)]),
        *_holidays(desk),
    ]
    if may:
        parts.append(_adding())
        parts.append(
            Note(
                "In words: `calendar add meeting 14 September`; `calendar move meeting 14 "
                "September to 21 September`; `calendar recess summer 21 July to 5 September`; "
                "`calendar holiday 19 September for all: State Funeral`; `calendar remove holiday "
                "2 May for Scotland`."
            )
        )
    else:
        parts.append(Note("The secretariat keeps it: tell them what is missing."))
    return Message(parts=tuple(parts))


def _meetings(found: list[CalendarEntry], *, may: bool) -> list[Part]:
    if not found:
        return [say("No meeting is to come.")]
    parts: list[Part] = []
    for one in found[:MEETINGS]:
        parts.append(say(f"Meeting: {day_and_date(one.starts_on)}"))
        if may:
            parts.append(
                Buttons(
                    (
                        _button("Move", "calendar.meeting", entry=one.id),
                        _button(
                            "Cancel it",
                            "calendar.cancel",
                            confirm=f"There is no meeting on {day_and_date(one.starts_on)} then.",
                            entry=one.id,
                        ),
                    )
                )
            )
    left = len(found) - MEETINGS
    return [*parts, Note(f"and {left} later meetings")] if left > 0 else parts


def _recesses(found: list[CalendarEntry], *, may: bool) -> list[Part]:
    parts: list[Part] = []
    for one in found[:RECESSES]:
        returns = day_and_date(one.ends_on or one.starts_on)
        parts.append(
            say(
                f"{one.name.capitalize()} recess: the House rises on "
                f"{day_and_date(one.starts_on)} and returns on {returns}"
            )
        )
        if may:
            parts.append(
                Buttons(
                    (
                        _button("Change", "calendar.recess", entry=one.id),
                        _button(
                            "Take it out",
                            "calendar.cancel",
                            confirm=f"There is no {one.name} recess then.",
                            entry=one.id,
                        ),
                    )
                )
            )
    return parts


def _changed(found: list[CalendarEntry]) -> list[Part]:
    """Holidays that the secretariat added or removed."""
    lines = [
        f"{day_and_date(one.starts_on)}: {one.name}, "
        f"{'added' if one.kind == ADDED else 'removed'} for {_for(one)}"
        for one in found[:CHANGED]
    ]
    return [say("Bank holidays changed here:"), bullets(*lines)] if lines else []


def _for(one: CalendarEntry) -> str:
    return named([Nation(one.nation)] if one.nation else list(Nation))


def _holidays(desk: Desk) -> list[Part]:
    """The coming bank holidays, each day once, with the nations whose it is."""
    found: dict[tuple[date, str], list[Nation]] = defaultdict(list)
    added = {
        one.starts_on: one.name
        for one in calendars.standing(desk.session, desk.group.id)
        if one.kind == ADDED
    }
    for nation, calendar in reading.every(desk).items():
        for day, name in calendar_rules.coming(calendar, desk.today, days=AHEAD):
            found[day, added.get(day, name)].append(nation)
    if not found:
        return [say("No bank holiday in the next three months.")]
    lines = [
        f"{day_and_date(day)}: {name} ({named(nations)})"
        for (day, name), nations in sorted(found.items())
    ]
    return [say("Bank holidays in the next three months:"), bullets(*lines)]


def _adding() -> Buttons:
    return Buttons(
        (
            _button("Add a meeting", "calendar.meeting"),
            _button("Add a recess", "calendar.recess"),
            _button("Add a bank holiday", "calendar.holiday", removes=False),
            _button("Remove a bank holiday", "calendar.holiday", removes=True),
        )
    )


def _button(label: str, action: str, *, confirm: str | None = None, **value: object) -> Button:
    return Button(label=label, action=action, value=json.dumps(value), confirm=confirm)
