"""From what rules made of the words to a Deadline: the year, the tense, the side, the hour."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta, timezone

from bot.domain.calendars import zone
from bot.domain.dates.context import Context
from bot.domain.dates.terms import (
    DAY,
    Ask,
    Clock,
    Phrase,
    Side,
    Term,
    Value,
    Window,
    fix,
    on_day,
    shown,
    window_of,
)
from bot.domain.deadlines import Candidate, Deadline, Kind, Precision, day_and_date

# A bare date that lies back no further than this may be a slip of the tongue or of the mind.
_RECENT = timedelta(days=31)


def resolve(phrase: Phrase, context: Context, *, past: bool = False) -> Deadline:
    """The Deadline a phrase states; open, with a question, where it allows two."""
    value = phrase.value
    if isinstance(value, Term):
        if phrase.side is Side.BEFORE and value.whole:
            value = _still_to_begin(value, context)
        value = _in_its_year(value, context, past)
    if isinstance(value, Term):
        value = _sided(value, phrase.side, context)
    if isinstance(value, Term) and phrase.clock is not None:
        value = _at_a_real_time(value, phrase.clock)
    if isinstance(value, Ask):
        return _open(replace(phrase, value=value), context, past)
    return _stated(value, phrase)


def occurrences(term: Term, context: Context) -> list[Window]:
    """The windows a yearless term has in the years around."""
    years = range(context.on.year - 9, context.on.year + 10)
    found = (term.windows(year) for year in years if 1 < year < 9998)
    return sorted((w for w in found if w is not None), key=lambda window: window.earliest)


def _still_to_begin(term: Term, context: Context) -> Term:
    """What is to be done before winter is done before the next one, if one is here."""
    if not term.yearless:
        return term
    windows = occurrences(term, context)
    if not any(window.earliest <= context.on <= window.latest for window in windows):
        return term
    coming = next(window for window in windows if window.earliest > context.on)
    return replace(term, windows=lambda _year: coming, yearless=False)


def _in_its_year(term: Term, context: Context, past: bool) -> Value:
    """The next to come, or the last gone in the past tense; lately gone is a question."""
    if not term.yearless:
        if past and term.gone:
            return fix(replace(term, why="the last one gone"), term.gone)
        return fix(term, window_of(term))
    windows = occurrences(term, context)
    gone = [window for window in windows if window.latest < context.on]
    if past:
        begun = [window for window in windows if window.earliest <= context.on]
        return fix(term, begun[-1]) if begun else fix(term, windows[0])
    coming = next((window for window in windows if window.latest >= context.on), None)
    if coming is None:
        return Ask(question="Which year is meant?")
    if (
        not term.sure
        and gone
        and context.on - gone[-1].latest <= _RECENT
        and coming.earliest > context.on
    ):
        return _lately_gone(term, gone[-1], coming, context)
    return fix(term, coming)


def _lately_gone(term: Term, gone: Window, coming: Window, context: Context) -> Value:
    was, will_be = fix(term, gone), fix(term, coming)
    if isinstance(was, Ask):
        return will_be
    days = (context.on - gone.latest).days
    when = "yesterday" if days == 1 else f"{days} days ago"
    again = f", or {day_and_date(coming.latest)}" if isinstance(will_be, Term) else ""
    terms = (was, will_be) if isinstance(will_be, Term) else (was,)
    return Ask(
        question=f"{day_and_date(gone.latest)} was {when}: is that one meant{again}?",
        terms=terms,
        precision=term.precision,
    )


def _sided(term: Term, side: Side, context: Context) -> Value:
    """By a whole span can mean before it begins or before it ends: ask, unless it has begun."""
    window = window_of(term)
    begun = window.earliest <= context.on <= window.latest
    if side is Side.BEFORE and term.whole and not term.is_end and begun:
        question = (
            f"{capitalised(term.why)} has begun: is its end ({day_and_date(window.latest)}) meant?"
        )
        return Ask(question=question, terms=(on_day(window.latest, f"the end of {term.why}"),))
    if side is not Side.BY or not term.whole or window.earliest <= context.on:
        return term
    days = 3 if term.precision is Precision.WEEK else 1
    before = window.earliest - days * DAY
    return Ask(
        question=f"By the beginning of {term.why} ({day_and_date(before)}) "
        f"or by its end ({day_and_date(window.latest)})?",
        terms=(
            on_day(before, f"before {term.why} begins", soft=term.soft),
            on_day(window.latest, f"the end of {term.why}", soft=term.soft),
        ),
        precision=term.precision,
    )


def capitalised(words: str) -> str:
    return words[:1].upper() + words[1:]


def _local(day: date, clock: Clock, fold: int = 0) -> datetime:
    days, hour = divmod(clock.hour, 24)
    where = zone if clock.offset is None else timezone(timedelta(minutes=clock.offset))
    moment = datetime.combine(day + days * DAY, time(hour, clock.minute), tzinfo=where)
    return moment.replace(fold=fold)


def _at_a_real_time(term: Term, clock: Clock) -> Value:
    """The hour the clocks skip or repeat, and midnight, name no single instant."""
    window = window_of(term)
    if window.earliest != window.latest:
        return term
    day = window.latest
    if clock.hour == 24:
        return Ask(
            question=f"Is the midnight at the start or at the end of {day_and_date(day)} meant?",
            terms=(
                on_day(day - DAY, "the end of the day before"),
                on_day(day, "the end of that day"),
            ),
            precision=Precision.MINUTE,
        )
    first, second = _local(day, clock), _local(day, clock, fold=1)
    if clock.offset is None and first.utcoffset() != second.utcoffset():
        return Ask(
            question=f"The clocks change on {day_and_date(day)} and "
            f"{clock.hour:02}:{clock.minute:02} is not one time: is it in BST or in GMT?",
            terms=(on_day(day, "in BST"), on_day(day, "in GMT")),
            precision=Precision.MINUTE,
        )
    return term


def _open(phrase: Phrase, context: Context, past: bool) -> Deadline:
    ask = phrase.value
    if not isinstance(ask, Ask):
        raise TypeError("Only a question is open.")
    return Deadline(
        words="",
        kind=Kind.OPEN,
        precision=ask.precision,
        candidates=tuple(_candidates(phrase, ask, context, past)),
        question=ask.question,
        explanation=f"Open: {ask.question}",
    )


def _candidates(phrase: Phrase, ask: Ask, context: Context, past: bool) -> Iterator[Candidate]:
    seen = set()
    for term in ask.terms:
        reading = resolve(replace(phrase, value=term, clock=None), context, past=past)
        found = reading.candidates or (
            Candidate(earliest=reading.earliest, latest=reading.latest, words=_label(reading)),
        )
        for one in found:
            days = (one.earliest, one.latest, one.words)
            if days not in seen and (one.earliest or one.latest):
                seen.add(days)
                yield one


def _label(reading: Deadline) -> str:
    return reading.explanation.rstrip(".")


def _stated(term: Term, phrase: Phrase) -> Deadline:
    window = window_of(term)
    if phrase.clock is not None and window.earliest == window.latest:
        return _at(window.latest, term, phrase)
    soft = term.soft or phrase.soft
    earliest: date | None = window.earliest
    latest: date | None = window.latest
    precision, why = term.precision, term.why
    if phrase.side is Side.BY:
        earliest, said = None, f"By {day_and_date(window.latest)}"
    elif phrase.side is Side.BEFORE:
        day = window.latest if term.is_end else window.earliest - DAY
        earliest, latest, said = None, day, f"By {day_and_date(day)}"
        why, precision = f"before {why}", Precision.DAY
    elif phrase.side in (Side.FROM, Side.AFTER) and not term.spanned:
        start = window.earliest if phrase.side is Side.FROM else window.latest + DAY
        earliest, latest, said = start, None, f"From {day_and_date(start)}, with no last day"
        why, soft = (f"after {why}" if phrase.side is Side.AFTER else why), True
    else:
        said = shown(window)
    return Deadline(
        words="",
        kind=Kind.SOFT if soft else Kind.FIRM,
        earliest=earliest,
        latest=latest,
        precision=precision,
        explanation=f"{said}: {why}{', still to be made firm' if soft else ''}.",
    )


def _at(day: date, term: Term, phrase: Phrase) -> Deadline:
    """An instant, kept in UTC; the day is London's, wherever the zone said was."""
    clock = phrase.clock
    if clock is None:
        raise TypeError("An instant needs a time of day.")
    moment = _local(day, clock)
    at = moment.astimezone(UTC)
    here = moment.astimezone(zone)
    starts_only = phrase.side in (Side.FROM, Side.AFTER)
    soft = term.soft or phrase.soft or starts_only
    limits = phrase.side in (Side.BY, Side.BEFORE)
    return Deadline(
        words="",
        kind=Kind.SOFT if soft else Kind.FIRM,
        earliest=None if limits else here.date(),
        latest=None if starts_only else here.date(),
        at=at,
        precision=Precision.MINUTE,
        explanation=f"{'By ' if limits else ''}{here:%H:%M} in London "
        f"({at:%H:%M} UTC) on {day_and_date(here.date())}: {term.why}"
        f"{', at an hour of the working day' if clock.assumed else ''}.",
    )
