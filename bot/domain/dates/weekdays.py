"""Rules for weekdays and days counted from today: this Friday, Thursday week, a fortnight today."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from bot.domain.dates.context import Context
from bot.domain.dates.grammar import Rules
from bot.domain.dates.terms import (
    DAY,
    Ask,
    Term,
    Value,
    Window,
    mapped,
    monday,
    on_day,
    windowed,
)
from bot.domain.dates.vocabulary import WEEKDAY_NAMES
from bot.domain.deadlines import Precision, day_and_date

rules = Rules()

WEEK = timedelta(days=7)


def next_one(on: date, weekday: int) -> date:
    """The next such weekday, the day itself included."""
    return on + timedelta(days=(weekday - on.weekday()) % 7)


def _last_one(on: date, weekday: int) -> Window:
    day = next_one(on, weekday) - (WEEK if on.weekday() != weekday else timedelta(0))
    return Window(day, day)


def _either(question: str, *terms: Term) -> Ask:
    return Ask(question=question, terms=terms, precision=Precision.DAY)


@rules("simple", "today|today's", "tonight|tonight's", "this morning|afternoon|evening")
def today(context: Context) -> Value:
    return on_day(context.on, "today")


@rules("simple", "tomorrow|tomorrow's|tmrw")
def tomorrow(context: Context) -> Value:
    return on_day(context.on + DAY, "tomorrow")


@rules("simple", "yesterday")
def yesterday(context: Context) -> Value:
    return on_day(context.on - DAY, "yesterday")


@rules("simple", "the? day after tomorrow")
def day_after_tomorrow(context: Context) -> Value:
    return on_day(context.on + 2 * DAY, "the day after tomorrow")


@rules("simple", "on? <weekday>", "the? <weekday>")
def bare(context: Context, weekday: int) -> Value:
    """The next one to come; said on the same weekday it could be today."""
    day, name = next_one(context.on, weekday), WEEKDAY_NAMES[weekday]
    if day == context.on:
        return _either(
            f"Today is a {name}: is today or {day_and_date(day + WEEK)} meant?",
            on_day(day, "today"),
            on_day(day + WEEK, f"{name} of next week"),
        )
    return on_day(day, f"the next {name}", gone=_last_one(context.on, weekday))


@rules("simple", "this <weekday>", "<weekday> this week", "<weekday> of this week")
def this(context: Context, weekday: int) -> Value:
    day, name = monday(context.on) + timedelta(days=weekday), WEEKDAY_NAMES[weekday]
    if day >= context.on:
        return on_day(day, f"{name} of this week")
    return Ask(
        question=f"{name} of this week has gone: is {day_and_date(day)} or "
        f"{day_and_date(day + WEEK)} meant?",
        terms=(on_day(day, "this week's"), on_day(day + WEEK, "next week's")),
        precision=Precision.DAY,
    )


@rules("simple", "the|this? coming <weekday>")
def coming(context: Context, weekday: int) -> Value:
    return on_day(next_one(context.on + DAY, weekday), f"the coming {WEEKDAY_NAMES[weekday]}")


@rules("simple", "this|same time|day next week", "the? same time|day next week")
def a_week_from_today(context: Context) -> Value:
    return on_day(context.on + WEEK, "a week from today")


@rules("simple", "this|same time|day next month", "the? same time|day next month")
def a_month_from_today(context: Context) -> Value:
    return on_day(context.on + relativedelta(months=1), "a month from today")


@rules("simple", "this|same time|day next year")
def a_year_from_today(context: Context) -> Value:
    return on_day(context.on + relativedelta(years=1), "a year from today")


@rules("simple", "not this <weekday> ,? but next")
def not_this_but_next(context: Context, weekday: int) -> Value:
    day = monday(context.on) + WEEK + timedelta(days=weekday)
    return on_day(day, f"{WEEKDAY_NAMES[weekday]} of next week")


@rules("simple", "next <weekday>", "<weekday> next")
def next_weekday(context: Context, weekday: int) -> Value:
    """On a Monday or Tuesday it could be this week's; from Wednesday on it can't."""
    this_week = monday(context.on) + timedelta(days=weekday)
    following, name = this_week + WEEK, WEEKDAY_NAMES[weekday]
    if context.on.weekday() <= 1 and this_week > context.on:
        return _either(
            f"Is {name} of this week ({day_and_date(this_week)}) or of next week "
            f"({day_and_date(following)}) meant?",
            on_day(this_week, f"{name} of this week"),
            on_day(following, f"{name} of next week"),
        )
    return on_day(following, f"{name} of next week")


@rules(
    "simple",
    "<weekday> next week",
    "<weekday> of|in next week",
    "next week ,? on? <weekday>",
    "next week's <weekday>",
)
def of_next_week(context: Context, weekday: int) -> Value:
    day = monday(context.on) + WEEK + timedelta(days=weekday)
    return on_day(day, f"{WEEKDAY_NAMES[weekday]} of next week")


@rules("simple", "<weekday> of|in? the week after next", "the week after next , <weekday>")
def week_after_next(context: Context, weekday: int) -> Value:
    day = monday(context.on) + 2 * WEEK + timedelta(days=weekday)
    return on_day(day, f"{WEEKDAY_NAMES[weekday]} of the week after next")


@rules("simple", "this <weekday> or next", "the? <weekday> after next")
def one_of_two(context: Context, weekday: int) -> Value:
    coming_one, name = next_one(context.on, weekday), WEEKDAY_NAMES[weekday]
    days = (coming_one, coming_one + WEEK, coming_one + 2 * WEEK)
    return _either(f"Which {name} is meant?", *(on_day(day, f"a {name} to come") for day in days))


@rules("simple", "last <weekday>", "<weekday> last", "<weekday> gone")
def last(context: Context, weekday: int) -> Value:
    day = next_one(context.on, weekday) - WEEK
    return on_day(day, f"last {WEEKDAY_NAMES[weekday]}")


@rules("weeks", "a|one? week")
def one_week(_context: Context) -> int:
    return 1


@rules("weeks", "a? fortnight")
def fortnight(_context: Context) -> int:
    return 2


@rules("weeks", "<count> weeks")
def weeks(_context: Context, count: int) -> int | None:
    return count if count <= 60 else None


@rules("day", "{simple}")
def simple(_context: Context, value: Value) -> Value:
    return value


@rules("day", "in? {weeks} on|from|after? {simple}", "in? {weeks} time on|from {simple}")
def weeks_on(_context: Context, count: int, value: Value) -> Value:
    """A week on Thursday: so many weeks after the next one."""
    return mapped(value, lambda term: _later(term, count))


@rules("day", "{simple} week")
def a_week_later(_context: Context, value: Value) -> Value:
    return mapped(value, lambda term: _later(term, 1))


@rules("day", "{simple} fortnight")
def a_fortnight_later(_context: Context, value: Value) -> Value:
    return mapped(value, lambda term: _later(term, 2))


def _later(term: Term, count: int) -> Term:
    def change(window: Window) -> Window:
        return Window(window.earliest + count * WEEK, window.latest + count * WEEK)

    counted = "a week" if count == 1 else f"{count} weeks"
    return replace(windowed(term, change), why=f"{counted} after {term.why}", gone=None)


@rules("day", "the? <nth> <weekday> of|in {unit}")
def nth_weekday(_context: Context, nth: int, weekday: int, value: Value) -> Value:
    def change(window: Window) -> Window:
        first = next_one(window.earliest, weekday)
        day = first + (nth - 1) * WEEK
        if nth == -1:
            day = next_one(window.latest - 6 * DAY, weekday)
        return Window(day, day)

    place = "last" if nth == -1 else ("first", "second", "third", "fourth", "fifth")[nth - 1]
    return mapped(
        value,
        lambda term: windowed(
            term,
            change,
            why=f"the {place} {WEEKDAY_NAMES[weekday]} of {term.why}",
            precision=Precision.DAY,
            whole=False,
            **({"check": _inside(term)} if nth == 5 else {}),
        ),
    )


def _inside(month: Term) -> Callable[[Window], Ask | None]:
    def check(window: Window) -> Ask | None:
        whole = month.windows(window.latest.year)
        if whole and whole.earliest <= window.latest <= whole.latest:
            return None
        return Ask(question="That month has no fifth such weekday: which day is meant?")

    return check


@rules("day", "the? first working|business day of|in {span}", "the? first weekday of|in {span}")
def first_working_day(context: Context, value: Value) -> Value:
    def change(window: Window) -> Window:
        day = context.calendar.on_or_after(window.earliest)
        return Window(day, day)

    return mapped(value, lambda term: _working(term, "first", change))


@rules("day", "the? last working|business day of|in {span}", "the? last weekday of|in {span}")
def last_working_day(context: Context, value: Value) -> Value:
    def change(window: Window) -> Window:
        day = context.calendar.on_or_before(window.latest)
        return Window(day, day)

    return mapped(value, lambda term: _working(term, "last", change))


def _working(term: Term, place: str, change: Callable[[Window], Window]) -> Term:
    return windowed(
        term,
        change,
        why=f"the {place} working day of {term.why}",
        precision=Precision.DAY,
        whole=False,
    )
