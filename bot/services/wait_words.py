"""What is said around something that waits: since when, for whom, who is asked next, its end."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, datetime

from bot.domain.deadlines import day_and_date
from bot.domain.messages import Button, Buttons, Message, Note, Part, Text
from bot.domain.messages import say as text
from bot.domain.people import LONDON, Person
from bot.domain.waiting_ladders import Party
from bot.services.say import clock_time, listed

TAKEN = "is dealing with it"
_NEXT = "If it is still waiting on"


def shown(
    original: Message,
    *,
    party: Party,
    rung: int,
    waited_on: Sequence[Person],
    since: date,
    after: Sequence[str],
    next_on: date | None,
) -> Message:
    """The thing itself, why it comes to this reader, and who will be asked next and when."""
    parts: list[Part] = []
    if rung:
        parts.append(text(_why(party, listed(p.label for p in waited_on), day_and_date(since))))
    parts += original.parts
    if after and next_on is not None:
        parts.append(
            Note(f"{_NEXT} {day_and_date(next_on)}, {listed(after)} will be asked as well.")
        )
    return Message(parts=tuple(parts))


def _why(party: Party, names: str, since: str) -> str:
    if party is Party.HOLDER:
        return f"A reminder: this has been waiting for you since {since}."
    if party is Party.STAND_IN:
        return f"This has been waiting for {names} since {since}. You stand in for them."
    if party is Party.SPONSOR:
        return f"This has been waiting for {names} since {since}, so it now comes to you."
    return f"This has been waiting for {names} since {since}. Could you take it from here?"


def with_take_button(original: Message, waiting_id: int) -> Message:
    """The same with "I'll take it", for several people of whom one is enough."""
    value = json.dumps({"waiting": waiting_id}, separators=(",", ":"))
    button = Button(label="I’ll take it", action="wait.take", value=value)
    return Message(parts=(*original.parts, Buttons((button,))))


def whose(original: Message, item_id: int | None, owner_id: int | None) -> Message:
    """For the secretariat: its owner has not said whether it is theirs."""
    value = json.dumps({"item": item_id, "owner": owner_id}, separators=(",", ":"))
    settle = Buttons(
        (
            Button(label="Give it to …", action="owner.give", value=value),
            Button(label="Ask again", action="owner.ask", value=value),
        )
    )
    return Message(parts=(*without_buttons(original).parts, settle))


def buttons_of(shown: Message) -> list[Button]:
    """Every button of a message."""
    return [b for part in shown.parts if isinstance(part, Buttons) for b in part.buttons]


def without_buttons(original: Message) -> Message:
    """The same words with nothing left to press, and no word of what would have come next."""
    kept = tuple(p for p in original.parts if not isinstance(p, Buttons) and not _is_next(p))
    return Message(parts=kept)


def _is_next(part: Part) -> bool:
    return isinstance(part, Note) and part.text.startswith(_NEXT)


def without_take_button(original: Message) -> Message:
    """The same, but nobody else can take it any more."""
    kept = tuple(
        part
        for part in original.parts
        if not (isinstance(part, Buttons) and part.buttons[0].action == "wait.take")
    )
    return Message(parts=kept)


def taken(person: Person, now: datetime) -> Text:
    """Who deals with it, and since when."""
    return text(f"{person.label} has been dealing with it since {_when(now)}.")


def settled(name: str, outcome: str, now: datetime) -> Text:
    """Who decided what, and when."""
    if outcome == TAKEN:
        return text(f"{name} took it on at {_when(now)}.")
    return text(f"Settled by {name} at {_when(now)}: {outcome}.")


def _when(now: datetime) -> str:
    day = now.astimezone(LONDON).date()
    return f"{clock_time(now, LONDON)} on {day_and_date(day)}"
