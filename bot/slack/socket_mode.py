"""Socket Mode: the default way in."""

from __future__ import annotations

import logging
from typing import Any

from slack_bolt import App
from slack_bolt.adapter.socket_mode.builtin import SocketModeHandler

from bot.services.catching_up import Gap
from bot.slack.client import Client
from bot.slack.web import call

CONCURRENCY = 32
PING_INTERVAL = 5.0


class SocketMode:
    """One connection, which comes back by itself; each new one opens a gap to be read on from."""

    def __init__(
        self, app: App, client: Client, gap: Gap, *, ping_interval: float = PING_INTERVAL
    ) -> None:
        logger = logging.getLogger("slack_sdk.socket_mode")
        logger.setLevel(logging.ERROR)
        self._client = client
        self._handler = SocketModeHandler(
            app,
            app_token=client.token,
            logger=logger,
            web_client=client,
            concurrency=CONCURRENCY,
            ping_interval=ping_interval,
        )
        # Set afterwards: the constructor takes None as leave to look in the environment.
        self._handler.client.proxy = client.proxy
        self._handler.client.message_listeners.append(_opening(gap))

    def connect(self) -> None:
        """Connect; TransientError or PermanentError says what is wrong."""
        answer = call(self._client, "apps.connections.open")
        self._handler.client.wss_uri = answer["url"]
        self._handler.client.connect()

    def close(self) -> None:
        """Take nothing more, finish what is being taken, and let the client go."""
        self._handler.client.close()
        self._client.close()


def _opening(gap: Gap) -> Any:
    def listener(_client: Any, message: dict[str, Any], _raw: str | None = None) -> None:
        if message.get("type") == "hello":
            gap.open()

    return listener
