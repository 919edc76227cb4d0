"""Message events as what they are: something said, edited or taken away, by somebody."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.domain.people import Account
from bot.services.intake import Arrival
from bot.slack.installed import Installed
from bot.slack.words import mentions

SAID = "message"
EDITED = "edit"
DELETED = "deletion"
# Other subtypes are Slack's own notices: who joined, what a channel is called, what was pinned.
BY_PEOPLE = frozenset({None, "file_share", "thread_broadcast", "me_message"})


@dataclass(frozen=True, kw_only=True)
class Incoming:
    """One message event; `key` is the message's own, `arrival` what is taken now."""

    kind: str
    key: str
    text: str
    channel_id: str
    ts: str
    thread_ts: str | None
    in_dm: bool
    names_us: bool
    files: tuple[Mapping[str, Any], ...]
    arrival: Arrival


def author(message: Mapping[str, Any], home: Installed) -> Account:
    """Who said it; somebody from outside carries their own team."""
    teams = (message.get(name) for name in ("user_team", "source_team", "team"))
    team = next((t for t in teams if t), home.team_id)
    return Account(team_id=str(team), user_id=str(message.get("user", "")))


def read(event: Mapping[str, Any], home: Installed) -> Incoming | None:
    """What people did; nothing for our own messages, other bots' and Slack's notices."""
    kind, message = _kind(event)
    if kind is None or home.said(message) or message.get("bot_id") or not message.get("user"):
        return None
    return _incoming(kind, message, event, home)


def _kind(event: Mapping[str, Any]) -> tuple[str | None, Mapping[str, Any]]:
    subtype = event.get("subtype")
    if subtype == "message_deleted":
        return DELETED, event.get("previous_message") or {}
    if subtype == "message_changed":
        message = event.get("message") or {}
        if message.get("subtype") == "tombstone":
            return DELETED, event.get("previous_message") or {}
        # Slack also "changes" a message when it unfolds a link: nobody edited that.
        ours_to_hear = message.get("edited") and message.get("subtype") in BY_PEOPLE
        return (EDITED if ours_to_hear else None), message
    return (SAID if subtype in BY_PEOPLE else None), event


def _incoming(
    kind: str, message: Mapping[str, Any], event: Mapping[str, Any], home: Installed
) -> Incoming:
    channel, ts = str(event["channel"]), str(message["ts"])
    thread = message.get("thread_ts")
    thread_ts = str(thread) if thread and thread != ts else None
    key = f"{home.team_id}:{channel}:{ts}"
    edited = (message.get("edited") or {}).get("ts")
    mark = {SAID: "", EDITED: f":{edited}", DELETED: ":deleted"}[kind]
    before = event.get("previous_message") or {}
    return Incoming(
        kind=kind,
        key=key,
        text=str(message.get("text") or ""),
        channel_id=channel,
        ts=ts,
        thread_ts=thread_ts,
        in_dm=event.get("channel_type") == "im" or channel.startswith("D"),
        names_us=mentions(message, home.user_id) or mentions(before, home.user_id),
        files=tuple(file for file in message.get("files") or () if file.get("id")),
        arrival=Arrival(
            key=key + mark,
            kind=kind,
            account=author(message, home),
            channel_id=channel,
            answers_ts=thread_ts,
        ),
    )
