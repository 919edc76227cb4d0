"""Socket Mode: the default way in."""

from __future__ import annotations

import contextlib
import logging
import socket
from typing import Any

from slack_bolt import App

from bot.services.catching_up import Gap
from bot.slack.client import Client
from bot.slack.socket_client import Handler

CONCURRENCY = 32
PING_INTERVAL = 5.0


class SocketMode:
    """One connection, which comes back by itself; each new one opens a gap to be read on from."""

    def __init__(self, app: App, client: Client, gap: Gap) -> None:
        logger = logging.getLogger("slack_sdk.socket_mode")
        logger.setLevel(logging.ERROR)
        self._client = client
        self._handler = Handler(
            app, client, logger=logger, concurrency=CONCURRENCY, ping_interval=PING_INTERVAL
        )
        self._handler.client.message_listeners.append(_opening(gap))

    def connect(self) -> None:
        """Connect; TransientError or PermanentError says what is wrong."""
        self._handler.client.connect()

    def close(self) -> None:
        """Take nothing more, finish what is being taken, and let the client go."""
        end(self._handler.client)
        self._client.close()


def end(client: Any) -> None:
    """End Slack's own client at once: by itself it waits out a read of three seconds.

    What is being taken is acknowledged first; what comes meanwhile is not, and comes again.
    """
    client.auto_reconnect_enabled = False
    client.closed = True
    client.message_queue.put(None)  # wakes whoever waits for a message
    client.message_processor.shutdown()
    client.message_workers.shutdown()
    if client.current_app_monitor.is_alive():
        client.current_app_monitor.shutdown()
    sock = client.current_session.sock if client.current_session is not None else None
    if sock is not None:
        # Not by TLS's own method: that forgets the session while another thread reads.
        with contextlib.suppress(OSError):
            socket.socket.shutdown(sock, socket.SHUT_RDWR)
    _end_reading(client)
    client.close()


def _end_reading(client: Any) -> None:
    """Until nobody reads the socket: the client's close takes it away from under a reader."""
    runner = client.current_session_runner
    runner.event.set()
    while runner.is_alive():
        # Again and again: a session that is just beginning takes it back once.
        client.current_session_state.terminated = True
        runner.thread.join(0.05)


def _opening(gap: Gap) -> Any:
    def listener(_client: Any, message: dict[str, Any], _raw: str | None = None) -> None:
        if message.get("type") == "hello":
            gap.open()

    return listener
