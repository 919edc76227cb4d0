"""What the app needs of Slack, and for what: app.yaml asks for exactly this.

Scopes of methods as Slack documents them for bot tokens; where the kind of conversation decides,
the kinds that the bot is in.
"""

from __future__ import annotations

import re
from pathlib import Path

APP = Path(__file__).parents[2] / "app.yaml"
SCOPE = re.compile(r"      - ([a-z_.]+(?::[a-z.]+)*)")
REMARK = re.compile(r"      # (.+)")

READ = frozenset({"channels:read", "groups:read", "im:read"})
HISTORY = frozenset({"channels:history", "groups:history", "im:history"})
NOTHING: frozenset[str] = frozenset()

COMMANDS_NEED = "commands"

METHODS: dict[str, frozenset[str]] = {
    "apps.connections.open": NOTHING,  # the app-level token's connections:write
    "auth.test": NOTHING,
    "chat.postEphemeral": frozenset({"chat:write"}),
    "chat.postMessage": frozenset({"chat:write"}),
    "chat.update": frozenset({"chat:write"}),
    "conversations.history": HISTORY,
    "conversations.info": READ,
    "conversations.members": READ,
    "conversations.open": frozenset({"im:write"}),
    "conversations.replies": HISTORY,
    "files.completeUploadExternal": frozenset({"files:write"}),
    "files.delete": frozenset({"files:write"}),
    "files.getUploadURLExternal": frozenset({"files:write"}),
    "files.info": frozenset({"files:read"}),
    "views.open": NOTHING,
    "views.publish": NOTHING,
}

EVENTS: dict[str, dict[str, frozenset[str]]] = {
    "app_home_opened": {"app_home_opened": NOTHING},
    "app_mention": {"app_mention": frozenset({"app_mentions:read"})},
    "message": {
        "message.channels": frozenset({"channels:history"}),
        "message.groups": frozenset({"groups:history"}),
        "message.im": frozenset({"im:history"}),
    },
}
"""Subscriptions by the type that arrives: one listener may need several."""


def subscriptions() -> frozenset[str]:
    """What to subscribe to."""
    return frozenset(name for ways in EVENTS.values() for name in ways)


def scopes() -> frozenset[str]:
    """Every scope that a method, an event or a command needs."""
    by_events = [needed for ways in EVENTS.values() for needed in ways.values()]
    return frozenset({COMMANDS_NEED}).union(*METHODS.values(), *by_events)


def features(path: Path = APP) -> dict[str, str]:
    """For each scope that app.yaml asks for, the feature that needs it: the remark above it."""
    lines = path.read_text(encoding="utf-8").splitlines()
    found: dict[str, str] = {}
    remark: list[str] = []
    for line in lines[lines.index("    bot:") + 1 :]:
        if said := REMARK.fullmatch(line):
            remark.append(said[1])
        elif scope := SCOPE.fullmatch(line):
            found[scope[1]], remark = " ".join(remark), []
        else:
            break
    return found
