"""conversations.*: opening, finding, joining and reading them."""

from __future__ import annotations

from bot.rehearsal.arguments import Args
from bot.rehearsal.events import emit
from bot.rehearsal.methods.pages import page
from bot.rehearsal.model import Channel, Json, Message, RefusedError
from bot.rehearsal.scopes import HISTORY, READ, need_for_channel
from bot.rehearsal.shown import channel_json, message_json
from bot.rehearsal.talk import visible
from bot.rehearsal.workspace import Workspace

TYPES = {"public_channel": "public", "private_channel": "private", "im": "im", "mpim": "mpim"}


def find(workspace: Workspace, args: Args, scopes: dict[str, str]) -> Channel:
    """The conversation named in the call, if the bot may see it with its scopes."""
    channel = visible(workspace, workspace.channel(args.required("channel")))
    need_for_channel(workspace.app.scopes, scopes, channel)
    return channel


def open_dm(workspace: Workspace, args: Args) -> Json:
    """The direct conversation with one person; group conversations are not kept here."""
    if args.text("channel"):
        return {"channel": {"id": find(workspace, args, READ).id}}
    users = [user for user in args.text("users").split(",") if user]
    if not users:
        raise RefusedError("users_list_not_supplied")
    if len(users) > 1:
        raise RefusedError("too_many_users")
    user = workspace.user(users[0])
    if user.deleted:
        raise RefusedError("user_disabled")
    if workspace.is_stranger(user) or user.is_bot:
        raise RefusedError("user_not_visible")
    known = any(c.kind == "im" and user.id in c.members for c in workspace.channels.values())
    channel = workspace.dm(user.id)
    answer: Json = {"id": channel.id}
    if args.flag("return_im"):
        answer = channel_json(workspace, channel)
    return {"no_op": known, "already_open": known, "channel": answer}


def info(workspace: Workspace, args: Args) -> Json:
    """One conversation."""
    channel = find(workspace, args, READ)
    count = args.flag("include_num_members")
    shown = channel_json(workspace, channel, num_members=count)
    if channel.is_ext_shared:
        shown["connected_team_ids"] = list(channel.connected_team_ids)
    return {"channel": shown}


def everything(workspace: Workspace, args: Args) -> Json:
    """Conversations of the kinds asked for that the bot may see."""
    asked = args.text("types", "public_channel").replace(" ", "").split(",")
    if any(kind not in TYPES for kind in asked):
        raise RefusedError("invalid_types")
    bot = workspace.app.bot_user_id
    found = []
    for channel in workspace.channels.values():
        if channel.kind not in [TYPES[kind] for kind in asked]:
            continue
        need_for_channel(workspace.app.scopes, READ, channel)
        hidden = channel.kind != "public" and bot not in channel.members
        if not hidden and not (channel.is_archived and args.flag("exclude_archived")):
            found.append(channel)
    chosen, cursor = page(args, found, default=100, most=999)
    return {
        "channels": [channel_json(workspace, c, num_members=True) for c in chosen],
        "response_metadata": {"next_cursor": cursor},
    }


def members(workspace: Workspace, args: Args) -> Json:
    """Who is in it."""
    channel = find(workspace, args, READ)
    chosen, cursor = page(args, channel.members, default=100, most=999)
    return {"members": chosen, "response_metadata": {"next_cursor": cursor}}


def join(workspace: Workspace, args: Args) -> Json:
    """The bot comes into a public channel by itself."""
    channel = visible(workspace, workspace.channel(args.required("channel")))
    if channel.kind != "public":
        raise RefusedError("method_not_supported_for_channel_type")
    if channel.is_archived:
        raise RefusedError("is_archived")
    bot = workspace.users[workspace.app.bot_user_id]
    answer: Json = {}
    if bot.id in channel.members:
        answer = {
            "warning": "already_in_channel",
            "response_metadata": {"warnings": ["already_in_channel"]},
        }
    else:
        workspace.join(channel, bot)
        event = {"type": "member_joined_channel", "user": bot.id, "channel": channel.id}
        event |= {"channel_type": "C", "team": workspace.home.id}
        emit(workspace, "member_joined_channel", event, channel=channel)
    return {"channel": channel_json(workspace, channel), **answer}


def history(workspace: Workspace, args: Args) -> Json:
    """What was said in it, newest first, without the replies in threads."""
    channel = _readable(workspace, args)
    heads = [
        m
        for m in workspace.messages[channel.id]
        if m.thread_ts in (None, m.ts) or m.subtype == "thread_broadcast"
    ]
    chosen, cursor = page(args, _within(args, heads[::-1]), default=100, most=999)
    answer = _answer(workspace, args, chosen, cursor)
    return answer | {"pin_count": 0, "channel_actions_ts": None, "channel_actions_count": 0}


def replies(workspace: Workspace, args: Args) -> Json:
    """A thread, oldest first; every page begins with its head."""
    channel = _readable(workspace, args)
    ts = args.required("ts")
    said = workspace.messages[channel.id]
    head = [m for m in said if m.ts == ts]
    if not head:
        raise RefusedError("thread_not_found")
    below = [m for m in said if m.thread_ts == ts and m.ts != ts]
    chosen, cursor = page(args, _within(args, below), default=1000, most=1000)
    return _answer(workspace, args, head + chosen, cursor)


def _readable(workspace: Workspace, args: Args) -> Channel:
    channel = find(workspace, args, HISTORY)
    if workspace.app.bot_user_id not in channel.members:
        raise RefusedError("not_in_channel")
    return channel


def _within(args: Args, messages: list[Message]) -> list[Message]:
    oldest, latest = args.instant("oldest"), args.instant("latest")
    inclusive = args.flag("inclusive")

    def kept(message: Message) -> bool:
        at = _exact(message.ts)
        after = oldest is None or at > _exact(oldest) or (inclusive and at == _exact(oldest))
        before = latest is None or at < _exact(latest) or (inclusive and at == _exact(latest))
        return after and before

    return [message for message in messages if kept(message)]


def _exact(ts: str) -> int:
    seconds, _, micro = ts.partition(".")
    return int(seconds) * 1_000_000 + int(micro.ljust(6, "0"))


def _answer(workspace: Workspace, args: Args, messages: list[Message], cursor: str) -> Json:
    metadata = args.flag("include_all_metadata")
    answer: Json = {
        "messages": [message_json(workspace, m, metadata=metadata) for m in messages],
        "has_more": bool(cursor),
    }
    if cursor:
        answer["response_metadata"] = {"next_cursor": cursor}
    return answer
