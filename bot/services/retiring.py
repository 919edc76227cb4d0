"""Buttons of an answered or superseded nudge, retired in place: what stands is said there."""

from __future__ import annotations

import json
import secrets
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from bot.domain.deadlines import day_and_date
from bot.domain.messages import Button, Buttons, Message, Note, Part
from bot.domain.people import LONDON, Directory
from bot.domain.register import ActionItem, DateChange, History, Status
from bot.services import say
from storage import edits, histories, outbox, standing
from storage.database import Session
from storage.standing import Shown

ALIVE = ("owed", "sending", "sent")


def stand(session: Session, number: int | None, said: Message) -> None:
    """This message is owed: whatever item has buttons in it can be answered there."""
    if number is not None:
        standing.add(session, number, sorted({n for b in _buttons(said) if (n := about(b))}))


def retire(
    session: Session,
    directory: Directory,
    item: ActionItem,
    *,
    again_on: date | None,
    now: datetime,
    answered: bool = False,
) -> None:
    """Say what stands wherever the item could be answered, if it has changed since.

    `answered` where a wish was made that changes nothing of the item itself.
    """
    found = standing.of_items(session, [item.id])
    history = histories.of_item(session, item.id) if found else None
    for shown in found:
        place = outbox.place(session, shown.outbox_id)
        if place.state not in ALIVE or history is None:
            standing.forget(session, shown)
            continue
        fresh = any(_value(b).get("v") == item.version for b in _theirs(place.message, item.id))
        if shown.said is None and fresh and not answered:
            continue
        words = _stands(directory, item, history, place.person_id, again_on=again_on, now=now)
        if words != shown.said:
            _say(session, shown, words, now=now)
            standing.say(session, shown, words)


def supersede(
    session: Session, item_ids: Sequence[int], *, by: int, day: date, now: datetime
) -> None:
    """A later message about these items is owed: the buttons of older ones go."""
    for shown in standing.of_items(session, item_ids):
        if shown.outbox_id == by:
            continue
        alive = outbox.place(session, shown.outbox_id).state in ALIVE
        if shown.said is None and alive:
            words = f"Asked again on {day_and_date(day)}: answer there."
            _say(session, shown, words, now=now)
        standing.forget(session, shown)


def _say(session: Session, shown: Shown, words: str, *, now: datetime) -> None:
    # The same words may be said twice of the same version, after others in between.
    key = f"retire:{shown.outbox_id}:{shown.item_id}:{secrets.token_hex(6)}"
    edits.rewrite(
        session,
        shown.outbox_id,
        lambda was: replaced(was, shown.item_id, words, instead_of=shown.said),
        key=key,
        now=now,
    )


def replaced(shown: Message, item_id: int, words: str, *, instead_of: str | None = None) -> Message:
    """The message with this item's buttons, or what stood in their place, replaced by words."""
    parts: list[Part] = []
    for part in shown.parts:
        if isinstance(part, Buttons) and any(about(b) == item_id for b in part.buttons):
            left = tuple(b for b in part.buttons if about(b) != item_id)
            parts.append(Buttons(left) if left else Note(words))
        elif instead_of is not None and part == Note(instead_of):
            parts.append(Note(words))
        else:
            parts.append(part)
    return Message(parts=tuple(parts))


def about(button: Button) -> int | None:
    """The item that a button is about."""
    found = _value(button).get("item")
    return found if isinstance(found, int) else None


def _value(button: Button) -> dict[str, Any]:
    value = json.loads(button.value)
    return value if isinstance(value, dict) else {}


def _buttons(shown: Message) -> set[Button]:
    return {b for part in shown.parts if isinstance(part, Buttons) for b in part.buttons}


def _theirs(shown: Message, item_id: int) -> list[Button]:
    return [b for b in _buttons(shown) if about(b) == item_id]


def _stands(
    directory: Directory,
    item: ActionItem,
    history: History,
    reader_id: int | None,
    *,
    again_on: date | None,
    now: datetime,
) -> str:
    """What stands, for one reader, by its name: several items may stand in one message."""
    reader = directory.people.get(reader_id) if reader_id is not None else None
    today = now.astimezone(reader.zone if reader else LONDON).date()
    if reader is not None and not directory.may_change(item.owner_id, reader.id, today):
        return f"{item.ref}: it is with {say.named(directory, item.owner_id)} now."
    said = f"{item.ref}: {_position(directory, item, history, reader_id)}"
    if again_on is not None and again_on > today and item.is_open:
        said += f" I ask again on {day_and_date(again_on)}."
    return said


def _position(
    directory: Directory, item: ActionItem, history: History, reader_id: int | None
) -> str:
    last, pending = history.last_word, history.pending_change
    if item.verified or not item.is_open:
        return f"{say.standing(item)}."
    if pending is not None and (last is None or pending.at >= last.at):
        return _asked(directory, item, pending, reader_id)
    moved_at = history.deadlines[-1][0] if len(history.deadlines) > 1 else None
    if moved_at is not None and item.due_on and (last is None or moved_at > last.at):
        return f"moved to {day_and_date(item.due_on)}."
    if last is None:
        return f"{say.standing(item)}, {say.due(item.due)}."
    who = _who(directory, last.by_id, reader_id)
    how = "nothing new" if last.status is Status.UNCHANGED else say.standing(item)
    return f"{how}, {who} said on {_day(last.at)}."


def _asked(
    directory: Directory, item: ActionItem, change: DateChange, reader_id: int | None
) -> str:
    who = _who(directory, change.asked_by, reader_id)
    stands = day_and_date(item.due_on) if item.due_on else "no date"
    return (
        f"{who} asked on {_day(change.at)} to move it to {say.new_date(change.new)}; until that "
        f"is decided {stands} stands."
    )


def _who(directory: Directory, person_id: int | None, reader_id: int | None) -> str:
    return "you" if person_id == reader_id else say.named(directory, person_id)


def _day(at: datetime) -> str:
    return day_and_date(at.astimezone(LONDON).date())
