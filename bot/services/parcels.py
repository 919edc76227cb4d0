"""What delivery hands to the way out, what it gets back, and why something is not sent now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.domain.audiences import Room
from bot.domain.people import Account
from storage.outbox import Owed


class UncertainError(Exception):
    """The call may have reached Slack: it is looked up before it is made again."""


class LaterError(Exception):
    """It may not go out yet; it is owed again from `due_at`."""

    def __init__(self, reason: str, due_at: datetime) -> None:
        super().__init__(reason)
        self.due_at = due_at


class OvertakenError(Exception):
    """What it asks was answered, moved or left since it was owed: it is taken back."""


class NeedlessError(Exception):
    """There is nothing left to send: a later version takes its place, or it was sent before."""


@dataclass(frozen=True, kw_only=True)
class Parcel:
    """An owed row with its address: an account, a channel, or the message or file it is about."""

    owed: Owed
    account: Account | None = None
    channel_id: str | None = None
    target_ts: str | None = None
    file_id: str | None = None
    file_title: str | None = None


@dataclass(frozen=True, kw_only=True)
class Sent:
    """Where it stands now; a Home tab and an ephemeral message stand nowhere."""

    team_id: str = ""
    channel_id: str | None = None
    ts: str | None = None
    file_id: str | None = None
    renew: bool = False


@dataclass(frozen=True, kw_only=True)
class Found(Sent):
    """Something of ours that stands there: `exact` by its number, or what a lost bot said the same.

    The latter is to `renew`: its buttons carry numbers that nobody knows any more.
    """

    exact: bool


class Sender(Protocol):
    """The way out; raises TransientError or PermanentError, and `send` UncertainError too."""

    def send(self, parcel: Parcel) -> Sent:
        """Say it, once."""

    def find(self, parcel: Parcel, since: datetime) -> list[Found]:
        """What may be it in the conversation, the surest first."""

    def room(self, parcel: Parcel) -> Room:
        """Who would read it, looked up now."""
