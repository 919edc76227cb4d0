"""Rules for a deadline that moves: slipped from A to B, moved right by a month, another week."""

from __future__ import annotations

from datetime import date

from bot.domain.dates.context import Context
from bot.domain.dates.grammar import Rules
from bot.domain.dates.spans import WORKING_DAY, Duration, shift
from bot.domain.dates.terms import Ask, Phrase, Slip, Term, Value, on_day, settled
from bot.domain.deadlines import day_and_date

rules = Rules()

_VERBS = (
    "slip|slips|slipped|slipping|move|moves|moved|moving|push|pushes|pushed|pushing|put|shift"
    "|shifts|shifted|delay|delays|delayed|defer|defers|deferred|postpone|postponed|extend|extends"
    "|extended|extending|revise|revises|revised|change|changes|changed|reschedule|rescheduled"
    "|rebaseline|rebaselined|reforecast|brought|bring|bringing|pull|pulled|extension|slippage"
)


@rules("moved", "rolled|roll|rolls|carried|carry over|forward|across")
@rules("moved", f"{_VERBS}", f"{_VERBS} :", f"{_VERBS} <object>")
def moved(_context: Context, _object: bool = True) -> bool:
    return True


@rules("way", "back|right|out|along|later", "to the right", "further back|out|right", "by")
@rules("way", "back|right|out by")
def later(_context: Context) -> bool:
    return False


@rules("way", "forward|forwards|left|earlier|up", "to the left", "forward|left|earlier by")
def earlier(_context: Context) -> bool:
    return True


@rules("slip", "{moved} {way}? by? {duration} {way}? ,? from {point} to|until|till|→ {phrase}")
def by_a_step_from_to(_context: Context, *parts: object) -> Slip:
    old = next(part for part in parts if isinstance(part, Term | Ask))
    new = next(part for part in parts if isinstance(part, Phrase))
    return Slip(new=new, old=old, earlier=parts[1] is True)


@rules(
    "slip",
    "{moved} {way}? from {point} {way}? to|until|till|→|into {phrase}",
    "{moved} {way}? {point} {way}? to|until|till|→ {phrase}",
)
def from_to(
    _context: Context,
    _moved: bool,
    way: bool | None,
    old: Value,
    second: bool | None,
    new: Phrase,
) -> Slip:
    return Slip(new=new, old=old, earlier=bool(way or second))


@rules("slip", "{moved} {way}? to|until|till|into|→ {phrase} ,? from {point}")
def to_from(_context: Context, _moved: bool, way: bool | None, new: Phrase, old: Value) -> Slip:
    return Slip(new=new, old=old, earlier=bool(way))


@rules("slip", "{moved} {way}? by? {duration} {way}?", "{moved} of {duration}")
@rules("slip", "{moved} {way}? by? {duration} from|beyond {point}")
def moved_by(context: Context, _moved: bool, *parts: object) -> Slip:
    """A step from the deadline in force; without one, from which day must be asked."""
    span = next(part for part in parts if isinstance(part, Duration))
    back = any(part is True for part in parts)
    base = next((part for part in parts if isinstance(part, Term)), None)
    if base is None:
        return _step(context, span, context.current, back)
    known = settled(context, base)
    window = known.windows(context.on.year) if isinstance(known, Term) else None
    return _step(context, span, window.latest if window else None, back)


@rules("slip", "{moved} {way}? from {point}")
def only_the_old(_context: Context, _moved: bool, _way: bool | None, old: Value) -> Slip:
    return Slip(new=None, old=old)


@rules("slip", "replace|replaces|replaced|replacing|swap|swapped {point} with|by|for {phrase}")
def replaced(_context: Context, old: Value, new: Phrase) -> Slip:
    return Slip(new=new, old=old)


