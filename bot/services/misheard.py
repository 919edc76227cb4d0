"""What was answered from an account that was not theirs: listed, so that it can be put right.

It stays on record: each update is taken back by an entry of its own, or superseded by what the
owner really says.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from bot.domain.deadlines import day_and_date
from bot.domain.messages import Bold, Button, Buttons, Message, Note, Part, Span, bullets, message
from bot.domain.messages import say as text
from bot.domain.outgoing import Outgoing
from bot.domain.people import LONDON, Account, Person, Role
from bot.domain.register import STATUS_WORDS, Status
from bot.services import say
from bot.services.intake import Desk
from storage import items, outbox, seats
from storage import updates as rows

WITH_BUTTONS = 12
LISTED = 30


def listed(desk: Desk, person: Person, account: Account) -> int:
    """Owe the secretariat one message about all that the account said as this person; how many."""
    since = seats.confirmed_at(desk.session, account, group_id=desk.group.id, person_id=person.id)
    said = rows.said_in_slack(desk.session, desk.group.id, by_id=person.id, since=since)
    if not said:
        return 0
    shown = _message(desk, person, said)
    for reader in desk.directory.holders(Role.SECRETARIAT, desk.today):
        if reader.accounts:
            outgoing = Outgoing(
                key=f"misheard:{desk.arrival.key}:{reader.id}",
                group_id=desk.group.id,
                team_id=desk.group.team_id,
                person_id=reader.id,
                message=shown,
                subject={"items": list(dict.fromkeys(one.item_id for one in said))},
            )
            outbox.enqueue(desk.session, outgoing, due_at=desk.now, now=desk.now)
    return len(said)


def _message(desk: Desk, person: Person, said: Sequence[rows.Said]) -> Message:
    number = say.counted(len(said), "update")
    parts: list[Part] = [
        text(
            f"The account taken back from {person.label} has said {number} in their name. Each "
            "stands until you take it back or record what they really say:"
        )
    ]
    if len(person.accounts) > 1:
        parts.append(Note("I cannot tell it from what they said by their other account."))
    for one in said[:WITH_BUTTONS]:
        parts += [text(*_line(desk, one)), _buttons(one)]
    if rest := said[WITH_BUTTONS:]:
        parts.append(bullets(*(_line(desk, one) for one in rest[:LISTED])))
        parts.append(Note("`action A-01` shows any of these items with what can be done to it."))
    if left := len(rest[LISTED:]):
        parts.append(Note(f"And {say.counted(left, 'older update')}."))
    return message(*parts)


def _line(desk: Desk, one: rows.Said) -> tuple[Span, ...]:
    item = items.get(desk.session, one.item_id)
    on = day_and_date(one.recorded_at.astimezone(LONDON).date())
    status = STATUS_WORDS[Status(one.status)]
    return Bold(item.ref), f" {say.shortened(item.title)}: {status}, said on {on}."


def _buttons(one: rows.Said) -> Buttons:
    correct = json.dumps({"item": one.item_id, "update": one.id})
    return Buttons(
        (
            Button(label="Undo", action="reply.undo", value=json.dumps({"update": one.id})),
            Button(label="Correct it", action="keep.record", value=correct),
        )
    )
