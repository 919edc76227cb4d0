"""A reminder that is late to go: never at night, on a day off, or beside the next day's."""

from __future__ import annotations

from datetime import datetime

from bot.domain.diaries import CLOSES, OPENS, Diary
from bot.services.parcels import LaterError, OvertakenError
from storage import outbox, people
from storage.database import Session
from storage.outbox import Owed

PAST_ITS_DAY = "it could not go on its own day"
NUDGE, COPY = "nudge:", "told:"


def check(session: Session, owed: Owed, *, now: datetime) -> None:
    """Raises where a process that was down, or Slack, kept it until its reader is not at work.

    OvertakenError: what it asks is to be asked with everything else on their next day at work.
    """
    if owed.person_id is None or owed.group_id is None or not owed.key.startswith((NUDGE, COPY)):
        return
    diary = Diary(directory=people.directory(session, owed.group_id))
    reader = diary.person(owed.person_id)
    local = now.astimezone(reader.zone)
    if owed.key.startswith(COPY):
        if outbox.place(session, owed.id).state == "cancelled":
            raise OvertakenError(PAST_ITS_DAY)  # with the message to the owner, a moment ago
        opening = diary.opening(reader, now)
        if opening > now:
            raise LaterError("its reader is not at work", opening)
        return
    on_its_day = owed.key == f"{NUDGE}{reader.id}:{local.date().isoformat()}"
    if not on_its_day or not OPENS <= local.time() < CLOSES:
        raise OvertakenError(PAST_ITS_DAY)
