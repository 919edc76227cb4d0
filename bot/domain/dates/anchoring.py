"""What a reading hangs on: a Deadline "by the next meeting" moves when that meeting does.

Words hang on an entry of a table if they would read otherwise without it. This holds for every
rule there is and will be, and costs a second reading only where words may mean a table.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Required, TypedDict, Unpack

from bot.domain.calendars import Calendar, Nation, Recess
from bot.domain.dates import reader
from bot.domain.dates.context import Context
from bot.domain.dates.reader import Found
from bot.domain.deadlines import Anchor, Anchored, Deadline, Kind, day_and_date

MEETING, RECESS = "meeting", "recess"
_MAY_HANG = re.compile(
    r"\b(?:meetings?|meeting's|board|group|tfg|recess|parliament|commons|house|rises|returns)\b",
    re.I,
)


class Known(TypedDict, total=False):
    """What a reading may lean on besides the words; all but `on` may be left out.

    `calendar` (the owner's) counts working days; without it, the nation's own.
    """

    on: Required[date]
    nation: Nation
    current: date | None
    next_meeting: date | None
    published_on: date | None
    received_on: date | None
    recesses: Sequence[Recess]
    calendar: Calendar | None


def read(text: str, **known: Unpack[Known]) -> Deadline:
    """The deadline a text states, said on the day `on`, and what it hangs on; never raises.

    Kind none where nothing in it speaks of a date, open where it must be asked back. The
    words are the text as it stands.
    """
    return _hung(text, _context(known))


def _context(known: Known) -> Context:
    calendar = known.get("calendar") or Calendar(nation=known.get("nation", Nation.ENGLAND))
    return Context(
        on=known["on"],
        calendar=calendar,
        current=known.get("current"),
        next_meeting=known.get("next_meeting"),
        published_on=known.get("published_on"),
        received_on=known.get("received_on"),
        recesses=known.get("recesses", ()),
    )


def _hung(text: str, context: Context) -> Deadline:
    found = reader.read(text, context)
    if found.kind not in (Kind.FIRM, Kind.SOFT) or not _MAY_HANG.search(text):
        return found
    anchors = tuple(_anchors(text, found, context))
    if not anchors:
        return found
    hung = Anchored(said_on=context.on, nation=context.calendar.nation.value, anchors=anchors)
    return replace(found, anchored=hung)


def _anchors(text: str, found: Deadline, context: Context) -> Iterator[Anchor]:
    meeting = context.next_meeting
    if meeting is not None:
        without = replace(context, next_meeting=None)
        if not _alike(found, reader.read(text, without)):
            yield Anchor(kind=MEETING, starts_on=meeting)
    for one in context.recesses:
        others = tuple(each for each in context.recesses if each != one)
        if not _alike(found, reader.read(text, replace(context, recesses=others))):
            yield _of_recess(one)


def find(text: str, **known: Unpack[Known]) -> list[Found]:
    """Every date phrase in a text, in order: its (start, end) in characters, and its Deadline.

    A phrase's words are its own piece of the text, and it hangs on what that piece hangs on.
    """
    context = _context(known)
    found = []
    for span, deadline in reader.find(text, context):
        words = deadline.words
        alone = _hung(words, context) if _MAY_HANG.search(words) else deadline
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
    context = Context(
        on=held.said_on,
        calendar=calendar,
        next_meeting=min(meetings, default=None),
        recesses=[
            Recess(name=anchor.name, rises=anchor.starts_on, returns=anchor.ends_on)
            for anchor in held.anchors
            if anchor.kind == RECESS and anchor.ends_on is not None
        ],
    )
    return reader.read(words, context)


def _of_recess(recess: Recess) -> Anchor:
    return Anchor(kind=RECESS, starts_on=recess.rises, ends_on=recess.returns, name=recess.name)


def _alike(one: Deadline, other: Deadline) -> bool:
    return (one.kind, one.earliest, one.latest) == (other.kind, other.earliest, other.latest)
