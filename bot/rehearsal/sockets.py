"""Socket Mode: envelopes over WebSockets, and the acknowledgements that come back."""

from __future__ import annotations

import asyncio
import contextlib
import json
import threading
import uuid
from typing import Any

from starlette.websockets import WebSocket, WebSocketDisconnect, WebSocketState

from bot.rehearsal.deliveries import COMMAND, EVENT, Delivery, Outcome
from bot.rehearsal.model import Json
from bot.rehearsal.workspace import Workspace

Waiting = dict[str, tuple["asyncio.Future[Any]", WebSocket]]


class Sockets:
    """The app's open sockets. All but `count` and `wait_for` run on the server's loop.

    What was sent down a socket that then closes counts as lost `close_grace` seconds later:
    a client that reconnects at once may still acknowledge over its new socket.
    """

    def __init__(self, workspace: Workspace, *, ack_timeout: float, close_grace: float) -> None:
        self._workspace = workspace
        self.ack_timeout = ack_timeout
        self._close_grace = close_grace
        self._open: list[WebSocket] = []
        self._leaving: list[WebSocket] = []
        self._arrived = asyncio.Event()
        self._waiting: Waiting = {}
        self._changed = threading.Condition()
        self._turn = 0

    @property
    def count(self) -> int:
        """How many sockets are open."""
        return len(self._open)

    def wait_for(self, count: int, timeout: float) -> None:
        """Until so many sockets are open; TimeoutError where they don't come."""
        with self._changed:
            if not self._changed.wait_for(lambda: len(self._open) >= count, timeout):
                raise TimeoutError(f"{len(self._open)} of {count} sockets opened in {timeout} s.")

    async def serve(self, websocket: WebSocket) -> None:
        """One connection from hello to its close."""
        ticket = websocket.query_params.get("ticket", "")
        if ticket not in self._workspace.socket_tickets:
            await websocket.close(code=1008)
            return
        self._workspace.socket_tickets.discard(ticket)
        await websocket.accept()
        await websocket.send_text(json.dumps(self._hello()))
        self._set_open([*self._open, websocket])
        self._arrived.set()
        for old in list(self._leaving):
            await old.close(code=1000)
            self._lose(old)
        try:
            while True:
                self._take(await websocket.receive_text())
        except WebSocketDisconnect:
            self._lose(websocket)

    async def deliver(self, delivery: Delivery) -> Outcome:
        """Send one envelope down one socket, and wait for its acknowledgement."""
        if not self._open and not await self._another():
            return Outcome(acked=False, reason="no_socket")
        self._turn += 1
        websocket = self._open[self._turn % len(self._open)]
        envelope = _envelope(delivery)
        future = asyncio.get_running_loop().create_future()
        self._waiting[envelope["envelope_id"]] = (future, websocket)
        try:
            await websocket.send_text(json.dumps(envelope))
            body = await asyncio.wait_for(future, self.ack_timeout)
        except TimeoutError:
            return Outcome(acked=False, reason="timeout")
        except (WebSocketDisconnect, RuntimeError):
            return Outcome(acked=False, reason="socket_closed")
        finally:
            del self._waiting[envelope["envelope_id"]]
        return body if isinstance(body, Outcome) else Outcome(acked=True, body=body)

    async def close_all(self) -> None:
        """Close every socket in good order."""
        for websocket in [*self._open, *self._leaving]:
            # A client may hang up in the same moment.
            with contextlib.suppress(WebSocketDisconnect):
                await websocket.close(code=1000)
            self._lose(websocket)

    async def ask_to_reconnect(self, reason: str) -> None:
        """Tell every client to come back on a new socket; then the old ones close."""
        message = {"type": "disconnect", "reason": reason, "debug_info": {"host": "rehearsal"}}
        asked = list(self._open)
        self._leaving += asked
        self._arrived = asyncio.Event()
        self._set_open([])
        for websocket in asked:
            await websocket.send_text(json.dumps(message))

    async def _another(self) -> bool:
        """Whether a client that was asked to reconnect does so in time."""
        if not self._leaving:
            return False
        try:
            await asyncio.wait_for(self._arrived.wait(), self.ack_timeout)
        except TimeoutError:
            return False
        return bool(self._open)

    def _hello(self) -> Json:
        return {
            "type": "hello",
            "num_connections": len(self._open) + 1,
            "connection_info": {"app_id": self._workspace.app.app_id},
            "debug_info": {
                "host": "rehearsal",
                "build_number": 1,
                "approximate_connection_time": 3600,
            },
        }

    def _take(self, text: str) -> None:
        try:
            message = json.loads(text)
        except ValueError:
            return
        waiting = self._waiting.get(str(message.get("envelope_id")))
        if waiting is not None and not waiting[0].done():
            waiting[0].set_result(message.get("payload"))

    def _lose(self, websocket: WebSocket) -> None:
        self._set_open([each for each in self._open if each is not websocket])
        self._leaving = [each for each in self._leaving if each is not websocket]
        lost = [future for future, sent_on in self._waiting.values() if sent_on is websocket]
        websocket.application_state = WebSocketState.DISCONNECTED
        asyncio.get_running_loop().call_later(self._close_grace, _give_up, lost)

    def _set_open(self, sockets: list[WebSocket]) -> None:
        with self._changed:
            self._open = sockets
            self._changed.notify_all()


def _give_up(futures: list[asyncio.Future[Any]]) -> None:
    for future in futures:
        if not future.done():
            future.set_result(Outcome(acked=False, reason="socket_closed"))


def _envelope(delivery: Delivery) -> Json:
    answers = delivery.kind == COMMAND or delivery.payload.get("type") == "view_submission"
    envelope: Json = {
        "envelope_id": str(uuid.uuid4()),
        "payload": delivery.payload,
        "type": delivery.kind,
        "accepts_response_payload": answers,
    }
    if delivery.kind == EVENT:
        envelope["retry_attempt"] = delivery.tries
        envelope["retry_reason"] = delivery.reason
    return envelope