@rules("slip", "{moved} {way}? by? a few|couple|bit of? <unit>", "{moved} {way}? by? some <unit>")
@rules("slip", "{moved} to the right|left", "{moved} by? a bit|little")
def by_an_unsaid_step(context: Context, *_parts: object) -> Slip:
    asked = Ask(question="It moves: to which day?")
    return Slip(new=Phrase(value=asked), moved_from=context.current)


@rules("slip", "{moved} {way}? to|until|till|into|→ {phrase}", "{moved} {way}? {phrase}")
def moved_to(context: Context, _moved: bool, way: bool | None, new: Phrase) -> Slip:
    return Slip(new=new, earlier=bool(way), moved_from=context.current)


@rules("slip", "{point} → {phrase}")
def arrow(_context: Context, old: Value, new: Phrase) -> Slip:
    return Slip(new=new, old=old)


@rules(
    "slip",
    "{duration} late|later",
    "{duration} behind schedule|plan",
    "{duration} later|longer than planned|expected|agreed",
)
@rules("slip", "{duration} '? delay|slip|slippage|extension")
@rules("slip", "delay|extension|slip|slippage of {duration}", "by another|further {duration}")
def later_by(context: Context, span: Duration) -> Slip:
    return _step(context, span, context.current, back=False)


@rules("slip", "{duration} ahead of schedule|plan|time")
@rules("slip", "{duration} early|earlier", "{duration} earlier|sooner than planned|expected")
def earlier_by(context: Context, span: Duration) -> Slip:
    return _step(context, span, context.current, back=True)


def _step(context: Context, span: Duration, base: date | None, back: bool) -> Slip:
    sign = -1 if back else 1
    direction = "before" if back else "after"
    if base is None:
        value: Value = Ask(
            question=f"It moves by {span}: from which date?",
            terms=(
                on_day(
                    shift(context, context.on, span, sign),
                    f"{span} {direction} {day_and_date(context.on)}",
                ),
            ),
        )
        return Slip(new=Phrase(value=value), earlier=back)
    day = shift(context, base, span, sign)
    value = on_day(day, f"{span} {direction} {day_and_date(base)}")
    return Slip(new=Phrase(value=value), earlier=back, moved_from=base)


@rules("more", "another|further {duration}", "a|one further|extra|additional <unit>")
@rules("more", "another|further|extra|additional <unit>", "an extra|additional <unit>")
@rules("more", "an extra|additional {duration}", "a further {duration}", "extra {duration}")
@rules("more", "<count> more|extra|further|additional <unit>", "{duration} more|longer|extra")
def more(_context: Context, *stated: object) -> Duration | None:
    if isinstance(stated[0], Duration):
        return stated[0]
    if isinstance(stated[0], int) and len(stated) == 2:
        return Duration(stated[0], str(stated[1]))
    return Duration(1, str(stated[0]))


@rules("more", "<count> more|extra|further|additional working days", "<count> more wd")
def more_working_days(_context: Context, count: int) -> Duration:
    return Duration(count, WORKING_DAY)


@rules("slip", "by? {more}", "for {more}", "{moved} {way}? by? {more}")
def another(context: Context, *parts: object) -> Slip:
    """Counted from the deadline in force, else from today; past it, the two can differ."""
    span = next(part for part in parts if isinstance(part, Duration))
    current, on = context.current, context.on
    if current is None:
        why = f"{span} after {day_and_date(on)}"
        return Slip(new=Phrase(value=on_day(shift(context, on, span), why)))
    after_current = shift(context, current, span)
    from_current = on_day(after_current, f"{span} after {day_and_date(current)}")
    if current >= on:
        return Slip(new=Phrase(value=from_current), moved_from=current)
    from_today = on_day(shift(context, on, span), f"{span} after {day_and_date(on)}")
    if after_current <= on:
        return Slip(new=Phrase(value=from_today), moved_from=current)
    question = f"Is that {span} from {day_and_date(current)} or from today?"
    value = Ask(question=question, terms=(from_current, from_today))
    return Slip(new=Phrase(value=value), moved_from=current)
