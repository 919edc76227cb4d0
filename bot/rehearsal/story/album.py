"""Pictures of a story: each of a few messages, as they stood when they were read."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import replace

from bot.rehearsal.model import Message
from bot.rehearsal.picture import draw, of_messages
from bot.rehearsal.reading import buttons
from bot.rehearsal.story.narrator import Narrator
from bot.rehearsal.workspace import Workspace

HEAD = re.compile(r"(?<=audit chain: )[0-9a-f]{12}")


class Album:
    """The pictures drawn so far, by name."""

    def __init__(self, workspace: Workspace, narrator: Narrator) -> None:
        self._workspace = workspace
        self._narrator = narrator
        self.pictures: dict[str, str] = {}

    def said_to(self, user: str) -> list[Message]:
        """Their direct conversation with the bot so far, each message as it was first read."""
        return self.said_in(self._workspace.dm(user).id)

    def said_in(self, channel_id: str) -> list[Message]:
        """A conversation so far, each message as it was first read."""
        return [message for message in self._narrator.said if message.channel == channel_id]

    def offering(self, user: str, action: str) -> Message:
        """The latest message to them that has a button of this action."""
        return next(m for m in reversed(self.said_to(user)) if _offers(m, action))

    def draw(
        self, name: str, messages: Sequence[Message], *, subtitle: str, pressed: str | None = None
    ) -> None:
        """Draw these messages of one conversation; `pressed` is the action of a button in one."""
        found = [m for m in messages if pressed and _offers(m, pressed)]
        held = {found[0].ts: _button(found[0], str(pressed))} if found else {}
        channel = self._workspace.channel(messages[0].channel)
        reader = next(m for m in channel.members if m != self._workspace.app.bot_user_id)
        self.pictures[name] = draw(
            of_messages(self._workspace, [_steady(m) for m in messages], pressed=held),
            title=self._workspace.user(reader).real_name,
            subtitle=subtitle,
        )


def _steady(message: Message) -> Message:
    """The message without the head of the audit chain, whose keys are new in each play."""
    return replace(message, blocks=json.loads(HEAD.sub("…", json.dumps(message.blocks))))


def _offers(message: Message, action: str) -> bool:
    return any(b["action_id"].partition("#")[0] == action for b in buttons(message))


def _button(message: Message, action: str) -> str:
    """The id of the first button of an action; a number may tell it from its like."""
    ids = [str(b["action_id"]) for b in buttons(message)]
    return next(each for each in ids if each.partition("#")[0] == action)
