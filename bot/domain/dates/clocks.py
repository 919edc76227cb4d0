"""Rules for the time of day: COP, 5pm, 17:00 BST, half past four, first thing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.dates import exact
from bot.domain.dates.context import Context
from bot.domain.dates.grammar import Rules
from bot.domain.dates.terms import Ask, Clock, Phrase, Side, Term, Value, on_day
from bot.domain.deadlines import Precision

rules = Rules()


@rules(
    "cop",
    "cop|cob|eod|eop",
    "the? close of play|business|day|work",
    "the? end of play|business|work",
)
@rules(
    "cop",
    "the? end|close of the? working|business? day on|of?",
    "cop|cob|eod|eop on|of|,?",
    "the? close|end of play|business|work on|,?",
)
def close_of_play(_context: Context) -> bool:
    return True


@rules("zone", "gmt|utc|z")
def greenwich(_context: Context) -> int:
    return 0


@rules("zone", "gmt|utc + <number>")
def east(_context: Context, stated: Sequence[int]) -> int | None:
    return 60 * stated[0] if len(stated) == 1 and stated[0] <= 14 else None


@rules("zone", "gmt|utc - <number>")
def west(_context: Context, stated: Sequence[int]) -> int | None:
    return -60 * stated[0] if len(stated) == 1 and stated[0] <= 12 else None


@rules("zone", "est")
def eastern(_context: Context) -> int:
    return -300


@rules("zone", "edt")
def eastern_in_summer(_context: Context) -> int:
    return -240


@rules("zone", "pst")
def pacific(_context: Context) -> int:
    return -480


@rules("zone", "pdt")
def pacific_in_summer(_context: Context) -> int:
    return -420


@rules("zone", "bst|cet")
def one_hour_east(_context: Context) -> int:
    return 60


@rules("zone", "cest")
def two_hours_east(_context: Context) -> int:
    return 120


@rules("clock", "<time> {zone}?", "<time> ( {zone} )")
def clock(_context: Context, time: tuple[int, ...], zone: int | None) -> Clock:
    return Clock(hour=time[0], minute=time[1], offset=time[2] if len(time) == 3 else zone)


@rules("clock", "<officetime> london|uk|local? time?", "<officetime> {zone}", "<officetime>")
def office_time(_context: Context, time: tuple[int, int], zone: int | None = None) -> Clock:
    """5:30 and 5.30 are in the afternoon; the early morning is written 05:30."""
    return Clock(hour=time[0] + 12, minute=time[1], offset=zone, assumed=True)


@rules("clock", "<time> ( london|uk|local time? )")
@rules("clock", "<time> london|uk|local time")
def clock_here(_context: Context, time: tuple[int, ...]) -> Clock:
    return Clock(hour=time[0], minute=time[1])


@rules("clock", "<hour> o'clock")
def office_hour(_context: Context, hour: int) -> Clock:
    return Clock(hour=hour, minute=0, assumed=True)


@rules("clock", "half -? past <hour>")
def half_past(_context: Context, hour: int) -> Clock:
    return Clock(hour=hour, minute=30, assumed=True)


@rules("clock", "a? quarter past <hour>")
def quarter_past(_context: Context, hour: int) -> Clock:
    return Clock(hour=hour, minute=15, assumed=True)


@rules("clock", "a? quarter to <hour>")
def quarter_to(_context: Context, hour: int) -> Clock:
    return Clock(hour=hour - 1, minute=45, assumed=True)


@rules("clock", "<fourdigits>")
def military(_context: Context, time: tuple[int, int]) -> Clock:
    return Clock(hour=time[0], minute=time[1])


@rules("clockon", "at? {clock} ,? on?", "at? {clock} the?")
def clock_on(_context: Context, time: Clock) -> Clock:
    return time


@rules("behind", "at|,|around|@ {clock}", ", at {clock}", "{clock}", "( at? {clock} )")
def clock_behind(_context: Context, time: Clock) -> Clock:
    return time


@dataclass(frozen=True)
class Limit:
    """A time of day behind a day, by which something is due on it."""

    clock: Clock | None


@rules("behind", ",? by|before {clock}", ",? by|before {cop}")
def limit_behind(_context: Context, time: Clock | bool) -> Limit:
    return Limit(clock=time if isinstance(time, Clock) else None)


@rules("behind", ",? by|before lunchtime|lunch")
def limit_at_lunch(_context: Context) -> Limit:
    return Limit(clock=None)


@rules("behind", ",? {cop}", "at {cop}", ",? morning|afternoon|evening|lunchtime|night|am|pm")
@rules("behind", "first thing", "at the? lunchtime|lunch")
def part_of_day(_context: Context, _cop: bool = True) -> bool:
    return True


@rules("partday", "first thing on?", "lunchtime|lunch on?", "the? morning|afternoon|evening of|on")
@rules("partday", "early|late|later morning|afternoon|evening? on?")
def part_before_a_day(_context: Context) -> bool:
    return True


@rules("phrase", "by|before|until <hour> on {term}", "by|before|until <hour> {simple}")
def by_office_hour(_context: Context, hour: int, value: Value) -> Phrase | None:
    return _at_hour(hour, value, Side.BY)


@rules("phrase", "at <hour> on {term}", "at <hour> {simple}")
def at_office_hour(_context: Context, hour: int, value: Value) -> Phrase | None:
    return _at_hour(hour, value, Side.AT)


def _at_hour(hour: int, value: Value, side: Side) -> Phrase | None:
    if isinstance(value, Term) and value.precision is not Precision.DAY:
        return None
    time = Clock(hour=hour, minute=0, assumed=True)
    return Phrase(value=value, side=side, clock=time, stated=side is Side.BY)


@rules("phrase", "<alone> by|before|until <number> <whole>")
def a_bare_number(
    context: Context, _alone: bool, stated: Sequence[int], _end: bool
) -> Phrase | None:
    """By 5: five o'clock, or the fifth."""
    if len(stated) != 1 or not 1 <= stated[0] <= 31:
        return None
    day = exact.next_such_day(context, stated[0])
    hour = [on_day(context.on, f"today, at {stated[0]} o'clock")] if stated[0] <= 12 else []
    days = [day] if isinstance(day, Term) else []
    return Phrase(
        value=Ask(
            question=f"Is the day {stated[0]} of a month, or an hour, meant?", terms=(*hour, *days)
        ),
        side=Side.BY,
        stated=True,
    )


@rules("phrase", "{side}? at? {clock}")
def time_today(context: Context, side: Side | None, time: Clock) -> Phrase:
    return Phrase(value=on_day(context.on, "today"), side=side or Side.AT, clock=time)


@rules("phrase", "{side}? the? {cop} today?", "{side}? today {cop}?")
def end_of_today(context: Context, side: Side | None, _cop: bool | None) -> Phrase:
    return Phrase(value=on_day(context.on, "the end of today"), side=side or Side.AT)
