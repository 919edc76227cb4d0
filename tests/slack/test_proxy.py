"""Through a proxy: which hosts, and that calls and Socket Mode both take it."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Callable, Iterator
from http.client import parse_headers
from socketserver import StreamRequestHandler, ThreadingTCPServer
from urllib.parse import urlsplit

import pytest
from slack_bolt import App

from bot import settings
from bot.domain.errors import UserError
from bot.rehearsal import RehearsalServer, Workspace
from bot.services.catching_up import Gap
from bot.settings import Settings
from bot.slack.client import Client
from bot.slack.reaching import context, proxy_for
from bot.slack.socket_mode import SocketMode
from bot.slack.web import call


@pytest.mark.parametrize(
    ("no_proxy", "expected"),
    [
        ("", "http://proxy:3128"),
        ("example.org", "http://proxy:3128"),
        ("notslack.com", "http://proxy:3128"),
        ("slack.com", None),
        (".slack.com", None),
        ("example.org, SLACK.COM", None),
        ("*", None),
    ],
)
def test_no_proxy_names_hosts_and_their_domains(no_proxy: str, expected: str | None) -> None:
    found = proxy_for("slack.com", https_proxy="http://proxy:3128", no_proxy=no_proxy)
    assert found == expected


@pytest.mark.parametrize("address", ["proxy:3128", "socks5://me:secret@proxy", "http://proxy:x"])
def test_a_proxy_that_is_no_address_is_refused_without_its_password(
    address: str,
) -> None:
    with pytest.raises(UserError, match="write http://HOST:PORT") as caught:
        settings.check(Settings(_env_file=None, https_proxy=address))

    assert "secret" not in str(caught.value)


def test_without_a_proxy_hosts_are_reached_directly() -> None:
    assert proxy_for("slack.com", https_proxy="", no_proxy="") is None


class Forwarding(StreamRequestHandler):
    """One connection through the proxy: a tunnel, or a plain request with its answer."""

    server: Proxy

    def handle(self) -> None:
        method, target, version = self.rfile.readline().decode().split()
        where = urlsplit(f"//{target}" if method == "CONNECT" else target)
        self.server.asked.append(f"{method} {where.path}".strip())
        headers = parse_headers(self.rfile)
        with socket.create_connection((str(where.hostname), where.port or 80)) as there:
            if method == "CONNECT":
                self.wfile.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
                back = threading.Thread(target=_pump, args=(there.recv, self.request))
                back.start()
                _pump(self.rfile.read1, there)
                back.join()
                return
            # One request a connection: the next may be for somebody else.
            headers.replace_header("Connection", "close")
            body = self.rfile.read(int(headers["Content-Length"]))
            there.sendall(f"{method} {where.path} {version}\r\n{headers}".encode() + body)
            _pump(there.recv, self.request)


def _pump(read: Callable[[int], bytes], sink: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while data := read(65_536):
            sink.sendall(data)
        sink.shutdown(socket.SHUT_WR)


class Proxy(ThreadingTCPServer):
    """A forward proxy on the loopback, and what was asked of it."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Forwarding)
        self.asked: list[str] = []
        self.url = f"http://127.0.0.1:{self.server_address[1]}"


@pytest.fixture
def proxy() -> Iterator[Proxy]:
    """A proxy that runs as long as the test."""
    with Proxy() as running:
        serving = threading.Thread(target=running.serve_forever, args=(0.01,))
        serving.start()
        yield running
        running.shutdown()
        serving.join()


def test_calls_go_through_the_proxy(proxy: Proxy) -> None:
    workspace = Workspace()
    with RehearsalServer(workspace) as slack:
        client = Client(
            workspace.app.bot_token, base_url=slack.url, context=context(""), proxy=proxy.url
        )
        answer = call(client, "auth.test")
        client.close()

    assert answer["user_id"] == workspace.app.bot_user_id
    assert proxy.asked == ["POST /api/auth.test"]


def test_socket_mode_goes_through_the_proxy(proxy: Proxy) -> None:
    workspace = Workspace()
    with RehearsalServer(workspace) as slack:
        client = Client(
            workspace.app.app_token, base_url=slack.url, context=context(""), proxy=proxy.url
        )
        app = App(client=client, token_verification_enabled=False)
        way_in = SocketMode(app, client, Gap())
        way_in.connect()
        slack.wait_for_sockets()
        way_in.close()

    assert proxy.asked == ["POST /api/apps.connections.open", "CONNECT"]
