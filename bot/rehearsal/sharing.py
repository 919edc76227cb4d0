"""Files that people share, change and take away again."""

from __future__ import annotations

from collections.abc import Sequence

from bot.rehearsal import talk
from bot.rehearsal.deliveries import Delivery
from bot.rehearsal.methods.files import new_file
from bot.rehearsal.model import Channel, Message, User
from bot.rehearsal.typed import as_sent
from bot.rehearsal.workspace import Workspace

Bytes = tuple[str, bytes]
"""A file's name and what is in it."""


def share(
    workspace: Workspace,
    channel: Channel,
    user: User,
    files: Sequence[Bytes],
    text: str,
    *,
    thread_ts: str | None = None,
) -> tuple[Message, list[Delivery]]:
    """Share files in one message, with or without words."""
    sent, blocks = as_sent(text)
    with workspace.lock:
        shared = []
        for name, content in files:
            file = new_file(workspace, user, name, len(content))
            file.content, file.complete = content, True
            shared.append(file)
        return talk.post(
            workspace,
            channel,
            user,
            sent,
            blocks=blocks if text else None,
            thread_ts=thread_ts,
            files=tuple(shared),
        )


def take_away(workspace: Workspace, message: Message) -> None:
    """Delete the files of a message; the message stays."""
    with workspace.lock:
        for number in message.files:
            file = workspace.files[number]
            file.deleted, file.content = True, None


def revise(workspace: Workspace, message: Message, content: bytes) -> None:
    """Put something else into the file of a message, as Slack's client lets one edit text."""
    with workspace.lock:
        (number,) = message.files
        file = workspace.files[number]
        file.content, file.size = content, len(content)
