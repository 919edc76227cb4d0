"""Rules for feasts, bank holidays and the new year."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from dateutil.easter import easter

from bot.domain.calendars import bank_holidays
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
    fiscal_year,
    mapped,
    on_day,
    windowed,
)
from bot.domain.dates.vocabulary import MONTH_NAMES
from bot.domain.deadlines import Precision

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


_feast("Shrove Tuesday", -47, "shrove tuesday", "pancake day")
_feast("Ash Wednesday", -46, "ash wednesday")
_feast("Palm Sunday", -7, "palm sunday")
_feast("Maundy Thursday", -3, "maundy thursday")
_feast("Good Friday", -2, "good friday")
_feast("Easter Sunday", 0, "easter", "easter sunday|day")
_feast("Easter Monday", 1, "easter monday")
_feast("Ascension Day", 39, "ascension day")
_feast("Whit Monday", 50, "whit monday")
_feast("Whit Sunday", 49, "whitsun|pentecost", "whit sunday")
_fixed("Christmas Day", 12, 25, "christmas|xmas", "christmas day")
_fixed("Christmas Eve", 12, 24, "christmas|xmas eve")
_fixed("Boxing Day", 12, 26, "boxing day")
_fixed("New Year's Eve", 12, 31, "new year's|years eve")
_fixed("New Year's Day", 1, 1, "new year's|years day")
_fixed("St Andrew's Day", 11, 30, "st|saint andrew's|andrews day")
_fixed("Hogmanay", 12, 31, "hogmanay")
_fixed("Burns Night", 1, 25, "burns night")
_fixed("St Valentine's Day", 2, 14, "valentine's|valentines day")
_fixed("St David's Day", 3, 1, "st|saint david's|davids day")
_fixed("St George's Day", 4, 23, "st|saint george's|georges day")
_fixed("Halloween", 10, 31, "halloween")
_fixed("Bonfire Night", 11, 5, "bonfire night")
_fixed("Armistice Day", 11, 11, "armistice|remembrance day")
_fixed("St Patrick's Day", 3, 17, "st|saint patrick's|patricks day")


def _weeks(name: str, first: int, last: int, precision: Precision, *patterns: str) -> None:
    """The days around Easter Sunday that have a name of their own."""

    @rules("unit", *(f"the? {pattern} {{year}}?" for pattern in patterns))
    def named(_context: Context, year: int | None) -> Value:
        def windows(year: int) -> Window:
            sunday = easter(year)
            return Window(sunday + first * DAY, sunday + last * DAY)

        if year is None:
            return Term(
                windows=windows, why=name, precision=precision, yearless=True, sure=True, whole=True
            )
        days = windows(year)
        return during(days.earliest, days.latest, name, precision=precision, whole=True)


_weeks("Holy Week", -6, -2, Precision.WEEK, "holy week")
_weeks("Whit week", 50, 54, Precision.WEEK, "whit|whitsun week")
_weeks("the Easter weekend", -2, 1, Precision.DAY, "easter weekend", "easter bank? holiday weekend")


@rules("unit", "the? easter week")
def easter_week(context: Context) -> Value:
    year = (
        context.on.year if easter(context.on.year) + 5 * DAY >= context.on else context.on.year + 1
    )
    sunday = easter(year)
    return Ask(
        question="Is the week before or the week after Easter Sunday meant?",
        terms=tuple(
            during(first, first + 4 * DAY, "a week beside Easter", precision=Precision.WEEK)
            for first in (sunday - 6 * DAY, sunday + DAY)
        ),
        precision=Precision.WEEK,
    )


@rules("phrase", "in? the? {newyear}", "early|later|sometime in the? {newyear}")
@rules("phrase", "after|from|into the? {newyear}", "from early in the? {newyear}")
def new_year(_context: Context, day: date) -> Phrase:
    name = "the new year" if day.month == 1 else "the new financial year"
    return Phrase(value=on_day(day, name, precision=Precision.YEAR), side=Side.FROM)


@rules("newyear", "new year")
def next_new_year(context: Context) -> date:
    return date(context.on.year + 1, 1, 1)


@rules("newyear", "new financial|fiscal year", "new fy")
def new_financial_year(context: Context) -> date:
    return date(fiscal_year(context.on) + 1, 4, 1)


@rules("phrase", "by|before the? {newyear}")
@rules("phrase", "by|before the? start|beginning of the? {newyear}")
def before_new_year(_context: Context, day: date) -> Phrase:
    name = "the new year" if day.month == 1 else "the new financial year"
    return Phrase(value=on_day(day, name), side=Side.BEFORE, stated=True)


@rules("point", "at? the? start|beginning of the? {newyear}")
def start_of_new_year(_context: Context, day: date) -> Value:
    return on_day(day, "the first day of the new year")


@rules("span", "the? {newyear}")
def days_of_new_year(_context: Context, day: date) -> Value:
    last = day.replace(year=day.year + 1) - DAY
    return during(day, last, "the new year", precision=Precision.YEAR, whole=True)


@rules("range", "between christmas|xmas and the? new year", "in the christmas break")
def between_the_years(_context: Context) -> Value:
    return Term(
        windows=lambda year: Window(date(year, 12, 27), date(year, 12, 31)),
        why="the days between Christmas and the new year",
        yearless=True,
        sure=True,
        spanned=True,
    )


def _holidays(context: Context, year: int) -> dict[date, str]:
    """The bank holidays of the owner's calendar in a year, in order, with their names."""
    calendar = context.calendar
    known = dict(bank_holidays(calendar.nation, year))
    known |= {day: "an added holiday" for day in calendar.added if day.year == year}
    return {day: known[day] for day in sorted(known) if day not in calendar.removed}


