"""Prints a conversation as it happens: who said what to whom, when, and which buttons there are."""

from __future__ import annotations

import copy
import re
import textwrap
from collections.abc import Callable

from bot.domain.people import LONDON
from bot.rehearsal.answers import Answer
from bot.rehearsal.model import Json, Message
from bot.rehearsal.reading import buttons, words
from bot.rehearsal.workspace import Workspace

WIDTH = 96
LONG = 3 * WIDTH
INDENT = "    "
INTRODUCTION = "I am Followthrough, and I keep"
REFERENCE = re.compile(r"\bA-\d+\b")


class Narrator:
    """Tells each message once, in the order it was said."""

    def __init__(self, workspace: Workspace, tell: Callable[[str], None]) -> None:
        self._workspace = workspace
        self._tell = tell
        self._told: set[tuple[str, str]] = set()
        self._bodies: dict[str, str] = {}
        self.said: list[Message] = []
        """Every message as it stood when it was told: a press may have changed it since."""

    def heading(self, text: str) -> None:
        """A scene begins."""
        self._tell(f"\n=== {text} ".ljust(WIDTH, "="))

    def act(self, name: str, what: str) -> None:
        """Somebody does something that is no message."""
        self._tell(f"{self._when()}  {name} {what}")

    def show(self, answer: Answer) -> None:
        """An answer that only the asker sees."""
        self._paragraphs(_said(answer.blocks) if answer.blocks else answer.text)

    def catch_up(self) -> None:
        """Tell what has been said since."""
        with self._workspace.lock:
            every = [m for said in self._workspace.messages.values() for m in said]
        for message in sorted(every, key=lambda m: float(m.ts)):
            key = (message.channel, message.ts)
            if key not in self._told:
                self._told.add(key)
                self._message(message)

    def _message(self, message: Message) -> None:
        self.said.append(copy.copy(message))
        if message.by_bot:
            self._tell(f"{self._when()}  Followthrough to {self._place(message)}:")
        else:
            name = self._workspace.user(message.user).real_name
            self._tell(f"{self._when()}  {name} to Followthrough:")
        body = _said(message.blocks) if message.blocks else words(message)
        told = self._like(body)
        if told:
            self._paragraphs(f"({told})")
            return
        self._paragraphs(body)
        labels = [f"[{b['text']['text']}]" for b in buttons(message)]
        if labels:
            shown = " ".join(dict.fromkeys(labels))
            self._tell(textwrap.fill(shown, WIDTH, initial_indent=INDENT, subsequent_indent=INDENT))

    def _like(self, body: str) -> str | None:
        """What was told in full before: an introduction, or the same digest to somebody else."""
        if INTRODUCTION in body:
            key, shown = INTRODUCTION, f"introduced in the same way, to {_references(body)}"
        else:
            key, shown = body, "word for word as before"
        if key in self._bodies:
            return shown if len(body) > LONG else None
        self._bodies[key] = body
        return None

    def _place(self, message: Message) -> str:
        channel = self._workspace.channel(message.channel)
        if channel.kind != "im":
            return f"#{channel.name}"
        person = next(m for m in channel.members if m != self._workspace.app.bot_user_id)
        return self._workspace.user(person).real_name

    def _paragraphs(self, text: str) -> None:
        for line in text.splitlines():
            if line.strip():
                self._tell(
                    textwrap.fill(line, WIDTH, initial_indent=INDENT, subsequent_indent=INDENT)
                )

    def _when(self) -> str:
        return f"{self._workspace.clock.now().astimezone(LONDON):%a %d %b %H:%M}"


def _said(blocks: list[Json]) -> str:
    """What a message says apart from its buttons."""
    return words([block for block in blocks if block["type"] != "actions"])


def _references(body: str) -> str:
    return ", ".join(dict.fromkeys(REFERENCE.findall(body)))
