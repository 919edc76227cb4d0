"""Rules for recess: before the House rises, during Easter recess, when the House returns."""

from __future__ import annotations

from collections.abc import Callable

from bot.domain.calendars import Recess
from bot.domain.dates.context import Context
from bot.domain.dates.grammar import Rules
from bot.domain.dates.phrases import Lead
from bot.domain.dates.terms import DAY, Ask, Phrase, Side, Term, Value, during, on_day

rules = Rules()


@rules("recess", "the? <recessname> recess {year}?", "the? <recessname> parliamentary recess")
def named_recess(context: Context, name: str, year: int | None = None) -> Recess | str:
    fitting = (
        recess
        for recess in sorted(context.recesses, key=lambda recess: recess.rises)
        if name in recess.name.lower()
        and (recess.rises.year == year if year else recess.returns > context.on)
    )
    return next(fitting, f"{name} recess")


@rules(
    "recess", "{rises} for|to the? <recessname> recess?", "{riseof} for the? <recessname> recess?"
)
def recess_it_rises_for(context: Context, *parts: object) -> Recess | str:
    return named_recess(context, next(part for part in parts if isinstance(part, str)))


@rules("rises", "the? house|commons|parliament|lords rises|rise", "both? houses rise", "we rise")
@rules("riseof", "the? rising|rise of the? house|commons|parliament")
def the_house_rises(_context: Context) -> bool:
    return True


@rules("recess", "the|next? recess", "the next recess", "{rises}", "{riseof}")
@rules("recess", "parliamentary recess")
def next_recess(context: Context, _rises: bool = True) -> Recess | str:
    coming = (recess for recess in context.recesses if recess.returns > context.on)
    return min(coming, key=lambda recess: recess.rises, default="next recess")


def _on_recess(recess: Recess | str, day: Callable[[Recess], Term]) -> Value:
    if isinstance(recess, str):
        return Ask(question=f"When is the {recess}, which the table does not hold?")
    return day(recess)


def _rises(recess: Recess) -> Term:
    return on_day(recess.rises, f"the day the House rises for the {recess.name} recess")


_BACK = "returns|sits|resumes|reconvenes|return|resume"


@rules("returning", f"the? house|commons|parliament|lords {_BACK} from|after {{recess}}")
@rules("returning", "the? house|commons|parliament|lords is back from|after {recess}")
@rules("returning", "the? return of the? house|commons|parliament from|after {recess}")
def returning_from(_context: Context, recess: Recess | str) -> Recess | str:
    return recess


@rules("returning", f"the? house|commons|parliament|lords {_BACK}")
@rules("returning", "the? house|commons|parliament|lords is back")
@rules("returning", "the? return of the? house|commons|parliament", "the? house's|commons return")
def returning(context: Context) -> Recess | str:
    coming = (recess for recess in context.recesses if recess.returns >= context.on)
    return min(coming, key=lambda recess: recess.returns, default="House's return")


@rules("returning", f"the? house|commons|parliament|lords {_BACK} in <month>")
def returning_in(context: Context, month: int) -> Recess | str:
    fitting = (recess for recess in context.recesses if recess.returns >= context.on)
    return next((r for r in fitting if r.returns.month == month), "House's return")


@rules("phrase", "{led} {rises} on {day}", "{led} {riseof} on {day}")
def rising_on(_context: Context, lead: Lead, _rises: bool, value: Value) -> Phrase:
    return Phrase(value=value, side=Side.BY if lead.side is Side.BEFORE else lead.side, stated=True)


@rules("occasion", "the? day on? which? {returning}", "{returning}")
@rules("back", "{recess}")
def recess_ends(_context: Context, recess: Recess | str) -> Value:
    return _on_recess(recess, lambda known: on_day(known.returns, "the day the House returns"))


@rules("point", "the? day on? which? {rises}")
def day_it_rises(context: Context, _rises: bool) -> Value:
    return recess_rises(context, next_recess(context))


@rules("point", "{recess}")
@rules("rising", "{recess}")
def recess_rises(_context: Context, recess: Recess | str) -> Value:
    return _on_recess(recess, _rises)


@rules("phrase", "{led}? {recess}", "{led} the? start|beginning of {recess}")
def beside_recess(context: Context, lead: Lead | None, recess: Recess | str) -> Phrase:
    """The House sits on the day it rises, so that day still counts as before the recess."""
    lead = lead or Lead()
    if lead.side in (Side.BY, Side.BEFORE):
        value = recess_rises(context, recess)
        return Phrase(value=value, side=Side.BY, stated=True, soft=lead.soft)
    if lead.side in (Side.FROM, Side.AFTER):
        return after_recess(context, recess)
    return Phrase(value=_on_recess(recess, _days), soft=lead.soft)


def _days(recess: Recess) -> Term:
    return during(recess.rises + DAY, recess.returns - DAY, f"the {recess.name} recess")


@rules("phrase", "when|once|after|following|from {returning}", "as soon as {returning}")
@rules("phrase", "on {returning}", "not before|until {returning}", "on? return from {recess}")
@rules("phrase", "after|from|following the? end of {recess}", "not before the? end of {recess}")
@rules("phrase", "shortly|just|soon after|following {recess}")
def after_recess(context: Context, recess: Recess | str) -> Phrase:
    return Phrase(value=recess_ends(context, recess), side=Side.FROM)


@rules("range", "between the? <recessname> and the? <recessname> recess|recesses")
def between_recesses(context: Context, first: str, last: str) -> Value:
    opens, closes = named_recess(context, first), named_recess(context, last)
    if isinstance(opens, str) or isinstance(closes, str) or opens.returns > closes.rises:
        return Ask(question=f"When are the {first} and {last} recesses, which no table holds?")
    return during(opens.returns, closes.rises, "the days between the recesses", spanned=True)


@rules("day", "the? last sitting? day before {rising}")
@rules("day", "the? first sitting? day back? after {back}")
def edge_of_recess(_context: Context, value: Value) -> Value:
    return value
