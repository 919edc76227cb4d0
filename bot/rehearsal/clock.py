"""The workspace's clock: it stands still until somebody moves it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta


class RehearsalClock:
    """An aware instant that moves when told to, or, with `running`, as real time passes too.

    Whoever must act on a new time registers with `on_change`.
    """

    def __init__(self, start: datetime, *, running: bool = False) -> None:
        self._lock = threading.Lock()
        self._listeners: list[Callable[[], None]] = []
        self.running = running
        self._set(start)

    def now(self) -> datetime:
        """The time in the workspace, aware, in UTC."""
        with self._lock:
            return self._now()

    def set(self, now: datetime) -> None:
        """Move to this instant, forwards or backwards."""
        with self._lock:
            self._set(now)
        self._tell()

    def advance(self, by: timedelta | None = None, **parts: float) -> datetime:
        """Move on by a timedelta, or by its parts (`minutes=5`); the new time."""
        with self._lock:
            self._set(self._now() + (by or timedelta()) + timedelta(**parts))
            now = self._now()
        self._tell()
        return now

    def on_change(self, listener: Callable[[], None]) -> None:
        """Call `listener` after each move."""
        self._listeners.append(listener)

    def _now(self) -> datetime:
        passed = time.monotonic() - self._since if self.running else 0.0
        return self._base + timedelta(seconds=passed)

    def _set(self, now: datetime) -> None:
        if now.tzinfo is None:
            raise ValueError("The rehearsal clock needs a time with its zone; add tzinfo.")
        self._base = now.astimezone(UTC)
        self._since = time.monotonic()

    def _tell(self) -> None:
        for listener in list(self._listeners):
            listener()
