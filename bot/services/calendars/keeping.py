"""Changes of the calendar at the front desk: entered, planned anew, and said back."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date

from bot.domain import calendar_rules
from bot.domain.calendar_rules import named
from bot.domain.calendars import Nation, Recess
from bot.domain.deadlines import day_and_date
from bot.domain.errors import UserError
from bot.domain.messages import Message, Note, Part, bullets, message, say
from bot.domain.people import Directory
from bot.domain.register import ActionItem
from bot.services import say as words
from bot.services.calendars import anchors, reading, replanning
from bot.services.calendars.anchors import Moved
from bot.services.intake import Desk
from storage import calendars, people
from storage.calendars import ADDED, MEETING, RECESS, REMOVED, CalendarEntry

LISTED = 10
NO_NAME = "Bank holiday"


def meet(desk: Desk, on: date) -> Message:
    """A meeting on this day."""
    _locked(desk)
    think = _meeting(desk, on)
    _enter(desk, CalendarEntry(id=0, kind=MEETING, name="meeting", starts_on=on))
    return _said(f"Entered: a meeting on {day_and_date(on)}.", think)


def move_meeting(desk: Desk, entry: CalendarEntry, on: date) -> Message:
    """It is on another day; what hangs on it moves, or is put to whoever decides."""
    _locked(desk)
    _to_come(desk, entry)
    think = _meeting(desk, on)
    moved = _enter(desk, replace(entry, starts_on=on), instead_of=entry)
    was = day_and_date(entry.starts_on)
    said = f"The meeting of {was} is on {day_and_date(on)} now."
    return _said(said, think, anchors.follow(desk, moved))


def cancel_meeting(desk: Desk, entry: CalendarEntry) -> Message:
    """There is none; dates that hang on it stay until somebody moves them."""
    _locked(desk)
    _to_come(desk, entry)
    hung = anchors.hanging(desk, entry, most=LISTED * 4)
    _take_back(desk, entry)
    said = f"The meeting of {day_and_date(entry.starts_on)} is cancelled."
    return _said(said, (), left=hung)


def add_recess(desk: Desk, new: Recess) -> Message:
    """A recess, by the day the House rises and the day it returns."""
    _locked(desk)
    think = calendar_rules.recess(
        new, today=desk.today, standing=reading.standing_recesses(desk, without=None)
    )
    _enter(desk, _of_recess(new))
    return _said(f"Entered: {_recess(new)}.", think)


def change_recess(desk: Desk, entry: CalendarEntry, new: Recess) -> Message:
    """Its days are others; what hangs on it moves, or is put to whoever decides."""
    _locked(desk)
    think = calendar_rules.recess(
        new, today=desk.today, standing=reading.standing_recesses(desk, without=entry)
    )
    moved = _enter(desk, _of_recess(new), instead_of=entry)
    return _said(f"Changed: {_recess(new)}.", think, anchors.follow(desk, moved))


def cancel_recess(desk: Desk, entry: CalendarEntry) -> Message:
    """There is none; dates that hang on it stay until somebody moves them."""
    _locked(desk)
    hung = anchors.hanging(desk, entry, most=LISTED * 4)
    _take_back(desk, entry)
    return _said(f"The {entry.name} recess is taken out of the calendar.", (), left=hung)


def add_holiday(desk: Desk, on: date, nations: Collection[Nation], name: str) -> Message:
    """Nobody of these nations works on this day; reminders are planned anew."""
    _locked(desk)
    new = calendar_rules.added(on, nations, today=desk.today, calendars=reading.every(desk))
    _undone(desk, REMOVED, on, new)
    fresh = _directory(desk)
    still = [nation for nation in new if not fresh.national_calendar(nation).is_holiday(on)]
    for nation in _rows(still):
        day = CalendarEntry(id=0, kind=ADDED, name=name or NO_NAME, starts_on=on, nation=nation)
        _enter(desk, day)
    planned = _planned_anew(desk, new)
    called = f" ({name})" if name else ""
    return _said(f"{day_and_date(on)}{called} is a holiday in {named(new)} now.{planned}", ())


def remove_holiday(desk: Desk, on: date, nations: Collection[Nation]) -> Message:
    """It is a working day in these nations; reminders are planned anew."""
    _locked(desk)
    gone = calendar_rules.removed(on, nations, today=desk.today, calendars=reading.every(desk))
    _undone(desk, ADDED, on, gone)
    fresh = _directory(desk)
    still = [nation for nation in gone if fresh.national_calendar(nation).is_holiday(on)]
    for nation in _rows(still):
        name = calendar_rules.holiday_name(fresh.national_calendar(still[0]), on)
        _enter(desk, CalendarEntry(id=0, kind=REMOVED, name=name, starts_on=on, nation=nation))
    planned = _planned_anew(desk, gone)
    return _said(f"{day_and_date(on)} is no holiday in {named(gone)} any more.{planned}", ())


def _locked(desk: Desk) -> None:
    reading.keeper(desk)
    calendars.lock(desk.session, desk.group.id)


def _to_come(desk: Desk, entry: CalendarEntry) -> None:
    if entry.starts_on < desk.today:
        raise UserError(
            f"The meeting of {day_and_date(entry.starts_on)} has been held: what has been stays "
            "in the calendar. Add another with `calendar add meeting 14 September`."
        )


def _meeting(desk: Desk, on: date) -> tuple[str, ...]:
    return calendar_rules.meeting(
        on,
        today=desk.today,
        standing=reading.meetings(desk),
        calendars=reading.with_members(desk),
    )


def _enter(
    desk: Desk, entry: CalendarEntry, *, instead_of: CalendarEntry | None = None
) -> CalendarEntry:
    entered = calendars.enter(
        desk.session,
        entry,
        group_id=desk.group.id,
        by_id=desk.person.id,
        now=desk.now,
        instead_of=instead_of,
    )
    desk.audited(
        "calendar moved" if instead_of else "calendar entered",
        f"calendar:{entered.id}",
        kind=entry.kind,
        on=entry.starts_on.isoformat(),
        until=entry.ends_on.isoformat() if entry.ends_on else None,
        nation=entry.nation,
        instead_of=instead_of.id if instead_of else None,
    )
    return entered


def _take_back(desk: Desk, entry: CalendarEntry) -> None:
    calendars.take_back(desk.session, entry, by_id=desk.person.id, now=desk.now)
    desk.audited(
        "calendar taken back",
        f"calendar:{entry.id}",
        kind=entry.kind,
        on=entry.starts_on.isoformat(),
        nation=entry.nation,
    )


def _undone(desk: Desk, kind: str, on: date, nations: Sequence[Nation]) -> None:
    """What was entered to the contrary is taken back; for other nations it stands as it was."""
    wanted = {nation.value for nation in nations}
    for one in calendars.standing(desk.session, desk.group.id):
        if one.kind != kind or one.starts_on != on:
            continue
        if one.nation is not None and one.nation not in wanted:
            continue
        _take_back(desk, one)
        if one.nation is None:
            for left in Nation:
                if left not in nations:
                    _enter(desk, replace(one, nation=left.value))


def _rows(nations: Sequence[Nation]) -> list[str | None]:
    """One entry a nation; a single one where it is all of them."""
    return [None] if len(nations) == len(Nation) else [nation.value for nation in nations]


def _directory(desk: Desk) -> Directory:
    """Everybody and their calendars, as they are after what was just entered."""
    return people.directory(desk.session, desk.group.id)


def _planned_anew(desk: Desk, nations: Sequence[Nation]) -> str:
    changed = [nation.value for nation in nations]
    number = replanning.nations(desk.session, _directory(desk), changed, now=desk.now)
    if not number:
        return ""
    more = ", and the rest follows within minutes" if number >= replanning.AT_ONCE else ""
    return f" Reminders are planned anew for {words.counted(number, 'item')}{more}."


def _of_recess(new: Recess) -> CalendarEntry:
    name = " ".join(new.name.split())
    return CalendarEntry(id=0, kind=RECESS, name=name, starts_on=new.rises, ends_on=new.returns)


def _recess(new: Recess) -> str:
    rises, returns = day_and_date(new.rises), day_and_date(new.returns)
    return f"the House rises for the {new.name} recess on {rises} and returns on {returns}"


def _said(
    done: str,
    think: Sequence[str],
    moved: Moved | None = None,
    *,
    left: Sequence[ActionItem] = (),
) -> Message:
    parts: list[Part] = [say(done), *(say(f"Mind: {one}") for one in think)]
    if moved is not None:
        parts += _what_moved(moved)
    if left:
        refs = words.listed(item.ref for item in left[:LISTED])
        parts.append(
            say(
                f"What hung on it keeps its date: {refs}. To move one say, for example, "
                f"`action {left[0].ref} move to 30 September because …`."
            )
        )
    return message(*parts, Note("`calendar` shows what is coming."))


def _what_moved(moved: Moved) -> list[Part]:
    lines = [
        f"{item.ref} {words.shortened(item.title, 80)} moves with it: {words.due(item.due)}"
        for item in moved.along
    ]
    lines += [
        f"{item.ref} {words.shortened(item.title, 80)} had been agreed: its new date is put to "
        f"the {decider}"
        for item, decider in moved.put
    ]
    lines += [
        f"{item.ref} has another request for a date waiting: decide that one knowing this"
        for item in moved.waiting
    ]
    lines += [
        f"{item.ref} hangs on it, but “{words.shortened(item.due.words, 60)}” leaves its new date "
        f"open: `action {item.ref} move to …`"
        for item in moved.unclear
    ]
    parts: list[Part] = [bullets(*lines[:LISTED])] if lines else []
    left = len(lines) - LISTED
    if left > 0 or moved.last is not None:
        more = "more, also of those that follow within minutes" if moved.last else "more"
        parts.append(Note(f"and {max(left, 0) or 'some'} {more}: their owners are told."))
    return parts
