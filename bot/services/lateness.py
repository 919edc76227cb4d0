"""A reminder that is late to go: never at night, on a day off, or beside the next day's."""

from __future__ import annotations

from datetime import datetime

from bot.domain.diaries import CLOSES, OPENS, Diary
from bot.services.parcels import LaterError
from storage import outbox, people, withdrawing
from storage.database import Session
from storage.outbox import Owed

PAST_ITS_DAY = "it could not go on its own day"
NUDGE, COPY = "nudge:", "told:"


class PastItsDayError(Exception):
    """What it asks is to be asked with everything else on the reader's next day at work."""


def check(session: Session, owed: Owed, *, now: datetime) -> None:
    """Raises where a process that was down, or Slack, kept it until its reader is not at work."""
    if owed.person_id is None or owed.group_id is None or not owed.key.startswith((NUDGE, COPY)):
        return
    diary = Diary(directory=people.directory(session, owed.group_id))
    reader = diary.person(owed.person_id)
    local = now.astimezone(reader.zone)
    if owed.key.startswith(COPY):
        if outbox.place(session, owed.id).state == "cancelled":
            raise PastItsDayError  # with the message to the owner, a moment ago
        opening = diary.opening(reader, now)
        if opening > now:
            raise LaterError("its reader is not at work", opening)
        return
    on_its_day = owed.key == f"{NUDGE}{reader.id}:{local.date().isoformat()}"
    if not on_its_day or not OPENS <= local.time() < CLOSES:
        raise PastItsDayError


def take_back(session: Session, owed: Owed, *, now: datetime) -> None:
    """It is not sent: what it asked is held, and due again."""
    withdrawing.take_back(session, owed, reason=PAST_ITS_DAY, now=now)
