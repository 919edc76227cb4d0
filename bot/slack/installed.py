"""Who we are in the workspace, as `auth.test` says once at start."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from slack_sdk import WebClient

from bot.slack.web import call


@dataclass(frozen=True, kw_only=True)
class Installed:
    """The bot's own team, user and bot id."""

    team_id: str
    user_id: str
    bot_id: str

    def said(self, message: Mapping[str, Any]) -> bool:
        """Whether a message is our own."""
        return message.get("user") == self.user_id or message.get("bot_id") == self.bot_id


def ask(client: WebClient) -> Installed:
    """Slack's word for who this token is; TransientError or PermanentError where it has none."""
    answer = call(client, "auth.test")
    return Installed(
        team_id=str(answer["team_id"]),
        user_id=str(answer["user_id"]),
        bot_id=str(answer.get("bot_id", "")),
    )
