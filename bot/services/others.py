""" "Answer the others": the items that a nudge only listed, each with its buttons."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.domain.messages import Bold, Note, Part, message, say
from bot.services import intake, nudge_words, retiring
from bot.services.answering import may_change, standing, tell
from bot.services.intake import Arrival
from storage import items
from storage.database import Database

A_MESSAGE = 12


def show(database: Database, arrival: Arrival, *, item_ids: Sequence[int], now: datetime) -> None:
    """Owe the person who pressed these items with their buttons, twelve a message."""
    with intake.once(database, arrival, now=now) as desk:
        if desk is None:
            return
        found = [items.get(desk.session, number) for number in item_ids]
        theirs = [
            item
            for item in found
            if item.group_id == desk.group.id and item.is_open and may_change(desk, item)
        ]
        if not theirs:
            tell(
                desk,
                message(say("None of the others is open and yours to answer any more.")),
                subject={},
            )
        for start in range(0, len(theirs), A_MESSAGE):
            some = theirs[start : start + A_MESSAGE]
            parts: list[Part] = []
            for item in some:
                parts.append(say(Bold(f"{item.ref} {item.title}"), f": {standing(item)}."))
                parts.append(nudge_words.answers(item))
            parts.append(Note("A sentence in reply works as well as a button."))
            said = message(*parts)
            subject = {"items": [item.id for item in some]}
            retiring.stand(
                desk.session, tell(desk, said, subject=subject, suffix=f":{start}"), said
            )
