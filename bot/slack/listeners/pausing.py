"""The off switch: its button, its form, and the button that turns it on again."""

from __future__ import annotations

from dataclasses import replace

from bot.services import homes, pausing
from bot.services.intake import Arrival
from bot.slack.calls import Call
from bot.slack.routes import button, view


@button("pause.open")
def why(call: Call) -> None:
    """Ask for the reason."""
    arrival = call.group_arrival
    call.open(pausing.form(call.database, arrival, now=call.now))


@view("pause.reason")
def pause(call: Call) -> None:
    """Turn it off."""
    arrival = call.group_arrival
    pausing.by_form(
        call.database,
        arrival,
        reason=call.field("reason"),
        until=call.field("until"),
        now=call.now,
    )
    _redraw(call, arrival)


@button("pause.resume")
def resume(call: Call) -> None:
    """Turn it on."""
    arrival = call.group_arrival
    pausing.by_button(call.database, arrival, now=call.now)
    _redraw(call, arrival)


def _redraw(call: Call, arrival: Arrival) -> None:
    """The Home tab shows which way the switch stands."""
    homes.opened(call.database, replace(arrival, key=f"{arrival.key}:home"), now=call.now)
