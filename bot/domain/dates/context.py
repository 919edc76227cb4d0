"""What a reading may lean on besides the words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.domain.calendars import Calendar, Recess


@dataclass(frozen=True, kw_only=True)
class Context:
    """The day on which it was said, whose calendar counts, and what the tables know.

    `current` is the deadline in force, which "another month" moves; `published_on` and
    `received_on` are the days of the report or letter that the words speak of.
    """

    on: date
    calendar: Calendar
    current: date | None = None
    next_meeting: date | None = None
    published_on: date | None = None
    received_on: date | None = None
    recesses: Sequence[Recess] = ()
