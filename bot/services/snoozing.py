""" "On track, ask me again on DATE": one item is left until a day that its owner chooses."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from bot.domain import courtesy
from bot.domain.deadlines import day_and_date
from bot.domain.diaries import Diary
from bot.domain.errors import UserError
from bot.domain.forms import Field, FieldError, FieldKind, Form
from bot.domain.messages import Bold, Button, Buttons, Message, Part, Text, message, say
from bot.domain.people import Role
from bot.domain.register import ActionItem, Delivery
from bot.services import intake, planning, retiring
from bot.services.answering import may_change, redraw, tell, without_button
from bot.services.intake import Arrival, Desk
from storage import items, nudges, wishes
from storage.database import Database

ONLY = "Only its owner, their cover or the secretariat can say when it is asked about."


def offer(desk: Desk, item: ActionItem) -> Button | None:
    """The one button that leads to a day, where there is a later day to choose."""
    if not item.is_open or item.delivery is Delivery.COMPLETE or _latest(desk, item) <= desk.today:
        return None
    value = json.dumps({"item": item.id}, separators=(",", ":"))
    return Button(label="Ask me again on…", action="snooze.open", value=value)


def form(database: Database, arrival: Arrival, *, item_id: int, now: datetime) -> Form:
    """On which day; UserError where there is none to choose."""
    with intake.reading(database, arrival, now=now) as desk:
        item = _theirs(desk, items.get(desk.session, item_id))
        latest = _some_day(desk, item)
        return Form(
            callback="snooze.set",
            title="Ask me again on…",
            submit="Ask me then",
            private={"item": item.id},
            intro=(say(Bold(f"{item.ref} {item.title}"), f". {_limit(item, latest)}"),),
            fields=(Field(name="day", label="Ask me again on", kind=FieldKind.DAY),),
        )


def choose(
    database: Database, arrival: Arrival, *, item_id: int, day: date | None, now: datetime
) -> None:
    """The form was sent in. FieldError says which days would do."""
    if day is None:
        raise FieldError("day", "Choose the day on which you want to be asked again.")
    with intake.once(database, arrival, now=now) as desk:
        if desk is None:
            return
        item = _theirs(desk, items.lock(desk.session, item_id))
        try:
            said = leave(desk, item, day)
        except UserError as error:
            raise FieldError("day", str(error)) from error
        tell(desk, said, subject={"items": [item.id]})


def leave(desk: Desk, item: ActionItem, chosen: date) -> Message:
    """Enter the wish about an item they may change; what to say of it, with Undo."""
    latest = _some_day(desk, item)
    day = courtesy.asking_day(chosen, latest, _diary(desk).own(item.owner_id))
    if chosen <= desk.today or day <= desk.today:
        raise UserError(f"{day_and_date(chosen)} is not ahead of us. {_limit(item, latest)}")
    if chosen > latest:
        raise UserError(f"{day_and_date(chosen)} is too late. {_limit(item, latest)}")
    kept = nudges.of_item(desk.session, item.id)
    number = wishes.snooze(
        desk.session, item, plan=kept.plan, until_on=day, by_id=desk.person.id, now=desk.now
    )
    planning.replan(desk.session, desk.directory, item, now=desk.now, fresh=False)
    retiring.retire(desk.session, desk.directory, item, again_on=day, now=desk.now, answered=True)
    desk.audited("snoozed", f"item:{item.id}", snooze=number, until=day.isoformat())
    value = json.dumps({"snooze": number}, separators=(",", ":"))
    undo = Button(label="Ask as before", action="snooze.undo", value=value)
    return message(_echo(item, chosen, day), Buttons((undo,)))


def wished(desk: Desk, item: ActionItem, day: date | None) -> tuple[Part, ...]:
    """The same for a wish in words; what is wrong with it is a sentence."""
    try:
        if day is None:
            raise UserError(
                "Say on which day I shall ask again, for example: ask me again on 12 June. To be "
                "asked on one weekday always, say by itself: ask me on Tuesdays."
            )
        return leave(desk, item, day).parts
    except UserError as error:
        return (say(str(error)),)


def _echo(item: ActionItem, chosen: date, day: date) -> Text:
    moved = f" ({day_and_date(chosen)} is not a day at work)" if day != chosen else ""
    last = ", but for its last reminder before the day it is due" if item.due_on else ""
    return say(
        "I will ask about ",
        Bold(f"{item.ref} {item.title}"),
        f" again on {day_and_date(day)}{moved}. Until then I leave it{last}.",
    )


def undo(database: Database, arrival: Arrival, *, snooze_id: int, now: datetime) -> None:
    """Ask as if nothing had been wished, once."""
    with intake.once(database, arrival, now=now) as desk:
        if desk is None:
            return
        found = wishes.find(desk.session, snooze_id)
        if found is None:
            raise UserError("There is no such wish to take back.")
        item = items.lock(desk.session, found.item_id)
        if item.group_id != desk.group.id:
            raise UserError("There is no such wish to take back.")
        if found.by_id != desk.person.id and not desk.is_a(Role.SECRETARIAT):
            raise UserError("Only whoever wished it, or the secretariat, can take it back.")
        found = wishes.find(desk.session, snooze_id) or found
        if not found.stands:
            raise UserError(f"That does not stand any more. {_next(desk, item)}")
        wishes.take_back(desk.session, snooze_id, by_id=desk.person.id, now=desk.now)
        planning.replan(desk.session, desk.directory, item, now=desk.now, fresh=False)
        desk.audited("snooze taken back", f"item:{item.id}", snooze=snooze_id)
        said = say("Taken back: ", Bold(f"{item.ref} {item.title}"), f". {_next(desk, item)}")
        tell(desk, message(said), subject={"items": [item.id]})
        redraw(desk, lambda shown: without_button(shown, "snooze.undo", "Taken back."))


def _next(desk: Desk, item: ActionItem) -> str:
    day = nudges.of_item(desk.session, item.id).next_on
    if day is None or day <= desk.today:
        return "I ask about it as before."
    return f"I ask about it as before, next on {day_and_date(day)}."


def _theirs(desk: Desk, item: ActionItem) -> ActionItem:
    if item.group_id != desk.group.id or not may_change(desk, item):
        raise UserError(ONLY)
    return item


def _some_day(desk: Desk, item: ActionItem) -> date:
    """The latest day there is to choose; UserError where nothing is asked, or none is left."""
    if not item.is_open or item.delivery in (Delivery.COMPLETE, Delivery.PAUSED):
        raise UserError(f"Nobody is reminded of {item.ref} as it stands, so nothing can wait.")
    latest = _latest(desk, item)
    if item.due_on is not None and item.due_on <= desk.today:
        raise UserError(
            f"{item.ref} was due on {day_and_date(item.due_on)}, so its reminders cannot wait: say "
            "that it is done or what it waits for, or ask for a new date (need until 30 September)."
        )
    if latest <= desk.today:
        raise UserError(
            f"{item.ref} is due on {_due(item)}, and no working day before it is left to be asked "
            "on: its last reminders stay. If you need longer, ask for a new date."
        )
    return latest


def _latest(desk: Desk, item: ActionItem) -> date:
    return courtesy.latest_day(item.due_on, item.owner_id, _diary(desk), today=desk.today)


def _diary(desk: Desk) -> Diary:
    return Diary(directory=desk.directory)


def _limit(item: ActionItem, latest: date) -> str:
    if item.due_on is None:
        return f"It has no date yet; the latest day I can leave it until is {day_and_date(latest)}."
    return f"It is due on {_due(item)}; the latest day I can ask again is {day_and_date(latest)}."


def _due(item: ActionItem) -> str:
    return day_and_date(item.due_on) if item.due_on else "no day yet"


def value_of(private: Mapping[str, Any]) -> int:
    """Which item a form was about."""
    return int(private["item"])
