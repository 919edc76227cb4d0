"""Rules for days that a table knows: feasts, bank holidays, recess, meetings, publication."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from dateutil.easter import easter

from bot.domain.calendars import Recess, bank_holidays
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


def _yearly(day: Callable[[int], date | None], why: str, year: int | None) -> Value:
    """A day that every year has."""

    def windows(year: int) -> Window | None:
        found = day(year)
        return None if found is None else Window(found, found)

    if year is None:
        return Term(windows=windows, why=why, yearless=True, sure=True)
    found = day(year)
    if found is None:
        return Ask(question=f"There is no {why} in {year} here: which day is meant?")
    return on_day(found, why)


def _feast(name: str, offset: int, *patterns: str) -> None:
    @rules("day", *(f"{pattern} {{year}}?" for pattern in patterns))
    def feast(_context: Context, year: int | None) -> Value:
        return _yearly(lambda y: easter(y) + offset * DAY, name, year)


def _fixed(name: str, month: int, day: int, *patterns: str) -> None:
    @rules("day", *(f"{pattern} {{year}}?" for pattern in patterns))
    def fixed(_context: Context, year: int | None) -> Value:
        return _yearly(lambda y: date(y, month, day), name, year)


_feast("Maundy Thursday", -3, "maundy thursday")
_feast("Good Friday", -2, "good friday")
_feast("Easter Sunday", 0, "easter", "easter sunday|day")
_feast("Easter Monday", 1, "easter monday")
_feast("Whit Sunday", 49, "whitsun|pentecost", "whit sunday")
_fixed("Christmas Day", 12, 25, "christmas|xmas", "christmas day")
_fixed("Christmas Eve", 12, 24, "christmas|xmas eve")
_fixed("Boxing Day", 12, 26, "boxing day")
_fixed("New Year's Eve", 12, 31, "new year's|years eve")
_fixed("New Year's Day", 1, 1, "new year's|years day")
_fixed("St Andrew's Day", 11, 30, "st|saint andrew's|andrews day")
_fixed("St Patrick's Day", 3, 17, "st|saint patrick's|patricks day")


@rules("phrase", "in? the new year", "early|later|sometime in the new year")
@rules("phrase", "after|from|into the? new year", "from early in the new year")
def new_year(context: Context) -> Phrase:
    day = date(context.on.year + 1, 1, 1)
    value = on_day(day, "the new year", precision=Precision.YEAR)
    return Phrase(value=value, side=Side.FROM)


@rules("range", "between christmas|xmas and the? new year", "in the christmas break")
def between_the_years(_context: Context) -> Value:
    return Term(
        windows=lambda year: Window(date(year, 12, 27), date(year, 12, 31)),
        why="the days between Christmas and the new year",
        yearless=True,
        sure=True,
        spanned=True,
    )


@rules("phrase", "by|before the new year", "before new year")
def before_new_year(context: Context) -> Phrase:
    value = on_day(date(context.on.year, 12, 31), "the last day before the new year")
    return Phrase(value=value, side=Side.BY)


def _holiday(context: Context, fits: Callable[[date, str], bool]) -> Callable[[int], date | None]:
    def find(year: int) -> date | None:
        calendar = context.calendar
        known = dict(bank_holidays(calendar.nation, year))
        known |= {day: "an added holiday" for day in calendar.added if day.year == year}
        days = sorted(day for day in known if day not in calendar.removed)
        return next((day for day in days if fits(day, known[day])), None)

    return find


def _named_holiday(name: str, part: str, *patterns: str) -> None:
    @rules("day", *(f"{pattern} {{year}}?" for pattern in patterns))
    def holiday(context: Context, year: int | None) -> Value:
        find = _holiday(context, lambda _day, title: part in title)
        return _yearly(find, name, year)


_named_holiday(
    "the summer bank holiday", "Summer Bank Holiday", "the? late? summer|august bank holiday"
)
_named_holiday("the spring bank holiday", "Spring Bank Holiday", "the? spring bank holiday")
_named_holiday("the spring bank holiday", "Spring Bank Holiday", "the? late may bank holiday")
_named_holiday("the early May bank holiday", "May Day", "the? early may bank holiday")
_named_holiday("the early May bank holiday", "May Day", "may day", "the may day bank holiday")


@rules("day", "the|next|coming bank holiday", "the next bank holiday")
def next_bank_holiday(context: Context) -> Value | None:
    on = context.on
    find = _holiday(context, lambda day, _name: day >= on and day.weekday() < 5)
    day = find(on.year) or find(on.year + 1)
    return None if day is None else on_day(day, "the next bank holiday here")


@rules("day", "the? bank holiday <weekday>")
def bank_holiday_weekday(context: Context, weekday: int) -> Value | None:
    on = context.on
    find = _holiday(context, lambda day, _name: day >= on and day.weekday() == weekday)
    day = find(on.year) or find(on.year + 1)
    return None if day is None else on_day(day, "the next such bank holiday here")


@rules("recess", "the? <recessname> recess {year}?", "the? <recessname> parliamentary recess")
def named_recess(context: Context, name: str, year: int | None = None) -> Recess | str:
    fitting = (
        recess
        for recess in sorted(context.recesses, key=lambda recess: recess.rises)
        if name in recess.name.lower()
        and (recess.rises.year == year if year else recess.returns > context.on)
    )
    return next(fitting, f"{name} recess")


@rules("recess", "the|next? recess", "the next recess", "the house|commons|parliament rises")
@rules("recess", "the? parliament rises", "parliamentary recess")
def next_recess(context: Context) -> Recess | str:
    coming = (recess for recess in context.recesses if recess.returns > context.on)
    return min(coming, key=lambda recess: recess.rises, default="next recess")


def _on_recess(recess: Recess | str, day: Callable[[Recess], Term]) -> Value:
    if isinstance(recess, str):
        return Ask(question=f"When is the {recess}? It is not in the table of recesses.")
    return day(recess)


def _rises(recess: Recess) -> Term:
    return on_day(recess.rises, f"the day the House rises for the {recess.name} recess")


@rules("phrase", "by|before|until|till the? {recess}", "by the? start|beginning of {recess}")
@rules("phrase", "ahead|in of|advance of? {recess}", "prior to {recess}", "in time for {recess}")
@rules("phrase", "before the? start of {recess}", "no|not later than {recess}")
def by_recess(_context: Context, recess: Recess | str) -> Phrase:
    """The House sits on the day it rises, so that day still counts as before the recess."""
    return Phrase(value=_on_recess(recess, _rises), side=Side.BY, stated=True)


@rules("phrase", "after|following|from {recess}", "when|once {returning}")
@rules("phrase", "after|from the end of {recess}", "not before the end of {recess}")
def after_recess(_context: Context, recess: Recess | str) -> Phrase:
    value = _on_recess(recess, lambda known: on_day(known.returns, "the day the House returns"))
    return Phrase(value=value, side=Side.FROM)


@rules("returning", "the? house|commons|parliament returns|sits")
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


@rules("point", "{recess}")
def recess_rises(_context: Context, recess: Recess | str) -> Value:
    return _on_recess(recess, _rises)


@rules("mtg", "group|board|team|tfg? meeting|meeting's", "task and finish group meeting?", "tfg")
def a_meeting(_context: Context) -> str:
    return "meeting"


@rules("point", "the|our|your? next {mtg}", "the next group|board")
def next_meeting(context: Context, _name: str = "") -> Value:
    day = context.next_meeting
    if day is None or day < context.on:
        return Ask(question="When is the next meeting? Its date is not in the table.")
    return on_day(day, "the next meeting")


@rules("phrase", "{side} the|our|this {mtg}", "on the day of the|our {mtg}")
def this_meeting(context: Context, *parts: object) -> Phrase:
    side = next((part for part in parts if isinstance(part, Side)), Side.AT)
    return Phrase(value=next_meeting(context), side=side)


@rules("point", "the|our? <month> {mtg}", "the|our {mtg} in <month>", "next? <month>'s {mtg}")
def month_meeting(context: Context, *parts: int | str) -> Value:
    month = next(part for part in parts if isinstance(part, int))
    day = context.next_meeting
    if day is None or day < context.on or day.month != month:
        name = MONTH_NAMES[month - 1]
        return Ask(question=f"When is the {name} meeting? Its date is not in the table.")
    return on_day(day, f"the {MONTH_NAMES[month - 1]} meeting")


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
def publication(context: Context, *_parts: object) -> Value:
    if context.published_on is None:
        return Ask(question="When is it published? The date depends on that.")
    return on_day(context.published_on, f"publication on {day_and_date(context.published_on)}")


@rules(
    "anchor", "the? receipt", "the? receipt of {thing}", "receiving {thing}", "{thing} is received"
)
@rules("anchor", "the? date of receipt")
def receipt(context: Context, *_parts: object) -> Value:
    if context.received_on is None:
        return Ask(question="When was it received? The date depends on that.")
    return on_day(context.received_on, f"receipt on {day_and_date(context.received_on)}")


@rules("point", "the? half -? term", "the? end|start|beginning of half -? term", "half -? term")
@rules("point", "the end|start|beginning of term", "the? end of the? <season> term")
@rules("point", "the? <season>? school holidays", "the? summer|christmas holidays|term")
def school_terms(_context: Context, *_season: object) -> Value:
    return Ask(question="School terms differ from place to place: which date is meant?")


@rules("phrase", "{side} the? {event}")
def event(_context: Context, side: Side, name: str) -> Phrase:
    value = Ask(question=f"When is the {name}? The date depends on that.")
    return Phrase(value=value, side=side)


def _event(name: str, *patterns: str) -> None:
    @rules("event", *patterns)
    def named(_context: Context) -> str:
        return name


_event("Budget", "budget", "spring|autumn budget")
_event("spending review", "comprehensive? spending review")
_event("autumn statement", "autumn statement")
_event("spring statement", "spring statement")
_event("election", "general|local? election|elections")
_event("King's or Queen's Speech", "king's|queen's speech")
_event("party conferences", "party? conference season?", "party conferences")
