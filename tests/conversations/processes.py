"""The bot as a process of its own, which can be killed at any moment."""

from __future__ import annotations

import contextlib
import json
import os
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlmodel import col, select

from bot.rehearsal import RehearsalServer
from bot.rehearsal.clock import RehearsalClock
from bot.services import duties
from storage import sweeps
from storage.database import Database
from storage.rows import OutboxRow
from tests.conversations.crowds import PATIENCE, opened, until

ROOT = Path(__file__).parents[2]


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Whoever asked was killed."""


class Clock:
    """The workspace's clock at an address of its own, which knows how often it was asked."""

    def __init__(self, clock: RehearsalClock) -> None:
        self._asked = 0
        self._changed = threading.Condition()
        watch = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            wbufsize = -1  # one packet an answer

            def do_GET(self) -> None:
                watch._count()
                body = json.dumps({"now": clock.now().isoformat()}).encode()
                self.send_response(200)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)
                self.wfile.flush()

            def log_message(self, *_: Any) -> None:
                """Nobody reads it."""

        self._server = _Server(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()
        self.url = f"http://127.0.0.1:{self._server.server_port}/"

    @property
    def asked(self) -> int:
        """How often somebody has asked."""
        return self._asked

    def wait_until_asked_after(self, count: int) -> None:
        """Until somebody asks once more; TimeoutError where nobody does."""
        with self._changed:
            if not self._changed.wait_for(lambda: self._asked > count, PATIENCE):
                raise TimeoutError("Nobody asked for the time.")

    def close(self) -> None:
        """Ask no more."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def _count(self) -> None:
        with self._changed:
            self._asked += 1
            self._changed.notify_all()


class Process:
    """`python -m bot serve` in a folder of its own; killed, never asked to end."""

    def __init__(self, slack: RehearsalServer, url: str, folder: Path) -> None:
        self.slack, self.url = slack, url
        self.clock = Clock(slack.workspace.clock)
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Begin; whoever must know that it listens calls `wait_until_heard`."""
        app = self.slack.workspace.app
        environment = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
        environment |= {
            "PYTHONPATH": str(ROOT),
            "SLACK_BOT_TOKEN": app.bot_token,
            "SLACK_APP_TOKEN": app.app_token,
            "SLACK_API_URL": self.slack.url,
            "CLOCK_URL": self.clock.url,
            "DATABASE_URL": self.url,
        }
        with open(self._folder / "bot.log", "ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "bot", "serve"],
                cwd=self._folder,
                env=environment,
                stdout=log,
                stderr=log,
            )

    def wait_until_heard(self) -> None:
        """Until its socket is open."""
        self.slack.wait_for_sockets(timeout=PATIENCE)

    def wait_until_idle(self) -> None:
        """Until its sweeps have run at this time and nothing is due."""
        now = self.slack.workspace.clock.now()
        with opened(self.url) as database:
            until(lambda: _idle(database, now), "rest")

    def kill(self) -> None:
        """SIGKILL, and until Slack has noticed."""
        if self._process is None:
            return
        self._process.kill()
        self._process.wait(PATIENCE)
        self._process = None
        until(lambda: self.slack.socket_count == 0, "end of its socket")

    def log(self) -> str:
        """What it has logged in all its lives."""
        return (self._folder / "bot.log").read_text()

    def close(self) -> None:
        """End it, and its clock."""
        self.kill()
        self.clock.close()


@contextlib.contextmanager
def process(slack: RehearsalServer, url: str, folder: Path) -> Iterator[Process]:
    """A bot to start and kill; dead afterwards."""
    bot = Process(slack, url, folder)
    try:
        yield bot
    finally:
        bot.close()


def _idle(database: Database, now: datetime) -> bool:
    with database.snapshot() as session:
        ran = sweeps.last(session).get(duties.ADVANCE)
        rows = session.exec(
            select(OutboxRow.id).where(
                (col(OutboxRow.state) == "sending")
                | ((col(OutboxRow.state) == "owed") & (col(OutboxRow.due_at) <= now))
            )
        )
        return ran is not None and ran >= now and rows.first() is None


@contextlib.contextmanager
def nobody_else_writes(url: str) -> Iterator[None]:
    """SQLite's write lock, so that no commit of the bot's can end meanwhile."""
    path = str(sa.make_url(url).database)
    with contextlib.closing(sqlite3.connect(path, timeout=PATIENCE, isolation_level=None)) as held:
        held.execute("BEGIN IMMEDIATE")
        yield
        held.execute("ROLLBACK")
