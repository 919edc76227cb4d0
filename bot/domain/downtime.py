"""How long the bot was away, and whether that is worth a word."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from bot.domain.calendars import Calendar
from bot.domain.people import LONDON

OPENS, CLOSES = time(9), time(17)
AT_WORK = timedelta(minutes=15)
AT_ANY_TIME = timedelta(minutes=60)
"""A restart takes seconds and an upgrade a few minutes; longer, and somebody was not answered."""
LONGEST = 31
"""Days that are looked through for working hours: by then it is long enough anyway."""


def is_worth_telling(since: datetime, until: datetime, calendar: Calendar) -> bool:
    """More than a quarter of an hour of working time, or more than an hour at any time."""
    if until - since > AT_ANY_TIME:
        return True
    return working_time(since, until, calendar) > AT_WORK


def working_time(since: datetime, until: datetime, calendar: Calendar) -> timedelta:
    """How much of the time between was working hours in London."""
    found = timedelta()
    day = since.astimezone(LONDON).date()
    for _ in range(LONGEST):
        opens = datetime.combine(day, OPENS, LONDON)
        if opens >= until:
            break
        if calendar.is_working(day):
            closes = datetime.combine(day, CLOSES, LONDON)
            found += max(timedelta(), min(until, closes) - max(since, opens))
        day += timedelta(days=1)
    return found
