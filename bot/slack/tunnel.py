"""The way a WebSocket goes out: directly, or through a proxy's tunnel, with TLS where it is due.

slack_sdk opens sockets of its own, but speaks to every proxy in the clear, writes the proxy's
password into the log where it fails, and takes the port as the sign for TLS.
"""

from __future__ import annotations

import base64
import contextlib
import select
import socket
import ssl
import threading
from urllib.parse import SplitResult, unquote, urlsplit

from bot.slack.reaching import ProxyRefusedError

PORTS = {"ws": 80, "http": 80, "wss": 443, "https": 443}
PIECE = 65_536
MOST = 16_384
"""Bytes of a proxy's answer, after which it is no answer."""


def dial(url: str, *, proxy: str | None, context: ssl.SSLContext, timeout: float) -> socket.socket:
    """A connected socket that speaks to the host of a ws:// or wss:// address; raises OSError."""
    target = urlsplit(url)
    sock = _connect(target, timeout) if proxy is None else _through(proxy, target, context, timeout)
    try:
        return _secured(sock, target, context)
    except BaseException:
        sock.close()
        raise


def _connect(target: SplitResult, timeout: float) -> socket.socket:
    sock = socket.create_connection((str(target.hostname), _port(target)), timeout)
    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    return sock


def _port(target: SplitResult) -> int:
    return target.port or PORTS[target.scheme]


def _secured(sock: socket.socket, target: SplitResult, context: ssl.SSLContext) -> socket.socket:
    if target.scheme not in ("wss", "https"):
        return sock
    return context.wrap_socket(sock, server_hostname=target.hostname)


def _through(
    proxy: str, target: SplitResult, context: ssl.SSLContext, timeout: float
) -> socket.socket:
    where = urlsplit(proxy)
    sock = _connect(where, timeout)
    try:
        sock = _secured(sock, where, context)
        _ask(sock, where, target)
    except BaseException:
        sock.close()
        raise
    return _plain(sock, timeout) if isinstance(sock, ssl.SSLSocket) else sock


def _ask(sock: socket.socket, proxy: SplitResult, target: SplitResult) -> None:
    """Ask for a tunnel; ProxyRefusedError where there is none."""
    there = f"{target.hostname}:{_port(target)}"
    lines = [f"CONNECT {there} HTTP/1.1", f"Host: {there}"]
    if proxy.username is not None:
        said = f"{unquote(proxy.username)}:{unquote(proxy.password or '')}"
        lines.append(f"Proxy-Authorization: Basic {base64.b64encode(said.encode()).decode()}")
    sock.sendall("\r\n".join([*lines, "", ""]).encode())
    answer = b""
    while not answer.endswith(b"\r\n\r\n"):
        byte = sock.recv(1)  # one at a time: what follows is the tunnel's
        answer += byte
        if not byte or len(answer) > MOST:
            raise ProxyRefusedError(0)
    status = answer.split(b" ", 2)[1:2]
    code = int(status[0]) if status and status[0].isdigit() else 0
    if not 200 <= code < 300:
        raise ProxyRefusedError(code)


def _plain(outer: ssl.SSLSocket, timeout: float) -> socket.socket:
    """The tunnel within a proxy's TLS as a socket of its own: TLS does not go into TLS's socket."""
    ours, theirs = socket.socketpair()
    ours.settimeout(timeout)
    threading.Thread(
        target=_relay, args=(outer, theirs, timeout), name="tunnel", daemon=True
    ).start()
    return ours


def _relay(outer: ssl.SSLSocket, inner: socket.socket, timeout: float) -> None:
    """Carry bytes both ways until one side ends; one thread, since TLS is not for two at once."""
    with outer, inner, contextlib.suppress(OSError, ValueError):
        while True:
            ready = select.select([outer, inner], [], [])[0]
            if inner in ready:
                data = inner.recv(PIECE)
                if not data:
                    return
                outer.settimeout(timeout)
                outer.sendall(data)
            if outer in ready and not _carry_in(outer, inner):
                return


def _carry_in(outer: ssl.SSLSocket, inner: socket.socket) -> bool:
    """What has come, all of it; false at the end. Never waits: a record may be no data."""
    outer.settimeout(0)
    while True:
        try:
            data = outer.recv(PIECE)
        except ssl.SSLWantReadError:
            return True
        if not data:
            return False
        inner.sendall(data)
