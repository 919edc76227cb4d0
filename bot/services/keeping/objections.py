"""An owner says that what was recorded for them is not right: the secretariat mends it or says why.

What was recorded stands meanwhile: nothing is decided by an objection, and none is lost. Whoever
recorded it may give in, by a correction or by taking it back; that it stands is said by somebody
else of the secretariat or by the chair, where there is one, and never by the item's owner (rule 5).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.domain.errors import UserError
from bot.domain.forms import Field, FieldError, FieldKind, Form
from bot.domain.messages import Bold, Button, Buttons, Message, Part, Quote, message, say
from bot.domain.outgoing import Outgoing
from bot.domain.people import Role
from bot.domain.register import STATUS_WORDS, ActionItem
from bot.domain.text import GuardedText
from bot.services import intake, updates, waits
from bot.services.answering import may_change, standing, tell
from bot.services.intake import Arrival, Desk
from bot.services.updates import CHANGE, OBJECTION
from storage import histories, items, outbox, waiting
from storage import updates as rows
from storage.database import Database

RECORDED_BY = "recorded_by"
"""Whose hand it was, kept with what waits."""


def form(database: Database, arrival: Arrival, value: Mapping[str, Any], *, now: datetime) -> Form:
    """What is asked of whoever objects."""
    update_id = value.get("update")
    with intake.reading(database, arrival, now=now) as desk:
        item = items.get(desk.session, int(value["item"]))
        _may_object(desk, item, update_id)
        by = {"by": value["by"]} if value.get("by") else {}
        said = _said(desk, item, update_id)
        label = "What did you say, or mean?" if update_id else "What is not right?"
        return Form(
            callback="recorded.object",
            title="Not what I said" if update_id else "Not right",
            submit="Tell the secretariat",
            private={**_which(item, update_id), **by},
            intro=(say(Bold(f"{item.ref} {item.title}"), f": {standing(item)}."), *said),
            fields=(Field(name="reason", label=label, kind=FieldKind.LINES),),
        )


def _which(item: ActionItem, update_id: int | None) -> dict[str, int]:
    """What a form about an objection needs back."""
    return {"item": item.id, **({"update": update_id} if update_id else {})}


def _said(desk: Desk, item: ActionItem, update_id: int | None) -> list[Part]:
    """The words that were recorded, for whoever may see them."""
    if update_id is None:
        return []
    history = histories.of_item(desk.session, item.id)
    found = next((u for u in history.updates if u.id == update_id), None)
    if found is None:
        return []
    recorded = [say(f"Recorded: {STATUS_WORDS[found.status]}.")]
    return [*recorded, *([Quote(found.words)] if found.words else [])]


def _may_object(desk: Desk, item: ActionItem, update_id: int | None) -> None:
    if item.group_id != desk.group.id or not may_change(desk, item):
        raise UserError("Only the item's owner or their cover can say that it is not right.")
    if update_id is not None:
        said = rows.find(desk.session, update_id)
        if said is None or said.item_id != item.id or said.superseded or said.retracts:
            raise UserError(
                f"That has been corrected already: {item.ref} now stands as: {standing(item)}."
            )
    kind, subject = _about(item.id, update_id)
    if waiting.unsettled(desk.session, desk.group.id, kind=kind, subject_id=subject):
        raise UserError("The secretariat has been told already, and has yet to settle it.")


def _about(item_id: int, update_id: int | None) -> tuple[str, int]:
    return (CHANGE, item_id) if update_id is None else (OBJECTION, update_id)


def object_to(
    database: Database,
    arrival: Arrival,
    *,
    item_id: int,
    update_id: int | None,
    reason: GuardedText,
    recorded_by: int | None = None,
    now: datetime,
) -> None:
    """Put it to the secretariat in the owner's words. FieldError where there are none."""
    if not reason:
        raise FieldError("reason", "Say what is not right, so that it can be mended.")
    with intake.once(database, arrival, now=now) as desk:
        if desk is None:
            return
        item = items.lock(desk.session, item_id)
        _may_object(desk, item, update_id)
        kind, subject = _about(item_id, update_id)
        waits.open_wait(
            desk.session,
            desk.directory,
            kind=kind,
            subject_id=subject,
            item_id=item_id,
            role=Role.SECRETARIAT,
            message=_objection(desk, item, update_id, reason),
            subject={"items": [item_id], RECORDED_BY: recorded_by},
            now=now,
        )
        _tell_owner(desk, item)
        desk.audited("objected", f"item:{item_id}", **({"update": update_id} if update_id else {}))


def _tell_owner(desk: Desk, item: ActionItem) -> None:
    said = say(
        "I have told the secretariat. Until they settle it, ",
        Bold(f"{item.ref} {item.title}"),
        f" stands as: {standing(item)}.",
    )
    tell(desk, message(said), subject={"items": [item.id]})


