"""Whose an item is, where its owner has not said yes: given to somebody else, or asked again."""

from __future__ import annotations

from datetime import datetime

from bot.domain.errors import UserError
from bot.domain.forms import Field, FieldError, FieldKind, Form
from bot.domain.messages import Bold, message, say
from bot.domain.people import Directory
from bot.domain.register import ActionItem
from bot.domain.text import GuardedText
from bot.services import intake, waits
from bot.services.answering import tell
from bot.services.intake import Arrival, Desk
from bot.services.keeping import changes, owning, reading
from storage import items
from storage.database import Database

MOST = 100
"""Slack: what one menu offers."""


def form(
    database: Database, arrival: Arrival, *, item_id: int, owner_id: int, now: datetime
) -> Form:
    """To whom it is given."""
    with intake.reading(database, arrival, now=now) as desk:
        item = items.get(desk.session, item_id)
        _may(desk, item, owner_id)
        return Form(
            callback="owner.give",
            title="Give it to somebody",
            submit="Give it",
            private={"item": item.id, "owner": owner_id},
            intro=(say(Bold(f"{item.ref} {item.title}"), ": whose is it from now on?"),),
            fields=(
                Field(
                    name="person",
                    label="New owner",
                    kind=FieldKind.CHOICE,
                    choices=choices(desk.directory, without=owner_id),
                    hint="They are asked whether they accept it.",
                ),
                Field(name="reason", label="Why", kind=FieldKind.LINES, optional=True),
            ),
        )


def choices(directory: Directory, *, without: int | None = None) -> tuple[tuple[str, str], ...]:
    """Everybody of a group for a menu, by name."""
    found = sorted(directory.people.values(), key=lambda person: person.name)
    return tuple((str(p.id), p.label) for p in found if p.id != without)[:MOST]


def give(
    database: Database,
    arrival: Arrival,
    *,
    item_id: int,
    owner_id: int,
    to_id: int,
    reason: GuardedText,
    now: datetime,
) -> None:
    """Give it to somebody else, who is asked to accept it and starts at their first rung."""
    with intake.once(database, arrival, now=now) as desk:
        if desk is None:
            return
        item = items.lock(desk.session, item_id)
        _may(desk, item, owner_id)
        to = desk.directory.people.get(to_id)
        if to is None or to_id == item.owner_id:
            raise FieldError("person", "Choose somebody else of the group.")
        changes.reassign(
            desk.session,
            desk.directory,
            item,
            to_id,
            by_id=desk.person.id,
            now=now,
            reason=reason,
        )
        tell(
            desk,
            message(
                say(Bold(f"{item.ref} {item.title}"), f" is {to.label}’s now. I have asked them.")
            ),
            subject={"items": [item.id]},
        )


def ask_again(
    database: Database, arrival: Arrival, *, item_id: int, owner_id: int, now: datetime
) -> None:
    """Ask its owner once more; the two working days begin anew."""
    with intake.once(database, arrival, now=now) as desk:
        if desk is None:
            return
        item = items.lock(desk.session, item_id)
        _may(desk, item, owner_id)
        for kind in owning.SETTLED_BY_GIVING:
            waits.settle(
                desk.session,
                desk.directory,
                kind=kind,
                subject_id=item.id,
                by_id=desk.person.id,
                outcome="asked again",
                now=now,
            )
        owning.ask(desk.session, desk.directory, item, told=False, now=now)
        owner = desk.directory.people[item.owner_id]
        tell(
            desk,
            message(
                say("I have asked ", Bold(owner.label), f" again whether {item.ref} is theirs.")
            ),
            subject={"items": [item.id]},
        )
        desk.audited("asked again", f"item:{item.id}")


def _may(desk: Desk, item: ActionItem, owner_id: int) -> None:
    if item.group_id != desk.group.id or not reading.gives(desk, item):
        raise UserError("Only the secretariat settles whose an item is: tell them.")
    if item.owner_id != owner_id:
        owner = desk.directory.people[item.owner_id]
        raise UserError(f"{item.ref} has been given to {owner.label} since.")
