"""Reading on after a gap: what was said while nobody listened is taken before anything is asked.

Slack tries to deliver three times in six minutes, then never again. Until a gap is closed no
nudge or escalation goes out; what is read goes through the same intake as what arrives, under
the same keys, so that nothing is taken twice.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any, Protocol

from bot.domain.people import Account
from storage import conversations, deliveries
from storage.conversations import Conversation
from storage.database import Database

Event = Mapping[str, Any]

OVERLAP = timedelta(minutes=10)
SETTLED = timedelta(minutes=15)


class Gap:
    """Whether something may have been missed; open at start."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._opened, self._closed = 1, 0

    def open(self) -> None:
        """The connection was lost, or an event could not be taken."""
        with self._lock:
            self._opened += 1

    @property
    def mark(self) -> int:
        """How often it has been opened: read before reading on, given to `close` after."""
        with self._lock:
            return self._opened

    @property
    def is_open(self) -> bool:
        """Whether there is something to read on from."""
        with self._lock:
            return self._closed < self._opened

    def close(self, mark: int) -> None:
        """All that was missed before this mark has been taken."""
        with self._lock:
            self._closed = max(self._closed, mark)


class Reader(Protocol):
    """Reads a conversation; TransientError where it cannot now, nothing where it never can."""

    def since(self, conversation: Conversation, ts: str) -> list[Event]:
        """What was said or edited after this time, as message events, the oldest first."""


def sweep(database: Database, reader: Reader, hear: Callable[[Event], None]) -> int:
    """Read every conversation on from where it was left; how many events were found."""
    with database.snapshot() as session:
        known = conversations.every(session)
    found = 0
    for conversation in known:
        events = reader.since(conversation, _earlier(conversation.seen_ts))
        for event in events:
            hear(event)
        found += len(events)
    return found


def advance(database: Database, *, now: datetime) -> None:
    """With no gap open, whatever is a quarter of an hour old has been taken or read."""
    with database.transaction() as session:
        conversations.advance(session, ts=_ts(now - SETTLED), now=now)


def met(database: Database, account: Account, *, team_id: str, channel_id: str, ts: str) -> None:
    """A conversation is read on from its first message; one that is known stays as it is."""
    with database.snapshot() as session:
        if conversations.known(session, team_id, channel_id):
            return
    with database.transaction() as session:
        conversations.know(
            session,
            team_id=team_id,
            channel_id=channel_id,
            kind=conversations.kind_of(channel_id),
            user_id=account.user_id,
            ts=ts,
        )


def is_ours(database: Database, channel_id: str, ts: str | None) -> bool:
    """Whether a message of ours stands there."""
    if ts is None:
        return False
    with database.snapshot() as session:
        return deliveries.stands(session, channel_id, ts)


def _earlier(ts: str) -> str:
    return f"{float(ts) - OVERLAP.total_seconds():.6f}"


def _ts(moment: datetime) -> str:
    return f"{moment.timestamp():.6f}"
