"""What is owed to Slack, before anybody has said it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from bot.domain.messages import Message


class Sending(StrEnum):
    """The ways of saying something; each is repeatable or looked up after a crash."""

    MESSAGE = "message"
    UPDATE = "update"
    HOME = "home"
    FILE = "file"
    EPHEMERAL = "ephemeral"
    REMOVAL = "removal"


class Audience(StrEnum):
    """Who may be in the conversation, looked up at sending ("Who sees what")."""

    ANYONE = "anyone"
    MEMBERS = "members"
    SECRETARIAT = "secretariat"
    WORDS = "words"
    CLEARANCE = "clearance"


@dataclass(frozen=True, kw_only=True)
class Outgoing:
    """One thing owed to a person's DM, a channel, or the message or file `target_id` was sent as.

    `key` is its identity: the same key is never owed twice. `subject` says what it is about
    (`{"items": [1, 2]}`, `{"waiting": 3}`), so that an answer in its thread finds its way.
    A file carries `file` (name, title, and the bytes in base64).
    """

    key: str
    group_id: int | None
    message: Message
    kind: Sending = Sending.MESSAGE
    person_id: int | None = None
    team_id: str | None = None
    channel_id: str | None = None
    thread_ts: str | None = None
    target_id: int | None = None
    audience: Audience = Audience.ANYONE
    subject: Mapping[str, Any] | None = None
    file: Mapping[str, str] | None = None
