"""Signed HTTP: Bolt's WSGI adapter under gunicorn's threads, and a word on health."""

from __future__ import annotations

import json
import os
import signal
import socket
from collections.abc import Callable, Iterable
from typing import Any

from gunicorn.app.base import BaseApplication
from gunicorn.arbiter import Arbiter
from gunicorn.glogging import Logger as GunicornLog
from gunicorn.workers.gthread import ThreadWorker
from slack_bolt import App
from slack_bolt.adapter.wsgi import SlackRequestHandler

from bot import logs
from bot.domain.clock import Clock
from bot.domain.errors import TransientError, UserError
from bot.services import heartbeat
from storage import sweeps
from storage.database import Database

THREADS = 32
HEALTH = "/health"
UNAVAILABLE = "503 Service Unavailable"
GRACE = 8
"""Seconds from being told to end until a worker that hangs is killed."""

Wsgi = Callable[[dict[str, Any], Any], Iterable[bytes]]


def wsgi(app: App, database: Database, clock: Clock) -> Wsgi:
    """Slack's requests at /slack/events, and GET /health: 503 where something is wrong."""
    slack = SlackRequestHandler(app)

    def answer(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        if environ.get("PATH_INFO") == HEALTH and environ.get("REQUEST_METHOD") == "GET":
            return _health(database, clock, start_response)
        return slack(environ, start_response)

    return answer


def _health(database: Database, clock: Clock, start_response: Any) -> Iterable[bytes]:
    status = "200 OK"
    try:
        with database.snapshot() as session:
            ran = {name: at.isoformat() for name, at in sweeps.last(session).items()}
        pulse = heartbeat.look(database, now=clock())
        body = {
            "ok": pulse.well,
            "says": pulse.line,
            "sweeps": ran,
            "ledger_differences": pulse.differences,
        }
        if not pulse.well:
            status = UNAVAILABLE
    except TransientError as error:
        status, body = UNAVAILABLE, {"ok": False, "error": str(error)}
    content = json.dumps(body).encode()
    headers = [("Content-Type", "application/json"), ("Content-Length", str(len(content)))]
    start_response(status, headers)
    return [content]


def check(address: str) -> None:
    """UserError where nobody could listen at HOST:PORT: gunicorn would try for five seconds."""
    host, _, port = address.rpartition(":")
    host = host.strip("[]")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        socket.create_server((host, int(port)), family=family).close()
    except (OSError, ValueError, OverflowError) as error:
        reason = getattr(error, "strerror", None) or "that is no HOST:PORT"
        raise UserError(
            f"Cannot listen at {address} ({reason}): give --http another HOST:PORT, such as "
            "127.0.0.1:8000."
        ) from error


class Log(GunicornLog):  # type: ignore[misc]
    """gunicorn's own lines in our form: its tracebacks would print what a statement held."""

    def setup(self, cfg: Any) -> None:
        """As gunicorn does, then in our form."""
        super().setup(cfg)
        logs.dress(self.error_log)


class _Worker(ThreadWorker):  # type: ignore[misc]
    """Ends in order by SIGINT too, which a terminal sends to it and to its master."""

    def init_signals(self) -> None:
        super().init_signals()
        signal.signal(signal.SIGINT, self.handle_exit)


class _Master(Arbiter):  # type: ignore[misc]
    """SIGINT ends it as SIGTERM does; the second of either ends it at once."""

    asked = False

    def start(self) -> None:
        """Ready is for the worker to say, once all is connected: gunicorn would say so at once."""
        supervisor = os.environ.pop("NOTIFY_SOCKET", None)
        super().start()
        if supervisor is not None:
            os.environ["NOTIFY_SOCKET"] = supervisor

    def signal(self, sig: int, frame: Any) -> None:
        """One signal."""
        if sig in (signal.SIGTERM, signal.SIGINT):
            if self.asked:
                self.kill_workers(signal.SIGKILL)
                os._exit(128 + sig)
            self.asked = True
        super().signal(sig, frame)

    def handle_int(self) -> None:
        """As for SIGTERM."""
        self.handle_term()


class Server(BaseApplication):  # type: ignore[misc]
    """One worker process with many threads; `make` builds the bot in it, after the fork."""

    def __init__(self, address: str, make: Callable[[], tuple[Wsgi, Callable[[], None]]]) -> None:
        self._address = address
        self._make = make
        self._stop: Callable[[], None] | None = None
        super().__init__()

    def load_config(self) -> None:
        """Where to listen, and with how many threads."""
        settings = {
            "bind": self._address,
            "workers": 1,
            "worker_class": _Worker,
            "threads": THREADS,
            "timeout": 60,
            "graceful_timeout": GRACE,
            "loglevel": "warning",
            "logger_class": Log,
            "proc_name": "followthrough",
            # Nobody steers it from outside; it would be made in a home that need not be there.
            "control_socket_disable": True,
            "worker_exit": self._exited,
        }
        for name, value in settings.items():
            self.cfg.set(name, value)

    def run(self) -> None:
        """Until told to end."""
        _Master(self).run()

    def load(self) -> Wsgi:
        """The application, in the worker."""
        application, self._stop = self._make()
        return application

    def _exited(self, _server: Any, _worker: Any) -> None:
        if self._stop is not None:
            self._stop()
