"""Pasted lists of actions: a message handed over, the form to paste in, and the one to check."""

from __future__ import annotations

from dataclasses import replace

from bot.services.intake import Arrival
from bot.services.pasting import adding, checking, taking
from bot.slack import render
from bot.slack.calls import Call
from bot.slack.routes import button, shortcut, view


@button("pasted.check")
def check(call: Call) -> None:
    """Show the proposals that are left of a list."""
    list_id = int(call.value["list"])
    call.open(checking.form(call.database, call.arrival, list_id=list_id, now=call.now))


@view("pasted.list")
def pasted(call: Call) -> None:
    """Read a list that was pasted in a form."""
    taking.pasted_in_form(call.database, _arrival(call), call.field("list"), now=call.now)


@view("pasted.add")
def add(call: Call) -> None:
    """Add what is ticked."""
    adding.confirm(
        call.database,
        _arrival(call),
        list_id=int(call.private["list"]),
        lines=[int(line) for line in call.private["lines"]],
        entered={name: call.field(name) for name in render.values(call.view)},
        now=call.now,
    )


@shortcut("pasted.message")
def hand_over(call: Call) -> None:
    """Read the message that the secretariat chose, and show what was read."""
    message = call.body["message"]
    place = f"{call.installed.team_id}:{call.body['channel']['id']}:{message['ts']}"
    list_id = taking.handed_over(
        call.database,
        call.arrival,
        call.words(str(message.get("text") or "")),
        source_key=place,
        now=call.now,
    )
    call.open(checking.form(call.database, call.arrival, list_id=list_id, now=call.now))


def _arrival(call: Call) -> Arrival:
    """A modal comes from no conversation: it says itself which group it was opened for."""
    return replace(call.arrival, group_key=call.private.get("group"))
