"""Rules for words about time that name no day: in due course, every Friday, once X publishes."""

from __future__ import annotations

from datetime import timedelta

from bot.domain.dates.context import Context
from bot.domain.dates.grammar import Rules
from bot.domain.dates.spans import Duration
from bot.domain.dates.terms import (
    COUNTED,
    DAY,
    DEPENDENCY,
    RECURRING,
    UNDATED,
    Term,
    Vague,
    last_day,
    on_day,
)
from bot.domain.dates.weekdays import next_one

rules = Rules()

_NO_DATE = "Those words name no date: by which day, please?"


@rules(
    "vague",
    "in due course",
    "when parliamentary time allows|permits",
    "when|as time|resources|capacity|priorities allow|allows|permit|permits",
    "shortly|soon|imminently|eventually|tbc|tbd|tba|ongoing|asap|presently",
    "very? soon|shortly",
    "to be confirmed|agreed|decided|determined|advised|announced|scheduled",
    "as soon as possible|practicable|feasible|practical|reasonably",
    "as soon as we|i|they can",
    "as and when",
    "at the earliest opportunity",
    "at the? earliest|next|first available? opportunity",
    "in|by|at the? next reporting period|round|cycle",
    "at pace",
    "at a later date",
    "at some point",
    "in the near|foreseeable future",
    "in the short|medium|long|longer term",
    "in the fullness of time",
    "in the coming|next|following days|weeks|months|period",
    "over the coming|next days|weeks|months|period",
    "in the next few days|weeks|months",
    "over the next few days|weeks|months",
    "in a few days|weeks|months",
    "in the next couple of days|weeks|months",
    "before too? long",
    "imminent",
    "no|without a? firm|fixed|agreed|final|set|confirmed? date|deadline yet?",
    "no|without a? firm|fixed|agreed|final|set|confirmed? date|deadline is|has been? set|agreed",
    "date|deadline is? to be set|fixed|found",
    "cannot|can't|unable to? give|offer|commit to? a|any date",
    "not yet known|agreed|set|scheduled",
    "date pending",
    "awaiting a? date",
    "sometime|sometimes soon",
    "one day soon",
    "the week|month|quarter|year after <whole>",
    "in|during|over the week|month|quarter|year <whole>",
    "in the pipeline",
)
def undated(_context: Context, _whole: bool = True) -> Vague:
    return Vague(question=_NO_DATE, rank=UNDATED)


_NEXT = "That comes round again: which is the next date it is due?"


def _recurring(*terms: Term) -> Vague:
    return Vague(question=_NEXT, rank=RECURRING, terms=terms)


@rules("vague", "every|each <weekday>", "every|each other|second <weekday>", "on? <weekdays>")
@rules("vague", "weekly on? <weekday>", "weekly on? <weekdays>")
def every_weekday(context: Context, weekday: int) -> Vague:
    return _recurring(on_day(next_one(context.on, weekday), "the next one to come"))


@rules("vague", "on? the? <nth> <weekday> of|in every|each|the month")
@rules("vague", "monthly on the <nth> <weekday>")
def every_nth_weekday(context: Context, nth: int, weekday: int) -> Vague | None:
    first = next_one(context.on.replace(day=1), weekday)
    day = first + timedelta(days=7 * (nth - 1))
    if nth == -1:
        end = last_day(context.on.year, context.on.month)
        day = next_one(end - 6 * DAY, weekday)
    return _recurring(on_day(day, "this month's")) if day >= context.on else _recurring()


@rules("vague", "every|each {duration}", "every|each <count>? <unit>", "every|each other <unit>")
@rules("vague", "every|each working? day|morning", "every|each <nth> <unit>", "every|each <month>")
@rules("vague", "the? <edge> of every|each <unit>", "on? the? <day> of every|each month")
@rules("vague", "the? last working? day of every|each <unit>")
@rules("vague", "<count> times a|per|every|each <unit>", "once|twice a|per|every|each <unit>")
def every_so_often(_context: Context, *_parts: object) -> Vague:
    return _recurring()


@rules("vague", "every|each {mtg}", "at every|each meeting", "every|each time <rest>")
def every_meeting(_context: Context, *_parts: object) -> Vague:
    return _recurring()


@rules("vague", "daily|weekly|fortnightly|monthly|quarterly|annually|yearly|biannually|termly")
@rules("vague", "regularly|periodically|annual|bimonthly|biweekly|rolling|routinely")
@rules("vague", "regular updates|update|meetings|reports|intervals", "at regular intervals")
@rules("vague", "twice|once -? yearly|monthly|weekly|daily", "on a rolling|regular basis")
def regular(_context: Context) -> Vague:
    return Vague(question=_NEXT, rank=UNDATED)


def _depends(on: str) -> Vague:
    return Vague(
        question=f"That depends on “{on}”: by which day do you expect it?", rank=DEPENDENCY
    )


@rules("vague", "{duration} on? after|from|following|before|once <rest>")
@rules("vague", "within {duration} of <rest>")
def so_long_after(_context: Context, _span: Duration, thing: str) -> Vague:
    return Vague(question=f"That depends on “{thing}”: when is that expected?", rank=COUNTED)


@rules("vague", "once|after|following|until|pending|when|upon <rest>")
@rules(
    "vague", "as soon as <rest>", "subject to <rest>", "dependent|depending|conditional on <rest>"
)
@rules(
    "vague",
    "depends on <rest>",
    "contingent on|upon <rest>",
    "awaiting <rest>",
    "waiting for|on <rest>",
)
def depends(_context: Context, thing: str) -> Vague:
    return _depends(thing)
