"""How a pause is asked for, read and told."""

from __future__ import annotations

import re
from datetime import datetime

from bot.domain import dates
from bot.domain.calendars import Nation
from bot.domain.deadlines import Kind, day_and_date
from bot.domain.diaries import OPENS
from bot.domain.errors import UserError
from bot.domain.forms import Field, FieldError, FieldKind, Form
from bot.domain.guard import guard
from bot.domain.messages import Bold, Message, Note, message, say
from bot.domain.people import LONDON, Directory, Group
from bot.domain.text import GuardedText
from bot.services import off_switch
from bot.services.say import counted
from storage.pauses import Pause

_UNTIL = re.compile(r"^(?P<reason>.*?)[\s,;–-]*\b(?:until|till)\s+(?P<until>.+)$", re.S | re.I)
_AN_ITEM = re.compile(r"^(?:item\s+)?[A-Za-z]{1,3}-\d{1,4}\b")
_NO_REASON = (
    "Say why, for example: `pause the dates are wrong`, or `pause recess until 5 September`."
)


def form(group: Group) -> Form:
    """What is asked of whoever wants to turn it off."""
    return Form(
        callback="pause.reason",
        title="Pause",
        submit="Pause",
        private={"group": group.key},
        intro=(
            say(
                "I then write to nobody but the secretariat. Whoever answers is told that "
                "what they say is taken and that I am paused."
            ),
        ),
        fields=(
            Field(name="reason", label="Why", kind=FieldKind.LINES),
            Field(
                name="until",
                label="Until",
                optional=True,
                hint="For example: 5 September. Left empty: until somebody resumes.",
            ),
        ),
    )


def split(text: str) -> tuple[GuardedText, GuardedText | None]:
    """The reason and the day in `REASON until DATE`; UserError where an item is meant instead."""
    if _AN_ITEM.match(text.strip()):
        raise UserError(
            "To put an item on hold say, for example, `A-03 is on hold`. To pause all that I "
            "send, give a reason that does not begin with an item."
        )
    found = _UNTIL.match(text.strip())
    if found is None:
        return guard(text.strip()), None
    return guard(found["reason"].strip()), guard(found["until"].strip())


def reason(given: GuardedText) -> str:
    """Why, as one sentence without its stop; FieldError where nothing is said."""
    found = " ".join(given.text.split()).rstrip(" .,;:")
    if not found:
        raise FieldError("reason", _NO_REASON)
    return found


def until_at(directory: Directory, words: GuardedText, *, now: datetime) -> datetime:
    """The start of the working day that is named, in London; FieldError with the question."""
    on = now.astimezone(LONDON).date()
    meetings = [m.on for m in directory.meetings if m.on > on]
    read = dates.read(
        words.text,
        on=on,
        nation=Nation.ENGLAND,
        next_meeting=min(meetings, default=None),
        recesses=directory.recesses,
    )
    if read.latest is None or read.kind in {Kind.OPEN, Kind.NONE}:
        question = read.question or "Which day do you mean?"
        raise FieldError(
            "until",
            f"{question} Name the day, such as 5 September; with no day I stay paused until "
            "somebody resumes.",
        )
    day = directory.national_calendar(Nation.ENGLAND).on_or_after(read.latest)
    at = datetime.combine(day, OPENS, LONDON)
    if at <= now:
        raise FieldError("until", f"{day_and_date(day)} is not to come: name a later day.")
    return at


def paused(who: str, group: str, pause: Pause, *, again: bool, people: int) -> Message:
    """Who turned it off, why, until when, and what will go out once it is on again."""
    did = " has changed the pause of " if again else " has paused "
    return message(
        say(Bold(who), did, Bold(group), f": {off_switch.told(pause)}"),
        say(
            "I write to nobody but the secretariat. Whoever answers is told that what they say is "
            f"taken and that I am paused. On resuming, as things stand now: {_one_each(people)}",
        ),
        Note("`/followthrough resume` turns me on again, and so does the button on my Home tab."),
    )


def resumed(who: str, pause: Pause, *, people: int) -> Message:
    """Who turned it on again, and what goes out now."""
    return message(
        say(
            Bold(f"{who} resumed"),
            f". The pause was for: {pause.reason}. It had lasted since "
            f"{off_switch.moment(pause.since_at)}.",
        ),
        say(
            f"On resuming: {_one_each(people)} Each goes in that person’s own working hours. "
            "Nobody else hears of a late item before its owner has been asked again and has had "
            "two working days.",
        ),
    )


def _one_each(people: int) -> str:
    if not people:
        return "nothing has been held, and nobody gets a message about it."
    if people == 1:
        return "one person gets one message."
    return f"{counted(people, 'person', 'people')} get one message each."
