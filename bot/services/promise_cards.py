"""A recommendation, or a promise of a sent letter, on one card."""

from __future__ import annotations

from collections.abc import Iterable

from bot.domain.commitments import Commitment, Recommendation
from bot.domain.deadlines import Kind, day_and_date, long_date
from bot.domain.messages import Bold, Heading, Note, Part, Quote, Span, say
from bot.domain.people import Directory
from bot.services import say as words
from bot.services.intake import Desk
from storage import cadences, reports


def line(directory: Directory, promise: Commitment) -> tuple[Span, ...]:
    """C-1, its words, to whom it was made and when, and for when."""
    return (Bold(promise.ref), f" “{promise.words}” – {promised(directory, promise)}")


def promised(directory: Directory, promise: Commitment) -> str:
    """To whom, when and for when a promise was made; one with no date gets none."""
    to = words.listed(
        directory.body_name(body, promise.promised_on).name for body in promise.to_bodies
    )
    made = f"promised{f' to {to}' if to else ''} on {long_date(promise.promised_on)}"
    if promise.standing:
        return f"{made}, as a standing promise"
    if promise.deadline.kind is Kind.NONE:
        return f"{made}, with no date"
    return f"{made}, {words.due(promise.deadline)}"


def of_recommendation(desk: Desk, asked: Recommendation) -> list[Part]:
    """A recommendation in its published words; unconfirmed ones stand in square brackets."""
    to = words.listed(desk.directory.body_name(body, desk.today).name for body in asked.bodies)
    source = ", ".join(each for each in (asked.source, asked.page and f"page {asked.page}") if each)
    said = asked.words if asked.confirmed_on or asked.confirmed_by else f"[{asked.words}]"
    confirmed = (
        f"Confirmed as published by {asked.confirmed_by}."
        if asked.confirmed_by
        else "In square brackets: nobody has yet confirmed these words as published."
    )
    return [
        Heading(words.shortened(f"{asked.ref} {asked.title}")),
        Quote(said),
        Note(f"{source}. {confirmed}" if source else confirmed),
        say(f"Made to {to}. Response: {asked.response.replace('_', ' ')}."),
    ]


def of_promise(desk: Desk, promise: Commitment, every: Iterable[Commitment]) -> list[Part]:
    """A promise in the words of its letter, where it was repeated, and what became of it."""
    made = promised(desk.directory, promise)
    known = reports.answered(desk.session, desk.group.id)
    parts: list[Part] = [
        Heading(f"{promise.ref} A promise"),
        Quote(promise.words),
        say(f"{made[:1].upper()}{made[1:]}."),
    ]
    first = next((c for c in every if c.id == promise.restates_id), None)
    again = [c for c in every if c.restates_id == promise.id]
    if first is not None:
        parts.append(say("It repeats ", Bold(first.ref), ", which keeps its date."))
    if again:
        where = words.listed(f"{c.ref} ({long_date(c.promised_on)})" for c in again)
        parts.append(say(f"Repeated later as {where}."))
    if told := known.told.get(promise.id):
        parts.append(say(f"The last day that its addressee was told: {day_and_date(told)}."))
    if promise.standing:
        parts.append(_cadence(desk, first or promise))
    if promise.id in known.settled:
        parts.append(say(Bold("Settled.")))
    return parts


def _cadence(desk: Desk, promise: Commitment) -> Part:
    """How often a standing promise is kept, and by when next."""
    cadence = cadences.of_group(desk.session, desk.group.id).get(promise.id)
    if cadence is None:
        return say("Nobody has said yet how often it is to be kept: the chair sets that.")
    days = cadences.to_come(desk.session, desk.group.id).get(promise.id)
    until = f"next by {day_and_date(days[0])}" if days else "and no day of it is left"
    return say(f"To be kept {cadence.words}, {until}.")
