"""Messages said, changed and taken away, and the events that the app hears of each."""

from __future__ import annotations

import copy
import re
from typing import Any

from bot.rehearsal.deliveries import Delivery
from bot.rehearsal.events import author_json, emit, emit_message
from bot.rehearsal.model import Channel, File, Json, Message, RefusedError, User
from bot.rehearsal.shown import message_json
from bot.rehearsal.workspace import Workspace

MENTION = re.compile(r"<@([UW][A-Z0-9]+)(?:\|[^<>]*)?>")


def with_ids(workspace: Workspace, blocks: list[Json]) -> list[Json]:
    """The blocks as Slack keeps them: an id for each block and element, texts in full."""
    kept: list[Json] = in_full(copy.deepcopy(blocks))
    for block in kept:
        block.setdefault("block_id", f"b{workspace.number():05d}")
        for element in elements_of(block):
            if element.get("type") not in ("image", "mrkdwn", "plain_text"):
                element.setdefault("action_id", f"a{workspace.number():05d}")
    return kept


def in_full(value: Any) -> Any:
    """The same with the defaults that Slack writes into every text object."""
    if isinstance(value, dict):
        if value.get("type") == "plain_text":
            value.setdefault("emoji", True)
        elif value.get("type") == "mrkdwn":
            value.setdefault("verbatim", False)
    if isinstance(value, (dict, list)):
        for inner in value.values() if isinstance(value, dict) else value:
            in_full(inner)
    return value


def elements_of(block: Json) -> list[Json]:
    """The interactive elements of a block, and the pictures beside them."""
    if block.get("type") == "actions":
        return list(block["elements"])
    found = [block[name] for name in ("accessory", "element") if isinstance(block.get(name), dict)]
    return found if block.get("type") in ("section", "input") else []


def post(
    workspace: Workspace,
    channel: Channel,
    user: User,
    text: str,
    *,
    blocks: list[Json] | None = None,
    thread_ts: str | None = None,
    metadata: Json | None = None,
    files: tuple[File, ...] = (),
    broadcast: bool = False,
) -> tuple[Message, list[Delivery]]:
    """Put a message into a conversation; it, and what the app was owed for it."""
    by_bot = user.id == workspace.app.bot_user_id
    with workspace.lock:
        ts = workspace.ts()
        message = Message(
            channel=channel.id,
            ts=ts,
            user=user.id,
            text=text,
            team=user.team_id,
            blocks=with_ids(workspace, blocks or []),
            thread_ts=thread_ts,
            metadata=metadata,
            files=[file.id for file in files],
            by_bot=by_bot,
            subtype="file_share" if files else "thread_broadcast" if broadcast else None,
            client_msg_id=None if by_bot else f"msg-{workspace.number():08d}",
        )
        workspace.messages[channel.id].append(message)
        for file in files:
            file.channels.append(channel.id)
            file.shares.setdefault(channel.id, []).append(
                {"ts": ts, "channel_name": channel.name, "team_id": user.team_id}
                | ({"thread_ts": thread_ts} if thread_ts else {})
            )
        return message, _announce(workspace, channel, user, message)


def _announce(
    workspace: Workspace, channel: Channel, user: User, message: Message
) -> list[Delivery]:
    event = message_json(workspace, message, metadata=True) | author_json(workspace, user)
    owed = emit_message(workspace, event, channel)
    bot = workspace.app.bot_user_id
    named = bot in MENTION.findall(message.text) and not message.by_bot
    if named and channel.kind != "im":
        kept = ("user", "text", "ts", "team", "blocks", "client_msg_id", "thread_ts", "files")
        mention = {name: event[name] for name in kept if name in event}
        mention |= {"type": "app_mention", "channel": channel.id, "event_ts": message.ts}
        mention |= author_json(workspace, user)
        owed += emit(workspace, "app_mention", mention, channel=channel)
    return owed


def edit(
    workspace: Workspace,
    message: Message,
    *,
    by: User,
    text: str | None = None,
    blocks: list[Json] | None = None,
    metadata: Json | None = None,
) -> list[Delivery]:
    """Change what a message says; None leaves a part as it was."""
    with workspace.lock:
        channel = workspace.channel(message.channel)
        before = message_json(workspace, message, metadata=True)
        changed_at = workspace.ts()
        if text is not None:
            message.text = text
        if blocks is not None:
            message.blocks = with_ids(workspace, blocks)
        if metadata is not None:
            message.metadata = metadata or None
        message.edited = {"user": by.id, "ts": changed_at}
        after = message_json(workspace, message, metadata=True)
        after |= author_json(workspace, workspace.user(message.user))
        event: Json = {
            "type": "message",
            "subtype": "message_changed",
            "message": after,
            "previous_message": before,
            "hidden": True,
            "ts": changed_at,
        }
        return emit_message(workspace, event, channel)


def delete(workspace: Workspace, message: Message) -> list[Delivery]:
    """Take a message away; the head of a thread leaves a tombstone."""
    with workspace.lock:
        channel = workspace.channel(message.channel)
        before = message_json(workspace, message, metadata=True)
        siblings = workspace.messages[channel.id]
        if any(m.thread_ts == message.ts and m.ts != message.ts for m in siblings):
            message.subtype, message.text = "tombstone", "This message was deleted."
            message.user, message.blocks, message.metadata = "USLACKBOT", [], None
        else:
            siblings.remove(message)
        event: Json = {
            "type": "message",
            "subtype": "message_deleted",
            "previous_message": before,
            "hidden": True,
            "deleted_ts": message.ts,
            "ts": workspace.ts(),
        }
        return emit_message(workspace, event, channel)


def whisper(
    workspace: Workspace,
    channel: Channel,
    reader: User,
    text: str,
    *,
    blocks: list[Json] | None = None,
    thread_ts: str | None = None,
) -> Message:
    """An ephemeral message of the bot: one reader, no history, no event."""
    with workspace.lock:
        message = Message(
            channel=channel.id,
            ts=workspace.ts(),
            user=workspace.app.bot_user_id,
            text=text,
            team=workspace.home.id,
            blocks=with_ids(workspace, blocks or []),
            thread_ts=thread_ts,
            by_bot=True,
            only_for=reader.id,
        )
        workspace.ephemerals.append(message)
        return message


def visible(workspace: Workspace, channel: Channel) -> Channel:
    """The channel, if the bot may know of it; RefusedError(channel_not_found) otherwise."""
    if channel.kind != "public" and workspace.app.bot_user_id not in channel.members:
        raise RefusedError("channel_not_found")
    return channel
