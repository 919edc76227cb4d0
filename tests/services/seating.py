"""A started group of which some have no account, with a way out that takes everything."""

from __future__ import annotations

import itertools
import json
from collections.abc import Sequence
from datetime import date, datetime

from bot.domain.audiences import Room
from bot.domain.messages import Button, Buttons, Message
from bot.domain.people import Account
from bot.services import delivery, email_words, introductions, nudges, unreachable, waits
from bot.services.intake import Arrival
from bot.services.parcels import Found, Parcel, Sent
from storage import audit, by_hand, payloads, people, waiting
from storage.database import Database
from storage.waiting import Waiting
from tests.services.founded import TEAM, at
from tests.services.registers import Register

MONDAY = date(2022, 5, 16)
OUTSIDE = Account("T0COLLEGE", "UPETER")


class PostBox:
    """Takes whatever it is handed; `refuses` says why nothing goes to these accounts."""

    def __init__(self) -> None:
        self.taken: list[Parcel] = []
        self.refuses: dict[str, Exception] = {}

    def send(self, parcel: Parcel) -> Sent:
        """Say it."""
        user = parcel.account.user_id if parcel.account else None
        if user in self.refuses:
            raise self.refuses[user]
        self.taken.append(parcel)
        place = parcel.channel_id or f"D{user}"
        return Sent(team_id=TEAM, channel_id=place, ts=f"{len(self.taken)}.0")

    def find(self, _parcel: Parcel, _since: datetime) -> list[Found]:
        """Nothing is ever in doubt."""
        return []

    def room(self, _parcel: Parcel) -> Room:
        """Nobody else is there."""
        return Room(members=frozenset(), shared=False)


class Seating(Register):
    """A group in which Peter Lowe has no account, with two items of his."""

    def __init__(self, database: Database, *, channel: str | None = None) -> None:
        super().__init__(database, channel=channel)
        self.now = at(MONDAY, 10)
        self.post = PostBox()
        self._keys = itertools.count(1)
        self.person("Peter Lowe", "RCR", account=False)
        self.a01 = self.item("A-01", date(2022, 5, 27), owner="Peter")
        self.a02 = self.item("A-02", date(2022, 6, 30), owner="Peter")
        self.a03 = self.a04 = 0

    def send(self) -> None:
        """All that is due goes out; twice, for what follows from the first time."""
        for _ in range(3):
            while delivery.sweep(self.database, self.post, clock=lambda: self.now):
                pass

    def day(self, day: date, hour: int = 9) -> None:
        """One morning's sweeps, and the post."""
        self.now = at(day, hour)
        introductions.sweep(self.database, now=self.now)
        unreachable.sweep(self.database, now=self.now)
        nudges.sweep(self.database, now=self.now)
        waits.sweep(self.database, now=self.now)
        self.send()

    def arrives(self, by: str | Account = "Sam") -> Arrival:
        """Something that somebody presses."""
        account = by if isinstance(by, Account) else Account(TEAM, f"U{by.upper()}")
        return Arrival(key=f"in:{next(self._keys)}", kind="button", account=account)

    def errand(self, kind: str = unreachable.KIND) -> Waiting:
        """The one thing of this kind that waits."""
        with self.database.snapshot() as session:
            [one] = waiting.unsettled(session, self.group_id, kind=kind)
        return one

    def shown(self, kind: str = unreachable.KIND) -> Message:
        """What the errand says now."""
        return payloads.load(self.errand(kind).payload["message"])

    def waits(self, kind: str) -> list[Waiting]:
        """What of this kind waits."""
        with self.database.snapshot() as session:
            return waiting.unsettled(session, self.group_id, kind=kind)

    def to(self, user: str) -> list[Message]:
        """What has gone to a Slack user."""
        found = [p for p in self.post.taken if p.account and p.account.user_id == user]
        return [parcel.owed.message for parcel in found]

    def held(self, first: str = "Peter") -> list[str]:
        """The keys of what waits to be sent by hand."""
        with self.database.snapshot() as session:
            return [one.key for one in by_hand.of_person(session, self.people[first])]

    def sent_it(self, button: Button, *, by: str = "Sam") -> None:
        """ "Sent it" is pressed."""
        value = json.loads(button.value)
        unreachable.sent(
            self.database,
            self.arrives(by),
            person_id=value["person"],
            numbers=value["of"],
            now=self.now,
        )
        self.send()

    def accounts(self, first: str = "Peter") -> Sequence[Account]:
        """The accounts that stand."""
        with self.database.snapshot() as session:
            directory = people.directory(session, self.group_id)
        return directory.people[self.people[first]].accounts

    def actions(self) -> list[str]:
        """What the audit chain names."""
        with self.database.snapshot() as session:
            return [link.action for link in audit.chain(session, self.group_id)]


def words(shown: Message) -> str:
    """Its words."""
    return email_words.as_text(shown)


def button(shown: Message, action: str) -> Button:
    """The first button of a name."""
    return next(
        b
        for part in shown.parts
        if isinstance(part, Buttons)
        for b in part.buttons
        if b.action == action
    )
