"""Holds: while an inquiry forbids destruction, nothing can be removed from the register."""

from __future__ import annotations

from datetime import datetime

from bot.domain.deadlines import long_date
from bot.domain.errors import UserError
from bot.domain.forms import Field, FieldError, FieldKind, Form
from bot.domain.messages import Bold, message, say
from bot.domain.outgoing import Audience, Outgoing
from bot.domain.people import LONDON, Role
from bot.domain.text import GuardedText
from bot.services import intake
from bot.services.answering import tell
from bot.services.intake import Arrival, Desk
from bot.services.say import named
from storage import outbox, removals
from storage.database import Database, Session


class HeldError(UserError):
    """A hold forbids it."""


def form(
    database: Database, arrival: Arrival, reason: str = "", *, releases: bool, now: datetime
) -> Form:
    """What is asked before a hold begins or ends; UserError where there is none to end."""
    with intake.reading(database, arrival, now=now) as desk:
        _may(desk, releases=releases)
        why = "Why may things be destroyed again?" if releases else "Which inquiry, or which order?"
        what = (
            "From then on words can be removed again, where two people agree."
            if releases
            else "Until it is released nobody can remove any words from the register."
        )
        return Form(
            callback="hold.release" if releases else "hold.place",
            title="Release the hold" if releases else "Hold everything",
            submit="Release" if releases else "Hold",
            intro=(say(what),),
            fields=(Field(name="reason", label=why, kind=FieldKind.LINES, value=reason or None),),
        )


def enter(
    database: Database, arrival: Arrival, *, reason: GuardedText, releases: bool, now: datetime
) -> None:
    """A hold begins or ends, as a dated entry; chair and secretariat hear of it."""
    with intake.once(database, arrival, now=now) as desk:
        if desk is None:
            return
        _may(desk, releases=releases)
        if not reason.text.strip():
            raise FieldError("reason", "Give the reason: it is kept with the hold.")
        number = removals.add_hold(
            desk.session,
            desk.group.id,
            reason=reason.text.strip(),
            releases=releases,
            by_id=desk.person.id,
            now=now,
        )
        _tell(desk, reason, number, releases=releases)
        desk.audited("hold released" if releases else "hold placed", f"hold:{number}")


def refuse(session: Session, desk: Desk) -> None:
    """Raises HeldError while a hold is in force."""
    hold = removals.hold(session, desk.group.id)
    if hold is not None:
        since = long_date(hold.since.astimezone(LONDON).date())
        raise HeldError(
            f"Nothing may be removed: {named(desk.directory, hold.by_id)} placed a hold on "
            f"{since} ({hold.reason}). The chair or the secretariat can release it."
        )


def _may(desk: Desk, *, releases: bool) -> None:
    if not desk.is_a(Role.SECRETARIAT, Role.CHAIR):
        raise UserError("Only the chair or the secretariat can place or release a hold: ask them.")
    hold = removals.hold(desk.session, desk.group.id)
    if releases and hold is None:
        raise UserError("There is no hold to release.")
    if not releases and hold is not None:
        since = long_date(hold.since.astimezone(LONDON).date())
        raise UserError(f"There is a hold already, since {since} ({hold.reason}).")


def _tell(desk: Desk, reason: GuardedText, number: int, *, releases: bool) -> None:
    done = "released the hold: words can be removed again" if releases else "placed a hold"
    then = "" if releases else "; until it is released nobody can remove any words"
    said = message(say(Bold(desk.person.label), f" {done}{then}. Their reason: {reason.text}"))
    tell(desk, said, subject={})
    told = dict.fromkeys(desk.directory.holders(Role.SECRETARIAT, desk.today))
    told |= dict.fromkeys(desk.directory.holders(Role.CHAIR, desk.today))
    for person in told:
        if person.id == desk.person.id:
            continue
        outgoing = Outgoing(
            key=f"hold:{number}:{person.id}",
            group_id=desk.group.id,
            team_id=desk.group.team_id,
            person_id=person.id,
            message=said,
            audience=Audience.MEMBERS,
        )
        outbox.enqueue(desk.session, outgoing, due_at=desk.now, now=desk.now)
