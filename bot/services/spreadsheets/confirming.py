"""The button under a report: what was reported is wanted, once."""

from __future__ import annotations

from datetime import datetime

from bot.domain.errors import UserError
from bot.domain.messages import Buttons, Message, Note
from bot.domain.people import Role
from bot.services import intake
from bot.services.answering import redraw
from bot.services.intake import Arrival
from storage import sheet_wishes
from storage.database import Database
from storage.sheet_wishes import State

STALE = {
    State.CONFIRMED: "It is being imported already: the result comes here in a minute.",
    State.SETTLED: "That file has been dealt with: my last message about it says how.",
}


def confirm(
    database: Database, arrival: Arrival, *, wish_id: int, report: str, now: datetime
) -> None:
    """Ask for what a report says, named by its fingerprint; a sweep takes it in.

    Raises UserError for anybody but the secretariat, and for a report that no longer stands.
    """
    with intake.once(database, arrival, now=now) as desk:
        if desk is None:
            return
        if not desk.is_a(Role.SECRETARIAT):
            raise UserError("Only the secretariat imports a spreadsheet: ask them.")
        wish = sheet_wishes.locked(desk.session, wish_id)
        if wish is None or wish.group_id != desk.group.id:
            raise UserError("That file is not one of this group's: drop it here again.")
        if wish.state is not State.REPORTED or wish.fingerprint != report:
            raise UserError(
                STALE.get(wish.state, "I have made a newer report of that file: press its button.")
            )
        sheet_wishes.confirm(desk.session, wish, by_id=desk.person.id, now=now)
        redraw(desk, _under_way)
        desk.audited("spreadsheet confirmed", f"sheet:{wish.id}", report=wish.reports)


def _under_way(shown: Message) -> Message:
    said = Note("Importing it: the result comes here in a minute.")
    return Message(parts=tuple(said if isinstance(part, Buttons) else part for part in shown.parts))
