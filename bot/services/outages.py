"""Gaps in the nudge sweep: an outage or a pause never counts against an owner."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from bot.domain.calendars import Calendar
from bot.domain.people import LONDON
from storage import sweeps
from storage.database import Database

BEAT = timedelta(minutes=10)


def counts_from(database: Database, group_id: int, *, now: datetime) -> date | None:
    """Note that the sweep runs; the day from which asks count, where there was a gap.

    A gap is a working day on which it never ran. Nobody could answer by button meanwhile, so
    no escalation may build on an ask that was made before it.
    """
    name = f"nudges:{group_id}"
    with database.snapshot() as session:
        ran_at, since = sweeps.up_since(session, name)
    if ran_at is not None and now - ran_at < BEAT:
        return since
    today = now.astimezone(LONDON).date()
    if ran_at is not None:
        last = ran_at.astimezone(LONDON).date()
        if Calendar().working_days(last, today) > 1:
            since = today
    with database.transaction() as session:
        sweeps.ran(session, name, now=now, note=since.isoformat() if since else "")
    return since
