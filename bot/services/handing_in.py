"""Ways to a hand-over: said in words, offered by a button, accepted by whom it goes to."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence, Set
from datetime import datetime

from bot.domain.errors import UserError
from bot.domain.forms import Form
from bot.domain.messages import Buttons, Message, Note, Part, message, say
from bot.domain.people import Person, Role
from bot.services import acceptance, hand_over_words, intake, introductions, seat_commands, waits
from bot.services.answering import redraw
from bot.services.handing_over import OVER
from bot.services.intake import Arrival, Desk
from bot.services.seats import only_secretariat
from storage import items, waiting
from storage.database import Database

SPOKEN = re.compile(r"^(?P<giver>.*?)\s*\bto\s+(?P<taker>.+)$", re.I | re.S)
SELF = frozenset({"", "me", "mine", "my items", "everything"})


def command(database: Database, arrival: Arrival, rest: str, now: datetime) -> Message | Form:
    """`hand over @A to @B`: the form for the secretariat; a wish of one's own for anybody else."""
    with intake.reading(database, arrival, now=now) as desk:
        giver, taker, unknown = _named(desk, rest)
        if desk.is_a(Role.SECRETARIAT):
            return _form(desk, giver, taker, unknown)
        if giver.id != desk.person.id:
            raise UserError(
                "Only the secretariat can hand over what somebody else has; `hand over to NAME` "
                "asks them to hand over what you have."
            )
    return _wish(database, arrival, giver, taker, now=now)


def form(
    database: Database, arrival: Arrival, *, from_id: int, to_id: int | None, now: datetime
) -> Form:
    """The form behind a button."""
    with intake.reading(database, arrival, now=now) as desk:
        only_secretariat(desk, "hand over what somebody has")
        giver = desk.directory.people.get(from_id)
        if giver is None:
            raise UserError("That person is not of this group: `people` shows who is.")
        return _form(desk, giver, desk.directory.people.get(to_id or 0), "")


def _form(desk: Desk, giver: Person, taker: Person | None, unknown: str) -> Form:
    owned = items.owned(desk.session, [giver.id])
    return hand_over_words.form(
        desk.directory, giver, taker, owned, today=desk.today, unknown=unknown
    )


def _named(desk: Desk, rest: str) -> tuple[Person, Person | None, str]:
    """Who gives, and who takes: somebody of the group, or words that name nobody there yet."""
    found = SPOKEN.match(rest.strip())
    who = (found["giver"] if found else rest).strip()
    giver = desk.person if who.casefold() in SELF else seat_commands.who(desk.directory, who)
    named = found["taker"].strip() if found else ""
    among = seat_commands.those(desk.directory, named) if named else []
    if len(among) > 1:
        seat_commands.who(desk.directory, named)
    taker = among[0] if among else None
    if taker is not None and taker.id == giver.id:
        raise UserError("Name two different people: `hand over Priya Nair to Leo Hart`.")
    return giver, taker, "" if taker else named.lstrip("@")


def _wish(
    database: Database, arrival: Arrival, giver: Person, taker: Person | None, *, now: datetime
) -> Message:
    said = message(say("I have asked the secretariat. Until they hand it over, it stays yours."))
    with intake.once(database, arrival, now=now) as desk:
        if desk is None:
            return said
        if waiting.unsettled(desk.session, desk.group.id, kind=OVER, subject_id=giver.id):
            raise UserError("The secretariat has been asked already, and will hand it over.")
        waits.open_wait(
            desk.session,
            desk.directory,
            kind=OVER,
            subject_id=giver.id,
            role=Role.SECRETARIAT,
            message=hand_over_words.wished(giver, taker),
            now=now,
        )
        desk.audited("hand-over asked", f"person:{giver.id}", to=taker.id if taker else None)
    return said


def accept_all(
    database: Database, arrival: Arrival, shown: Sequence[Sequence[int]], *, now: datetime
) -> None:
    """All that was shown is theirs, but what has changed since or was answered by itself."""
    with intake.once(database, arrival, now=now) as desk:
        if desk is None:
            return
        waits_on_them = {
            one.subject_id
            for one in waiting.unsettled(desk.session, desk.group.id, kind="acceptance")
            if one.person_id == desk.person.id
        }
        found = [
            item
            for number, version in shown
            if number in waits_on_them
            and (item := items.lock(desk.session, number)).version == version
        ]
        if not found:
            raise UserError("None of these waits for you as it was: `status mine` shows yours.")
        acceptance.accept_several(desk, found)
        accepted = {item.id for item in found}
        redraw(desk, lambda shown: _answered(shown, accepted))


def _answered(shown: Message, accepted: Set[int]) -> Message:
    """The buttons of what was accepted are gone; those of anything else stay."""
    parts: list[Part] = []
    for part in shown.parts:
        if not isinstance(part, Buttons):
            parts.append(part)
        elif any(button.action == introductions.ALL_MINE for button in part.buttons):
            parts.append(Note("Accepted, thank you."))
        elif not any(json.loads(button.value).get("item") in accepted for button in part.buttons):
            parts.append(part)
    return Message(parts=tuple(parts))
