"""Rules for ends with a name of their own: month end, EOQ, the financial year end, year end."""

from __future__ import annotations

from dateutil.relativedelta import relativedelta

from bot.domain.dates import periods, weeks
from bot.domain.dates.context import Context
from bot.domain.dates.grammar import Rules
from bot.domain.dates.parts import edge_of
from bot.domain.dates.periods import calendar_year, fiscal
from bot.domain.dates.terms import (
    DAY,
    Ask,
    Phrase,
    Side,
    Term,
    Value,
    Window,
    fiscal_year,
    mapped,
    windowed,
)
from bot.domain.deadlines import Precision

rules = Rules()


@rules("point", "{month} -? end", "{bare} -? end", "{whole} -? end", "{fy} -? year? -? end")
def end_named_last(_context: Context, value: Value | int) -> Value:
    return edge_of(fiscal(value) if isinstance(value, int) else value, "end")


@rules("whole", "the? financial|fiscal year", "fy")
def fiscal_end(context: Context) -> Value:
    return fiscal(fiscal_year(context.on))


@rules("whole", "the? calendar year")
def calendar_end(context: Context) -> Value:
    return calendar_year(context.on.year)


@rules("point", "at? the? turn of the? month|quarter|year")
def turn(_context: Context) -> Value:
    return Ask(question="The last days before or the first days after it: which day is meant?")


@rules("point", "eom")
def end_of_month(context: Context) -> Value:
    return edge_of(periods.bare_month(context), "end")


@rules("point", "eow")
def end_of_week(context: Context) -> Value:
    return edge_of(weeks.bare_week(context), "end")


@rules("point", "eoq")
def end_of_quarter(context: Context) -> Value:
    return edge_of(periods.bare_quarter(context), "end")


@rules("point", "eofy|fye")
def end_of_fiscal(context: Context) -> Value:
    return edge_of(fiscal(fiscal_year(context.on)), "end")


@rules("point", "the? calendar year -? end {year}", "cy -? end {year}")
def end_of_calendar_year(_context: Context, year: int) -> Value:
    return edge_of(calendar_year(year), "end")


@rules("point", "the? financial|fiscal year -? end {year}")
def end_of_fiscal_year(_context: Context, year: int) -> Value:
    """The financial year is the one that ends in the year named."""
    return edge_of(fiscal(year - 1), "end")


@rules("point", "the? year -? end {fy}", "year -? end {fy}")
def year_end_named(_context: Context, begins: int) -> Value:
    return edge_of(fiscal(begins), "end")


@rules("point", "the? year -? end <year>")
def year_end_of(_context: Context, year: int) -> Value:
    return _either_end(fiscal(year - 1), calendar_year(year))


@rules("phrase", "before the? {bare} is out|over", "before the? {bare} ends|closes")
def before_it_is_out(_context: Context, value: Value) -> Phrase:
    return Phrase(value=edge_of(value, "end"), side=Side.BY, stated=True)


@rules("point", "the? year -? end", "eoy", "end of year", "this year -? end")
def year_end(context: Context) -> Value:
    return _either_end(fiscal(fiscal_year(context.on)), calendar_year(context.on.year))


def _either_end(*years: Term) -> Ask:
    ends = tuple(edge_of(year, "end") for year in years)
    return Ask(
        question="Is the end of the financial year (31 March) "
        "or of the calendar year (31 December) meant?",
        terms=tuple(term for term in ends if isinstance(term, Term)),
        precision=Precision.DAY,
    )


@rules("length", "quarter")
def three_months(_context: Context) -> tuple[int, Precision]:
    return 3, Precision.QUARTER


@rules("length", "half -? year?")
def six_months(_context: Context) -> tuple[int, Precision]:
    return 6, Precision.HALF


@rules("length", "financial? year")
def twelve_months(_context: Context) -> tuple[int, Precision]:
    return 12, Precision.YEAR


@rules("unit", "the? {length} ending|ended|to on? {day}", "the? {length} ending|ended|to {month}")
def ending(_context: Context, length: tuple[int, Precision], value: Value) -> Value:
    months, precision = length

    def change(window: Window) -> Window:
        first = window.latest + DAY - relativedelta(months=months)
        return Window(first, window.latest)

    return mapped(
        value,
        lambda term: windowed(
            term, change, why="the months up to the day stated", precision=precision, whole=True
        ),
    )
