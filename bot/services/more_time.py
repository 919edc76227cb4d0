"""The form behind "Need more time": a new date in words, and the reason."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.domain.deadlines import Deadline, Kind, day_and_date
from bot.domain.errors import UserError
from bot.domain.forms import Field, FieldError, FieldKind, Form
from bot.domain.messages import Bold, Button, Buttons, Message, say
from bot.domain.register import ActionItem, Status
from bot.domain.text import GuardedText
from bot.services import date_changes, intake, updates
from bot.services.answering import may_change, tell
from bot.services.intake import Arrival, Desk
from storage import items
from storage.database import Database


def form(database: Database, arrival: Arrival, value: Mapping[str, Any], *, now: datetime) -> Form:
    """The form behind "Need more time": the new date in words, and the reason."""
    with intake.reading(database, arrival, now=now) as desk:
        item = items.get(desk.session, int(value["item"]))
        _theirs(desk, item)
        due = day_and_date(item.due_on) if item.due_on else "not set"
        return Form(
            callback="date.request",
            title="More time",
            submit="Ask",
            private={"item": item.id, "v": item.version},
            intro=(say(Bold(f"{item.ref} {item.title}"), f". Its date now: {due}."),),
            fields=(
                Field(name="date", label="New date", hint="For example: 30 September, or mid-Oct"),
                Field(name="reason", label="Why", kind=FieldKind.LINES),
            ),
        )


def _theirs(desk: Desk, item: ActionItem) -> None:
    if item.group_id != desk.group.id or not may_change(desk, item):
        raise UserError("Only its owner, their cover or the secretariat can ask to move its date.")


def ask(
    database: Database,
    arrival: Arrival,
    *,
    item_id: int,
    version: int,
    words: GuardedText,
    reason: GuardedText,
    now: datetime,
) -> None:
    """Ask for a new date, in words. FieldError where the words are not one date, or no reason."""
    if not reason:
        raise FieldError("reason", "Say why: whoever decides, and Parliament, will ask.")
    with intake.once(database, arrival, now=now) as desk:
        if desk is None:
            return
        item = items.lock(desk.session, item_id)
        _theirs(desk, item)
        if item.version != version:
            raise FieldError(
                "date", f"{item.ref} has changed since this form was opened: open it again."
            )
        new = date_changes.read_date(desk, words.text, item)
        if new.latest is None or new.kind in {Kind.OPEN, Kind.NONE}:
            question = new.question or "Which day do you mean? For example: 30 September."
            raise FieldError("date", question)
        _ask(desk, item, new, reason)


def _ask(desk: Desk, item: ActionItem, new: Deadline, reason: GuardedText) -> None:
    """A request is word from its owner too; undoing that word takes the request back."""
    answer = date_changes.asked(desk, item, new)
    if date_changes.request(desk, item, new, reason=reason.text, text=reason) is None:
        raise FieldError("date", f"That is the date {item.ref} has already.")
    said = updates.Said(status=Status.UNCHANGED)
    update_id = updates.record(desk, items.get(desk.session, item.id), said, text=reason)
    undo = Button(label="Undo", action="reply.undo", value=json.dumps({"update": update_id}))
    tell(
        desk,
        Message(parts=(*answer.parts, Buttons((undo,)))),
        subject={"items": [item.id]},
    )
