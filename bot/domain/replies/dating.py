"""The dates in a piece of text, as the reader of stated dates finds them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from bot.domain import dates
from bot.domain.calendars import Nation
from bot.domain.deadlines import Deadline

_MAY_HOLD = re.compile(
    r"\d|\b(?:mon|tue|wed|thu|fri|sat|sun|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|day|today"
    r"|tomorrow|yesterday|week|month|quarter|year|fortnight|spring|summer|autumn|winter|easter"
    r"|christmas|cop|close of|recess|meeting|term|half)",
    re.I,
)


@dataclass(frozen=True)
class DateIn:
    """A date and where its words stand."""

    span: tuple[int, int]
    deadline: Deadline


def dates_in(text: str, *, on: date, nation: Nation, current: date | None) -> tuple[DateIn, ...]:
    """The dates in a text, in the order they stand; `current` is what "another month" moves."""
    if not _MAY_HOLD.search(text):
        return ()
    found = dates.find(text, on=on, nation=nation, current=current)
    return tuple(
        DateIn(span, replace(deadline, words=deadline.words or text[span[0] : span[1]]))
        for span, deadline in found
    )
