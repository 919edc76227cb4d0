"""chat.* and reactions.add."""

from __future__ import annotations

import json
from typing import Any

from bot.rehearsal import blocks, talk
from bot.rehearsal.arguments import TS, Args
from bot.rehearsal.events import emit
from bot.rehearsal.model import Channel, Json, Message, RefusedError, User, invalid
from bot.rehearsal.rate import pace
from bot.rehearsal.shown import message_json
from bot.rehearsal.workspace import Workspace

TEXT_LIMIT = 40_000
# Slack does not document this one; its engineers name 12,000 (slackapi/bolt-js issue 2509).
BLOCKS_TEXT = 12_000
METADATA_BYTES = 16_384


def destination(workspace: Workspace, args: Args) -> Channel:
    """Where to post: a conversation's id, a channel's #name, or a person's id for their DM."""
    wanted = args.required("channel")
    if wanted in workspace.users:
        user = workspace.users[wanted]
        if user.deleted or user.is_bot or workspace.is_stranger(user):
            raise RefusedError("channel_not_found")
        return workspace.dm(wanted)
    if wanted.startswith("#"):
        named = [c for c in workspace.channels.values() if c.name == wanted[1:]]
        if not named:
            raise RefusedError("channel_not_found")
        return writable(workspace, named[0])
    return writable(workspace, workspace.channel(wanted))


def writable(workspace: Workspace, channel: Channel) -> Channel:
    """The channel, if the bot may post in it."""
    talk.visible(workspace, channel)
    left = [m for m in channel.members if m in workspace.users and workspace.users[m].deleted]
    if channel.is_archived or (channel.kind == "im" and left):
        raise RefusedError("is_archived")
    open_to_all = channel.kind == "public" and "chat:write.public" in workspace.app.scopes
    if workspace.app.bot_user_id not in channel.members and not open_to_all:
        raise RefusedError("not_in_channel")
    return channel


def content(args: Args) -> tuple[str, list[Json] | None]:
    """Text and blocks, both checked; blocks are None where the call had none."""
    found = args.structure("blocks", error="invalid_blocks_format")
    text = args.text("text") or args.text("markdown_text")
    if args.text("markdown_text") and (args.text("text") or found):
        raise RefusedError("markdown_text_conflict")
    if found is not None:
        check_blocks(found)
    if not text.strip() and not found and not args.values.get("attachments"):
        raise RefusedError("no_text")
    if len(text) > TEXT_LIMIT:
        raise RefusedError("msg_too_long")
    return text, found


def check_blocks(found: Any) -> None:
    """RefusedError(invalid_blocks) with what is wrong, or msg_blocks_too_long."""
    if not isinstance(found, list):
        raise RefusedError("invalid_blocks_format")
    problems = blocks.message(found)
    if problems:
        raise invalid("invalid_blocks", problems)
    if _text_length(found) > BLOCKS_TEXT:
        raise RefusedError("msg_blocks_too_long")


def _text_length(value: Any) -> int:
    """How many characters of text these blocks show in all."""
    if isinstance(value, list):
        return sum(_text_length(each) for each in value)
    if isinstance(value, dict):
        own = len(value["text"]) if isinstance(value.get("text"), str) else 0
        return own + sum(_text_length(each) for each in value.values())
    return 0


def metadata_of(args: Args) -> Json | None:
    """The message's metadata; {} takes it away, None leaves it."""
    found = args.structure("metadata", error="invalid_metadata_format")
    if found is None or found == {}:
        return found  # type: ignore[no-any-return]
    shaped = (
        isinstance(found, dict)
        and set(found) == {"event_type", "event_payload"}
        and isinstance(found["event_type"], str)
        and found["event_type"] != ""
        and isinstance(found["event_payload"], dict)
    )
    if not shaped:
        raise RefusedError("invalid_metadata_format")
    if len(json.dumps(found)) > METADATA_BYTES:
        raise RefusedError("metadata_too_large")
    return found  # type: ignore[no-any-return]


def bot(workspace: Workspace) -> User:
    """The app's own user."""
    return workspace.users[workspace.app.bot_user_id]


