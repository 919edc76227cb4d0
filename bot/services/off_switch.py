"""What a pause lets through, and how it is spoken of (docs/adr/0005).

The rule is asked at sending, when nothing else is left to ask; that the sweeps plan nothing
meanwhile is a courtesy.
"""

from __future__ import annotations

from datetime import datetime

from bot.domain.deadlines import day_and_date
from bot.domain.messages import Message, Note
from bot.domain.outgoing import Sending
from bot.domain.people import LONDON
from bot.services import undelivered
from bot.services.say import clock_time
from storage import pauses
from storage.database import Session
from storage.outbox import Owed
from storage.pauses import Pause


def stops(session: Session, owed: Owed, *, now: datetime) -> Pause | None:
    """The pause that this may not go out in, if there is one.

    What goes to the secretariat does, and what answers somebody who has just acted.
    """
    if owed.group_id is None or owed.answers:
        return None
    found = pauses.standing(session, owed.group_id)
    if found is None or undelivered.for_secretariat(session, owed, now=now):
        return None
    return found


def answered(session: Session, owed: Owed, *, now: datetime) -> Message:
    """An answer as it is sent in a pause: what was said is taken, and no reminder follows."""
    if owed.group_id is None or not owed.answers or owed.kind is not Sending.MESSAGE:
        return owed.message
    found = pauses.standing(session, owed.group_id)
    if found is None or undelivered.for_secretariat(session, owed, now=now):
        return owed.message
    return Message(parts=(*owed.message.parts, Note(note(found))))


def note(pause: Pause) -> str:
    """For somebody who is answered in a pause; no names, no reason."""
    return (
        f"I am paused {until(pause)}. What you say to me is taken all the same; meanwhile nobody "
        "is reminded or asked anything."
    )


def until(pause: Pause) -> str:
    """Until when, in words."""
    if pause.until_at is None:
        return "until the group's secretariat or a chair resumes"
    return f"until {moment(pause.until_at)}"


def moment(at: datetime) -> str:
    """9:00 on Monday 5 December 2022, in London."""
    return f"{clock_time(at, LONDON)} on {day_and_date(at.astimezone(LONDON).date())}"


def told(pause: Pause) -> str:
    """For those who may see reasons: why, since when and until when."""
    return f"{pause.reason}. Since {moment(pause.since_at)}, {until(pause)}."
