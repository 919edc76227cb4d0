"""Rules for days that a table knows: recess, meetings, publication; and for those that none does."""

from __future__ import annotations

from collections.abc import Callable

from bot.domain.calendars import Recess
from bot.domain.dates.context import Context
from bot.domain.dates.grammar import Rules
from bot.domain.dates.terms import (
    DAY,
    Ask,
    Phrase,
    Side,
    Term,
    Value,
    Window,
    during,
    on_day,
)
from bot.domain.dates.vocabulary import MONTH_NAMES
from bot.domain.deadlines import Precision, day_and_date

rules = Rules()


@rules("recess", "the? <recessname> recess {year}?", "the? <recessname> parliamentary recess")
def named_recess(context: Context, name: str, year: int | None = None) -> Recess | str:
    fitting = (
        recess
        for recess in sorted(context.recesses, key=lambda recess: recess.rises)
        if name in recess.name.lower()
        and (recess.rises.year == year if year else recess.returns > context.on)
    )
    return next(fitting, f"{name} recess")


@rules("recess", "{rises} for|to the? <recessname> recess?", "{riseof} for the? <recessname> recess?")
def recess_it_rises_for(context: Context, *parts: object) -> Recess | str:
    return named_recess(context, next(part for part in parts if isinstance(part, str)))


@rules("rises", "the? house|commons|parliament|lords rises|rise", "both? houses rise")
@rules("riseof", "the? rising|rise of the? house|commons|parliament")
def the_house_rises(_context: Context) -> bool:
    return True


@rules("recess", "the|next? recess", "the next recess", "{rises}", "{riseof}")
@rules("recess", "parliamentary recess")
def next_recess(context: Context, _rises: bool = True) -> Recess | str:
    coming = (recess for recess in context.recesses if recess.returns > context.on)
    return min(coming, key=lambda recess: recess.rises, default="next recess")


def _on_recess(recess: Recess | str, day: Callable[[Recess], Term]) -> Value:
    if isinstance(recess, str):
        return Ask(question=f"When is the {recess}, which the table does not hold?")
    return day(recess)


def _rises(recess: Recess) -> Term:
    return on_day(recess.rises, f"the day the House rises for the {recess.name} recess")


@rules("phrase", "by|before|until|till the? {recess}", "by the? start|beginning of {recess}")
@rules("phrase", "ahead|in of|advance of? {recess}", "prior to {recess}", "in time for {recess}")
@rules("phrase", "before the? start of {recess}", "no|not later than {recess}")
def by_recess(_context: Context, recess: Recess | str) -> Phrase:
    """The House sits on the day it rises, so that day still counts as before the recess."""
    return Phrase(value=_on_recess(recess, _rises), side=Side.BY, stated=True)


@rules("phrase", "after|following|from {recess}", "when|once|after|following|from {returning}")
@rules("phrase", "as soon as {returning}", "on {returning}", "not before|until {returning}")
@rules("phrase", "after|from the end of {recess}", "not before the end of {recess}")
def after_recess(_context: Context, recess: Recess | str) -> Phrase:
    return Phrase(value=recess_ends(_context, recess), side=Side.FROM)


_BACK = "returns|sits|resumes|reconvenes|return|resume"


@rules("returning", f"the? house|commons|parliament|lords {_BACK} from|after {{recess}}")
@rules("returning", "the? house|commons|parliament|lords is back from|after {recess}")
@rules("returning", "the? return of the? house|commons|parliament from|after {recess}")
def returning_from(_context: Context, recess: Recess | str) -> Recess | str:
    return recess


@rules("returning", f"the? house|commons|parliament|lords {_BACK}")
@rules("returning", "the? house|commons|parliament|lords is back")
@rules("returning", "the? return of the? house|commons|parliament", "the? house's|commons' return")
def returning(context: Context) -> Recess | str:
    coming = (recess for recess in context.recesses if recess.returns >= context.on)
    return min(coming, key=lambda recess: recess.returns, default="House's return")


@rules("phrase", "during|in|over|at? {recess}", "{recess}")
def in_recess(_context: Context, recess: Recess | str) -> Phrase:
    return Phrase(
        value=_on_recess(
            recess,
            lambda known: during(
                known.rises + DAY, known.returns - DAY, f"the {known.name} recess"
            ),
        )
    )


@rules("occasion", "the? day on? which? {returning}", "{returning}")
@rules("back", "{recess}")
def recess_ends(_context: Context, recess: Recess | str) -> Value:
    return _on_recess(recess, lambda known: on_day(known.returns, "the day the House returns"))


@rules("point", "the? day on? which? {rises}")
def day_it_rises(context: Context, _rises: bool) -> Value:
    return recess_rises(context, next_recess(context))


@rules("point", "{recess}")
@rules("rising", "{recess}")
def recess_rises(_context: Context, recess: Recess | str) -> Value:
    return _on_recess(recess, _rises)


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


@rules("occasion", "the|our? <month> {mtg}", "the|our {mtg} in <month>", "next? <month>'s {mtg}")
@rules("occasion", "the|our|this <month> board|group", "in time for <month> board|group")
def month_meeting(context: Context, *parts: int | str) -> Value:
    month = next(part for part in parts if isinstance(part, int))
    day = context.next_meeting
    if day is None or day < context.on or day.month != month:
        name = MONTH_NAMES[month - 1]
        return Ask(question=f"When is the {name} meeting, which the table does not hold?")
    return on_day(day, f"the {MONTH_NAMES[month - 1]} meeting")


@rules("occasion", "the|our? {mtg} after next", "the? next {mtg} but one", "the? <nth> {mtg} from now")
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


@rules("phrase", "upon {anchor}")
def upon(_context: Context, value: Value) -> Phrase:
    return Phrase(value=value)


_TERMS = "michaelmas|hilary|trinity|lent|easter|summer|autumn|spring|winter|school"


@rules("school", "half -? term", f"{_TERMS} half? -? term", "term", "term time")
@rules("school", f"{_TERMS}|christmas holidays|vacation|break", "academic|school|municipal year")
@rules("school", "michaelmas", "council|civic year", "<month> half -? term")
def school_span(_context: Context, *_season: object) -> bool:
    return True


@rules("point", "the? {school}", "the? <edge> of the? {school}", "the? <nth> week|day of|in the? {school}")
@rules("point", "next|this|last {school}", "the? <edge> of this|next {school}")
def school_terms(_context: Context, *_parts: object) -> Value:
    return Ask(question="Terms and such years differ from place to place: which date is meant?")


@rules("phrase", "{side} the? {event}")
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
_event("end of the session", "this|next|current parliamentary? session", "end of this|the parliament")
_event("next session", "next session of parliament", "lifetime of this parliament")
_event("dissolution", "dissolution")
_event("election", "general|local? election|elections")
_event("King's or Queen's Speech", "king's|queen's speech")
_event("party conferences", "party? conference season?", "party conferences")
