"""Slack behind TLS with a private authority, and a proxy that leads to nothing else.

The certificates were made for these tests, are valid until 2126, and name slack.test,
localhost and 127.0.0.1; nobody keeps the authority's key.
"""

from __future__ import annotations

import base64
import contextlib
import select
import socket
import ssl
import threading
from collections.abc import Iterator
from http.client import parse_headers
from pathlib import Path
from socketserver import StreamRequestHandler, ThreadingTCPServer
from typing import Any

CERTIFICATES = Path(__file__).parent / "certificates"
AUTHORITY = CERTIFICATES / "authority.pem"
HOST = "slack.test"


def _identity() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATES / "server.pem", CERTIFICATES / "server-key.pem")
    return context


class _Server(ThreadingTCPServer):
    """Hands each connection to a thread; with TLS where it is `secure`."""

    daemon_threads = True
    allow_reuse_address = True
    secure = False

    def __init__(self, handler: type[StreamRequestHandler]) -> None:
        super().__init__(("127.0.0.1", 0), handler)
        self.port = int(self.server_address[1])
        self._identity = _identity()
        self.ending = threading.Event()

    def finish_request(self, request: Any, client_address: Any) -> None:
        """In the connection's thread: its handshake waits for nobody else's."""
        if not self.secure:
            super().finish_request(request, client_address)
            return
        # A client that does not trust the certificate hangs up.
        with contextlib.suppress(OSError):
            secured = self._identity.wrap_socket(request, server_side=True)
            with secured:
                super().finish_request(secured, client_address)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Whoever was connected has gone."""

    def relay(self, one: socket.socket, other: socket.socket) -> None:
        """Carry bytes both ways until either side or the test ends."""
        sides = {one: other, other: one}
        with contextlib.suppress(OSError, ValueError):
            while not self.ending.is_set():
                waiting = [s for s in sides if isinstance(s, ssl.SSLSocket) and s.pending()]
                for side in waiting or select.select(list(sides), [], [], 0.1)[0]:
                    side.settimeout(0)
                    try:
                        data = side.recv(65_536)
                    except ssl.SSLWantReadError:
                        continue
                    if not data:
                        return
                    sides[side].settimeout(10)
                    sides[side].sendall(data)


class _Terminating(StreamRequestHandler):
    server: Endpoint

    def handle(self) -> None:
        with socket.create_connection(("127.0.0.1", self.server.behind)) as there:
            self.server.relay(self.request, there)


class Endpoint(_Server):
    """TLS in front of a plain server."""

    secure = True

    def __init__(self, behind: int) -> None:
        super().__init__(_Terminating)
        self.behind = behind


class _Tunnelling(StreamRequestHandler):
    server: Proxy
    rbufsize = 0

    def handle(self) -> None:
        method, target, _ = self.rfile.readline().decode().split()
        headers = parse_headers(self.rfile)
        self.server.asked.append(f"{method} {target}")
        status = self.server.answer(headers.get("Proxy-Authorization", ""))
        self.wfile.write(f"HTTP/1.1 {status} As it is\r\n\r\n".encode())
        if status == 200:
            with socket.create_connection(("127.0.0.1", self.server.to)) as there:
                self.server.relay(self.request, there)


class Proxy(_Server):
    """Tunnels every host to one port, for whoever gives the name and password it wants."""

    def __init__(self, to: int, *, secure: bool = False, wants: str = "", status: int = 200):
        self.secure = secure
        super().__init__(_Tunnelling)
        self.to, self.asked = to, list[str]()
        self._wants, self._status = wants, status

    @property
    def url(self) -> str:
        """Its address, without name and password."""
        return f"{'https' if self.secure else 'http'}://127.0.0.1:{self.port}"

    def answer(self, given: str) -> int:
        """200, or why not."""
        basic = f"Basic {base64.b64encode(self._wants.encode()).decode()}"
        return 407 if self._wants and given != basic else self._status


@contextlib.contextmanager
def running(server: _Server) -> Iterator[None]:
    """The server, while the test needs it."""
    serving = threading.Thread(target=server.serve_forever, args=(0.01,))
    serving.start()
    try:
        yield
    finally:
        server.ending.set()
        server.shutdown()
        serving.join()
        server.server_close()
