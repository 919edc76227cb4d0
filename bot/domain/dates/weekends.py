"""Rules for weekends: this weekend, the weekend of 4 March."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from bot.domain.dates.context import Context
from bot.domain.dates.grammar import Rules
from bot.domain.dates.terms import DAY, Ask, Term, Value, Window, during, mapped, monday, windowed
from bot.domain.dates.weekdays import WEEK
from bot.domain.deadlines import Precision, day_and_date

rules = Rules()


@rules("unit", "next weekend")
def next_weekend(context: Context) -> Value:
    saturday = monday(context.on) + 5 * DAY
    weekends = (saturday, "this weekend"), (saturday + WEEK, "the weekend after it")
    return Ask(
        question=f"Is the weekend of {day_and_date(saturday)} or the one after it meant?",
        terms=tuple(during(first, first + DAY, why, whole=True) for first, why in weekends),
        precision=Precision.DAY,
    )


@rules("unit", "the? weekend of|, {day}", "the? weekend of|, {days}")
def weekend_of(_context: Context, value: Value) -> Value:
    """The Saturday and Sunday of the week of the days stated; asked about if none is of them."""

    def change(window: Window) -> Window:
        saturday = monday(window.latest) + 5 * DAY
        return Window(saturday, saturday + DAY)

    def weekend_term(term: Term) -> Term:
        found = windowed(term, change, why="the weekend stated", precision=Precision.DAY)
        return replace(found, check=_on_a_weekend(term, found), whole=True)

    return mapped(value, weekend_term)


def _on_a_weekend(term: Term, found: Term) -> Callable[[Window], Ask | None]:
    def check(window: Window) -> Ask | None:
        days = (term.windows(year) for year in (window.latest.year, window.latest.year - 1))
        stated = next((d for d in days if d and monday(d.latest) == monday(window.latest)), None)
        if stated is None or stated.latest.weekday() >= 5:
            return found.check(window) if found.check else None
        return Ask(question=f"{day_and_date(stated.latest)} is in no weekend: which day is meant?")

    return check


@rules("unit", "the? weekend", "this weekend")
def weekend(context: Context) -> Value:
    saturday = monday(context.on) + 5 * DAY
    return during(saturday, saturday + DAY, "this weekend", whole=True)
