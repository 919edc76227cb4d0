"""Which promise a new date would miss, and who may decide it (rules 4 and 5)."""

from __future__ import annotations

from bot.domain.commitments import Commitment
from bot.domain.deadlines import Deadline
from bot.domain.people import Role
from bot.domain.register import ActionItem
from bot.services.intake import Desk
from storage import commitments, date_changes, histories


def broken_by(desk: Desk, item: ActionItem, new: Deadline) -> list[Commitment]:
    """The promises that the new date would miss (rule 4).

    A promise without a day of its own is held to the last day that its addressee was told; one
    that has neither cannot be missed by moving a day inside the group.
    """
    linked = set(histories.of_item(desk.session, item.id).commitments)
    broken: list[Commitment] = []
    for promise in commitments.of_group(desk.session, desk.group.id):
        if promise.id not in linked or new.latest is None:
            continue
        held_to = promise.deadline.latest or date_changes.last_told(desk.session, promise.id)
        if held_to is not None and new.latest > held_to:
            broken.append(promise)
    return broken


def decider_of(desk: Desk, item: ActionItem, new: Deadline, *, by_calendar: bool = False) -> str:
    """Rule 4 and 5: inside the promise the secretariat, past it the chair; never the owner.

    Nor whoever asks; what the calendar asks for (rule 3) is asked for by nobody.
    """
    role = Role.CHAIR if broken_by(desk, item, new) else Role.SECRETARIAT
    interested = {item.owner_id} if by_calendar else {item.owner_id, desk.person.id}
    today = desk.today
    if role is Role.SECRETARIAT and any(
        p.id in interested for p in desk.directory.holders(role, today)
    ):
        role = Role.CHAIR
    if role is Role.CHAIR and any(p.id in interested for p in desk.directory.holders(role, today)):
        role = Role.DEPUTY_CHAIR
    return role.value
