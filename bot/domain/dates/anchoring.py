"""What a reading hangs on: a Deadline "by the next meeting" moves when that meeting does.

Words hang on an entry of a table if they would read otherwise without it. This holds for every
rule there is and will be, and costs a second reading only where words may mean a table.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from bot.domain.calendars import Calendar, Nation, Recess
from bot.domain.dates import reader
from bot.domain.dates.reader import Found
from bot.domain.deadlines import Anchor, Anchored, Deadline, Kind, day_and_date

MEETING, RECESS = "meeting", "recess"
_MAY_HANG = re.compile(
    r"\b(?:meetings?|meeting's|board|group|tfg|recess|parliament|commons|house|rises|returns)\b",
    re.I,
)


def read(
    text: str,
    *,
    on: date,
    nation: Nation = Nation.ENGLAND,
    current: date | None = None,
    next_meeting: date | None = None,
    published_on: date | None = None,
    received_on: date | None = None,
    recesses: Sequence[Recess] = (),
    calendar: Calendar | None = None,
) -> Deadline:
    """The deadline a text states, said on the day `on`, and what it hangs on; never raises.

    Kind none where nothing in it speaks of a date, open where it must be asked back. The
    words are the text as it stands. `calendar` (the owner's) counts working days; without
    it, the nation's own.
    """

    said = _Said(
        text=text,
        more={
            "on": on,
            "nation": nation,
            "current": current,
            "published_on": published_on,
            "received_on": received_on,
            "calendar": calendar,
        },
    )
    found = said.read(next_meeting, recesses)
    if found.kind not in (Kind.FIRM, Kind.SOFT) or not _MAY_HANG.search(text):
        return found
    anchors = tuple(_anchors(said, found, next_meeting, recesses))
    if not anchors:
        return found
    counted = calendar.nation if calendar else nation
    hung = Anchored(said_on=on, nation=counted.value, anchors=anchors)
    return replace(found, anchored=hung)


@dataclass(frozen=True, kw_only=True)
class _Said:
    """Words with all that their reading leans on, but for the tables."""

    text: str
    more: dict[str, Any]

    def read(self, meeting: date | None, recesses: Sequence[Recess]) -> Deadline:
        return reader.read(self.text, next_meeting=meeting, recesses=recesses, **self.more)


def _anchors(
    said: _Said, found: Deadline, meeting: date | None, recesses: Sequence[Recess]
) -> Iterator[Anchor]:
    if meeting is not None and not _alike(found, said.read(None, recesses)):
        yield Anchor(kind=MEETING, starts_on=meeting)
    for one in recesses:
        others = tuple(each for each in recesses if each != one)
        if not _alike(found, said.read(meeting, others)):
            yield _of_recess(one)


def find(
    text: str,
    *,
    on: date,
    nation: Nation = Nation.ENGLAND,
    current: date | None = None,
    next_meeting: date | None = None,
    published_on: date | None = None,
    received_on: date | None = None,
    recesses: Sequence[Recess] = (),
    calendar: Calendar | None = None,
) -> list[Found]:
    """Every date phrase in a text, in order: its (start, end) in characters, and its Deadline.

    A phrase's words are its own piece of the text, and it hangs on what that piece hangs on. The
    arguments are those of `read`.
    """
    said: dict[str, Any] = {
        "on": on,
        "nation": nation,
        "current": current,
        "next_meeting": next_meeting,
        "published_on": published_on,
        "received_on": received_on,
        "recesses": recesses,
        "calendar": calendar,
    }
    found = []
    for span, deadline in reader.find(text, **said):
        alone = read(deadline.words, **said) if _MAY_HANG.search(deadline.words) else deadline
        hung = alone.anchored if _alike(alone, deadline) else None
        found.append((span, replace(deadline, anchored=hung)))
    return found


def moved(deadline: Deadline, old: Anchor, new: Anchor, calendar: Calendar) -> Deadline | None:
    """The Deadline once what it hangs on has moved from `old` to `new`.

    The same words are read again, as on the day they were said. Nothing where they do not say
    which day that makes: then somebody has to be asked.
    """
    held = deadline.anchored
    if held is None or old not in held.anchors:
        return None
    after = replace(
        held, anchors=tuple(new if anchor == old else anchor for anchor in held.anchors)
    )
    if _alike(deadline, _again(deadline.words, held, calendar)):
        found = _again(deadline.words, after, calendar)
        if found.kind in (Kind.FIRM, Kind.SOFT):
            return replace(found, anchored=after)
    return _with_it(deadline, old, new, after)


def _with_it(deadline: Deadline, old: Anchor, new: Anchor, after: Anchored) -> Deadline | None:
    """On the very day of it, whatever else the words say of that day (its month, for one)."""
    if deadline.latest != old.starts_on or deadline.earliest not in (None, deadline.latest):
        return None
    return replace(
        deadline,
        earliest=new.starts_on if deadline.earliest else None,
        latest=new.starts_on,
        at=None,
        explanation=f"{day_and_date(new.starts_on)}: moved from {day_and_date(old.starts_on)}.",
        anchored=after,
    )


def _again(words: str, held: Anchored, calendar: Calendar) -> Deadline:
    meetings = [anchor.starts_on for anchor in held.anchors if anchor.kind == MEETING]
    return reader.read(
        words,
        on=held.said_on,
        nation=Nation(held.nation),
        next_meeting=min(meetings, default=None),
        recesses=[
            Recess(name=anchor.name, rises=anchor.starts_on, returns=anchor.ends_on)
            for anchor in held.anchors
            if anchor.kind == RECESS and anchor.ends_on is not None
        ],
        calendar=calendar,
    )


def _of_recess(recess: Recess) -> Anchor:
    return Anchor(kind=RECESS, starts_on=recess.rises, ends_on=recess.returns, name=recess.name)


def _alike(one: Deadline, other: Deadline) -> bool:
    return (one.kind, one.earliest, one.latest) == (other.kind, other.earliest, other.latest)
