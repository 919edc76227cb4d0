"""Slack's Socket Mode client with connections of our own, whose failures are sentences."""

from __future__ import annotations

import socket
import time
from typing import Any
from urllib.parse import urlsplit

from slack_bolt import App
from slack_bolt.adapter.socket_mode.base_handler import BaseSocketModeHandler
from slack_bolt.adapter.socket_mode.internals import run_bolt_app, send_response
from slack_sdk.socket_mode.builtin import SocketModeClient
from slack_sdk.socket_mode.builtin.connection import Connection, ConnectionState
from slack_sdk.socket_mode.builtin.internals import (
    _generate_sec_websocket_key,
    _parse_handshake_response,
    _validate_sec_websocket_accept,
)
from slack_sdk.socket_mode.request import SocketModeRequest

from bot.domain.errors import TransientError
from bot.slack import reaching, tunnel
from bot.slack.client import Client
from bot.slack.web import call

SWITCHING = 101


class Session(Connection):
    """One WebSocket; `connect` raises what goes wrong, where slack_sdk logs it and goes on."""

    def __init__(self, url: str, client: Client, **options: Any) -> None:
        super().__init__(url=url, **options)
        self._client = client

    def connect(self) -> None:
        """Dial and shake hands; TransientError says what is wrong on the way."""
        host = str(urlsplit(self.url).hostname)
        proxy = self._client.proxy_to(host)
        try:
            sock = tunnel.dial(
                self.url,
                proxy=proxy,
                context=self._client.context,
                timeout=self.receive_timeout,
            )
            try:
                self._shake_hands(sock, host)
            except BaseException:
                sock.close()
                raise
        except OSError as error:
            why = reaching.reason(error, host=host, proxy=proxy) or (
                f"{host} could not be reached ({type(error).__name__}): check the network and "
                "HTTPS_PROXY"
            )
            raise TransientError(f"Socket Mode cannot connect: {why}.") from error
        self.sock = sock  # type: ignore[assignment]
        # The pong brings this time back: a session that hears none for long is given up.
        self.ping(f"{self.session_id}:{time.time()}")

    def _shake_hands(self, sock: socket.socket, host: str) -> None:
        where, key = urlsplit(self.url), _generate_sec_websocket_key()
        lines = (
            f"GET {where.path}?{where.query} HTTP/1.1",
            f"Host: {host}",
            "Upgrade: websocket",
            "Connection: Upgrade",
            f"Sec-WebSocket-Key: {key}",
            "Sec-WebSocket-Version: 13",
            "",
            "",
        )
        sock.sendall("\r\n".join(lines).encode())
        status, headers, _ = _parse_handshake_response(sock)  # type: ignore[arg-type]
        if status != SWITCHING or not _validate_sec_websocket_accept(key, headers):
            raise ConnectionRefusedError(f"the handshake was answered with {status}")


class SocketClient(SocketModeClient):
    """Connects by `Session`; while it cannot, it says why once, and tries again by itself."""

    def __init__(self, client: Client, **options: Any) -> None:
        super().__init__(app_token=str(client.token), web_client=client, **options)
        self._client = client

    def issue_new_wss_url(self) -> str:
        """An address that is good for one connection; raises what is wrong as a sentence."""
        return str(call(self._client, "apps.connections.open")["url"])

    def connect(self) -> None:
        """A new session in place of the old one, which ends either way."""
        old, state = self.current_session, self.current_session_state
        if self.wss_uri is None:
            self.wss_uri = self.issue_new_wss_url()
        session = Session(
            self.wss_uri,
            self._client,
            logger=self.logger,
            ping_interval=self.ping_interval,
            receive_buffer_size=self.receive_buffer_size,
            on_message_listener=self._on_message,
            on_error_listener=self._on_error,
            on_close_listener=self._on_close,
        )
        try:
            session.connect()
        finally:
            state.terminated = True
            if old is not None:
                old.close()
        self.current_session, self.current_session_state = session, ConnectionState()  # type: ignore[no-untyped-call]
        self.auto_reconnect_enabled = self.default_auto_reconnect_enabled
        if not self.current_app_monitor_started:
            self.current_app_monitor_started = True
            self.current_app_monitor.start()


class Handler(BaseSocketModeHandler):
    """Bolt's adapter over that client."""

    def __init__(self, app: App, client: Client, **options: Any) -> None:
        self.app = app
        self.client: SocketClient = SocketClient(client, **options)
        self.client.socket_mode_request_listeners.append(self.handle)

    def handle(self, client: Any, req: SocketModeRequest) -> None:
        """One request, and its acknowledgement."""
        send_response(client, req, run_bolt_app(self.app, req), 0.0)
