"""An item with everything its reader may do to it."""

from __future__ import annotations

import json
from datetime import datetime

from bot.domain.errors import UserError
from bot.domain.messages import Button, Buttons, Message, Part
from bot.domain.people import Role
from bot.domain.register import ActionItem
from bot.services import cards, evidence, intake, say, verifying
from bot.services.answering import may_change, tell
from bot.services.intake import Arrival, Desk
from bot.services.keeping import climbing, reading, stopping
from storage import histories, items
from storage.database import Database

STOPPING = {
    stopping.PAUSE: ("Pause", "keep.pause"),
    stopping.WITHDRAW: ("Withdraw", "keep.withdraw"),
    stopping.CLOSE: ("Close", "keep.close"),
    stopping.REOPEN: ("Reopen", "keep.reopen"),
}
ROW = 5


def of_item(desk: Desk, item: ActionItem) -> Message:
    """The card of `status A-12`, with the buttons that this reader may press."""
    shown = cards.of_item(desk, item.id)
    buttons = _buttons(desk, item)
    told = [part for part in shown.parts if not isinstance(part, Buttons)]
    for row in shown.parts:
        buttons += row.buttons if isinstance(row, Buttons) else ()  # after ours
    rows = [Buttons(tuple(buttons[n : n + ROW])) for n in range(0, len(buttons), ROW)]
    if item.is_active and may_change(desk, item):
        told.append(climbing.shown(desk, item))
    return Message(parts=(*told, *rows, *_to_verify(desk, item)))


def show(database: Database, arrival: Arrival, item_id: int, *, now: datetime) -> None:
    """Owe the card to whoever asked for it by a button."""
    with intake.once(database, arrival, now=now) as desk:
        if desk is None:
            return
        item = items.get(desk.session, item_id)
        if item.group_id != desk.group.id:
            raise UserError("That item is another group's: `status all` lists what is here.")
        tell(desk, of_item(desk, item), subject={"items": [item.id]})


def _buttons(desk: Desk, item: ActionItem) -> list[Button]:
    value = json.dumps({"item": item.id, "v": item.version}, separators=(",", ":"))
    named: list[tuple[str, str]] = []
    keeps = _keeps(desk, item)
    if keeps:
        named.append(("Edit", "keep.edit"))
    if reading.gives(desk, item):
        named.append(("Reassign", "keep.give"))
    if keeps:
        named += [("Links", "keep.links"), ("Reminders", "keep.ladder")]
    if may_change(desk, item):
        named.append(("New date", "keep.date"))
        named += [STOPPING[verb] for verb in stopping.verbs(item)]
        named.append(("Evidence", "evidence.add"))
    if desk.is_a(Role.SECRETARIAT):
        named.append(("Record an update", "keep.record"))
    return [Button(label=label, action=action, value=value) for label, action in named]


def _keeps(desk: Desk, item: ActionItem) -> bool:
    try:
        reading.keeper(desk, item)
    except UserError:
        return False
    return True


def _to_verify(desk: Desk, item: ActionItem) -> list[Part]:
    """Evidence that this reader may look at, by rule 5."""
    parts: list[Part] = []
    for held in histories.of_item(desk.session, item.id).evidence:
        first = verifying.JUDGES.index(evidence.judge_of(desk, item, held.by_id))
        judges = desk.is_a(*verifying.JUDGES[first:])
        if held.holds is None and judges and desk.person.id not in {item.owner_id, held.by_id}:
            value = json.dumps({"evidence": held.id})
            title = say.shortened(held.title, 30)
            shows = Button(label=f"It shows it: {title}", action="evidence.verify", value=value)
            not_yet = Button(label="It does not", action="evidence.reject", value=value)
            parts.append(Buttons((shows, not_yet)))
    return parts
