"""The rehearsal workspace: organisations, people, conversations, views and what they allow."""

from __future__ import annotations

import itertools
import secrets
import threading
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.rehearsal.clock import RehearsalClock
from bot.rehearsal.deliveries import RETRY_AFTER, Deliveries
from bot.rehearsal.model import (
    Channel,
    File,
    Installation,
    Message,
    RefusedError,
    ResponseUrl,
    Team,
    Trigger,
    User,
    View,
)
from bot.rehearsal.scopes import DEFAULT_EVENTS, DEFAULT_SCOPES

HOME = Team(id="T0HOME", name="NHS England", domain="nhse-rehearsal")
START = datetime(2022, 5, 16, 8, 0, tzinfo=UTC)
TRIGGER_LIFE = timedelta(seconds=3)
RESPONSE_URL_LIFE = timedelta(minutes=30)


class Workspace:
    """All state, guarded by `lock`; times come from `clock`, nothing else.

    `app` says how the bot is installed (tokens, scopes, subscribed events, request URL).
    With `strict_rate` each conversation takes one message a second after a burst of three.
    """

    def __init__(
        self,
        clock: RehearsalClock | None = None,
        *,
        app: Installation | None = None,
        home: Team = HOME,
        strict_rate: bool = False,
        retry_after: Sequence[timedelta] = RETRY_AFTER,
    ) -> None:
        self.lock = threading.RLock()
        self.clock = clock or RehearsalClock(START)
        self.app = app or Installation(scopes=DEFAULT_SCOPES, events=DEFAULT_EVENTS)
        self.home = home
        self.strict_rate = strict_rate
        self.base_url = "http://127.0.0.1/"
        self.deliveries = Deliveries(self.clock, retry_after=retry_after)
        self.teams = {home.id: home}
        self.users: dict[str, User] = {}
        self.channels: dict[str, Channel] = {}
        self.messages: dict[str, list[Message]] = {}
        self.ephemerals: list[Message] = []
        self.files: dict[str, File] = {}
        self.modals: dict[str, list[View]] = {}
        self.homes: dict[str, View] = {}
        self.triggers: dict[str, Trigger] = {}
        self.response_urls: dict[str, ResponseUrl] = {}
        self.socket_tickets: set[str] = set()
        self.rate_marks: dict[str, tuple[float, datetime]] = {}
        self._numbers = itertools.count(1)
        self._last_micro = 0
        bot = User(
            id=self.app.bot_user_id,
            team_id=home.id,
            name=self.app.bot_name,
            real_name=self.app.bot_name.capitalize(),
            is_bot=True,
        )
        self.users[bot.id] = bot
        self.clock.on_change(self.deliveries.deliver_due)

    # Building it

    def configure(self, **changes: object) -> None:
        """Change how the app is installed: `scopes=`, `request_url=`, any field of it."""
        with self.lock:
            self.app = replace(self.app, **changes)  # type: ignore[arg-type]

    def add_team(self, team_id: str, name: str, *, domain: str = "") -> Team:
        """Another organisation, reached over Slack Connect."""
        with self.lock:
            team = Team(id=team_id, name=name, domain=domain or team_id.lower())
            self.teams[team_id] = team
            return team

    def add_user(
        self,
        user_id: str,
        name: str = "",
        *,
        email: str = "",
        tz: str = "Europe/London",
        team: str | None = None,
        deleted: bool = False,
    ) -> User:
        """A person; `name` is their full name, `team` their organisation (default: home)."""
        with self.lock:
            handle = (name or user_id).lower().replace(" ", ".")
            user = User(
                id=user_id,
                team_id=team or self.home.id,
                name=handle,
                real_name=name or user_id,
                email=email or f"{handle}@example.org",
                tz=tz,
                deleted=deleted,
            )
            if user.team_id not in self.teams:
                raise ValueError(f"There is no team {user.team_id}; add it with add_team first.")
            self.users[user_id] = user
            return user

    def add_channel(
        self,
        channel_id: str,
        name: str,
        *,
        members: Iterable[str] = (),
        private: bool = False,
        pending_ext_shared: bool = False,
        archived: bool = False,
    ) -> Channel:
        """A channel with these members; it is shared outside when one of them is external."""
        with self.lock:
            channel = Channel(
                id=channel_id,
                name=name,
                kind="private" if private else "public",
                created=int(self.clock.now().timestamp()),
                creator=next(iter(members), self.app.bot_user_id),
                is_pending_ext_shared=pending_ext_shared,
                is_archived=archived,
            )
            self.channels[channel_id] = channel
            self.messages[channel_id] = []
            for member in members:
                self.join(channel, self.user(member))
            return channel

    def join(self, channel: Channel, user: User) -> None:
        """Make the user a member; an external one makes the channel shared."""
        with self.lock:
            if user.id not in channel.members:
                channel.members.append(user.id)
            if user.team_id != self.home.id and user.team_id not in channel.connected_team_ids:
                channel.connected_team_ids.append(user.team_id)
                channel.is_ext_shared = True

    def deactivate(self, user_id: str) -> None:
        """The person has left their organisation."""
        with self.lock:
            self.user(user_id).deleted = True

    # Looking things up

    def user(self, user_id: str) -> User:
        """The user of this id; RefusedError(user_not_found) where there is none."""
        try:
            return self.users[user_id]
        except KeyError:
            raise RefusedError("user_not_found") from None

    def is_external(self, user: User) -> bool:
        """Whether they belong to another organisation."""
        return user.team_id != self.home.id

    def is_stranger(self, user: User) -> bool:
        """Whether they are external and share no channel with the home team."""
        if not self.is_external(user):
            return False
        return not any(
            user.id in channel.members and not all(self.is_external(self.users[m]) for m in others)
            for channel in self.channels.values()
            if channel.kind != "im"
            for others in [channel.members]
        )

    def channel(self, channel_id: str) -> Channel:
        """The conversation of this id; RefusedError(channel_not_found) where there is none."""
        try:
            return self.channels[channel_id]
        except KeyError:
            raise RefusedError("channel_not_found") from None

    def dm(self, user_id: str) -> Channel:
        """The bot's direct conversation with this person, made when first asked for."""
        with self.lock:
            user = self.user(user_id)
            for channel in self.channels.values():
                if channel.kind == "im" and user_id in channel.members:
                    return channel
            channel = Channel(
                id=f"D{self.number():07d}",
                name="",
                kind="im",
                created=int(self.clock.now().timestamp()),
                creator=user_id,
                members=[user_id, self.app.bot_user_id],
                is_ext_shared=self.is_external(user),
                connected_team_ids=[user.team_id] if self.is_external(user) else [],
            )
            self.channels[channel.id] = channel
            self.messages[channel.id] = []
            return channel

    def message(self, channel_id: str, ts: str) -> Message:
        """The message of this ts; RefusedError(message_not_found) where there is none."""
        for message in self.messages.get(channel_id, []):
            if message.ts == ts:
                return message
        raise RefusedError("message_not_found")

    # Making ids, times and leave to act

    def number(self) -> int:
        """A number not given before."""
        return next(self._numbers)

    def ts(self) -> str:
        """A message time by the workspace's clock, unique and increasing."""
        with self.lock:
            now = self.clock.now()
            micro = int(now.timestamp()) * 1_000_000 + now.microsecond
            self._last_micro = max(micro, self._last_micro + 1)
            return f"{self._last_micro // 1_000_000}.{self._last_micro % 1_000_000:06d}"

    def issue_trigger(self, user_id: str, *, view_id: str | None = None) -> Trigger:
        """Leave to open one modal for this person, from now."""
        with self.lock:
            trigger = Trigger(
                id=f"{self.number()}.{self.number()}.{secrets.token_hex(16)}",
                user=user_id,
                issued_at=self.clock.now(),
                view_id=view_id,
            )
            self.triggers[trigger.id] = trigger
            return trigger

    def use_trigger(self, trigger_id: str) -> Trigger:
        """Take the leave up; RefusedError where it is unknown, older than 3 s, or already taken."""
        with self.lock:
            if trigger_id.count(".") != 2:
                raise RefusedError("invalid_trigger_id")
            trigger = self.triggers.get(trigger_id)
            if trigger is None or self.clock.now() - trigger.issued_at > TRIGGER_LIFE:
                raise RefusedError("expired_trigger_id")
            if trigger.used:
                raise RefusedError("exchanged_trigger_id")
            trigger.used = True
            return trigger

    def issue_response_url(
        self,
        user_id: str,
        channel_id: str,
        *,
        message_ts: str | None = None,
        thread_ts: str | None = None,
    ) -> str:
        """An address that answers this person in this conversation."""
        with self.lock:
            url = ResponseUrl(
                token=secrets.token_hex(12),
                user=user_id,
                channel=channel_id,
                issued_at=self.clock.now(),
                message_ts=message_ts,
                thread_ts=thread_ts,
            )
            self.response_urls[url.token] = url
            return f"{self.base_url}response/{url.token}"
