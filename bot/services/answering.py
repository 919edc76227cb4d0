"""How the front desk answers: who may change what, what stands, and the word back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from bot.domain.errors import UserError
from bot.domain.messages import Buttons, Message, Note, Part
from bot.domain.outgoing import Outgoing
from bot.domain.register import ActionItem
from bot.services import intake, say
from bot.services.intake import Arrival, Desk
from bot.services.retiring import replaced
from storage import edits, items, outbox
from storage.database import Database

THANKS = "Answered, thank you."


def fresh(desk: Desk, value: Mapping[str, Any]) -> ActionItem:
    """The item a button was about, locked; UserError where it has changed or is not theirs."""
    item = items.lock(desk.session, int(value["item"]))
    if item.group_id != desk.group.id or not may_change(desk, item):
        owner = desk.directory.people.get(item.owner_id)
        raise UserError(
            f"Only {owner.label if owner else 'its owner'}, their cover or the secretariat can "
            "change that item: tell them, or write a remark in words."
        )
    if int(value["v"]) != item.version:
        raise UserError(
            f"{item.ref} has changed since that message. It now stands as: {standing(item)}. "
            "Answer in words, or use the buttons of the latest message."
        )
    return item


def may_change(desk: Desk, item: ActionItem) -> bool:
    """Rule 5."""
    return desk.directory.may_change(item.owner_id, desk.person.id, desk.today)


def standing(item: ActionItem) -> str:
    """Where an item stands, in a few words."""
    return f"{say.standing(item)}, {say.due(item.due)}"


def done(
    database: Database, arrival: Arrival, work: Callable[[Desk], Message], *, now: datetime
) -> None:
    """Do something once, and owe whoever did it the answer in their DM."""
    with intake.once(database, arrival, now=now) as desk:
        if desk is not None:
            tell(desk, work(desk), subject={})


def tell(desk: Desk, said: Message, *, subject: Mapping[str, Any], suffix: str = "") -> int | None:
    """Owe the person at the desk an answer in their DM; its number in the outbox."""
    return outbox.enqueue(
        desk.session,
        Outgoing(
            key=f"echo:{desk.arrival.key}{suffix}",
            group_id=desk.group.id,
            team_id=desk.group.team_id,
            person_id=desk.person.id,
            message=said,
            subject=subject,
        ),
        due_at=desk.now,
        now=desk.now,
    )


def retire(desk: Desk, item_id: int) -> None:
    """Take the answered item's buttons out of the message that was answered, in place.

    Where the answer changed the item they have gone already, and what stands is said there.
    """
    if desk.answered is None:
        return
    shown = outbox.place(desk.session, desk.answered.id).message
    if replaced(shown, item_id, THANKS) != shown:
        redraw(desk, lambda shown: replaced(shown, item_id, THANKS))


def redraw(desk: Desk, change: Callable[[Message], Message]) -> None:
    """Change the message that was answered, in place."""
    if desk.answered is not None:
        key = f"retire:{desk.answered.id}:{desk.arrival.key}"
        edits.rewrite(desk.session, desk.answered.id, change, key=key, now=desk.now)


def without_button(shown: Message, action: str, words: str) -> Message:
    """The message with this button replaced by words, others beside it kept."""
    parts: list[Part] = []
    for part in shown.parts:
        if isinstance(part, Buttons) and any(b.action == action for b in part.buttons):
            left = tuple(b for b in part.buttons if b.action != action)
            parts += [Buttons(left)] if left else []
            parts.append(Note(words))
        else:
            parts.append(part)
    return Message(parts=tuple(parts))
