"""The forms sent in: one transaction each; a form about an older state comes back as typed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.domain.errors import UserError
from bot.domain.forms import FieldError, Form, FormAgainError
from bot.domain.messages import Text, message
from bot.domain.register import ActionItem, Status
from bot.domain.text import GuardedText
from bot.services import intake, updates
from bot.services.answering import standing, tell
from bot.services.intake import Arrival, Desk
from bot.services.keeping import climbing, doing, forms, reading, stopping
from storage import items
from storage import updates as rows
from storage.database import Database

Typed = Mapping[str, GuardedText]
Values = Mapping[str, Any]


def opened(
    database: Database, arrival: Arrival, verb: str, value: Values, *, now: datetime
) -> Form:
    """The form behind a button of a card, about the item as it stands now."""
    with intake.reading(database, arrival, now=now) as desk:
        item = _ours(desk, items.get(desk.session, int(value["item"])))
        may(desk, item, verb)
        return forms.of_item(desk, item, verb)


def may(desk: Desk, item: ActionItem, verb: str) -> None:
    """UserError for whoever may not do this."""
    if verb in {"edit", "links", "ladder"}:
        reading.keeper(desk, item)
    elif verb == "give":
        reading.giver(desk, item)
    else:
        reading.changer(desk, item)


def adding(
    database: Database, arrival: Arrival, typed: Mapping[str, str], *, now: datetime
) -> Form:
    """The form for a new item, filled in as far as somebody has said."""
    with intake.reading(database, arrival, now=now) as desk:
        reading.secretariat(desk)
        return forms.add(desk, typed)


def recording(database: Database, arrival: Arrival, value: Values, *, now: datetime) -> Form:
    """The form for what somebody said elsewhere; `update` is what it corrects."""
    with intake.reading(database, arrival, now=now) as desk:
        reading.secretariat(desk)
        update_id = value.get("update")
        typed = {}
        if "item" in value:
            typed["item"] = _ours(desk, items.get(desk.session, int(value["item"]))).ref
        return forms.record(desk, typed, supersedes=int(update_id) if update_id else None)


def add(
    database: Database, arrival: Arrival, private: Values, typed: Typed, *, now: datetime
) -> None:
    """A new item. FieldError where a field cannot be read."""
    with intake.once(database, _in(arrival, private), now=now) as desk:
        if desk is None:
            return
        reading.secretariat(desk)
        said = doing.add(
            desk,
            typed["title"].text,
            reading.person(desk, typed["owner"].text, field="owner"),
            reading.due(desk, typed["due"].text, field="due"),
            supporters=reading.persons(desk, typed["supporters"].text, field="supporters"),
            answers=reading.answered(desk, typed["answers"].text, field="answers"),
        )
        tell(desk, message(said), subject={})


def change(
    database: Database,
    arrival: Arrival,
    verb: str,
    private: Values,
    typed: Typed,
    *,
    now: datetime,
) -> None:
    """Change an item. FormAgainError, with all that was typed, where it is not as it was shown."""
    with intake.once(database, _in(arrival, private), now=now) as desk:
        if desk is None:
            return
        item = _ours(desk, items.lock(desk.session, int(private["item"])))
        may(desk, item, verb)
        if item.version != int(private["v"]):
            raise _again(desk, item, verb, typed)
        said = DO[verb](desk, item, typed)
        tell(desk, message(said), subject={"items": [item.id]})


def _again(desk: Desk, item: ActionItem, verb: str, typed: Typed) -> FormAgainError:
    because = (
        f"{item.ref} has changed since this form was opened, and nothing was changed by it. It "
        f"now stands as “{item.title}”, {desk.directory.people[item.owner_id].label}: "
        f"{standing(item)}. What you typed is kept below: send it again if it is still right."
    )
    kept = {name: text.text for name, text in typed.items()}
    return FormAgainError(forms.of_item(desk, item, verb, kept, because=because), because)


def _in(arrival: Arrival, private: Values) -> Arrival:
    """A form comes back from where no group can be told: it says which one it was about."""
    return replace(arrival, group_key=private.get("group"))


def _ours(desk: Desk, item: ActionItem) -> ActionItem:
    if item.group_id != desk.group.id:
        raise UserError("That item is another group's: `status all` lists what is here.")
    return item


def _edit(desk: Desk, item: ActionItem, typed: Typed) -> Text:
    if not typed["title"]:
        raise FieldError("title", "Say what is to be done.")
    supporters = reading.persons(desk, typed["supporters"].text, field="supporters")
    return doing.edit(desk, item, title=typed["title"].text, supporters=supporters)


def _give(desk: Desk, item: ActionItem, typed: Typed) -> Text:
    to = reading.person(desk, typed["owner"].text, field="owner")
    return doing.give(desk, item, to, typed["reason"])


def _date(desk: Desk, item: ActionItem, typed: Typed) -> Text:
    if not typed["date"]:
        raise FieldError("date", "Give the new date, for example: by 30 September.")
    new = reading.due(desk, typed["date"].text, item, field="date")
    return doing.move(desk, item, new, typed["reason"])


def _links(desk: Desk, item: ActionItem, typed: Typed) -> Text:
    wanted = reading.answered(desk, typed["answers"].text, field="answers")
    wanted += reading.blockers(desk, typed["waits_on"].text, field="waits_on")
    return doing.connect(desk, item, wanted)


def _stop(verb: str) -> Callable[[Desk, ActionItem, Typed], Text]:
    def do(desk: Desk, item: ActionItem, typed: Typed) -> Text:
        if not typed["reason"]:
            raise FieldError("reason", "Say why: whoever reads the register later will ask.")
        return stopping.do(desk, item, verb, typed["reason"])

    return do


def _close(desk: Desk, item: ActionItem, typed: Typed) -> Text:
    on = doing.day(typed["completed_on"].text, field="completed_on")
    if on is not None and on > desk.today:
        raise FieldError("completed_on", "That day has not come yet.")
    link = reading.link_of(typed["link"].text, field="link")
    return stopping.do(desk, item, stopping.CLOSE, typed["reason"], link=link, completed_on=on)


def _ladder(desk: Desk, item: ActionItem, typed: Typed) -> Text:
    return climbing.choose(desk, item, typed["ladder"].text)


DO: Mapping[str, Callable[[Desk, ActionItem, Typed], Text]] = {
    "edit": _edit,
    "give": _give,
    "date": _date,
    "links": _links,
    "ladder": _ladder,
    stopping.PAUSE: _stop(stopping.PAUSE),
    stopping.WITHDRAW: _stop(stopping.WITHDRAW),
    stopping.REOPEN: _stop(stopping.REOPEN),
    stopping.CLOSE: _close,
}


def record(
    database: Database, arrival: Arrival, private: Values, typed: Typed, *, now: datetime
) -> None:
    """What somebody said elsewhere, in their words, on its day."""
    if not typed["words"]:
        raise FieldError("words", "Give the words: their owner is shown them.")
    with intake.once(database, _in(arrival, private), now=now) as desk:
        if desk is None:
            return
        reading.secretariat(desk)
        try:
            named = reading.found(desk, typed["item"].text)
        except UserError as error:
            raise FieldError("item", str(error)) from error
        item = items.lock(desk.session, named.id)
        on = doing.day(typed["said_on"].text, field="said_on") or desk.today
        if typed["status"].text not in forms.STATUSES:
            raise FieldError("status", "Choose one of these: pausing and withdrawing are decided.")
        said = updates.Said(
            status=Status(typed["status"].text),
            at=reading.said_at(desk, on, field="said_on"),
            by_id=item.owner_id,
            channel=typed["how"].text,
            said_on=on,
            evidence=reading.link_of(typed["link"].text, field="link") or None,
        )
        supersedes = _corrected(desk, item, private.get("update"))
        answer = doing.record(desk, item, said, typed["words"], supersedes_id=supersedes)
        tell(desk, message(answer), subject={"items": [item.id]})


def _corrected(desk: Desk, item: ActionItem, update_id: int | None) -> int | None:
    """The update that this one stands for; taken back where it was about another item."""
    if update_id is None:
        return None
    old = rows.find(desk.session, int(update_id))
    if old is None or old.group_id != desk.group.id or old.superseded or old.retracts:
        raise UserError(f"That has been corrected already: {item.ref} stands as {standing(item)}.")
    if old.item_id == item.id:
        return old.id
    items.lock(desk.session, old.item_id)
    updates.take_back(desk, old)
    return None
