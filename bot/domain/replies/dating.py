"""The dates in a piece of text, as the reader of stated dates finds them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.domain import dates
from bot.domain.calendars import Calendar, Nation, Recess
from bot.domain.deadlines import Deadline

_MAY_HOLD = re.compile(
    r"\d|\b(?:mon|tue|wed|thu|fri|sat|sun|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|day|today"
    r"|tomorrow|yesterday|week|month|quarter|year|fortnight|spring|summer|autumn|winter|easter"
    r"|christmas|cop|close of|recess|meeting|term|half|house|commons|parliament)",
    re.I,
)


@dataclass(frozen=True)
class DateIn:
    """A date and where its words stand."""

    span: tuple[int, int]
    deadline: Deadline


@dataclass(frozen=True, kw_only=True)
class Known:
    """What the tables know on the day of a reply: the next meeting, the recesses, the holidays."""

    next_meeting: date | None = None
    recesses: Sequence[Recess] = ()
    calendar: Calendar | None = None


NOTHING = Known()


def dates_in(
    text: str, *, on: date, nation: Nation, current: date | None, known: Known = NOTHING
) -> tuple[DateIn, ...]:
    """The dates in a text, in the order they stand; `current` is what "another month" moves."""
    if not _MAY_HOLD.search(text):
        return ()
    found = dates.find(
        text,
        on=on,
        nation=nation,
        current=current,
        next_meeting=known.next_meeting,
        recesses=known.recesses,
        calendar=known.calendar,
    )
    return tuple(
        DateIn(span, replace(deadline, words=deadline.words or text[span[0] : span[1]]))
        for span, deadline in found
    )
