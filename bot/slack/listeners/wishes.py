"""When somebody wishes to be asked: again on a day, or on one day of the week."""

from __future__ import annotations

from datetime import date

from bot.services import asking_days, snoozing
from bot.slack.calls import Call
from bot.slack.routes import button, view


@button("snooze.open")
def on_which_day(call: Call) -> None:
    """Ask for the day."""
    form = snoozing.form(call.database, call.arrival, item_id=int(call.value["item"]), now=call.now)
    call.open(form)


@view("snooze.set")
def ask_again(call: Call) -> None:
    """Leave the item until a day."""
    day = str(call.field("day"))
    snoozing.choose(
        call.database,
        call.arrival,
        item_id=int(call.private["item"]),
        day=date.fromisoformat(day) if day else None,
        now=call.now,
    )


@button("snooze.undo")
def as_before(call: Call) -> None:
    """Ask as if nothing had been wished."""
    number = int(call.value["snooze"])
    snoozing.undo(call.database, call.arrival, snooze_id=number, now=call.now)


@button("days.open")
def which_weekday(call: Call) -> None:
    """Ask for the weekday."""
    number = int(call.value["person"])
    call.open(asking_days.form(call.database, call.arrival, person_id=number, now=call.now))


@view("days.set")
def on_a_weekday(call: Call) -> None:
    """Ask on this weekday from now on."""
    asking_days.choose(
        call.database,
        call.arrival,
        person_id=int(call.private["person"]),
        weekday=str(call.field("weekday")),
        now=call.now,
    )
