"""Rules for what stands around a time: by, before, from, COP, 5pm, hopefully, at the latest."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.dates.context import Context
from bot.domain.dates.grammar import Rules
from bot.domain.dates.terms import Clock, Phrase, Side, Value, on_day

rules = Rules()

_SIDES = {
    Side.BY: (
        "by|until|till",
        "up until|to|till",
        "due? by",
        "by no|not later than",
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
        "from|since|starting|beginning",
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
@rules("softly", "in the region of", "most|very likely", "somewhere around", "likely to be")
def softly(_context: Context) -> bool:
    return True


@rules(
    "cop",
    "cop|cob|eod|eop",
    "the? close of play|business|day|work",
    "the? end of play|business|work",
)
@rules(
    "cop",
    "the? end of the? day on|of?",
    "cop|cob|eod|eop on|of|,?",
    "the? close of play|business on|,?",
)
def close_of_play(_context: Context) -> bool:
    return True


@rules("zone", "gmt|utc|z")
def greenwich(_context: Context) -> int:
    return 0


@rules("zone", "bst|cet")
def one_hour_east(_context: Context) -> int:
    return 60


@rules("zone", "cest")
def two_hours_east(_context: Context) -> int:
    return 120


@rules("clock", "<time> {zone}?", "<time> ( {zone} )")
def clock(_context: Context, time: tuple[int, ...], zone: int | None) -> Clock:
    return Clock(hour=time[0], minute=time[1], offset=time[2] if len(time) == 3 else zone)


@rules("clock", "<time> london|uk|local time")
def clock_here(_context: Context, time: tuple[int, ...]) -> Clock:
    return Clock(hour=time[0], minute=time[1])


@rules("clock", "<fourdigits>")
def military(_context: Context, time: tuple[int, int]) -> Clock:
    return Clock(hour=time[0], minute=time[1])


@rules("clockon", "at? {clock} ,? on?", "at? {clock} the?")
def clock_on(_context: Context, time: Clock) -> Clock:
    return time


@rules("behind", "at|by|,|before|around {clock}", ", at|by {clock}", "{clock}")
def clock_behind(_context: Context, time: Clock) -> Clock:
    return time


@rules("behind", ",? {cop}", "at|by {cop}", ",? morning|afternoon|evening|lunchtime|night|am|pm")
@rules("behind", "first thing", "at the? lunchtime|lunch", "by lunchtime|lunch")
def part_of_day(_context: Context, _cop: bool = True) -> bool:
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


@rules("tail", "( tbc )", "( tbd )", "- tbc", "-? ish", ",? provisionally", "or so|thereabouts")
@rules("tail", ",? tbc", "( provisional )", "( estimated )", "( estimate )", ",? subject to <rest>")
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
    behind: Clock | bool | None,
    tail: Tail | None,
) -> Phrase:
    led, tail = led or Lead(), tail or Tail()
    side = tail.side or led.side
    return Phrase(
        value=value,
        side=side,
        clock=behind if isinstance(behind, Clock) else before,
        soft=led.soft or tail.soft,
        stated=side in (Side.BY, Side.BEFORE),
    )


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


@rules("phrase", "between now and {term}", "from? now until|to|till|and {term}")
def from_now_to(_context: Context, value: Value) -> Phrase:
    return Phrase(value=value, side=Side.BY, stated=True)


@rules("phrase", "{side}? at? {clock}")
def time_today(context: Context, side: Side | None, time: Clock) -> Phrase:
    return Phrase(value=on_day(context.on, "today"), side=side or Side.AT, clock=time)


@rules("phrase", "{side}? the? {cop} today?", "{side}? today {cop}?")
def end_of_today(context: Context, side: Side | None, _cop: bool | None) -> Phrase:
    return Phrase(value=on_day(context.on, "the end of today"), side=side or Side.AT)
