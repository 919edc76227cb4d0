"""Rules for what stands around a time: by, before, from, COP, 5pm, hopefully, at the latest."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from bot.domain.dates import ranges
from bot.domain.dates.clocks import Limit
from bot.domain.dates.context import Context
from bot.domain.dates.grammar import Rules
from bot.domain.dates.terms import (
    DAY,
    Ask,
    Clock,
    Phrase,
    Side,
    Term,
    Value,
    Window,
    mapped,
    windowed,
)

rules = Rules()

_SIDES = {
    Side.BY: (
        "by|until|till",
        "up until|to|till",
        "due? by",
        "by no|not later than",
        "not after|past|beyond",
        "by the latest",
        "no|not later than",
        "on or before",
        "by or on|before",
        "at the? latest by|on",
        "in time for",
        "in good? time for",
        "in readiness for",
    ),
    Side.BEFORE: ("before", "ahead of", "prior to", "in advance of", "earlier than"),
    Side.FROM: (
        "from|since|starting|beginning|commencing",
        "starting|beginning from|on|in",
        "as from|of|at",
        "not before|until|till",
        "no|not sooner|earlier|before than?",
        "with effect from",
        "wef",
        "effective from?",
        "any time|point from",
        "on or after",
        "at the earliest",
    ),
    Side.AFTER: ("after|following|past|beyond", "any time after", "straight after"),
    Side.AT: (
        "on|in|during|over|at|for|within|throughout|due|deadline|now|is|target|targeting",
        "due|deadline|is|now on|in|for|is|now",
        "due date|:",
        "deadline :|is|of",
        "the deadline is",
        "is now|due",
        "sometime|some? time? in|during|on",
    ),
}


def _enter(side: Side) -> None:
    @rules("side", *_SIDES[side])
    def stated(_context: Context) -> Side:
        return side


for _side in _SIDES:
    _enter(_side)


@rules("softly", "around|about|circa|c|ca|approx|approximately|roughly|hopefully|probably|likely")
@rules("softly", "~", "c .", "approx .", "provisionally|tentatively|ideally", "at around|about")
@rules(
    "softly",
    "aiming|aim for|to",
    "hoping|hope for|to",
    "on or around|about",
    "towards",
    "in or around",
)
@rules("softly", "provisional|tentative|indicative|estimated|likely date|deadline :?")
@rules("softly", "in the region of", "most|very likely", "somewhere around", "likely to be")
def softly(_context: Context) -> bool:
    return True


@dataclass(frozen=True)
class Lead:
    """What is said before a time."""

    side: Side = Side.AT
    soft: bool = False


@dataclass(frozen=True)
class Tail:
    """What is said behind a time."""

    side: Side | None = None
    soft: bool = False


@rules("tail", ",? at the? latest", ",? latest", "( latest )", "( at the latest )")
@rules("tail", ",? or|if not? sooner|earlier|before")
def at_latest(_context: Context) -> Tail:
    return Tail(side=Side.BY)


@rules("tail", "onwards|onward", "and onwards", "or later", "at the? earliest")
def onwards(_context: Context) -> Tail:
    return Tail(side=Side.FROM)


@rules("tail", "( the? end of the? month|quarter|year )", "( month|quarter|year -? end )")
def gloss(_context: Context) -> Tail:
    return Tail()


@rules("tail", "( tbc )", "( tbd )", "- tbc", "-? ish", ",? provisionally", "or so|thereabouts")
@rules("tail", ",? tbc", "( provisional )", "( estimated )", "( estimate )", ",? subject to <rest>")
@rules("tail", ",? or as soon as possible thereafter|after|afterwards")
@rules("tail", ",? or soon|shortly thereafter|after|afterwards")
@rules("tail", ",? to be confirmed|agreed|finalised", "( to be confirmed )")
@rules("tail", "( indicative )", ",? hopefully", ",? depending on <rest>")
def uncertain(_context: Context, *_rest: str) -> Tail:
    return Tail(soft=True)


@rules("led", "{softly}? {side}? {softly}?")
def lead(_context: Context, before: bool | None, side: Side | None, after: bool | None) -> Lead:
    return Lead(side=side or Side.AT, soft=bool(before or after))


@rules("led", "{side} {side}")
def two_leads(_context: Context, first: Side, second: Side) -> Lead:
    """ "Due by", "now before": the one that sets a limit counts."""
    return Lead(side=first if second is Side.AT else second)


@rules("phrase", "{led}? the? {cop}? {clockon}? {term} {behind}? {tail}?")
def phrase(
    _context: Context,
    led: Lead | None,
    _cop: bool | None,
    before: Clock | None,
    value: Value,
    behind: Clock | Limit | bool | None,
    tail: Tail | None,
) -> Phrase:
    led, tail = led or Lead(), tail or Tail()
    side = tail.side or led.side
    if tail.side is Side.BY and led.side is Side.AT:
        # "March at the latest" is all of March, where "by March" may not be.
        value = mapped(value, lambda term: replace(term, whole=False))
    if isinstance(behind, Limit):
        side, behind = Side.BY, behind.clock
    return Phrase(
        value=value,
        side=side,
        clock=behind if isinstance(behind, Clock) else before,
        soft=led.soft or tail.soft,
        stated=side in (Side.BY, Side.BEFORE),
    )


@rules("phrase", "{side} {point} ,? and|but? {side} {point}")
def from_one_to_another(
    context: Context, first: Side, start: Value, second: Side, end: Value
) -> Phrase | None:
    """Not before 6 Feb and no later than 17 Feb: both ends of a window, each with its side."""
    if first not in (Side.FROM, Side.AFTER) or second not in (Side.BY, Side.BEFORE):
        return None
    opens = mapped(start, lambda term: windowed(term, _first_day if first is Side.FROM else _after))
    closes = mapped(end, lambda term: windowed(term, _last_day_of(term, second)))
    window = ranges.between(context, opens, closes)
    return None if window is None else Phrase(value=window, stated=True)


def _first_day(window: Window) -> Window:
    return Window(window.earliest, window.earliest)


def _after(window: Window) -> Window:
    return Window(window.latest + DAY, window.latest + DAY)


def _last_day_of(term: Term, side: Side) -> Callable[[Window], Window]:
    """The last day that is still before a term, or still by it."""
    before = side is Side.BEFORE and not term.is_end

    def change(window: Window) -> Window:
        day = window.earliest - DAY if before else window.latest
        return Window(day, day)

    return change


@rules("phrase", "{led}? {clock} {led} {term} {tail}?")
def clock_first(
    context: Context,
    led: Lead | None,
    time: Clock,
    second: Lead,
    value: Value,
    tail: Tail | None,
) -> Phrase:
    outer = second if led is None or led.side is Side.AT else led
    whole: Phrase = phrase(context, outer, None, time, value, None, tail)
    return whole


@rules("phrase", "{led}? the? {partday} {term} {tail}?")
def part_of_a_day(
    context: Context, led: Lead | None, _part: bool, value: Value, tail: Tail | None
) -> Phrase:
    whole: Phrase = phrase(context, led, None, None, value, None, tail)
    return whole


@rules("phrase", "in? the? run -? up to {point}")
def in_the_run_up(_context: Context, value: Value) -> Phrase:
    return Phrase(value=value, side=Side.BEFORE, soft=True, stated=True)


@rules("phrase", "before or|and after {point}", "after or|and before {point}")
def on_either_side(_context: Context, _value: Value) -> Phrase:
    return Phrase(value=Ask(question="Is before or after it meant, and which day?"))


@rules("phrase", "between now and {term}", "from? now until|to|till|and {term}")
def from_now_to(_context: Context, value: Value) -> Phrase:
    return Phrase(value=value, side=Side.BY, stated=True)
