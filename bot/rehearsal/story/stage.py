"""What somebody in the story can do: speak, press what they see, fill in what opens."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Any

from bot.domain.people import LONDON
from bot.rehearsal.model import Message, View
from bot.rehearsal.person import Person
from bot.rehearsal.reading import words
from bot.rehearsal.running import Running
from bot.rehearsal.story.narrator import Narrator

REFERENCE = re.compile(r"\b[A-Z]-\d+\b")


class StageError(RuntimeError):
    """The story asks somebody to press what they do not see."""


class Stage:
    """The running bot, the people, and whoever tells the story."""

    def __init__(self, running: Running, narrator: Narrator) -> None:
        self.running = running
        self.narrator = narrator

    @property
    def now(self) -> datetime:
        """The time in the rehearsal, in London."""
        return self.running.slack.workspace.clock.now().astimezone(LONDON)

    def until(self, moment: datetime) -> None:
        """Let the days pass, looking in at nine and two on each of them, as the bot would."""
        while self.now < moment:
            today = self.now.date()
            marks = (
                datetime.combine(today + timedelta(days=n), time(hour, 1), LONDON)
                for n in (0, 1)
                for hour in (9, 14)
            )
            self._move(min(min(m for m in marks if m > self.now), moment))

    def _move(self, moment: datetime) -> None:
        self.running.slack.advance(moment - self.now)
        self.settle()

    def settle(self) -> None:
        """Let the bot do what is due, and tell it."""
        self.running.settle()
        self.narrator.catch_up()

    def say(self, user: str, text: str) -> None:
        """Somebody writes to the bot in their direct conversation."""
        self.person(user).tell(text)
        self.settle()

    def command(self, user: str, name: str, text: str) -> None:
        """Somebody types a slash command, and reads the answer."""
        person = self.person(user)
        self.narrator.act(self.name(user), f"types {name} {text}".rstrip())
        answer = person.command(name, text)
        if answer.error:
            raise StageError(f"{name} {text}: {answer.error}")
        self.narrator.show(answer)
        self.settle()

    def open(self, user: str, name: str, text: str) -> None:
        """Somebody types a slash command that opens a form."""
        self.narrator.act(self.name(user), f"types {name} {text}")
        answer = self.person(user).command(name, text)
        if answer.error or self.person(user).modal() is None:
            raise StageError(f"{name} {text}: {answer.error or 'nothing opened'}")

    def press(
        self, user: str, action: str, *, ref: str | None = None, where: str | None = None
    ) -> None:
        """Press the latest button of this action that they see, for this item."""
        person = self.person(user)
        seen = person.sees(where or person.dm)
        for message in reversed([m for m in seen if m.by_bot] + person.ephemerals()):
            found = _button(message, action, ref)
            if found is not None:
                label = found["text"]["text"]
                about = f" {ref}" if ref and ref not in label else ""
                self.narrator.act(self.name(user), f"presses [{label}]{about}")
                problem = person.press(message, found["action_id"], value=found["value"])
                if problem:
                    raise StageError(f"{action}: {problem}")
                self.settle()
                return
        raise StageError(f"{user} sees no button {action} for {ref}.")

    def fill(self, user: str, values: Mapping[str, Any]) -> None:
        """Fill in the modal on top of their screen, and send it in."""
        view: View | None = self.person(user).modal()
        if view is None:
            raise StageError(f"{user} sees no modal.")
        title = view.body["title"]["text"]
        self.narrator.act(self.name(user), f"fills in “{title}”: {'; '.join(values.values())}")
        outcome = self.person(user).submit(view, values)
        if not outcome.ok:
            raise StageError(f"{title}: {outcome.errors or outcome.error}")
        self.settle()

    def person(self, user: str) -> Person:
        """Somebody's hands and eyes."""
        return self.running.person(user)

    def name(self, user: str) -> str:
        """What they are called."""
        return self.running.slack.workspace.user(user).real_name


def _button(message: Message, action: str, ref: str | None) -> dict[str, Any] | None:
    """The button of this action in the row that follows the item's line."""
    latest: set[str] = set()
    for block in message.blocks:
        if block["type"] == "actions":
            for element in block["elements"]:
                named = element["action_id"].partition("#")[0] == action
                if named and (ref is None or ref in latest):
                    return dict(element)
        elif found := set(REFERENCE.findall(words([block]))):
            latest = found
    return None
