"""What is said about seats: the question to a channel, claims, and what became of them."""

from __future__ import annotations

import json
from collections.abc import Sequence

from bot.domain.forms import Field, FieldKind, Form
from bot.domain.messages import Bold, Button, Buttons, Message, Quote, message
from bot.domain.messages import say as text
from bot.domain.people import Account, Group, Person
from bot.domain.text import GuardedText
from bot.services import say

MOST = 100
"""Slack: what one menu offers."""
CLAIMED = "The secretariat will confirm it."


def question(group: Group) -> Message:
    """For the group's channel; it names nobody."""
    return message(
        text(
            f"Are you one of the {group.name}, and has Followthrough, the bot that keeps its "
            "actions, not written to you? Then press this: the secretariat confirms who you are."
        ),
        Buttons((Button(label="This is me", action="seat.claim", value=_value(group=group.id)),)),
    )


def form(group: Group) -> Form:
    """Who presses says who they are: nobody's name is shown to them."""
    return Form(
        callback="seat.claim",
        title="This is me",
        submit="Send",
        private={"group": group.id},
        intro=(text(f"Who are you in the {group.name}? Only its secretariat reads this."),),
        fields=(
            Field(name="name", label="Your name"),
            Field(name="email", label="Your e-mail address at work"),
        ),
    )


def claim(
    number: int,
    account: Account,
    shown_as: GuardedText,
    name: GuardedText,
    email: GuardedText,
    likely: Sequence[Person],
) -> Message:
    """For the secretariat: who says that they are whom, and what follows from each answer."""
    buttons = [
        Button(
            label=f"Confirm: {say.shortened(person.label, 60)}",
            action="seat.confirm",
            value=_value(claim=number, person=person.id),
            confirm=f"What {person.label} is owed will go to this account from now on.",
        )
        for person in likely[:3]
    ]
    other = "Somebody else …" if likely else "Say who it is …"
    buttons.append(Button(label=other, action="seat.who", value=_value(claim=number)))
    buttons.append(Button(label="Not them", action="seat.refuse", value=_value(claim=number)))
    return message(
        text(
            "Somebody to whom I have no way says that they are of this group: ",
            Bold(shown_as.text or "no name"),
            f" on Slack, account {account.user_id} of workspace {account.team_id}. They wrote:",
        ),
        Quote(f"{name.text}, {email.text}"),
        text(
            "Confirm it only if you know that it is them; they will get what that person is owed."
        ),
        Buttons(tuple(buttons)),
    )


def who_form(number: int, people: Sequence[Person]) -> Form:
    """Whose account it is, of those who have none."""
    return Form(
        callback="seat.confirm",
        title="Whose account is it?",
        submit="Confirm",
        private={"claim": number},
        fields=(
            Field(
                name="person",
                label="Who has no account yet",
                kind=FieldKind.CHOICE,
                choices=tuple((str(p.id), p.label) for p in people[:MOST]),
            ),
        ),
    )


def confirmed(person: Person, account: Account) -> Message:
    """Whose account it is from now on, and the way back."""
    value = _value(person=person.id, account=[account.team_id, account.user_id])
    return message(
        text(
            Bold(person.label),
            f" has the account {account.user_id} of workspace {account.team_id} from now on. They "
            "get an introduction, and what else they are owed.",
        ),
        Buttons(
            (
                Button(
                    label="Take it back",
                    action="seat.take_back",
                    value=value,
                    style="danger",
                    confirm="The account is theirs no more from now on.",
                ),
            )
        ),
    )


def taken_back(person: Person, *, updates: int) -> Message:
    """An account is somebody's no more; how many updates it made is listed apart."""
    rest = (
        "I write to their other account."
        if person.accounts
        else "What they are owed is yours to send by e-mail again."
    )
    said = (
        f"The {say.counted(updates, 'update')} made from it in the meantime I have listed to the "
        "secretariat, to be taken back or corrected one by one."
        if updates
        else "Nothing was recorded from it in the meantime."
    )
    return message(
        text(
            "That account is no longer ",
            Bold(f"{person.label}’s"),
            f". {rest} {said}",
        )
    )


def _value(**values: object) -> str:
    return json.dumps(values, separators=(",", ":"))
