"""Rules for weeks, which run from Monday to Friday: w/c 6 Feb, week ending Friday, next week."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from bot.domain.dates.context import Context
from bot.domain.dates.grammar import Rules
from bot.domain.dates.terms import (
    DAY,
    Ask,
    Term,
    Value,
    Window,
    during,
    mapped,
    monday,
    windowed,
)
from bot.domain.deadlines import Precision, day_and_date

rules = Rules()


@rules("bare", "the? week|wk")
def bare_week(context: Context) -> Value:
    return week_of(context.on, "this week")


def week_of(day: date, why: str) -> Term:
    """Monday to Friday of a day's week."""
    first = monday(day)
    return during(first, first + 4 * DAY, why, precision=Precision.WEEK, whole=True)


@rules("unit", "this week", "the current week")
def this_week(context: Context) -> Value:
    return week_of(context.on, "this week")


@rules("unit", "next week")
def next_week(context: Context) -> Value:
    return week_of(context.on + timedelta(days=7), "next week")


@rules("unit", "last week")
def last_week(context: Context) -> Value:
    return week_of(context.on - timedelta(days=7), "last week")


@rules("unit", "the? week after next")
def week_after_next(context: Context) -> Value:
    return week_of(context.on + timedelta(days=14), "the week after next")


@rules("range", "{unit} or|and|/ the week|one after|following")
def and_the_week_after(_context: Context, value: Value) -> Value | None:
    def change(window: Window) -> Window:
        return Window(window.earliest, window.latest + timedelta(days=7))

    if isinstance(value, Ask) or value.precision is not Precision.WEEK:
        return None
    return windowed(value, change, why=f"{value.why} or the one after", spanned=True)


@rules("unit", "the? week of {day}")
def week_holding(_context: Context, value: Value) -> Value:
    def change(window: Window) -> Window:
        return Window(monday(window.latest), monday(window.latest) + 4 * DAY)

    return mapped(value, lambda term: _week(term, change))


@rules("unit", "{wc}")
def commencing(_context: Context, value: Value) -> Value:
    return value


@rules("day", "<weekday> of|in|, {wc}", "<weekday> {wc}")
def day_of_a_week(_context: Context, weekday: int, value: Value) -> Value:
    def change(window: Window) -> Window:
        day = window.earliest + timedelta(days=weekday)
        return Window(day, day)

    return mapped(
        value,
        lambda term: windowed(
            term, change, why="that day of the week", precision=Precision.DAY, whole=False
        ),
    )


@rules("wc", "the? w/c|w/b|wc of? {day}", "the? week|wk commencing|beginning|starting on? {day}")
@rules("wc", "the? week|wk comm|com|beg|commence .? {day}", "w / c {day}")
def week_commencing(_context: Context, value: Value) -> Value:
    def change(window: Window) -> Window:
        return Window(window.earliest, window.earliest + 4 * DAY)

    return mapped(value, lambda term: replace(_week(term, change), check=_starts_on_monday))


def _week(term: Term, change: Callable[[Window], Window]) -> Term:
    return windowed(term, change, why="the week stated", precision=Precision.WEEK, whole=True)


def _starts_on_monday(window: Window) -> Ask | None:
    day = window.earliest
    if day.weekday() == 0:
        return None
    these = monday(day), monday(day) + timedelta(days=7)
    return Ask(
        question=f"{day_and_date(day)} does not begin a week: is the week of "
        f"{day_and_date(these[0])} or of {day_and_date(these[1])} meant?",
        terms=tuple(week_of(one, "that week") for one in these),
        precision=Precision.WEEK,
    )


@rules("unit", "the? w/e {day}", "the? week|wk ending|end on? {day}")
def week_ending(_context: Context, value: Value) -> Value:
    def change(window: Window) -> Window:
        return Window(monday(window.latest), window.latest)

    return mapped(value, lambda term: replace(_week(term, change), check=_ends_a_week, whole=False))


def _ends_a_week(window: Window) -> Ask | None:
    day = window.latest
    if day.weekday() >= 4:
        return None
    friday = monday(day) + 4 * DAY
    these = friday - timedelta(days=7), friday
    return Ask(
        question=f"{day_and_date(day)} does not end a week: is the week to "
        f"{day_and_date(these[0])} or to {day_and_date(these[1])} meant?",
        terms=tuple(week_of(one, "that week") for one in these),
        precision=Precision.WEEK,
    )


@rules("unit", "the? <nth> week of|in {month}", "the? <nth> full week of|in {month}")
def nth_week(_context: Context, nth: int, value: Value) -> Value:
    """The nth week that begins in the month; the first is soft, since it need not be full."""

    def change(window: Window) -> Window:
        first = window.earliest + timedelta(days=-window.earliest.weekday() % 7)
        start = monday(window.latest) if nth == -1 else first + timedelta(days=7 * (nth - 1))
        return Window(start, start + 4 * DAY)

    return mapped(value, lambda term: replace(_week(term, change), soft=True))