def _holiday(context: Context, fits: Callable[[date, str], bool]) -> Callable[[int], date | None]:
    def find(year: int) -> date | None:
        known = _holidays(context, year)
        return next((day for day in known if fits(day, known[day])), None)

    return find


def _named_holiday(name: str, part: str, *patterns: str) -> None:
    @rules("day", *(f"{pattern} {{year}}?" for pattern in patterns))
    def holiday(context: Context, year: int | None) -> Value:
        find = _holiday(context, lambda _day, title: part in title)
        return _yearly(find, name, year)


_named_holiday(
    "the summer bank holiday",
    "Summer Bank Holiday",
    "the? late? summer bank holiday",
    "late august bank holiday",
)
_named_holiday("the spring bank holiday", "Spring Bank Holiday", "the? spring bank holiday")
_named_holiday("the spring bank holiday", "Spring Bank Holiday", "the? late may bank holiday")
_named_holiday("the early May bank holiday", "May Day", "the? early may bank holiday")
_named_holiday("the early May bank holiday", "May Day", "may day", "the may day bank holiday")


@rules("day", "the|next|coming bank holiday", "the next bank holiday")
def next_bank_holiday(context: Context) -> Value:
    on = context.on
    find = _holiday(context, lambda day, _name: day >= on and day.weekday() < 5)
    day = find(on.year) or find(on.year + 1)
    if day is None:
        return Ask(question="When is the next bank holiday here?")
    return on_day(day, "the next bank holiday here")


@rules("day", "the? bank holiday <weekday>")
def bank_holiday_weekday(context: Context, weekday: int) -> Value | None:
    on = context.on
    find = _holiday(context, lambda day, _name: day >= on and day.weekday() == weekday)
    day = find(on.year) or find(on.year + 1)
    return None if day is None else on_day(day, "the next such bank holiday here")


def _once(name: str, *patterns: str) -> None:
    """A holiday of one year only, with the one it stood beside."""

    @rules("unit", *(f"the? {pattern} {{year}}?" for pattern in patterns))
    def holiday(context: Context, year: int | None) -> Value:
        for near in (year,) if year else range(context.on.year, context.on.year + 2):
            known = _holidays(context, near)
            day = next((day for day in known if name in known[day]), None)
            if day is not None:
                first = day - DAY if day - DAY in known else day
                return during(first, day, f"the bank holiday for the {name.lower()}")
        return Ask(question=f"When is the bank holiday for the {name.lower()}?")


_once("Jubilee", "platinum? jubilee", "platinum? jubilee bank? holiday|weekend")
_once("Coronation", "coronation bank? holiday")
_once("State Funeral", "state funeral bank? holiday?", "queen's funeral")


@rules("unit", "the? <month> bank holiday {year}?")
def holiday_of_a_month(context: Context, month: int, year: int | None) -> Value:
    """The bank holiday of a month: which, where it has several; asked for, where it has none."""
    name = MONTH_NAMES[month - 1]
    for near in (year,) if year else range(context.on.year, context.on.year + 2):
        known = [day for day in _holidays(context, near) if day.month == month]
        if year is None and (not known or known[-1] < context.on):
            continue
        if len(known) == 1:
            return on_day(known[0], f"the {name} bank holiday here")
        return Ask(
            question=f"Which of the bank holidays in {name} {near} is meant?",
            terms=tuple(on_day(day, "a bank holiday here") for day in known),
        )
    return Ask(question=f"There is no bank holiday in {name} here: which day is meant?")


@rules("unit", "the? <nth> <month> bank holiday {year}?")
def nth_holiday_of_a_month(context: Context, nth: int, month: int, year: int | None) -> Value:
    """Of three in a month the second could be the third, so that only two are counted."""
    found = holiday_of_a_month(context, month, year)
    if isinstance(found, Ask) and len(found.terms) == 2 and nth in (1, 2, -1):
        return found.terms[-1] if nth == -1 else found.terms[nth - 1]
    return found


@rules("unit", "the? bank holiday weekend")
def next_holiday_weekend(context: Context) -> Value:
    return _with_weekend(next_bank_holiday(context))


@rules("unit", "the? <month> bank holiday weekend {year}?")
def holiday_weekend(context: Context, month: int, year: int | None) -> Value:
    return _with_weekend(holiday_of_a_month(context, month, year))


def _with_weekend(value: Value) -> Value:
    """A Monday's or a Friday's weekend, the holiday included."""

    def change(window: Window) -> Window:
        day = window.latest
        step = {0: (-2, 0), 4: (0, 2)}.get(day.weekday(), (0, 0))
        return Window(day + step[0] * DAY, day + step[1] * DAY)

    return mapped(value, lambda term: windowed(term, change, why=f"the weekend of {term.why}"))
