"""A way out that only notes what was sent."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from bot.domain.audiences import Room
from bot.services import delivery
from bot.services.nudge_words import as_text
from bot.services.parcels import Found, Parcel, Sent
from storage.database import Database
from tests.clock import FakeClock

EMPTY = Room(members=frozenset(), shared=False)


@dataclass
class Post:
    """A `Sender`; `meanwhile` happens while somebody looks up who is in the room."""

    sent: list[Parcel] = field(default_factory=list)
    meanwhile: Callable[[], object] = field(default=lambda: None)

    def send(self, parcel: Parcel) -> Sent:
        """Note it."""
        self.sent.append(parcel)
        number = parcel.owed.id
        return Sent(team_id="T0HOME", channel_id=parcel.channel_id or f"D{number}", ts=f"{number}.")

    def find(self, parcel: Parcel, since: datetime) -> list[Found]:
        """Nothing is ever in doubt here."""
        assert parcel.owed.maybe_sent_since == since
        return []

    def room(self, parcel: Parcel) -> Room:
        """Nobody else is in it."""
        assert parcel not in self.sent
        self.meanwhile()
        return EMPTY

    def round(self, database: Database, now: datetime) -> list[str]:
        """Send what is due; the keys of what went."""
        before = len(self.sent)
        delivery.sweep(database, self, clock=FakeClock(now))
        return [parcel.owed.key for parcel in self.sent[before:]]

    def words(self, key: str) -> str:
        """What its reader reads of a message that went."""
        return next(as_text(p.owed.message) for p in self.sent if p.owed.key == key)
