"""Seats: an e-mail that went, who says who they are, and what the secretariat makes of it."""

from __future__ import annotations

from bot.services import seat_answers, seats, unreachable
from bot.slack import render
from bot.slack.calls import Call
from bot.slack.routes import button, view


@button("seat.sent")
def sent(call: Call) -> None:
    """The secretariat has sent an e-mail."""
    unreachable.sent(
        call.database,
        call.arrival,
        person_id=int(call.value["person"]),
        numbers=[int(number) for number in call.value["of"]],
        now=call.now,
    )


@button("seat.claim")
def who_are_you(call: Call) -> None:
    """Ask who it is."""
    call.open(seats.form(call.database, call.arrival, group_id=int(call.value["group"])))


@view("seat.claim")
def claim(call: Call) -> None:
    """Somebody says who they are; the answer is the same for everybody."""
    user = call.body["user"]
    answer = seats.claim(
        call.database,
        call.arrival,
        group_id=int(call.private["group"]),
        shown_as=call.words(str(user.get("name") or user.get("username") or "")),
        name=call.field("name"),
        email=call.field("email"),
        now=call.now,
    )
    call.respond(response_action="update", view=render.notice("This is me", answer))


@button("seat.confirm")
def confirm(call: Call) -> None:
    """It is who it seems to be."""
    seat_answers.confirm(
        call.database,
        call.arrival,
        number=int(call.value["claim"]),
        person_id=int(call.value["person"]),
        now=call.now,
    )


@button("seat.who")
def whose(call: Call) -> None:
    """Ask whose account it is."""
    number = int(call.value["claim"])
    call.open(seat_answers.who_form(call.database, call.arrival, number=number, now=call.now))


@view("seat.confirm")
def confirm_chosen(call: Call) -> None:
    """It is the account of whom the secretariat chose."""
    seat_answers.confirm(
        call.database,
        call.arrival,
        number=int(call.private["claim"]),
        person_id=int(str(call.field("person"))),
        now=call.now,
    )


@button("seat.refuse")
def refuse(call: Call) -> None:
    """It is nobody of the group."""
    seat_answers.refuse(call.database, call.arrival, number=int(call.value["claim"]), now=call.now)


@button("seat.take_back")
def take_back(call: Call) -> None:
    """It was the wrong account."""
    seat_answers.take_back_pressed(
        call.database,
        call.arrival,
        person_id=int(call.value["person"]),
        account=[str(part) for part in call.value["account"]],
        now=call.now,
    )
