"""What the secretariat typed or chose of the calendar: days, nations, and the rules' answers."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date

from bot.domain.calendar_rules import Calendars
from bot.domain.calendars import Nation, Recess
from bot.domain.deadlines import Deadline, Kind, day_and_date
from bot.domain.errors import UserError
from bot.domain.forms import FieldError
from bot.domain.people import Role
from bot.services import date_changes
from bot.services.intake import Desk
from storage import calendars
from storage.calendars import CalendarEntry

_OF_ALL = re.compile(r"\b(?:all|every(?:body|where|one)?|uk|united kingdom|whole)\b", re.I)
_NAMED = (
    (re.compile(r"\bengland\b", re.I), (Nation.ENGLAND,)),
    (re.compile(r"\bwales\b", re.I), (Nation.WALES,)),
    (re.compile(r"\bscotland\b", re.I), (Nation.SCOTLAND,)),
    (re.compile(r"\b(?:northern[\s-]ireland|ni)\b", re.I), (Nation.NORTHERN_IRELAND,)),
    (
        re.compile(r"\b(?:great britain|gb)\b", re.I),
        (Nation.ENGLAND, Nation.WALES, Nation.SCOTLAND),
    ),
)
_BETWEEN = re.compile(r"\s*(?:\bto\b|\buntil\b|\btill\b|–|—|\s-\s|,?\s*\breturns?\b)\s*", re.I)


def keeper(desk: Desk) -> None:
    """The calendar is the secretariat's to keep."""
    if not desk.is_a(Role.SECRETARIAT):
        raise UserError(
            "Only the group's secretariat changes its calendar: tell them what should be in it. "
            "`my days` and `away` are for your own days."
        )


def day(desk: Desk, text: str, *, field: str) -> date:
    """The one day that words name; FieldError with the question where they leave it open."""
    typed = text.strip()
    if re.fullmatch(r"\d{4}-\d\d-\d\d", typed):
        try:
            return date.fromisoformat(typed)
        except ValueError as error:
            raise FieldError(field, f"There is no day {typed}: choose one.") from error
    if not typed:
        raise FieldError(field, "Name the day, for example: 14 September.")
    return one_day(date_changes.read_date(desk, typed), typed, field=field)


def one_day(read: Deadline, typed: str, *, field: str) -> date:
    """The day of a reading that is just one day; FieldError with what is left open."""
    if read.latest is None or read.kind in {Kind.OPEN, Kind.NONE}:
        question = read.question or f"“{typed[:60]}” names no day."
        raise FieldError(field, f"{question} Name the day, for example: 14 September 2022.")
    if read.earliest not in (None, read.latest):
        raise FieldError(
            field,
            f"“{typed[:60]}” could be any day up to {day_and_date(read.latest)}: name the day.",
        )
    return read.latest


def two_days(desk: Desk, text: str) -> tuple[date, date]:
    """The days on which a recess begins and ends; FieldError where there are not two."""
    parts = [part for part in _BETWEEN.split(text.strip(" ,.")) if part.strip()]
    if len(parts) != 2:
        raise FieldError(
            "rises",
            "Say when the House rises and when it returns, for example: "
            "`calendar recess summer 21 July to 5 September`.",
        )
    first = re.sub(r"^(?:from|rises?)\b", "", parts[0].strip(), flags=re.I)
    last = re.sub(r"^on\b", "", parts[1].strip(), flags=re.I)
    return day(desk, first, field="rises"), day(desk, last, field="returns")


def nations(text: str) -> list[Nation]:
    """The nations that words name, in order; none where they name none."""
    if _OF_ALL.search(text):
        return list(Nation)
    found = {nation for pattern, those in _NAMED if pattern.search(text) for nation in those}
    return [nation for nation in Nation if nation in found]


def every(desk: Desk) -> Calendars:
    """The working days of each nation."""
    return {nation: desk.directory.national_calendar(nation) for nation in Nation}


def with_members(desk: Desk) -> Calendars:
    """Those of the nations in which somebody of the group works."""
    directory, today = desk.directory, desk.today
    here = {p.nation for p in directory.people.values() if not directory.has_left(p.id, today)}
    return {nation: directory.national_calendar(nation) for nation in Nation if nation in here}


def entry(desk: Desk, number: int, kind: str) -> CalendarEntry:
    """The standing entry that a button or form was about."""
    found = calendars.find(desk.session, desk.group.id, number)
    if found is None or found.kind != kind:
        raise UserError(
            "That has been changed since it was shown: `calendar` shows what stands now."
        )
    return found


def meeting_on(desk: Desk, on: date) -> CalendarEntry:
    """The meeting on a day; UserError with the coming ones where there is none."""
    every_one = [
        one
        for one in calendars.standing(desk.session, desk.group.id)
        if one.kind == calendars.MEETING
    ]
    found = next((one for one in every_one if one.starts_on == on), None)
    if found is not None:
        return found
    ahead = [day_and_date(one.starts_on) for one in every_one if one.starts_on >= desk.today]
    known = f" The next ones: {'; '.join(ahead[:3])}." if ahead else " There is none to come."
    raise FieldError("on", f"There is no meeting on {day_and_date(on)}.{known}")


def recess_named(desk: Desk, name: str) -> CalendarEntry | None:
    """The recess of this name that is not over, if there is one."""
    wanted = " ".join(name.split()).casefold()
    return next(
        (
            one
            for one in calendars.standing(desk.session, desk.group.id)
            if one.kind == calendars.RECESS
            and one.name.casefold() == wanted
            and (one.ends_on or one.starts_on) >= desk.today
        ),
        None,
    )


def meetings(desk: Desk) -> list[date]:
    """The days on which the group meets."""
    return [
        one.starts_on
        for one in calendars.standing(desk.session, desk.group.id)
        if one.kind == calendars.MEETING
    ]


def standing_recesses(desk: Desk, *, without: CalendarEntry | None) -> list[Recess]:
    """The recesses, one left out."""
    gone = without.id if without else None
    return [
        Recess(name=one.name, rises=one.starts_on, returns=one.ends_on)
        for one in calendars.standing(desk.session, desk.group.id)
        if one.kind == calendars.RECESS and one.id != gone and one.ends_on is not None
    ]


def chosen_nations(values: Collection[str]) -> list[Nation]:
    """Nations that were ticked in a form."""
    return [nation for nation in Nation if nation.value in values]
