"""Prints a conversation as it happens: who said what to whom, when, and which buttons there are."""

from __future__ import annotations

import textwrap
from collections.abc import Callable

from bot.domain.people import LONDON
from bot.rehearsal.model import Message
from bot.rehearsal.reading import buttons, words
from bot.rehearsal.workspace import Workspace

WIDTH = 96
INDENT = "    "


class Narrator:
    """Tells each message once, in the order it was said."""

    def __init__(self, workspace: Workspace, tell: Callable[[str], None]) -> None:
        self._workspace = workspace
        self._tell = tell
        self._told: set[tuple[str, str]] = set()
        self.messages = 0

    def heading(self, text: str) -> None:
        """A scene begins."""
        self._tell(f"\n=== {text} ".ljust(WIDTH, "="))

    def act(self, name: str, what: str) -> None:
        """Somebody does something that is no message."""
        self._tell(f"{self._when()}  {name} {what}")

    def show(self, text: str) -> None:
        """An answer that only the asker sees."""
        self._paragraphs(text)

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
        self.messages += 1
        if message.by_bot:
            self._tell(f"{self._when()}  Followthrough to {self._place(message)}:")
        else:
            name = self._workspace.user(message.user).real_name
            self._tell(f"{self._when()}  {name} to Followthrough:")
        self._paragraphs(words(message))
        labels = [f"[{b['text']['text']}]" for b in buttons(message)]
        if labels:
            shown = " ".join(dict.fromkeys(labels))
            self._tell(textwrap.fill(shown, WIDTH, initial_indent=INDENT, subsequent_indent=INDENT))

    def _place(self, message: Message) -> str:
        channel = self._workspace.channel(message.channel)
        if channel.kind != "im":
            return f"#{channel.name}"
        person = next(m for m in channel.members if m != self._workspace.app.bot_user_id)
        return self._workspace.user(person).real_name

    def _paragraphs(self, text: str) -> None:
        labels = {"On track", "At risk", "Done", "Need more time", "Not mine"}
        for line in text.splitlines():
            if line.strip() and line.strip() not in labels:
                self._tell(
                    textwrap.fill(line, WIDTH, initial_indent=INDENT, subsequent_indent=INDENT)
                )

    def _when(self) -> str:
        return f"{self._workspace.clock.now().astimezone(LONDON):%a %d %b %H:%M}"
