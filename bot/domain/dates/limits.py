"""Rules for limits by a count: within 10 working days, within two months of publication."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from bot.domain.dates import spans
from bot.domain.dates.context import Context
from bot.domain.dates.exact import month_of
from bot.domain.dates.grammar import Rules
from bot.domain.dates.periods import quarter_of
from bot.domain.dates.terms import Ask, Phrase, Side, Value, months_later, on_day, window_of
from bot.domain.dates.weeks import week_of
from bot.domain.deadlines import day_and_date

rules = Rules()


@rules("one", "week")
def week(_context: Context) -> str:
    return "week"


@rules("one", "month")
def month(_context: Context) -> str:
    return "month"


@rules("one", "quarter")
def quarter(_context: Context) -> str:
    return "quarter"


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
def within(context: Context, span: spans.Duration) -> Phrase:
    why = f"{span} after {day_and_date(context.on)}"
    value = on_day(spans.shift(context, context.on, span), why)
    return Phrase(value=value, side=Side.BY, stated=True, from_today=True)


@rules("phrase", "over|within|during the next|coming|following {one}")
def within_the_next(context: Context, unit: str) -> Phrase:
    return within(context, spans.Duration(1, unit))


@rules("phrase", "in the next|coming {one}")
def in_the_next(context: Context, unit: str) -> Phrase:
    """In the next month: in a month from today, or in the calendar's next."""
    span = spans.Duration(1, unit)
    ends = {
        "week": week_of(context.on + timedelta(days=7), "next week"),
        "month": month_of(*_next_month(context.on)),
        "quarter": quarter_of(context.on, 1, "next quarter"),
    }
    why = f"{span} after {day_and_date(context.on)}"
    terms = (
        on_day(spans.shift(context, context.on, span), why),
        on_day(window_of(ends[unit]).latest, f"the end of next {unit}"),
    )
    question = f"Is {span} from today or the end of next {unit} meant?"
    return Phrase(value=Ask(question=question, terms=terms), side=Side.BY, stated=True)


def _next_month(on: date) -> tuple[int, int]:
    first = months_later(on, 1)
    return first.month, first.year


@rules("phrase", "within|inside <count> -|to|or {duration}")
def within_between(context: Context, least: int, most: spans.Duration) -> Phrase | None:
    if least >= most.count:
        return None
    return replace(within(context, most), soft=True)


@rules("phrase", "{duration} before|beforehand|after|afterwards|earlier|previously <whole>")
def counted_from_another(_context: Context, span: spans.Duration, _end: bool) -> Phrase:
    """The meeting is on 8 March and the papers are due a week before."""
    asked = Ask(question=f"From which day is {span} counted, and which day is that?")
    return Phrase(value=asked, stated=True)


@rules("phrase", "within|inside the {one}")
def within_the(context: Context, unit: str) -> Phrase:
    """Within the month: to the end of this one, or for a month from today."""
    span = spans.Duration(1, unit)
    whole = {
        "week": week_of(context.on, "this week"),
        "month": month_of(context.on.month, context.on.year),
        "quarter": quarter_of(context.on, 0, "this quarter"),
    }[unit]
    why = f"{span} after {day_and_date(context.on)}"
    terms = (
        on_day(window_of(whole).latest, f"the end of this {unit}"),
        on_day(spans.shift(context, context.on, span), why),
    )
    asked = Ask(question=f"Is the end of this {unit} or {span} from today meant?", terms=terms)
    return Phrase(value=asked, side=Side.BY, stated=True)


@rules("phrase", "within|inside {duration} of|after|from|following {point}")
@rules("phrase", "within|inside {duration} of|after|from|following {since}")
@rules("phrase", "no|not later|more than {duration} after|from|following {point}")
@rules("phrase", "no|not later|more than {duration} after|from|following {since}")
def within_of(context: Context, span: spans.Duration, value: Value) -> Phrase:
    return Phrase(value=spans.counted(context, span, value, 1), side=Side.BY, stated=True)


@rules("phrase", "no|not later than {duration} before|prior|ahead to|of? {point}")
@rules("phrase", "at least {duration} before|prior|ahead to|of? {point}")
def ahead_of(context: Context, span: spans.Duration, value: Value) -> Phrase:
    return Phrase(value=spans.counted(context, span, value, -1), side=Side.BY, stated=True)
