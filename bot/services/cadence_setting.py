"""The cadence of a standing promise, as the chair sets it: by a button, in a form or in words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from bot.domain import cadences
from bot.domain.cadences import Cadence, NoCadenceError
from bot.domain.commitments import Commitment
from bot.domain.deadlines import Kind, long_date
from bot.domain.errors import UserError
from bot.domain.forms import FieldError, Form
from bot.domain.messages import Message, message, say
from bot.domain.people import Role
from bot.domain.text import GuardedText
from bot.services import cadence_asking, cadence_words, date_changes, intake, letters_due, waits
from bot.services.answering import tell
from bot.services.intake import Arrival, Desk
from storage import cadences as rows
from storage import commitments
from storage.database import Database

WORDS = re.compile(
    r"(?:of\s+|for\s+)?(?P<ref>[A-Za-z]{1,4}[-‑–]?\d{1,6}(?:/\d+)?)\b[\s:,]*(?P<rest>.*)$", re.S
)


def in_words(database: Database, arrival: Arrival, rest: str, now: datetime) -> Message | Form:
    """`cadence C-7 quarterly from 31 July`; the form where only the promise is named."""
    found = WORDS.match(rest.strip())
    if found is None:
        raise UserError("Say which promise and how often: `cadence C-7 quarterly from 31 July`.")
    words = found["rest"].strip()
    if not words:
        return form(database, arrival, {"ref": found["ref"]}, now=now)
    with intake.once(database, arrival, now=now) as desk:
        if desk is None:
            return message(say("That has been set already."))
        promise = _promise(desk, {"ref": found["ref"]})
        return _set(desk, promise, _read(desk, promise, words))


def form(database: Database, arrival: Arrival, value: Mapping[str, Any], *, now: datetime) -> Form:
    """What is asked of the chair. UserError for anybody else."""
    with intake.reading(database, arrival, now=now) as desk:
        return cadence_words.form(_promise(desk, value), {})


def choose(
    database: Database, arrival: Arrival, value: Mapping[str, Any], *, now: datetime
) -> None:
    """One of the usual answers was pressed."""
    with intake.once(database, arrival, now=now) as desk:
        if desk is None:
            return
        promise = _promise(desk, value)
        if promise.id in rows.of_group(desk.session, desk.group.id):
            raise UserError(
                f"{promise.ref} has a cadence already: `cadence {promise.ref}` sets another."
            )
        tell(desk, _set(desk, promise, _every(promise, int(value["months"]))), subject={})


def submit(
    database: Database,
    arrival: Arrival,
    private: Mapping[str, Any],
    typed: Mapping[str, GuardedText],
    *,
    now: datetime,
) -> None:
    """The form was sent in. FieldError where a field cannot be read."""
    with intake.once(database, arrival, now=now) as desk:
        if desk is None:
            return
        promise = _promise(desk, private)
        tell(desk, _set(desk, promise, _filled(desk, promise, typed)), subject={})


def _promise(desk: Desk, value: Mapping[str, Any]) -> Commitment:
    """The standing promise, where it was first made; only for the chair."""
    if not desk.is_a(Role.CHAIR, Role.DEPUTY_CHAIR):
        raise UserError("Only the chair or the deputy sets how often a standing promise is kept.")
    every = {one.id: one for one in commitments.of_group(desk.session, desk.group.id)}
    ref = str(value.get("ref", "")).upper().replace("‑", "-").replace("–", "-")
    wanted = value.get("commitment")
    found = [one for one in every.values() if one.id == wanted or one.ref.upper() == ref]
    if not found:
        raise UserError(f"There is no promise {ref or 'of that number'} here: `status` lists them.")
    promise = found[0]
    while promise.restates_id in every:
        promise = every[promise.restates_id]
    if not promise.standing:
        raise UserError(
            f"{promise.ref} is no standing promise: it is kept once, and has a date of its own."
        )
    return promise


def _every(promise: Commitment, months: int) -> Cadence:
    """So many months after the promise was made, and so on."""
    first = cadences.months_later(promise.promised_on, months)
    return cadences.every(months, first_on=first)


def _read(desk: Desk, promise: Commitment, words: str) -> Cadence:
    often, start = cadences.split(words)
    months = cadences.months_of(often)
    if months is not None:
        if not start:
            return _every(promise, months)
        return cadences.every(months, first_on=_day(desk, start, field="first_on"))
    return cadences.on_days(_days(desk, words, field="days"), today=desk.today)


def _filled(desk: Desk, promise: Commitment, typed: Mapping[str, GuardedText]) -> Cadence:
    often, first, days = (typed[name].text.strip() for name in ("often", "first_on", "days"))
    if often == cadence_words.DAYS:
        if not days:
            raise FieldError("days", "Name the days, with commas between them.")
        try:
            return cadences.on_days(_days(desk, days, field="days"), today=desk.today)
        except NoCadenceError as error:
            raise FieldError("days", str(error)) from error
    if not first:
        return _every(promise, int(often))
    return cadences.every(int(often), first_on=_day(desk, first, field="first_on"))


def _days(desk: Desk, words: str, *, field: str) -> list[date]:
    parts = [part for part in re.split(r"\s*[,;\n]\s*|\s+and\s+", words) if part.strip()]
    return [_day(desk, part, field=field) for part in parts]


def _day(desk: Desk, words: str, *, field: str) -> date:
    try:
        return date.fromisoformat(words)
    except ValueError:
        read = date_changes.read_date(desk, words)
    if read.latest is None or read.kind is not Kind.FIRM:
        raise FieldError(
            field,
            f"I cannot read “{words[:60]}” as how often, nor as a day. Say `quarterly`, `every 4 "
            "months from 31 July 2022`, or the days with commas between them.",
        )
    return read.latest


def _set(desk: Desk, promise: Commitment, cadence: Cadence) -> Message:
    """Enter it with its days, settle what asked for it, and plan the next letter."""
    days = cadence.occurrences(after=desk.today, until=desk.group.ends_on)
    if not days:
        raise UserError(
            f"That gives no day before the group ends on {long_date(desk.group.ends_on)}: choose "
            "a shorter time, or an earlier day."
        )
    rows.put(
        desk.session,
        promise.id,
        cadence,
        days,
        group_id=desk.group.id,
        by_id=desk.person.id,
        now=desk.now,
    )
    waits.settle(
        desk.session,
        desk.directory,
        kind=cadence_asking.KIND,
        subject_id=promise.id,
        by_id=desk.person.id,
        outcome=f"{promise.ref} is kept {cadence.words}",
        now=desk.now,
    )
    letters_due.plan_anew(desk.session, desk.directory, now=desk.now)
    desk.audited("cadence set", f"commitment:{promise.id}", rule=cadence.to_json())
    return cadence_words.answered(promise, cadence, days)
