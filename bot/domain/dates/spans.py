"""Rules for durations, and for days counted by them: within 10 working days, in three weeks."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from bot.domain.dates.beside import named
from bot.domain.dates.context import Context
from bot.domain.dates.exact import month_of
from bot.domain.dates.grammar import Rules
from bot.domain.dates.periods import quarter_of, week_of
from bot.domain.dates.terms import (
    Ask,
    Phrase,
    Side,
    Term,
    Value,
    Window,
    during,
    mapped,
    on_day,
    window_of,
    windowed,
)
from bot.domain.deadlines import Precision, day_and_date

rules = Rules()

WORKING_DAY = "working day"


@dataclass(frozen=True)
class Duration:
    """So many of a unit."""

    count: int
    unit: str
    clear: bool = False

    def __str__(self) -> str:
        if self.clear:
            return f"{self.count} clear {self.unit}s"
        if self.count == 1:
            return f"{'an' if self.unit == 'hour' else 'a'} {self.unit}"
        return f"{self.count} {self.unit}s"


def shift(context: Context, day: date, duration: Duration, sign: int = 1) -> date:
    """The day so much later, or earlier; working days by the owner's calendar."""
    # Clear days leave out the first and the last.
    count = sign * (duration.count + duration.clear)
    if duration.unit == WORKING_DAY:
        return context.calendar.add(day, count)
    if duration.unit == "hour":
        return day + timedelta(days=sign * -(-duration.count // 24))
    if duration.unit in ("day", "week", "fortnight"):
        return day + timedelta(days=count * {"day": 1, "week": 7, "fortnight": 14}[duration.unit])
    months = {"month": 1, "quarter": 3, "year": 12}[duration.unit]
    return day + relativedelta(months=count * months)


@rules("duration", "<count> -? <unit>", "<count> full|whole|calendar|more? <unit>")
def duration(_context: Context, count: int, unit: str) -> Duration | None:
    return Duration(count, unit) if unit != "year" or count <= 100 else None


@rules("duration", "a? fortnight")
def fortnight(_context: Context) -> Duration:
    return Duration(1, "fortnight")


@rules("duration", "<count> clear working|business days|day")
def clear_working_days(_context: Context, count: int) -> Duration:
    return Duration(count, WORKING_DAY, clear=True)


@rules("duration", "<count> clear <unit>")
def clear_days(_context: Context, count: int, unit: str) -> Duration:
    return Duration(count, unit, clear=unit == "day")


@rules("duration", "<count> -? working|business -? days|day|days'", "<count> wd|wds")
def working_days(_context: Context, count: int) -> Duration:
    return Duration(count, WORKING_DAY)


@rules("counted", "in {duration} '? time?", "in {duration} '? time from now|today")
@rules("counted", "{duration} '? time", "{duration} from now|today", "{duration} hence")
def from_now(context: Context, span: Duration) -> Value:
    return on_day(shift(context, context.on, span), f"{span} after {day_and_date(context.on)}")


@rules("counted", "{duration} ago")
def ago(context: Context, span: Duration) -> Value:
    return on_day(shift(context, context.on, span, -1), f"{span} ago")


@rules("counted", "in <count> -|to|or|/ {duration} '? time?")
@rules("counted", "in|over|within|during the? next|coming <count> -|to|or|/ {duration}")
@rules(
    "counted", "<count> -|to|or|/ {duration} from now|today", "<count> -|to|or {duration} '? time"
)
def from_now_between(context: Context, least: int, most: Duration) -> Value | None:
    if least >= most.count:
        return None
    return during(
        shift(context, context.on, replace(most, count=least)),
        shift(context, context.on, most),
        f"{least} to {most} after {day_and_date(context.on)}",
        precision=Precision.DAY,
        soft=True,
    )


@rules("counted", "in a|the? <unit> or two|three", "over|within the next couple|few of? <unit>")
@rules("counted", "the? next couple|few of? <unit>", "within a couple|few of? <unit>")
def loosely(_context: Context, unit: str) -> Value:
    return Ask(question=f"How many {unit}s: which day is meant?")


@rules("counted", "in|within <count> sitting|clear? sitting days")
def sitting_days(_context: Context, _count: int) -> Value:
    return Ask(question="Which day is that, counted in sitting days?")


@rules("counted", "in|within <count> and a half <unit>", "in half a <unit>")
def and_a_half(_context: Context, *_parts: object) -> Value:
    return Ask(question="Which day is meant, counted to the half?")


@rules("counted", "in a couple|few of? <unit> '? time?", "in the next few <unit>")
@rules("counted", "another|further couple|few of? <unit>", "a couple|few of? more <unit>")
@rules("counted", "a couple|few more|extra <unit>", "some more <unit>")
def too_loosely_counted(_context: Context, unit: str) -> Value:
    return Ask(question=f"How many {unit}s: which day is meant?")


@rules("counted", "{duration} on? after|from|following|of|beyond {point}")
@rules("counted", "{duration} on? after|from|following|of|beyond {since}")
def after(context: Context, span: Duration, value: Value) -> Value:
    return _counted(context, span, value, 1)


@rules("counted", "{duration} before|prior|ahead to|of? {point}")
@rules("counted", "{duration} before|prior|ahead to|of? {upto}")
def before(context: Context, span: Duration, value: Value) -> Value:
    return _counted(context, span, value, -1)


def _counted(context: Context, span: Duration, value: Value, sign: int) -> Value:
    def change(window: Window) -> Window:
        base = window.latest if sign > 0 else window.earliest
        day = shift(context, base, span, sign)
        return Window(day, day)

    def term(inner: Term) -> Term:
        direction = "after" if sign > 0 else "before"
        return windowed(
            inner,
            change,
            why=f"{span} {direction} {named(inner)}",
            precision=Precision.DAY,
            whole=False,
            gone=None,
        )

    return mapped(value, term)


@rules("point", "{counted}")
def point(_context: Context, value: Value) -> Value:
    return value


@rules(
    "phrase",
    "within|inside {duration}",
    "in under {duration}",
    "in less|no|not more? than {duration}",
    "no|not more|later than {duration} from now|today",
    "within|in|over|during the next|coming|following {duration}",
    "within|in the space of? {duration}",
    "within {duration} from now|today",
)
def within(context: Context, span: Duration) -> Phrase:
    why = f"{span} after {day_and_date(context.on)}"
    value = on_day(shift(context, context.on, span), why)
    return Phrase(value=value, side=Side.BY, stated=True)


@rules("phrase", "within|inside the <unit>")
def within_the(context: Context, unit: str) -> Phrase | None:
    """Within the month: to the end of this one, or for a month from today."""
    if unit not in ("week", "month", "quarter"):
        return None
    span = Duration(1, unit)
    whole = {
        "week": week_of(context.on, "this week"),
        "month": month_of(context.on.month, context.on.year),
        "quarter": quarter_of(context.on, 0, "this quarter"),
    }[unit]
    why = f"{span} after {day_and_date(context.on)}"
    terms = (
        on_day(window_of(whole).latest, f"the end of this {unit}"),
        on_day(shift(context, context.on, span), why),
    )
    asked = Ask(question=f"Is the end of this {unit} or {span} from today meant?", terms=terms)
    return Phrase(value=asked, side=Side.BY, stated=True)


@rules("phrase", "within|inside {duration} of|after|from|following {point}")
@rules("phrase", "within|inside {duration} of|after|from|following {since}")
@rules("phrase", "no|not later|more than {duration} after|from|following {point}")
@rules("phrase", "no|not later|more than {duration} after|from|following {since}")
def within_of(context: Context, span: Duration, value: Value) -> Phrase:
    return Phrase(value=_counted(context, span, value, 1), side=Side.BY, stated=True)


@rules("phrase", "no|not later than {duration} before|prior|ahead to|of? {point}")
@rules("phrase", "at least {duration} before|prior|ahead to|of? {point}")
def ahead_of(context: Context, span: Duration, value: Value) -> Phrase:
    return Phrase(value=_counted(context, span, value, -1), side=Side.BY, stated=True)


@rules("phrase", "<alone> a couple|few of? <unit> <whole>", "<alone> a <unit> or two <whole>")
def nothing_but_a_loose_duration(context: Context, _alone: bool, unit: str, _end: bool) -> Phrase:
    return Phrase(value=too_loosely_counted(context, unit))


@rules("phrase", "<alone> <count> -|to|or|/ {duration} <whole>")
def nothing_but_a_range(
    context: Context, _alone: bool, least: int, most: Duration, _end: bool
) -> Phrase | None:
    value = from_now_between(context, least, most)
    if not isinstance(value, Term):
        return None
    question = f"From which day are the {least} to {most} counted?"
    return Phrase(value=Ask(question=question, terms=(value,)))


@rules("phrase", "<alone> {duration} <whole>", "<alone> {duration} and a half <whole>")
def nothing_but_a_duration(context: Context, _alone: bool, span: Duration, _end: bool) -> Phrase:
    """ "Two weeks", and no word about from when."""
    why = f"{span} from {day_and_date(context.on)}"
    terms = [on_day(shift(context, context.on, span), why)]
    if context.current is not None:
        day = shift(context, context.current, span)
        terms.append(on_day(day, f"{span} from {day_and_date(context.current)}"))
    return Phrase(
        value=Ask(
            question=f"From which day are the {span.count} {span.unit}s counted?"
            if span.count > 1
            else f"From which day is {span} counted?",
            terms=tuple(terms),
        )
    )
