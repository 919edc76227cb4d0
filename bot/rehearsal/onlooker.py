"""What one person sees of the workspace."""

from __future__ import annotations

import copy

from bot.rehearsal.model import Channel, Message, User, View
from bot.rehearsal.workspace import Workspace

Where = str | Channel | Message


class Onlooker:
    """One person's eyes; messages and views are handed out as copies."""

    def __init__(self, workspace: Workspace, user_id: str, *, patience: float = 13.0) -> None:
        self._workspace = workspace
        self._patience = patience
        self.id = user_id
        workspace.user(user_id)

    @property
    def user(self) -> User:
        """Their account."""
        return self._workspace.user(self.id)

    @property
    def dm(self) -> str:
        """The id of their direct conversation with the bot."""
        return self._workspace.dm(self.id).id

    def sees(self, where: Where) -> list[Message]:
        """A conversation as they see it, oldest first: threads, and what only they can see."""
        channel = self._channel(where)
        with self._workspace.lock:
            said = list(self._workspace.messages[channel.id])
            said += [m for m in self.ephemerals() if m.channel == channel.id]
            return [copy.copy(m) for m in sorted(said, key=lambda m: float(m.ts))]

    def inbox(self) -> list[Message]:
        """What the bot has said in their direct conversation to stay, oldest first."""
        return [m for m in self.sees(self.dm) if m.by_bot and m.only_for is None]

    def ephemerals(self) -> list[Message]:
        """What only they can see, oldest first."""
        with self._workspace.lock:
            return [copy.copy(m) for m in self._workspace.ephemerals if m.only_for == self.id]

    def modal(self) -> View | None:
        """The modal on top of their screen."""
        with self._workspace.lock:
            stack = self._workspace.modals.get(self.id)
            return copy.deepcopy(stack[-1]) if stack else None

    def home(self) -> View | None:
        """Their Home tab as the bot last published it."""
        with self._workspace.lock:
            return copy.deepcopy(self._workspace.homes.get(self.id))

    def _channel(self, where: Where) -> Channel:
        if isinstance(where, Channel):
            return where
        return self._workspace.channel(where.channel if isinstance(where, Message) else where)
