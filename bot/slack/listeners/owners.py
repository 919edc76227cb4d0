"""Whose an item is: declined with a reason, given to somebody else, asked again."""

from __future__ import annotations

from datetime import date

from bot.services import acceptance, giving, hand_over_words, handing_in, handing_over
from bot.services.newcomers import Newcomer
from bot.slack.calls import Call
from bot.slack.routes import button, view


@button("reply.not_mine", "intro.not_mine")
def why_not(call: Call) -> None:
    """Ask why it is not theirs."""
    call.open(acceptance.form(call.database, call.arrival, call.value, now=call.now))


@view("owner.decline")
def decline(call: Call) -> None:
    """It is not theirs, and why."""
    acceptance.declined(
        call.database,
        call.arrival,
        call.private,
        why=str(call.field("why")),
        text=call.field("words"),
        now=call.now,
    )


@button("owner.give")
def to_whom(call: Call) -> None:
    """Ask to whom it goes."""
    form = giving.form(
        call.database,
        call.arrival,
        item_id=int(call.value["item"]),
        owner_id=int(call.value["owner"]),
        now=call.now,
    )
    call.open(form)


@view("owner.give")
def give(call: Call) -> None:
    """Give it to somebody else."""
    giving.give(
        call.database,
        call.arrival,
        item_id=int(call.private["item"]),
        owner_id=int(call.private["owner"]),
        to_id=int(str(call.field("person"))),
        reason=call.field("reason"),
        now=call.now,
    )


@button("owner.ask")
def ask_again(call: Call) -> None:
    """Ask its owner again."""
    giving.ask_again(
        call.database,
        call.arrival,
        item_id=int(call.value["item"]),
        owner_id=int(call.value["owner"]),
        now=call.now,
    )


@button("handover.open")
def to_hand_over(call: Call) -> None:
    """Ask to whom, and what."""
    to = call.value.get("to")
    form = handing_in.form(
        call.database,
        call.arrival,
        from_id=int(call.value["from"]),
        to_id=int(to) if to is not None else None,
        now=call.now,
    )
    call.open(form)


@view("handover.do")
def hand_over(call: Call) -> None:
    """Hand over what somebody has."""
    day, to = str(call.field("from_on")), str(call.field("to"))
    name, body = call.field("new_name"), str(call.field("new_body"))
    new = Newcomer(name=name, body_id=int(body or 0), member=call.field("new_account"))
    wish = handing_over.Wish(
        from_id=int(call.private["from"]),
        to_id=int(to) if to else None,
        new=new if name else None,
        with_roles=str(call.field("what")) == hand_over_words.ROLES,
        from_on=date.fromisoformat(day) if day else None,
        reason=call.field("reason"),
    )
    handing_over.hand_over(call.database, call.arrival, wish, now=call.now)


@button("handover.accept")
def accept_all(call: Call) -> None:
    """All that came over is theirs."""
    handing_in.accept_all(call.database, call.arrival, call.value["items"], now=call.now)
