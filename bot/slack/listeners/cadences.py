"""How often a standing promise is kept."""

from __future__ import annotations

from bot.services import cadence_setting
from bot.slack.calls import Call
from bot.slack.routes import button, view


@button("cadence.choose")
def choose(call: Call) -> None:
    """One of the usual answers."""
    cadence_setting.choose(call.database, call.arrival, call.value, now=call.now)


@button("cadence.set")
def ask(call: Call) -> None:
    """Ask for another."""
    call.open(cadence_setting.form(call.database, call.arrival, call.value, now=call.now))


@view("cadence.set")
def submit(call: Call) -> None:
    """Set it."""
    typed = {name: call.field(name) for name in ("often", "first_on", "days")}
    cadence_setting.submit(call.database, call.arrival, call.private, typed, now=call.now)
