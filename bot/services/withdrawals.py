"""Setting an item aside: an owner may ask for it, but never does it alone (rule 4)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime

from bot.domain.commitments import Commitment
from bot.domain.errors import UserError
from bot.domain.messages import Bold, Button, Buttons, Message, Part, Quote, message, say
from bot.domain.outgoing import Outgoing
from bot.domain.people import Role
from bot.domain.register import ActionItem, Status
from bot.domain.text import GuardedText
from bot.services import intake, updates, waits
from bot.services.intake import Arrival, Desk
from storage import commitments, histories, items, outbox, waiting
from storage.database import Database

DECIDERS = (Role.SECRETARIAT, Role.CHAIR, Role.DEPUTY_CHAIR)
VERBS = {Status.PAUSED: "pause", Status.WITHDRAWN: "withdraw"}


def request(desk: Desk, item: ActionItem, status: Status, text: GuardedText) -> str:
    """Put the wish to the secretariat, or to the chair where the item answers a promise.

    Answers the role's name, to be told to whoever asked; the item stands as it did.
    """
    linked = set(histories.of_item(desk.session, item.id).commitments)
    promises = [p for p in commitments.of_group(desk.session, desk.group.id) if p.id in linked]
    role = _decider(desk, item, promised=bool(promises))
    _settle(desk, item, "replaced by a later request")
    waits.open_wait(
        desk.session,
        desk.directory,
        kind="withdrawal",
        subject_id=item.id,
        item_id=item.id,
        role=role,
        message=_request(desk, item, status, text, promises),
        subject={"items": [item.id]},
        now=desk.now,
    )
    _audited(desk, item, f"{status.value} asked")
    return role.value.replace("_", " ")


def _decider(desk: Desk, item: ActionItem, *, promised: bool) -> Role:
    """Rule 5: never a role that the owner or whoever asks holds."""
    role = Role.CHAIR if promised else Role.SECRETARIAT
    for taken, above in ((Role.SECRETARIAT, Role.CHAIR), (Role.CHAIR, Role.DEPUTY_CHAIR)):
        if role is taken and any(
            desk.directory.has_role(person_id, taken, on=desk.today)
            for person_id in (item.owner_id, desk.person.id)
        ):
            role = above
    return role


def _request(
    desk: Desk,
    item: ActionItem,
    status: Status,
    text: GuardedText,
    promises: Sequence[Commitment],
) -> Message:
    value = json.dumps({"item": item.id, "v": item.version, "status": status.value})
    parts: list[Part] = [
        say(
            Bold(desk.person.label),
            f" asks to {VERBS[status]} ",
            Bold(f"{item.ref} {item.title}"),
            ":",
        ),
        Quote(text.text),
    ]
    for promise in promises:
        parts += [say(f"It answers a promise ({promise.ref}):"), Quote(promise.words)]
    parts.append(
        Buttons(
            (
                Button(label=VERBS[status].capitalize(), action="aside.agree", value=value),
                Button(label="Keep it going", action="aside.refuse", value=value),
            )
        )
    )
    return message(*parts)


def _settle(desk: Desk, item: ActionItem, outcome: str) -> bool:
    return waits.settle(
        desk.session,
        desk.directory,
        kind="withdrawal",
        subject_id=item.id,
        by_id=desk.person.id,
        outcome=outcome,
        now=desk.now,
    )


def _audited(desk: Desk, item: ActionItem, action: str) -> None:
    desk.audited(action, f"item:{item.id}")


def decide(
    database: Database,
    arrival: Arrival,
    *,
    item_id: int,
    status: str,
    agree: bool,
    now: datetime,
) -> None:
    """The secretariat or a chair, never its owner, sets the item aside or keeps it going."""
    with intake.once(database, arrival, now=now) as desk:
        if desk is None:
            return
        item = items.lock(desk.session, item_id)
        if item.group_id != desk.group.id or not _may(desk, item):
            raise UserError(
                "The secretariat decides that, or the chair where the item answers a promise; "
                "never its owner."
            )
        verb = VERBS[Status(status)]
        outcome = f"agreed to {verb} it" if agree else f"decided not to {verb} it"
        if not _settle(desk, item, outcome):
            raise UserError(f"Nobody is waiting for that any more: {item.ref} has been settled.")
        if agree:
            updates.record(desk, item, updates.Said(status=Status(status)))
        _audited(desk, item, f"{status} {'agreed' if agree else 'refused'}")
        _tell(desk, item, outcome)


def _may(desk: Desk, item: ActionItem) -> bool:
    """Rule 5: the role that was asked, or one above it."""
    promised = bool(histories.of_item(desk.session, item.id).commitments)
    asked = waiting.unsettled(desk.session, desk.group.id, kind="withdrawal", subject_id=item.id)
    role = asked[-1].role if asked else None
    first = DECIDERS.index(Role(role or (Role.CHAIR if promised else Role.SECRETARIAT)))
    return desk.person.id != item.owner_id and desk.is_a(*DECIDERS[first:])


def _tell(desk: Desk, item: ActionItem, outcome: str) -> None:
    outbox.enqueue(
        desk.session,
        Outgoing(
            key=f"aside:{desk.arrival.key}",
            group_id=desk.group.id,
            team_id=desk.group.team_id,
            person_id=item.owner_id,
            message=message(
                say(
                    Bold(desk.person.label),
                    f" has {outcome}: ",
                    Bold(f"{item.ref} {item.title}"),
                    ".",
                )
            ),
            subject={"items": [item.id]},
        ),
        due_at=desk.now,
        now=desk.now,
    )
