"""The weekly digest as one of its readers gets it."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.services import digests
from tests.services.status_builders import World, read

MONDAY = datetime(2022, 5, 16, 8, 0, tzinfo=UTC)
"""Nine o'clock in London, the first Monday after the start."""


def the_digest(world: World, reader: str = "Cara", *, now: datetime = MONDAY) -> str:
    """What a reader is sent in the week of this moment, once the sweep has run."""
    digests.sweep(world.database, now=now)
    week = now.isocalendar()
    return read(world.digests()[f"{reader} {week.year}-W{week.week:02d}"])
