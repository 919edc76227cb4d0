"""What somebody without a Slack account is sent by e-mail: whole, in plain text, to be pasted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.domain.diaries import local_day
from bot.domain.messages import (
    Bold,
    Bullets,
    Button,
    Buttons,
    Heading,
    Message,
    Note,
    Quote,
    Text,
    bullets,
    message,
    plain,
)
from bot.domain.messages import say as text
from bot.domain.people import Directory, Person, Role
from bot.domain.register import ActionItem
from bot.services import say

PRESS = "A sentence in reply works"


def letter(
    directory: Directory, person: Person, messages: Sequence[Message], *, now: datetime
) -> str:
    """The e-mail: who runs this, what it asks, and how to answer it."""
    holders = directory.holders(Role.SECRETARIAT, local_day(person, now))
    secretariat = say.listed(
        f"{who.label}, {who.email}" if who.email else who.label for who in holders
    )
    return "\n\n".join(
        (
            f"Subject: {directory.group.name}: your actions",
            f"Dear {person.name},",
            f"We keep the action register of the {directory.group.name} with Followthrough, which "
            "writes to owners on Slack. It has no account there for you, so this comes by e-mail "
            f"from the group’s secretariat, {secretariat}, who run it.",
            "The secretariat keeps your answers. They and the chair see your words; members of "
            "the group see items, owners, dates and how each stands. Whatever you write may be "
            "published, or disclosed under the Freedom of Information Act. Please write nothing "
            "about patients, or about anybody’s health: no names, no numbers.",
            *(as_text(one) for one in messages),
            "To answer, reply to this e-mail: for each action a word is enough (on track, at "
            "risk, done, not mine), or the new date you need and the reason. If you have a Slack "
            "account, say so: you can then answer there.",
        )
    )


def as_text(shown: Message) -> str:
    """A message's words, people's own among them, with nothing to press."""
    paragraphs = []
    for part in shown.parts:
        match part:
            case Text(spans):
                paragraphs.append(plain(*spans))
            case Bullets(entries):
                paragraphs.append("\n".join(f"- {plain(*entry)}" for entry in entries))
            case Quote(words):
                paragraphs.append(f"“{words}”")
            case Heading(words):
                paragraphs.append(words)
            case Note(words) if not words.startswith(PRESS):
                paragraphs.append(words)
            case _:
                pass
    return "\n\n".join(paragraphs)


def first_ask(owned: Sequence[ActionItem]) -> Message:
    """What is theirs, and whether it is: the rest of an introduction is in every e-mail."""
    return message(
        text(
            f"You are down as the owner of {say.counted(len(owned), 'action item')}. Please say of "
            "each whether it is yours:"
        ),
        bullets(
            *(
                (Bold(item.ref), f" {say.shortened(item.title)}, {say.due(item.due)}")
                for item in owned
            )
        ),
    )


def task(person: Person, words: str, sent: Button) -> Message:
    """What the secretariat is asked to do about it."""
    to = f" to {person.email}" if person.email else " (their address is not on the register)"
    return message(
        text(
            Bold(person.label),
            f" has no Slack account here. Please send them this by e-mail{to}, press “Sent it” "
            "once it has gone, and record what they say:",
        ),
        Quote(words),
        Buttons((sent,)),
    )


def changed(person: Person) -> Message:
    """The text was no longer what is owed when "Sent it" was pressed."""
    return message(
        text(
            "I have recorded nothing: what ",
            Bold(person.label),
            " is owed has changed since that text was shown. It now reads as it should be sent; "
            "if the earlier one has gone, send the new one too, and then press “Sent it”.",
        )
    )
