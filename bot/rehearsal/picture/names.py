"""People's and channels' names in place of their ids."""

from __future__ import annotations

import re
from typing import Any

from bot.rehearsal.model import Json
from bot.rehearsal.typed import escaped
from bot.rehearsal.workspace import Workspace

_MENTION = re.compile(r"<([@#])([A-Z0-9]+)(?:\|[^<>]*)?>")


class Names:
    """The names of a workspace, as mentions show them; an unknown id stands for itself."""

    def __init__(self, workspace: Workspace) -> None:
        self._users = {user.id: user.real_name for user in workspace.users.values()}
        self._channels = {channel.id: channel.name for channel in workspace.channels.values()}

    def of(self, user_id: str) -> str:
        """What somebody is called."""
        return self._users.get(user_id, user_id)

    def in_text(self, text: str) -> str:
        """Slack's mark-up with a label on each mention."""
        return _MENTION.sub(self._labelled, text)

    def in_blocks(self, blocks: list[Json]) -> list[Json]:
        """A copy of the blocks with the names in."""
        return [self._named(block) for block in blocks]

    def _labelled(self, found: re.Match[str]) -> str:
        sign, id_ = found.groups()
        name = self.of(id_) if sign == "@" else self._channels.get(id_, id_)
        return f"<{sign}{id_}|{sign}{escaped(name)}>"

    def _named(self, value: Any) -> Any:
        if isinstance(value, list):
            return [self._named(each) for each in value]
        if not isinstance(value, dict):
            return value
        match value.get("type"):
            case "user":
                return _highlighted(f"@{self.of(value['user_id'])}", value)
            case "channel":
                id_ = value["channel_id"]
                return _highlighted(f"#{self._channels.get(id_, id_)}", value)
            case "mrkdwn":
                return value | {"text": self.in_text(value["text"])}
            case _:
                return {key: self._named(inner) for key, inner in value.items()}


def _highlighted(text: str, leaf: Json) -> Json:
    style = leaf.get("style", {}) | {"client_highlight": True}
    return {"type": "text", "text": text, "style": style}
