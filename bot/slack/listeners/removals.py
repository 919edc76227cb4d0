"""Words that are to go, and holds."""

from __future__ import annotations

from bot.services import holds, removal_requests, removals
from bot.slack.calls import Call
from bot.slack.routes import button, view


@button("removal.open")
def which(call: Call) -> None:
    """Ask which words, and why."""
    item = removal_requests.opened(call.value)
    call.open(removal_requests.form(call.database, call.arrival, item, now=call.now))


@view("removal.ask")
def ask(call: Call) -> None:
    """Put it to somebody else."""
    removal_requests.ask(
        call.database,
        call.arrival,
        subject=call.field("subject").text,
        words=call.field("words"),
        reason=call.field("reason"),
        now=call.now,
    )


@button("removal.show")
def show(call: Call) -> None:
    """Show the words to somebody of the secretariat."""
    number = int(call.value["removal"])
    call.open(removals.show(call.database, call.arrival, removal_id=number, now=call.now))


@view("removal.seen")
def seen(call: Call) -> None:
    """They have been read."""
    removals.seen(call.database, call.arrival, now=call.now)


@button("removal.agree")
def agree(call: Call) -> None:
    """Remove them."""
    number = int(call.value["removal"])
    removals.agree(call.database, call.arrival, removal_id=number, now=call.now)


@button("removal.refuse")
def refuse(call: Call) -> None:
    """Keep them."""
    number = int(call.value["removal"])
    removals.refuse(call.database, call.arrival, removal_id=number, now=call.now)


@view("hold.place", "hold.release")
def hold(call: Call) -> None:
    """A hold begins or ends."""
    holds.enter(
        call.database,
        call.arrival,
        reason=call.field("reason"),
        releases=call.name == "hold.release",
        now=call.now,
    )
