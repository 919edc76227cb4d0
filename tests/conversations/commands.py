"""`python -m bot …` as a process of its own, beside a rehearsal workspace."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

from bot.rehearsal import Workspace

ROOT = Path(__file__).parents[2]
PATIENCE = 60.0


def environment(workspace: Workspace, database_url: str, **more: str) -> dict[str, str]:
    """What the process is told; the workspace must be served."""
    app = workspace.app
    found = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return {
        **found,
        "PYTHONPATH": str(ROOT),
        "SLACK_BOT_TOKEN": app.bot_token,
        "SLACK_APP_TOKEN": app.app_token,
        "SLACK_SIGNING_SECRET": app.signing_secret,
        "SLACK_API_URL": f"{workspace.base_url}api/",
        "CLOCK_URL": f"{workspace.base_url}clock",
        "DATABASE_URL": database_url,
        **more,
    }


def run(
    *arguments: str,
    env: dict[str, str],
    folder: Path,
    before: Callable[[], None] | None = None,
) -> subprocess.CompletedProcess[str]:
    """Run a command to its end; TimeoutExpired where it does not end."""
    return subprocess.run(
        [sys.executable, "-m", "bot", *arguments],
        cwd=folder,
        env=env,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
        preexec_fn=before,
    )


class Serving:
    """`serve` while it runs; SIGTERM ends it."""

    def __init__(self, *arguments: str, env: dict[str, str], folder: Path) -> None:
        self._log = folder / "serve.log"
        with open(self._log, "ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "bot", "serve", *arguments],
                cwd=folder,
                env=env,
                stdout=log,
                stderr=log,
            )

    def wait_until_ready(self) -> None:
        """Until it says so; TimeoutError with its log where it does not."""
        until(lambda: " ready" in self.log() or self._process.poll() is not None, self.log)
        assert self._process.poll() is None, self.log()

    def log(self) -> str:
        """What it has said."""
        return self._log.read_text()

    def ask(self, number: int = signal.SIGTERM) -> None:
        """Ask it to end, by this signal."""
        self._process.send_signal(number)

    def wait(self) -> int:
        """Its exit code, once it has gone. TimeoutExpired where it stays."""
        return self._process.wait(20)

    def end(self) -> int:
        """SIGTERM; its exit code, once it has gone. TimeoutExpired where it stays."""
        self.ask()
        return self.wait()

    def close(self) -> None:
        """Gone, one way or the other."""
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGTERM)
            try:
                self._process.wait(20)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait(20)


def until(condition: Callable[[], bool], what: Callable[[], str]) -> None:
    """Wait for what another process brings about; TimeoutError says how far it came."""
    pause, deadline = threading.Event(), time.monotonic() + PATIENCE
    while not condition():
        if time.monotonic() > deadline:
            raise TimeoutError(what())
        pause.wait(0.05)


def free_port() -> int:
    """A port on which nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])
