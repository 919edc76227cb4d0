"""Rules for what lies beside a known day: the day before Good Friday, the week after the meeting.

A moment is a day that has a name, or one that a table knows; what lies before a recess is
counted from the day the House rises, what lies after it from the day the House returns.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from bot.domain.dates.context import Context
from bot.domain.dates.grammar import Rules
from bot.domain.dates.terms import (
    DAY,
    Ask,
    Term,
    Value,
    Window,
    during,
    last_day,
    mapped,
    monday,
    months_later,
    on_day,
    shown,
    window_of,
    windowed,
)
from bot.domain.dates.vocabulary import WEEKDAY_NAMES
from bot.domain.dates.weekdays import WEEK, next_one
from bot.domain.dates.weeks import week_of
from bot.domain.deadlines import Precision, day_and_date

rules = Rules()

_SUNDAY = 6

Change = Callable[[Window], Window]


@rules("moment", "{day}", "{occasion}", "{anchor}")
@rules("upto", "{moment}", "{rising}", "{span}")
@rules("since", "{moment}", "{back}", "{span}")
def moment(_context: Context, value: Value) -> Value:
    return value


def _day(value: Value, why: str, change: Change, context: Context | None = None) -> Value:
    """The day that a change makes of a moment; with a context, asked about if it is a holiday."""

    def beside(term: Term) -> Term:
        found = windowed(
            term,
            change,
            why=f"{why} {named(term)}",
            precision=Precision.DAY,
            whole=False,
            is_end=False,
            spanned=False,
            gone=None,
        )
        return found if context is None else _asked_if_holiday(found, why, context)

    return mapped(value, beside)


def named(term: Term) -> str:
    """A term in a few words: its date, where nothing but a date was said."""
    if term.yearless or term.why != "the day stated":
        return term.why
    window = term.windows(0)
    return day_and_date(window.latest) if window else term.why


def _asked_if_holiday(term: Term, why: str, context: Context) -> Term:
    """Easter Monday has a name: who says "the Monday after Easter" may mean the one after it."""
    objects, step = term.check, -WEEK if " before" in why else WEEK

    def check(window: Window) -> Ask | None:
        day, other = window.latest, window.latest + step
        objection = objects(window) if objects else None
        if objection or not context.calendar.is_holiday(day):
            return objection
        return Ask(
            question=f"{day_and_date(day)} is a holiday: is that day or "
            f"{day_and_date(other)} meant?",
            terms=(on_day(day, "the holiday"), on_day(other, "a week further")),
            precision=Precision.DAY,
        )

    return windowed(term, lambda window: window, check=check)


def _only(day: Callable[[Window], date]) -> Change:
    def change(window: Window) -> Window:
        return Window(day(window), day(window))

    return change


@rules("day", "the? morning|afternoon|evening|day of {occasion}")
def day_itself(_context: Context, value: Value) -> Value:
    return value


@rules("day", "the? day before|preceding {upto}", "the? eve of {upto}")
def day_before(_context: Context, value: Value) -> Value:
    return _day(value, "the day before", _only(lambda window: window.earliest - DAY))


@rules("day", "the? day after|following {since}")
def day_after(_context: Context, value: Value) -> Value:
    return _day(value, "the day after", _only(lambda window: window.latest + DAY))


@rules("day", "the <weekday> before|preceding {upto}", "the? last <weekday> before {upto}")
def weekday_before(context: Context, weekday: int, value: Value) -> Value:
    change = _only(lambda window: next_one(window.earliest - WEEK, weekday))
    return _day(value, f"the {WEEKDAY_NAMES[weekday]} before", change, context)


@rules("day", "the <weekday> after|following {since}", "the? first <weekday> after {since}")
def weekday_after(context: Context, weekday: int, value: Value) -> Value:
    change = _only(lambda window: next_one(window.latest + DAY, weekday))
    return _day(value, f"the {WEEKDAY_NAMES[weekday]} after", change, context)


@rules("day", "<alone> <weekday> before|preceding {upto}")
def bare_weekday_before(context: Context, _alone: bool, weekday: int, value: Value) -> Value:
    return weekday_before(context, weekday, value)


@rules("day", "<alone> <weekday> after|following {since}")
def bare_weekday_after(context: Context, _alone: bool, weekday: int, value: Value) -> Value:
    return weekday_after(context, weekday, value)


@rules("day", "the? last? working|business day before|preceding {upto}")
def working_day_before(context: Context, value: Value) -> Value:
    change = _only(lambda window: context.calendar.add(window.earliest, -1))
    return _day(value, "the last working day before", change)


@rules("day", "the? first|next? working|business day after|following {since}")
def working_day_after(context: Context, value: Value) -> Value:
    change = _only(lambda window: context.calendar.add(window.latest, 1))
    return _day(value, "the first working day after", change)


@rules("day", "the? next|following working|business day")
def next_working_day(context: Context) -> Value:
    return on_day(context.calendar.add(context.on, 1), "the next working day")


@rules("unit", "the? week of|containing {occasion}")
def week_holding(_context: Context, value: Value) -> Value:
    return _week(value, "the week of", lambda window: monday(window.latest))


@rules("unit", "the? weekend before|preceding {upto}")
def weekend_before(_context: Context, value: Value) -> Value:
    def change(window: Window) -> Window:
        saturday = next_one(window.earliest - WEEK, 5)
        return Window(saturday, saturday + DAY)

    return _named(value, "the weekend before", change, Precision.DAY)


@rules("unit", "the? weekend after|following {since}")
def weekend_after(_context: Context, value: Value) -> Value:
    def change(window: Window) -> Window:
        saturday = next_one(window.latest + DAY, 5)
        return Window(saturday, saturday + DAY)

    return _named(value, "the weekend after", change, Precision.DAY)


@rules("unit", "the? month after|following {month}")
def month_after(_context: Context, value: Value) -> Value:
    def change(window: Window) -> Window:
        first = months_later(window.latest, 1)
        return Window(first, last_day(first.year, first.month))

    return _named(value, "the month after", change, Precision.MONTH)


@rules("unit", "the? month before|preceding {month}")
def month_before(_context: Context, value: Value) -> Value:
    def change(window: Window) -> Window:
        first = months_later(window.earliest, -1)
        return Window(first, last_day(first.year, first.month))

    return _named(value, "the month before", change, Precision.MONTH)


@rules("unit", "the? week before|preceding {moment}", "the? week before|preceding {span}")
def week_before(_context: Context, value: Value) -> Value:
    """The days that lead up to a Sunday such as Easter, else the week before that of the day."""

    def start(window: Window) -> date:
        first = monday(window.earliest)
        return first if window.earliest.weekday() == _SUNDAY else first - WEEK

    return _week(value, "the week before", start)


@rules("unit", "the? week before|preceding {rising}")
def week_before_recess(_context: Context, value: Value) -> Value:
    """The House rises on any weekday: the week of that day, or the one before it."""
    if isinstance(value, Ask):
        return value
    return Ask(
        question=f"Is the week in which the House rises ({shown(window_of(value))}) or the week "
        "before it meant?",
        terms=tuple(_last_weeks(value)),
        precision=Precision.WEEK,
    )


@rules(
    "unit", "the? last|final week before {rising}", "the? last|final sitting week before {rising}"
)
def last_week_before_recess(_context: Context, value: Value) -> Value:
    return value if isinstance(value, Ask) else _last_weeks(value)[0]


def _last_weeks(rising: Term) -> list[Term]:
    day = window_of(rising).latest
    last = during(
        monday(day),
        day,
        "the last sitting week before recess",
        precision=Precision.WEEK,
        whole=True,
    )
    return [last, week_of(day - WEEK, "the week before that")]


@rules("unit", "the? first week back? after {back}", "the? first week back after {back}")
@rules("unit", "the? week after|following {back}")
def week_after_recess(_context: Context, value: Value) -> Value:
    if isinstance(value, Ask):
        return value
    return week_of(window_of(value).latest, "the week in which the House returns")


@rules("unit", "the? week after|following {moment}", "the? week after|following {span}")
def week_after(_context: Context, value: Value) -> Value:
    """The next week; after a Monday the rest of its own could be meant as well."""
    found = _week(value, "the week after", lambda window: monday(window.latest) + WEEK)
    if isinstance(value, Ask) or isinstance(found, Ask):
        return found
    return replace(found, check=_after_a_monday(value, found))


def _after_a_monday(term: Term, found: Term) -> Callable[[Window], Ask | None]:
    def check(window: Window) -> Ask | None:
        day = window.earliest - WEEK
        years = (term.windows(year) for year in (day.year, day.year + 1))
        if not any(days and days.latest == day for days in years):
            return found.check(window) if found.check else None
        rest = during(day + DAY, day + 4 * DAY, "the rest of that week", precision=Precision.WEEK)
        return Ask(
            question=f"Is the rest of the week of {day_and_date(day)} or the week of "
            f"{day_and_date(window.earliest)} meant?",
            terms=(rest, week_of(window.earliest, "the week after that")),
            precision=Precision.WEEK,
        )

    return check


def _week(value: Value, why: str, start: Callable[[Window], date]) -> Value:
    def change(window: Window) -> Window:
        return Window(start(window), start(window) + 4 * DAY)

    return _named(value, why, change, Precision.WEEK)


def _named(value: Value, why: str, change: Change, precision: Precision) -> Value:
    return mapped(
        value,
        lambda term: windowed(
            term,
            change,
            why=f"{why} {named(term)}",
            precision=precision,
            spanned=False,
            whole=True,
            is_end=False,
            gone=None,
        ),
    )
