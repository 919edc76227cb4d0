"""Keeping the register: the shortcut on a message, the forms and objections."""

from __future__ import annotations

from bot.domain.text import GuardedText
from bot.services.keeping import card, objections, submitting
from bot.slack import render
from bot.slack.calls import Call
from bot.slack.routes import button, shortcut, view

TITLE = 150
CHANGES = (
    "keep.edit",
    "keep.give",
    "keep.links",
    "keep.ladder",
    "keep.date",
    "keep.pause",
    "keep.withdraw",
    "keep.close",
    "keep.reopen",
)
"""Each a button that opens a form, and the form sent in."""


@shortcut("action.from_message")
def from_message(call: Call) -> None:
    """A new item whose title is what a message says."""
    said = call.words(str((call.body.get("message") or {}).get("text") or ""))
    title = " ".join(said.text.split())[:TITLE]
    typed = {"title": title}
    call.open(submitting.adding(call.database, call.arrival, typed, now=call.now))


@button("keep.card")
def show(call: Call) -> None:
    """The item with everything that can be done to it."""
    card.show(call.database, call.arrival, int(call.value["item"]), now=call.now)


@button(*CHANGES)
def ask(call: Call) -> None:
    """The form behind a button of the card."""
    verb = call.name.removeprefix("keep.")
    call.open(submitting.opened(call.database, call.arrival, verb, call.value, now=call.now))


@view(*CHANGES)
def change(call: Call) -> None:
    """Change an item."""
    submitting.change(
        call.database,
        call.arrival,
        call.name.removeprefix("keep."),
        call.private,
        _typed(call),
        now=call.now,
    )


@view("keep.add")
def add(call: Call) -> None:
    """Put a new item on the register."""
    submitting.add(call.database, call.arrival, call.private, _typed(call), now=call.now)


@button("keep.record")
def ask_what_was_said(call: Call) -> None:
    """The form for what somebody said elsewhere."""
    call.open(submitting.recording(call.database, call.arrival, call.value, now=call.now))


@view("keep.record")
def record(call: Call) -> None:
    """Record what somebody said elsewhere."""
    submitting.record(call.database, call.arrival, call.private, _typed(call), now=call.now)


@button("recorded.object")
def what_is_wrong(call: Call) -> None:
    """Ask an owner what is not right."""
    call.open(objections.form(call.database, call.arrival, call.value, now=call.now))


@view("recorded.object")
def object_to(call: Call) -> None:
    """Put what an owner objects to before the secretariat."""
    objections.object_to(
        call.database,
        call.arrival,
        item_id=int(call.private["item"]),
        update_id=call.private.get("update"),
        reason=call.field("reason"),
        recorded_by=call.private.get("by"),
        now=call.now,
    )


@button("objection.undo")
def take_back(call: Call) -> None:
    """Take back what was recorded wrongly."""
    objections.undo(call.database, call.arrival, call.value, now=call.now)


@button("objection.stands")
def why_it_stands(call: Call) -> None:
    """Ask why it stands."""
    call.open(objections.stands_form(call.database, call.arrival, call.value, now=call.now))


@view("objection.stands")
def stands(call: Call) -> None:
    """Tell the owner why it stands."""
    objections.stands(
        call.database,
        call.arrival,
        item_id=int(call.private["item"]),
        update_id=call.private.get("update"),
        reason=call.field("reason"),
        now=call.now,
    )


def _typed(call: Call) -> dict[str, GuardedText]:
    """Everything that was filled in."""
    return {name: call.field(name) for name in render.values(call.view)}