def _objection(desk: Desk, item: ActionItem, update_id: int | None, reason: GuardedText) -> Message:
    title, who = Bold(f"{item.ref} {item.title}"), Bold(desk.person.label)
    value = json.dumps({"item": item.id, "v": item.version, "update": update_id})
    stands = Button(label="Say why it stands", action="objection.stands", value=value)
    if update_id is None:
        return message(
            say(
                who, " says that what was changed in ", title, f" is not right ({standing(item)}):"
            ),
            Quote(reason.text),
            Buttons((Button(label="Open the item", action="keep.card", value=value), stands)),
        )
    return message(
        say(who, " says that this is not what they said of ", title, ":"),
        *_said(desk, item, update_id),
        say("In their words:"),
        Quote(reason.text),
        Buttons(
            (
                Button(label="Correct it", action="keep.record", value=value),
                Button(label="Take it back", action="objection.undo", value=value),
                stands,
            )
        ),
    )


def undo(database: Database, arrival: Arrival, value: Mapping[str, Any], *, now: datetime) -> None:
    """What was recorded is taken back; the owner hears what stands."""
    with intake.once(database, arrival, now=now) as desk:
        if desk is None:
            return
        item = items.lock(desk.session, int(value["item"]))
        _settles(desk, item)
        said = updates.undoable(desk, int(value["update"]), settling=True)
        item = updates.take_back(desk, said)
        _answer(desk, item, f"has been taken back. It stands as: {standing(item)}", "")


def stands_form(
    database: Database, arrival: Arrival, value: Mapping[str, Any], *, now: datetime
) -> Form:
    """Why it stands: the owner reads it."""
    update_id = value.get("update")
    with intake.reading(database, arrival, now=now) as desk:
        item = items.get(desk.session, int(value["item"]))
        _may_uphold(desk, item, update_id)
        return Form(
            callback="objection.stands",
            title="Why it stands",
            submit="Tell the owner",
            private=_which(item, update_id),
            intro=(say(Bold(f"{item.ref} {item.title}"), f": {standing(item)}."),),
            fields=(Field(name="reason", label="Why does it stand?", kind=FieldKind.LINES),),
        )


def stands(
    database: Database,
    arrival: Arrival,
    *,
    item_id: int,
    update_id: int | None,
    reason: GuardedText,
    now: datetime,
) -> None:
    """Somebody other than who recorded it says why it stands. FieldError where nothing does."""
    if not reason:
        raise FieldError("reason", "Say why it stands: the owner reads it.")
    with intake.once(database, arrival, now=now) as desk:
        if desk is None:
            return
        item = items.lock(desk.session, item_id)
        _may_uphold(desk, item, update_id)
        kind, subject = _about(item_id, update_id)
        waits.settle(
            desk.session,
            desk.directory,
            kind=kind,
            subject_id=subject,
            by_id=desk.person.id,
            outcome="it stands",
            now=now,
        )
        desk.audited("objection answered", f"item:{item_id}")
        _answer(desk, item, f"stays as it is ({standing(item)})", reason.text)


def _settles(desk: Desk, item: ActionItem) -> None:
    """UserError for whoever may not settle what is said of this item."""
    if item.group_id != desk.group.id or desk.person.id not in _settlers(desk, item):
        raise UserError(
            "Only the secretariat settles what an owner says was recorded wrongly, or the chair "
            "(the deputy chair, where the chair owns it): never the item's own owner."
        )


def _settlers(desk: Desk, item: ActionItem) -> set[int]:
    """The secretariat and the chair, and for a chair's item the deputy; never its owner."""
    roles = [Role.SECRETARIAT, Role.CHAIR]
    if desk.directory.has_role(item.owner_id, Role.CHAIR, on=desk.today):
        roles.append(Role.DEPUTY_CHAIR)
    found = {who.id for role in roles for who in desk.directory.holders(role, desk.today)}
    return found - {item.owner_id}


def _may_uphold(desk: Desk, item: ActionItem, update_id: int | None) -> None:
    """UserError for whoever may not say that it stands, and where nothing waits."""
    _settles(desk, item)
    kind, subject = _about(item.id, update_id)
    found = waiting.unsettled(desk.session, desk.group.id, kind=kind, subject_id=subject)
    if not found:
        raise UserError(f"That has been settled: {item.ref} stands as: {standing(item)}.")
    if found[0].payload["subject"].get(RECORDED_BY) != desk.person.id:
        return
    others = [desk.directory.people[n] for n in _settlers(desk, item) - {desk.person.id}]
    if names := sorted(who.label for who in others if who.accounts):
        raise UserError(
            "You recorded that, and nobody settles alone what is said against their own record: "
            f"whether it stands is for {' or '.join(names)} to say. You can correct "
            "it, or take it back."
        )


def _answer(desk: Desk, item: ActionItem, outcome: str, reason: str) -> None:
    outgoing = Outgoing(
        key=f"objection:{desk.arrival.key}",
        group_id=desk.group.id,
        team_id=desk.group.team_id,
        person_id=item.owner_id,
        message=message(
            say(
                Bold(desk.person.label),
                " has looked at what you said: ",
                Bold(f"{item.ref} {item.title}"),
                f" {outcome}.",
            ),
            *([Quote(reason)] if reason else []),
        ),
        subject={"items": [item.id]},
    )
    outbox.enqueue(desk.session, outgoing, due_at=desk.now, now=desk.now)
