"""The rehearsal server: a workspace behind Slack's own protocols, on the loopback."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Coroutine
from datetime import datetime, timedelta
from types import TracebackType
from typing import Any

import uvicorn
from uvicorn.server import ServerState

from bot.rehearsal.connections import Connections
from bot.rehearsal.deliveries import Delivery, Outcome
from bot.rehearsal.faults import Call, Faults
from bot.rehearsal.person import Person
from bot.rehearsal.signed import SignedHttp
from bot.rehearsal.sockets import Sockets
from bot.rehearsal.web import Web
from bot.rehearsal.workspace import Workspace

HOST = "127.0.0.1"


class RehearsalServer:
    """Serves a workspace from a thread of its own, between `start` and `stop`.

    `ack_timeout` is in real seconds, Slack's three by default; retries fall due by the
    workspace's clock.
    """

    def __init__(
        self,
        workspace: Workspace | None = None,
        *,
        port: int = 0,
        ack_timeout: float = 3.0,
        close_grace: float = 0.5,
    ) -> None:
        self.workspace = workspace or Workspace()
        self.faults = Faults()
        self._port = port
        self._connections = Connections()
        self._sockets = Sockets(self.workspace, ack_timeout=ack_timeout, close_grace=close_grace)
        self._web = Web(self.workspace, self.faults, self._connections, self._sockets)
        self._tasks: set[asyncio.Task[Any]] = set()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None
        self._http: SignedHttp | None = None

    # Running it

    def start(self) -> RehearsalServer:
        """Listen, and be ready when this returns."""
        listener = socket.create_server((HOST, self._port))
        # Inherited by what it accepts: without it each answer waits 40 ms for an acknowledgement.
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._port = listener.getsockname()[1]
        self.workspace.base_url = f"http://{HOST}:{self._port}/"
        self._loop = asyncio.new_event_loop()
        ready = threading.Event()
        self._thread = threading.Thread(
            target=self._run, args=(listener, ready), name="rehearsal", daemon=True
        )
        self._thread.start()
        ready.wait()
        self.workspace.deliveries.carrier = self._carry
        return self

    def stop(self) -> None:
        """Cut every connection and end."""
        if self._loop is None or self._thread is None:
            return
        self.workspace.deliveries.carrier = None
        self.faults.clear()
        self._loop.call_soon_threadsafe(self._stopping.set)
        self._thread.join()
        self._loop = self._thread = None

    def __enter__(self) -> RehearsalServer:
        return self.start()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    @property
    def url(self) -> str:
        """The Web API's address, for SLACK_API_URL."""
        return f"{self.workspace.base_url}api/"

    @property
    def clock_url(self) -> str:
        """The clock's address, for CLOCK_URL."""
        return f"{self.workspace.base_url}clock"

    @property
    def ack_timeout(self) -> float:
        """How long an acknowledgement is waited for over a socket; it may be changed."""
        return self._sockets.ack_timeout

    @ack_timeout.setter
    def ack_timeout(self, seconds: float) -> None:
        self._sockets.ack_timeout = seconds

    @property
    def calls(self) -> list[Call]:
        """Every Web API call so far, oldest first."""
        return list(self._web.calls)

    # Time and waiting

    def as_user(self, user_id: str) -> Person:
        """This person's hands and eyes."""
        return Person(self.workspace, user_id, patience=self.ack_timeout + 10)

    def advance(self, by: timedelta | None = None, **parts: float) -> datetime:
        """Move the clock on, and wait for what fell due; the new time."""
        now = self.workspace.clock.advance(by, **parts)
        self.settle()
        return now

    def settle(self, timeout: float | None = None) -> None:
        """Until nothing is on its way to the bot; TimeoutError after `timeout` seconds."""
        self.workspace.deliveries.settle(timeout or self.ack_timeout * 4 + 10)

    def wait_for_sockets(self, count: int = 1, timeout: float = 10.0) -> None:
        """Until so many sockets are open; TimeoutError where they don't come."""
        self._sockets.wait_for(count, timeout)

    @property
    def socket_count(self) -> int:
        """How many sockets are open now."""
        return self._sockets.count

    # Faults

    def twice(self, times: int = 1) -> None:
        """Deliver each of the next `times` events twice."""
        self.workspace.deliveries.twice(times)

    def close_sockets(self) -> None:
        """Close every socket in good order; clients reconnect."""
        self._on_loop(self._sockets.close_all())

    def refresh_sockets(self, reason: str = "refresh_requested") -> None:
        """Ask every client to come back on a new socket, as Slack does every few hours."""
        self._on_loop(self._sockets.ask_to_reconnect(reason))

    def down(self) -> None:
        """Slack is out of reach: cut every connection, refuse new ones, deliver nothing."""
        self._on_loop(self._go_down())

    def up(self) -> None:
        """Slack is back."""
        self._connections.refusing = False

    def verify_url(self) -> bool:
        """Whether the app's request URL answers Slack's challenge, rightly signed."""
        return bool(self._on_loop(self._signed().verify_url()))

    # On the loop

    def _run(self, listener: socket.socket, ready: threading.Event) -> None:
        assert self._loop is not None
        asyncio.set_event_loop(self._loop)
        try:
            self._loop.run_until_complete(self._serve(listener, ready))
            self._loop.run_until_complete(self._loop.shutdown_asyncgens())
        finally:
            asyncio.set_event_loop(None)
            self._loop.close()

    async def _serve(self, listener: socket.socket, ready: threading.Event) -> None:
        self._stopping = asyncio.Event()
        config = uvicorn.Config(
            self._web.app,
            http=self._connections.protocol(),
            ws="websockets-sansio",
            ws_ping_interval=None,
            ws_per_message_deflate=False,
            lifespan="off",
            log_config=None,
            access_log=False,
            proxy_headers=False,
        )
        config.load()
        state = ServerState()
        loop = asyncio.get_running_loop()
        protocol: Any = config.http_protocol_class
        server = await loop.create_server(
            lambda: protocol(config=config, server_state=state, app_state={}, _loop=loop),
            sock=listener,
        )
        ticking = loop.create_task(self._tick())
        ready.set()
        await self._stopping.wait()
        server.close()
        self._connections.cut_all()
        if state.tasks:
            await asyncio.wait(set(state.tasks), timeout=0.5)
        await _end({ticking, *self._tasks, *state.tasks})
        if self._http is not None:
            await self._http.close()
            self._http = None

    async def _tick(self) -> None:
        """With a running clock, things fall due by themselves."""
        while True:
            await asyncio.sleep(1)
            if self.workspace.clock.running:
                self.workspace.deliveries.deliver_due()

    async def _go_down(self) -> None:
        self._connections.refusing = True
        self._connections.cut_all()

    def _signed(self) -> SignedHttp:
        if self._http is None:
            self._http = SignedHttp(self.workspace, ack_timeout=self.ack_timeout)
        return self._http

    def _on_loop(self, work: Coroutine[Any, Any, Any]) -> Any:
        if self._loop is None:
            work.close()
            raise RuntimeError("The rehearsal server is not running; call start() first.")
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(self.ack_timeout + 10)

    def _carry(self, delivery: Delivery) -> None:
        loop = self._loop
        if loop is not None:
            loop.call_soon_threadsafe(self._begin, delivery)

    def _begin(self, delivery: Delivery) -> None:
        task = asyncio.get_running_loop().create_task(self._try(delivery))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _try(self, delivery: Delivery) -> None:
        outcome = Outcome(acked=False, reason="connection_failed")
        try:
            if not self._connections.refusing:
                by_http = self.workspace.app.request_url is not None
                carrier = self._signed() if by_http else self._sockets
                outcome = await carrier.deliver(delivery)
        finally:
            self.workspace.deliveries.finish(delivery, outcome)


async def _end(tasks: set[asyncio.Task[Any]]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
