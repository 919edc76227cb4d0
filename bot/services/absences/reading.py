"""What somebody said of their days: who, between which days, and who covers."""

from __future__ import annotations

import re
from datetime import date, timedelta
from zoneinfo import ZoneInfo, available_timezones

from bot.domain import absences as rules
from bot.domain import working_weeks
from bot.domain.calendars import Nation
from bot.domain.deadlines import Kind, day_and_date
from bot.domain.errors import UserError
from bot.domain.forms import FieldError
from bot.domain.people import Person
from bot.services import date_changes, seat_commands
from bot.services.intake import Desk

_BACK = re.compile(r"^(?:and\s+)?(?:i'?m\s+)?back\s+(?:at\s+work\s+)?(?:on\s+)?(?P<day>.+)$", re.I)
_TO = re.compile(r"\s+(?:to|until|till)\s+|\s*[–—]\s*|\s+-\s+", re.I)
EXAMPLE = "`away until 22 August, NAME covers`, or `away from 1 to 22 August`"


def absence(desk: Desk, text: str) -> tuple[date, date, Person | None]:
    """The first and last day and the cover of "until 22 August, Sam covers"."""
    readings = rules.readings(text)
    chosen = next((one for one in readings if _known(desk, one.cover)), readings[-1])
    cover = seat_commands.who(desk.directory, chosen.cover) if chosen.cover else None
    first, last = days(desk, chosen.days)
    return first, last, cover


def _known(desk: Desk, name: str) -> bool:
    return bool(name) and bool(seat_commands.those(desk.directory, name))


def days(desk: Desk, text: str) -> tuple[date, date]:
    """The first and the last day away; "until" begins today. FieldError for what is left open."""
    if not text.strip():
        raise FieldError("until_on", f"Say until when, for example {EXAMPLE}.")
    if back := _BACK.match(text.strip()):
        return desk.today, _one(desk, back["day"]) - timedelta(days=1)
    _in_order(desk, text)
    read = date_changes.read_date(desk, text.strip())
    if read.kind in {Kind.OPEN, Kind.NONE} or read.latest is None:
        since = f" It begins on {day_and_date(read.earliest)}, but" if read.earliest else ""
        asked = read.question or f"{since} until when?".strip()
        raise FieldError("until_on", f"{asked} Say, for example, {EXAMPLE}.")
    return read.earliest or desk.today, read.latest


def _in_order(desk: Desk, text: str) -> None:
    """A range that is turned round would be read as one of two years."""
    parts = [one for one in _TO.split(re.sub(r"^from\s+", "", text.strip(), flags=re.I)) if one]
    if len(parts) != 2:
        return
    first, last = (date_changes.read_date(desk, one) for one in parts)
    if first.latest and last.latest and first.latest > last.latest:
        raise FieldError(
            "until_on",
            f"That ends on {day_and_date(last.latest)}, before it begins on "
            f"{day_and_date(first.latest)}: give the first day away, then the last.",
        )


def _one(desk: Desk, text: str) -> date:
    read = date_changes.read_date(desk, text)
    if read.latest is None or read.earliest not in (None, read.latest):
        asked = read.question or f"On which day are you back: “{text[:60]}” names none."
        raise FieldError("until_on", f"{asked} Say, for example, {EXAMPLE}.")
    return read.latest


def weekdays(text: str) -> frozenset[int]:
    """Monday to Wednesday. UserError where that is not what was said."""
    found = working_weeks.read(text)
    if found is None:
        raise FieldError(
            "weekdays",
            "I could not read days of the week in that: write, for example, `my days Mon-Wed`, or "
            "`my days Monday, Tuesday and Friday`.",
        )
    return found


def nation(text: str) -> Nation:
    """A nation by its name."""
    wanted = "-".join(text.casefold().split()).replace("ni", "northern-ireland", text == "NI")
    found = next((one for one in Nation if one.value == wanted), None)
    if found is None:
        raise FieldError("nation", "Name one of England, Wales, Scotland or Northern Ireland.")
    return found


def zone(text: str) -> ZoneInfo:
    """A time zone by its name or its city: Europe/Lisbon, or Lisbon."""
    wanted = "_".join(text.split()).casefold()
    known = available_timezones()
    found = [name for name in known if name.casefold() == wanted]
    found = found or [name for name in known if name.casefold().rpartition("/")[2] == wanted]
    if len(found) != 1 or not wanted:
        raise FieldError(
            "zone",
            f"I know no time zone “{text.strip()[:60]}”: write it as Europe/Lisbon or "
            "America/New_York.",
        )
    return ZoneInfo(found[0])


def person(desk: Desk, number: object) -> Person:
    """The person a button or form is about; whoever presses where it names none."""
    if number is None:
        return desk.person
    found = desk.directory.people.get(int(str(number)))
    if found is None:
        raise UserError("That person is not on the register: `people` lists who is.")
    return found
