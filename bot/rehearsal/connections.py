"""The TCP connections of the server, so that they can be cut."""

from __future__ import annotations

import asyncio
from typing import Any

from starlette.responses import Response
from starlette.types import Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

Peer = tuple[str, int]


class Connections:
    """Open connections by their far end; while `refusing`, new ones are closed at once."""

    def __init__(self) -> None:
        self.refusing = False
        self._open: dict[Peer, asyncio.Transport] = {}

    def made(self, transport: asyncio.Transport) -> None:
        """A connection has come in."""
        if self.refusing:
            transport.abort()
            return
        self._open = {p: t for p, t in self._open.items() if not t.is_closing()}
        peer = transport.get_extra_info("peername")
        self._open[(peer[0], peer[1])] = transport

    def cut(self, peer: Peer) -> None:
        """Close this connection without another byte."""
        transport = self._open.pop((peer[0], peer[1]), None)
        if transport is not None:
            transport.abort()

    def cut_all(self) -> None:
        """Close every connection without another byte."""
        for peer in list(self._open):
            self.cut(peer)

    def protocol(self) -> type[H11Protocol]:
        """uvicorn's HTTP protocol, known to these connections."""
        connections = self

        class Known(H11Protocol):
            def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
                super().connection_made(transport)
                connections.made(transport)

        return Known


class NoAnswer(Response):
    """Instead of a response, the connection is cut."""

    def __init__(self, connections: Connections) -> None:
        super().__init__()
        self._connections = connections

    async def __call__(self, scope: Scope, receive: Receive, _send: Send) -> None:
        """Cut, and wait until uvicorn has noticed, so that it sends nothing."""
        self._connections.cut(scope["client"])
        message: dict[str, Any] = {"type": ""}
        while message["type"] != "http.disconnect":
            message = dict(await receive())
