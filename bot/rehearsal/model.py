"""What a workspace is made of. Mutable: the workspace changes them under its lock."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

Json = dict[str, Any]


@dataclass
class Team:
    """One organisation's workspace."""

    id: str
    name: str
    domain: str


@dataclass
class User:
    """A member of one organisation; `tz` is an IANA name."""

    id: str
    team_id: str
    name: str
    real_name: str
    email: str = ""
    tz: str = "Europe/London"
    deleted: bool = False
    is_bot: bool = False


@dataclass
class Channel:
    """A conversation; `kind` is public, private or im."""

    id: str
    name: str
    kind: str
    created: int
    creator: str
    members: list[str] = field(default_factory=list)
    is_ext_shared: bool = False
    is_pending_ext_shared: bool = False
    is_archived: bool = False
    connected_team_ids: list[str] = field(default_factory=list)

    @property
    def channel_type(self) -> str:
        """The word that message events use."""
        return {"public": "channel", "private": "group", "im": "im"}[self.kind]


@dataclass
class Message:
    """A message; `only_for` names the one reader of an ephemeral one."""

    channel: str
    ts: str
    user: str
    text: str
    team: str
    blocks: list[Json] = field(default_factory=list)
    thread_ts: str | None = None
    metadata: Json | None = None
    edited: Json | None = None
    files: list[str] = field(default_factory=list)
    reactions: dict[str, list[str]] = field(default_factory=dict)
    by_bot: bool = False
    subtype: str | None = None
    client_msg_id: str | None = None
    only_for: str | None = None


@dataclass
class File:
    """A file; `content` is None until its bytes arrive, and once it is `deleted`."""

    id: str
    name: str
    title: str
    size: int
    user: str
    created: int
    mimetype: str
    content: bytes | None = None
    complete: bool = False
    deleted: bool = False
    channels: list[str] = field(default_factory=list)
    shares: dict[str, list[Json]] = field(default_factory=dict)


@dataclass
class View:
    """A modal or a Home tab as its reader has it; `filled` is what they have entered."""

    id: str
    user: str
    body: Json
    hash: str
    root_view_id: str
    previous_view_id: str | None = None
    filled: dict[str, dict[str, Json]] = field(default_factory=dict)


@dataclass
class Trigger:
    """Leave to open one modal, for three seconds."""

    id: str
    user: str
    issued_at: datetime
    view_id: str | None = None
    used: bool = False


@dataclass
class ResponseUrl:
    """Leave to answer a command or an interaction, five times in half an hour."""

    token: str
    user: str
    channel: str
    issued_at: datetime
    message_ts: str | None = None
    thread_ts: str | None = None
    uses_left: int = 5


@dataclass
class Installation:
    """The app under rehearsal, as Slack has it installed in the home team.

    With a `request_url` it is reached by signed HTTP there instead of Socket Mode;
    `commands` names its slash commands, None takes any.
    """

    app_id: str = "A0FOLLOW01"
    bot_id: str = "B0FOLLOW01"
    bot_user_id: str = "U0FOLLOW01"
    bot_name: str = "followthrough"
    bot_token: str = "xoxb-rehearsal-bot"
    app_token: str = "xapp-rehearsal-app"
    signing_secret: str = "rehearsal-signing-secret"
    verification_token: str = "rehearsal-verification"
    scopes: frozenset[str] = frozenset()
    events: frozenset[str] = frozenset()
    request_url: str | None = None
    commands: frozenset[str] | None = None


class RefusedError(Exception):
    """Slack's `ok: false`: its name for the error, and whatever else the answer holds."""

    def __init__(self, error: str, **more: Any) -> None:
        super().__init__(error)
        self.error = error
        self.more = more


class RateLimitedError(Exception):
    """HTTP 429: come again in `retry_after` seconds."""

    def __init__(self, retry_after: int) -> None:
        super().__init__(f"rate limited for {retry_after} s")
        self.retry_after = retry_after


def invalid(error: str, messages: list[str]) -> RefusedError:
    """A refusal that says where the fault lies, in Slack's way."""
    return RefusedError(error, response_metadata={"messages": messages})
