"""Reads conversations on after a gap, and hands over what it finds as message events."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from slack_sdk import WebClient

from bot import logs
from bot.services.catching_up import Event
from bot.slack.web import SlackRefusedError, pages
from storage.conversations import IM, Conversation

logger = logging.getLogger(__name__)

# How far back a thread may begin, or an edited message stand, to be found again.
LOOK_BACK = timedelta(days=35)
PAGE = 200

Message = Mapping[str, Any]


class SlackReader:
    """History and replies."""

    def __init__(self, client: WebClient) -> None:
        self._client = client

    def since(self, conversation: Conversation, ts: str) -> list[Event]:
        """What was said or edited after this time, as message events, the oldest first."""
        try:
            said = self._read(conversation.channel_id, ts)
        except SlackRefusedError as error:
            # Nobody can write to us there any more: it holds nothing up.
            ids = logs.about(channel=conversation.channel_id)
            logger.warning("cannot read %s", error.name, extra=ids)
            return []
        changes = [event for message in said if (event := _event(message, ts)) is not None]
        place = {
            "type": "message",
            "channel": conversation.channel_id,
            "channel_type": "im" if conversation.kind == IM else "channel",
        }
        return [{**event, **place} for event in sorted(changes, key=lambda e: _when(e["ts"]))]

    def _read(self, channel: str, ts: str) -> list[Message]:
        oldest = f"{float(ts) - LOOK_BACK.total_seconds():.6f}"
        heads: list[Message] = pages(
            self._client,
            "conversations.history",
            "messages",
            channel=channel,
            oldest=oldest,
            limit=PAGE,
        )
        replies: list[Message] = []
        for head in heads:
            if _when(str(head.get("latest_reply", "0"))) > _when(ts):
                replies += self._replies(channel, head["ts"], oldest)
        return [*heads, *replies]

    def _replies(self, channel: str, head: str, oldest: str) -> list[Message]:
        thread: list[Message] = pages(
            self._client,
            "conversations.replies",
            "messages",
            channel=channel,
            ts=head,
            oldest=oldest,
            limit=PAGE,
        )
        # Every page begins with the head, which history has told already.
        return [message for message in thread if message["ts"] != head]


def _event(message: Message, since: str) -> Event | None:
    if _when(message["ts"]) > _when(since):
        return dict(message)
    edited = message.get("edited") or {}
    if edited and _when(edited["ts"]) > _when(since):
        return {"subtype": "message_changed", "message": message, "ts": edited["ts"]}
    return None


def _when(ts: str) -> tuple[int, int]:
    seconds, _, micro = ts.partition(".")
    return int(seconds), int(micro.ljust(6, "0"))
