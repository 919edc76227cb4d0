"""Rules for durations, and for days counted by them: within 10 working days, in three weeks."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from bot.domain.dates.beside import named
from bot.domain.dates.context import Context
from bot.domain.dates.grammar import Rules
from bot.domain.dates.terms import (
    Ask,
    Phrase,
    Term,
    Value,
    Window,
    during,
    mapped,
    on_day,
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


@rules("duration", "<count> -? working|business -? days|day '?", "<count> wd|wds")
def working_days(_context: Context, count: int) -> Duration:
    return Duration(count, WORKING_DAY)


@rules("counted", "{duration} today")
def from_today(context: Context, span: Duration) -> Value:
    return from_now(context, span)


@rules("counted", "{duration} tomorrow")
def from_tomorrow(context: Context, span: Duration) -> Value:
    day = context.on + timedelta(days=1)
    return on_day(shift(context, day, span), f"{span} after {day_and_date(day)}")


@rules("counted", "in {softly} {duration} '? time?", "{softly} {duration} from now|today")
def about_from_now(context: Context, _softly: bool, span: Duration) -> Value:
    why = f"about {span} after {day_and_date(context.on)}"
    return on_day(shift(context, context.on, span), why, soft=True)


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


@rules(
    "counted", "in a|the? next? <unit> or two|three", "over|within the next couple|few of? <unit>"
)
@rules("counted", "the? next couple|few of? <unit>", "within a couple|few of? <unit>")
def loosely(_context: Context, unit: str) -> Value:
    return Ask(question=f"How many {unit}s: which day is meant?")


@rules("counted", "in|within <count> sitting|clear? sitting days|day")
@rules("counted", "<count> sitting days|day before|after|from|of|following {upto}")
def sitting_days(_context: Context, *_parts: object) -> Value:
    return Ask(question="Which day is that, counted in sitting days?")


@rules("counted", "in|within <count> and a half <unit>", "in half a <unit>")
def and_a_half(_context: Context, *_parts: object) -> Value:
    return Ask(question="Which day is meant, counted to the half?")


@rules("counted", "in a couple|few of? <unit> '? time?", "in the next few <unit>")
@rules("counted", "another|further couple|few of? <unit>", "a couple|few of? more <unit>")
@rules("counted", "a couple|few more|extra <unit>", "some more <unit>")
def too_looselycounted(_context: Context, unit: str) -> Value:
    return Ask(question=f"How many {unit}s: which day is meant?")


@rules("counted", "{duration} on? after|from|following|beyond {point}")
@rules("counted", "{duration} on? after|from|following|beyond {since}")
def after(context: Context, span: Duration, value: Value) -> Value:
    return counted(context, span, value, 1)


@rules("counted", "the? first <count> weeks of|in {unit}")
def first_weeks(context: Context, count: int, value: Value) -> Value | None:
    return first_days(context, 7 * count, value)


@rules("counted", "the? last|final <count> weeks of|in {unit}")
def last_weeks(context: Context, count: int, value: Value) -> Value | None:
    return last_days(context, 7 * count, value)


@rules("counted", "the? first <count> days of|in {unit}")
def first_days(_context: Context, count: int, value: Value) -> Value | None:
    return _days_of(value, f"the first {count} days of", count, None)


@rules("counted", "the? last|final <count> days of|in {unit}")
def last_days(_context: Context, count: int, value: Value) -> Value | None:
    return _days_of(value, f"the last {count} days of", None, count)


def _days_of(value: Value, why: str, first: int | None, last: int | None) -> Value | None:
    def change(window: Window) -> Window:
        if first is not None:
            end = window.earliest + timedelta(days=first - 1)
            return Window(window.earliest, min(end, window.latest))
        start = window.latest - timedelta(days=(last or 1) - 1)
        return Window(max(start, window.earliest), window.latest)

    return mapped(
        value,
        lambda term: windowed(
            term, change, why=f"{why} {term.why}", precision=Precision.DAY, whole=True
        ),
    )


@rules("counted", "the? first|last|final few|couple of? days|weeks of|in {unit}")
def some_days(_context: Context, _value: Value) -> Value:
    return Ask(question="How many days: which day is meant?")


@rules("counted", "{duration} before|prior|ahead to|of? {point}")
@rules("counted", "{duration} before|prior|ahead to|of? {upto}")
def before(context: Context, span: Duration, value: Value) -> Value:
    return counted(context, span, value, -1)


def counted(context: Context, span: Duration, value: Value, sign: int) -> Value:
    """So long after a time (sign 1), or before it (sign -1)."""

    def change(window: Window) -> Window:
        base = window.latest if sign > 0 else window.earliest
        day = shift(context, base, span, sign)
        return Window(day, day)

    def week(window: Window) -> Window:
        """Two weeks after a week is a week again."""
        days = shift(context, window.earliest, span, sign) - window.earliest
        return Window(window.earliest + days, window.latest + days)

    def lately(window: Window) -> Ask | None:
        if window.latest >= context.on:
            return None
        return Ask(question=f"{day_and_date(window.latest)} has gone: which day is meant?")

    def term(inner: Term) -> Term:
        if inner.precision is Precision.WEEK and span.unit in ("week", "fortnight"):
            return windowed(inner, week, why=f"{span} from {inner.why}", gone=None)
        direction = "after" if sign > 0 else "before"
        return windowed(
            inner,
            change,
            why=f"{span} {direction} {named(inner)}",
            precision=Precision.DAY,
            whole=False,
            spanned=False,
            gone=None,
            # Counted back from a span that runs already, the day may lie behind.
            **({"check": lately} if inner.whole and sign < 0 else {}),
        )

    return mapped(value, term)


@rules("point", "{counted}")
def point(_context: Context, value: Value) -> Value:
    return value


@rules("phrase", "<alone> a couple|few of? <unit> <whole>", "<alone> a <unit> or two <whole>")
def nothing_but_a_loose_duration(context: Context, _alone: bool, unit: str, _end: bool) -> Phrase:
    return Phrase(value=too_looselycounted(context, unit))


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