def post_message(workspace: Workspace, args: Args) -> Json:
    """Say something in a conversation."""
    channel = destination(workspace, args)
    text, found = content(args)
    metadata = metadata_of(args)
    thread_ts = args.text("thread_ts") or None
    if thread_ts and not TS.fullmatch(thread_ts):
        raise invalid("invalid_arguments", ["[ERROR] not a timestamp: thread_ts"])
    pace(workspace, channel)
    message, _ = talk.post(
        workspace,
        channel,
        bot(workspace),
        text,
        blocks=found,
        thread_ts=_head(workspace, channel, thread_ts),
        metadata=metadata or None,
        broadcast=bool(thread_ts) and args.flag("reply_broadcast"),
    )
    shown = message_json(workspace, message, metadata=True)
    return {"channel": channel.id, "ts": message.ts, "message": shown}


def _head(workspace: Workspace, channel: Channel, thread_ts: str | None) -> str | None:
    """The thread's head: a reply to a reply stands in the same thread."""
    for message in workspace.messages[channel.id]:
        if message.ts == thread_ts and message.thread_ts:
            return message.thread_ts
    return thread_ts


def post_ephemeral(workspace: Workspace, args: Args) -> Json:
    """Say something that only one member sees, and that is not kept."""
    channel = destination(workspace, args)
    user = workspace.user(args.required("user"))
    if user.id not in channel.members:
        raise RefusedError("user_not_in_channel")
    text, found = content(args)
    pace(workspace, channel)
    thread_ts = args.text("thread_ts") or None
    message = talk.whisper(workspace, channel, user, text, blocks=found, thread_ts=thread_ts)
    return {"message_ts": message.ts}


def update(workspace: Workspace, args: Args) -> Json:
    """Change one of the bot's own messages; what the call leaves out stays."""
    channel = talk.visible(workspace, workspace.channel(args.required("channel")))
    message = workspace.message(channel.id, args.required("ts"))
    if not message.by_bot:
        raise RefusedError("cant_update_message")
    given = args.structure("blocks", error="invalid_blocks_format")
    if args.text("text") or given is None:
        text, given = content(args)
    else:
        text = message.text
        check_blocks(given)
    metadata = metadata_of(args)
    talk.edit(workspace, message, by=bot(workspace), text=text, blocks=given, metadata=metadata)
    shown = message_json(workspace, message, metadata=True)
    del shown["ts"]
    return {"channel": channel.id, "ts": message.ts, "text": text, "message": shown}


def delete(workspace: Workspace, args: Args) -> Json:
    """Take one of the bot's own messages away."""
    channel = talk.visible(workspace, workspace.channel(args.required("channel")))
    message = workspace.message(channel.id, args.required("ts"))
    if not message.by_bot:
        raise RefusedError("cant_delete_message")
    talk.delete(workspace, message)
    return {"channel": channel.id, "ts": message.ts}


def permalink(workspace: Workspace, args: Args) -> Json:
    """The address of a message."""
    channel = talk.visible(workspace, workspace.channel(args.required("channel")))
    message = workspace.message(channel.id, args.required("message_ts"))
    address = f"https://{workspace.home.domain}.slack.com/archives/{channel.id}"
    link = f"{address}/p{message.ts.replace('.', '')}"
    if message.thread_ts and message.thread_ts != message.ts:
        link += f"?thread_ts={message.thread_ts}&cid={channel.id}"
    return {"channel": channel.id, "permalink": link}


def react(workspace: Workspace, args: Args) -> Json:
    """Put the bot's reaction on a message."""
    name = args.required("name").strip(":")
    channel = talk.visible(workspace, workspace.channel(args.required("channel")))
    if not TS.fullmatch(args.required("timestamp")):
        raise RefusedError("bad_timestamp")
    add_reaction(
        workspace, workspace.message(channel.id, args.text("timestamp")), bot(workspace), name
    )
    return {}


def add_reaction(workspace: Workspace, message: Message, user: User, name: str) -> None:
    """A reaction by anybody, and its event."""
    users = message.reactions.setdefault(name, [])
    if user.id in users:
        raise RefusedError("already_reacted")
    users.append(user.id)
    item = {"type": "message", "channel": message.channel, "ts": message.ts}
    event: Json = {"type": "reaction_added", "user": user.id, "item": item, "reaction": name}
    event["item_user"] = message.user
    emit(workspace, "reaction_added", event, channel=workspace.channel(message.channel))
