"""A clock that stands still until a test moves it."""

from __future__ import annotations

from datetime import datetime, timedelta


class FakeClock:
    """A `Clock` for tests."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        """The time it is told."""
        return self.now

    def advance(self, **step: float) -> None:
        """Move on by `timedelta(**step)`."""
        self.now += timedelta(**step)
