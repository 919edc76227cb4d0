"""What the bot asks of Slack: each method and event it uses, and the scopes they take.

`app.yaml` must ask for exactly these scopes; a test holds it to them.
"""

from __future__ import annotations

READ_ON = frozenset({"channels:history", "groups:history", "im:history"})
LOOK_AROUND = frozenset({"channels:read", "groups:read", "im:read"})

METHODS: dict[str, frozenset[str]] = {
    "auth.test": frozenset(),
    "chat.postEphemeral": frozenset({"chat:write"}),
    "chat.postMessage": frozenset({"chat:write"}),
    "chat.update": frozenset({"chat:write"}),
    "conversations.history": READ_ON,
    "conversations.info": LOOK_AROUND,
    "conversations.members": LOOK_AROUND,
    "conversations.open": frozenset({"im:write"}),
    "conversations.replies": READ_ON,
    "files.completeUploadExternal": frozenset({"files:write"}),
    "files.getUploadURLExternal": frozenset({"files:write"}),
    "views.open": frozenset(),
    "views.publish": frozenset(),
}
# With the app-level token, whose scope is connections:write.
APP_METHODS = frozenset({"apps.connections.open"})

EVENTS: dict[str, frozenset[str]] = {
    "app_home_opened": frozenset(),
    "app_mention": frozenset({"app_mentions:read"}),
    "message.channels": frozenset({"channels:history"}),
    "message.groups": frozenset({"groups:history"}),
    "message.im": frozenset({"im:history"}),
}
COMMANDS = frozenset({"commands"})


def scopes() -> frozenset[str]:
    """Every scope of the bot token that some feature needs."""
    return COMMANDS.union(*METHODS.values(), *EVENTS.values())
