"""Which scope of the bot token each method and event needs; any one of a row is enough."""

from __future__ import annotations

from bot.rehearsal.model import Channel, RefusedError

READ = {"public": "channels:read", "private": "groups:read", "im": "im:read"}
HISTORY = {"public": "channels:history", "private": "groups:history", "im": "im:history"}

METHOD_SCOPES: dict[str, str] = {
    "users.info": "users:read",
    "users.list": "users:read",
    "users.lookupByEmail": "users:read.email",
    "conversations.open": "im:write",
    "conversations.join": "channels:join",
    "chat.postMessage": "chat:write",
    "chat.postEphemeral": "chat:write",
    "chat.update": "chat:write",
    "chat.delete": "chat:write",
    "files.getUploadURLExternal": "files:write",
    "files.completeUploadExternal": "files:write",
    "files.info": "files:read",
    "files.list": "files:read",
    "files.delete": "files:write",
    "reactions.add": "reactions:write",
    "bots.info": "users:read",
    "team.info": "team:read",
}

EVENT_SCOPES: dict[str, str] = {
    "app_mention": "app_mentions:read",
    "message.channels": "channels:history",
    "message.groups": "groups:history",
    "message.im": "im:history",
    "member_joined_channel": "channels:read",
    "member_left_channel": "channels:read",
    "reaction_added": "reactions:read",
    "user_change": "users:read",
    "channel_shared": "channels:read",
    "channel_unshared": "channels:read",
    "channel_archive": "channels:read",
}

DEFAULT_SCOPES = frozenset(
    {
        "app_mentions:read",
        "channels:history",
        "channels:join",
        "channels:read",
        "chat:write",
        "commands",
        "files:read",
        "files:write",
        "groups:history",
        "groups:read",
        "im:history",
        "im:read",
        "im:write",
        "reactions:read",
        "reactions:write",
        "team:read",
        "users:read",
        "users:read.email",
    }
)
DEFAULT_EVENTS = frozenset(
    {"app_home_opened", "app_mention", "message.channels", "message.groups", "message.im"}
)


def need(granted: frozenset[str], needed: str) -> None:
    """RefusedError(missing_scope), as Slack words it, unless the scope was granted."""
    if needed not in granted:
        provided = ",".join(sorted(granted))
        raise RefusedError("missing_scope", needed=needed, provided=provided)


def need_for_channel(granted: frozenset[str], scopes: dict[str, str], channel: Channel) -> None:
    """The same, for methods whose scope depends on the kind of conversation."""
    need(granted, scopes[channel.kind])
