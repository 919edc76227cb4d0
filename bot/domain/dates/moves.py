"""Of a deadline that moves: which day is the old one, and which the new."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from bot.domain.dates.context import Context
from bot.domain.dates.resolve import occurrences, resolve
from bot.domain.dates.terms import Ask, Phrase, Slip, Term, Value, fix, window_of
from bot.domain.deadlines import Deadline, Kind, day_and_date

_LONG = timedelta(days=93)


def moved(slip: Slip, context: Context) -> Deadline:
    """The new deadline with the old date beside it; open where no new date is named."""
    anchor = slip.moved_from or _certain(slip.old, context)
    if slip.new is None:
        return _without_a_new_date(slip, context)
    reading = resolve(_after(slip.new, anchor, context, slip.earlier), context)
    old = anchor or _old(slip.old, reading.latest or reading.earliest, context, slip.earlier)
    if old is None or old == reading.latest:
        return reading
    was = f"moved from {day_and_date(old)}"
    if reading.kind is Kind.OPEN:
        return replace(reading, moved_from=old, explanation=f"Open, {was}: {reading.question}")
    explanation = f"{reading.explanation.rstrip('.')}, {was}."
    return replace(reading, moved_from=old, explanation=explanation)


def _without_a_new_date(slip: Slip, context: Context) -> Deadline:
    old = _certain(slip.old, context) or _old(slip.old, None, context, slip.earlier)
    was = f" ({day_and_date(old)})" if old else ""
    question = f"The date{was} moves: to which day?"
    return Deadline(
        words="",
        kind=Kind.OPEN,
        question=question,
        moved_from=old,
        explanation=f"Open: {question}",
    )


def _certain(old: Value | None, context: Context) -> date | None:
    """The old day, where its words or the deadline in force leave no doubt about the year."""
    if not isinstance(old, Term):
        return None
    if not old.yearless:
        return window_of(old).latest
    known = [window.latest for window in occurrences(old, context)]
    return context.current if context.current in known else None


def _after(new: Phrase, anchor: date | None, context: Context, earlier: bool) -> Phrase:
    """A new date without a year lies after the old one, unless it was brought forward."""
    value = new.value
    if not isinstance(value, Term) or not value.yearless:
        return new
    floor = context.on if anchor is None or earlier else max(context.on, anchor)
    coming = next((w for w in occurrences(value, context) if w.latest >= floor), None)
    return new if coming is None else replace(new, value=fix(value, coming))


def _old(old: Value | None, new: date | None, context: Context, earlier: bool) -> date | None:
    """The old date nearest to the new one, on the side from which it moved."""
    if old is None or isinstance(old, Ask):
        return None
    days = [window.latest for window in occurrences(old, context)]
    if new is None:
        return next((day for day in days if day >= context.on), None)
    before = next((day for day in reversed(days) if day < new), None)
    behind = next((day for day in days if day > new), None)
    if before is None or behind is None:
        return before or behind
    # A date moves back as a rule; long gone, with another just ahead, it was brought forward.
    long_gone = before < context.on - _LONG and behind - new < _LONG
    return behind if earlier or long_gone else before
