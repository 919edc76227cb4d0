"""Rules for meetings, publication and receipt, and for occasions that no table knows."""

from __future__ import annotations

from bot.domain.dates.context import Context
from bot.domain.dates.grammar import Rules
from bot.domain.dates.terms import (
    Ask,
    Phrase,
    Side,
    Value,
    on_day,
)
from bot.domain.dates.vocabulary import MONTH_NAMES
from bot.domain.deadlines import day_and_date

rules = Rules()


@rules("mtg", "group|board|team|tfg? meeting|meeting's", "task and finish group meeting?", "tfg")
def a_meeting(_context: Context) -> str:
    return "meeting"


@rules("point", "{occasion}")
def occasion(_context: Context, value: Value) -> Value:
    return value


@rules("occasion", "the|our|this {mtg}")
@rules("occasion", "the|our|your? next {mtg}", "the|our? next group|board")
def next_meeting(context: Context, _name: str = "") -> Value:
    day = context.next_meeting
    if day is None or day < context.on:
        return Ask(question="When is the next meeting, which the table does not hold?")
    return on_day(day, "the next meeting")


@rules("phrase", "{side} the|our|this {mtg}", "on the day of the|our {mtg}")
def this_meeting(context: Context, *parts: object) -> Phrase:
    side = next((part for part in parts if isinstance(part, Side)), Side.AT)
    return Phrase(value=next_meeting(context), side=side)


@rules("occasion", "the|our? <month> {mtg}", "the|our {mtg} in <month>", "next? <month> {mtg}")
@rules("occasion", "the|our|this? <month> board|group", "in time for <month> board|group")
def month_meeting(context: Context, *parts: int | str) -> Value:
    month = next(part for part in parts if isinstance(part, int))
    day = context.next_meeting
    if day is None or day < context.on or day.month != month:
        name = MONTH_NAMES[month - 1]
        return Ask(question=f"When is the {name} meeting, which the table does not hold?")
    return on_day(day, f"the {MONTH_NAMES[month - 1]} meeting")


@rules(
    "occasion",
    "the|our? {mtg} after next",
    "the? next {mtg} but one",
    "the? next -? but -? one {mtg}",
    "the? <nth> {mtg} from now",
)
def meeting_after_next(_context: Context, *_parts: object) -> Value:
    return Ask(question="When is the meeting after the next one, which the table does not hold?")


@rules("point", "the|our? {mtg} on {day}", "the {mtg} of {day}")
def meeting_on(_context: Context, _name: str, value: Value) -> Value:
    return value


@rules("thing", "the|this|our|your report|letter|response|update|guidance|review", "it")
def thing(_context: Context) -> bool:
    return True


@rules("anchor", "the? report's|its? publication")
@rules(
    "anchor", "the? publication of {thing}", "{thing} is|was|being published", "publishing {thing}"
)
@rules("anchor", "{thing} publishes", "the publication date", "the? date of publication")
@rules("anchor", "the? date of {thing}", "the? publication")
def publication(context: Context, *_parts: object) -> Value:
    if context.published_on is None:
        return Ask(question="When is it published, since the date depends on that?")
    return on_day(context.published_on, f"publication on {day_and_date(context.published_on)}")


@rules(
    "anchor", "the? receipt", "the? receipt of {thing}", "receiving {thing}", "{thing} is received"
)
@rules("anchor", "the? date of receipt")
def receipt(context: Context, *_parts: object) -> Value:
    if context.received_on is None:
        return Ask(question="When was it received, since the date depends on that?")
    return on_day(context.received_on, f"receipt on {day_and_date(context.received_on)}")


@rules("phrase", "{side} {anchor}")
def beside_an_anchor(_context: Context, side: Side, value: Value) -> Phrase:
    return Phrase(value=value, side=side, stated=side in (Side.BY, Side.BEFORE))


@rules("phrase", "on? the day|date on? which? {thing} is|was published|out")
def on_publication(context: Context, _thing: bool) -> Phrase:
    return Phrase(value=publication(context))


@rules("phrase", "upon {anchor}")
def upon(_context: Context, value: Value) -> Phrase:
    return Phrase(value=value)


_TERMS = "michaelmas|hilary|trinity|lent|easter|summer|autumn|spring|winter|school"


@rules("school", "half -? term", f"{_TERMS} half? -? term", "term", "term time")
@rules("school", f"{_TERMS}|christmas holidays|vacation|break", "academic|school|municipal year")
@rules("school", "michaelmas", "council|civic year", "<month> half -? term")
def school_span(_context: Context, *_season: object) -> bool:
    return True


@rules(
    "point",
    "the? {school}",
    "the? <edge> of the? {school}",
    "the? <nth> week|day of|in the? {school}",
)
@rules("point", "next|this|last {school}", "the? <edge> of this|next {school}")
def school_terms(_context: Context, *_parts: object) -> Value:
    return Ask(question="Terms and such years differ from place to place: which date is meant?")


@rules("phrase", "on? the day of the? {event}")
def on_the_day_of(context: Context, name: str) -> Phrase:
    return event(context, Side.AT, name)


@rules("phrase", "{side} the? {event}", "{side} the? end|start|beginning of the? {event}")
def event(_context: Context, side: Side, name: str) -> Phrase:
    value = Ask(question=f"When is the {name}, since the date depends on that?")
    return Phrase(value=value, side=side)


def _event(name: str, *patterns: str) -> None:
    @rules("event", *patterns)
    def named(_context: Context) -> str:
        return name


_event("Budget", "budget", "spring|autumn budget")
_event("spending review", "comprehensive? spending review")
_event("autumn statement", "autumn statement")
_event("spring statement", "spring statement")
_event("end of the session", "prorogation", "end of this|the|next? parliamentary? session")
_event(
    "end of the session", "this|next|current parliamentary? session", "end of this|the parliament"
)
_event("next session", "next session of parliament", "lifetime of this parliament")
_event("dissolution", "dissolution", "this parliament")
_event("coronation", "king's? coronation")
_event("change of the clocks", "clocks change", "clocks go forward|back", "clock change")
_event("end of the spending review", "spending review period")
_event("election", "general|local? election|elections")
_event("King's or Queen's Speech", "king's|queen's speech")
_event("party conferences", "party? conference season?", "party conferences")
