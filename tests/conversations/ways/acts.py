"""What somebody does in Slack, and the payload that Slack makes of it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.rehearsal import View, Workspace, interactions
from bot.rehearsal.events import author_json
from bot.rehearsal.model import Channel, Json, Message, User
from tests.conversations.ways.cast import CHANNEL, CLEARANCE, ROLES

BOT = "U0FOLLOW01"
SHOWN_AT = "1652000000.000100"


@dataclass(frozen=True, kw_only=True)
class Act:
    """Something done: its kind and name in the table of routes, and its payload."""

    kind: str
    name: str
    body: Json


@dataclass(frozen=True)
class Press:
    """A button that carries this value."""

    name: str
    value: Mapping[str, Any]


@dataclass(frozen=True)
class Submit:
    """A modal sent in: what it kept for its return, and what was filled in.

    A field's value is text, or the whole of Slack's entry where it is no text field.
    """

    name: str
    private: Mapping[str, Any]
    fields: Mapping[str, str | Json] = field(default_factory=dict)


@dataclass(frozen=True)
class Slash:
    """A slash command."""

    name: str
    text: str


@dataclass(frozen=True)
class Says:
    """Words in a direct message, in a thread of it, or in a channel; an edit, a deletion.

    With `files`, as Slack describes them, or only those.
    """

    text: str
    channel: str | None = None
    event: str = "message"
    thread: str | None = None
    subtype: str | None = None
    ts: str | None = None
    files: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True)
class Opens:
    """The Home tab."""


@dataclass(frozen=True)
class Shortcut:
    """A shortcut, on a message with these words where it is a message's own."""

    name: str
    words: str | None = None


Doing = Press | Submit | Slash | Says | Opens | Shortcut


def a_workspace() -> Workspace:
    """Everybody who tries."""
    workspace = Workspace()
    for role in ROLES:
        if role.team not in workspace.teams:
            workspace.add_team(role.team, role.team)
        if role.user not in workspace.users:
            workspace.add_user(role.user, role.user, team=role.team)
    users = list(workspace.users)
    workspace.add_channel(CHANNEL, "imaging", members=users)
    workspace.add_channel(CLEARANCE, "clearance", members=["USAM", "UHELEN", BOT], private=True)
    return workspace


def act(workspace: Workspace, user_id: str, doing: Doing) -> Act:
    """The payload, as Slack would send it of this person."""
    user = workspace.user(user_id)
    match doing:
        case Press(name, value):
            return Act(kind="button", name=name, body=_pressed(workspace, user, name, value))
        case Submit(name):
            body = interactions.submitted(workspace, user, _view(workspace, user, doing))
            return Act(kind="view", name=name, body=body)
        case Slash(name, text):
            body = interactions.command(workspace, user, workspace.dm(user.id), name, text)
            # Somebody of another organisation is of that organisation here too.
            return Act(kind="command", name=name, body=body | {"team_id": user.team_id})
        case Says():
            channel = workspace.channel(doing.channel) if doing.channel else workspace.dm(user.id)
            event = _event(workspace, user, channel, doing)
            return Act(kind="event", name=doing.event, body=_envelope(workspace, event))
        case Opens():
            event = {"type": "app_home_opened", "tab": "home", "user": user.id}
            event |= author_json(workspace, user)
            return Act(kind="event", name="app_home_opened", body=_envelope(workspace, event))
        case Shortcut(name, words):
            body = _shortcut(workspace, user, name, words)
            return Act(kind="shortcut", name=name, body=body)


def _envelope(workspace: Workspace, event: Json) -> Json:
    return {"event": event, "event_id": f"Ev{workspace.number():09d}", "team_id": "T0HOME"}


def _pressed(workspace: Workspace, user: User, name: str, value: Mapping[str, Any]) -> Json:
    shown = _ours(workspace.dm(user.id))
    pressed = {"type": "button", "action_id": name, "block_id": "row-0", "value": json.dumps(value)}
    return interactions.pressed_in_message(workspace, user, shown, pressed, {})


def _ours(channel: Channel) -> Message:
    return Message(channel=channel.id, ts=SHOWN_AT, user=BOT, text="-", team="T0HOME", by_bot=True)


def _view(workspace: Workspace, user: User, doing: Submit) -> View:
    number = f"V{workspace.number()}"
    body = {
        "type": "modal",
        "callback_id": doing.name,
        "private_metadata": json.dumps(doing.private),
        "title": {"type": "plain_text", "text": "Form"},
        "blocks": [
            {
                "type": "input",
                "block_id": name,
                "label": {"type": "plain_text", "text": name},
                "element": {"type": "plain_text_input", "action_id": "entry"},
            }
            for name in doing.fields
        ],
    }
    filled = {
        name: {
            "entry": {"type": "plain_text_input", "value": entry}
            if isinstance(entry, str)
            else dict(entry)
        }
        for name, entry in doing.fields.items()
    }
    return View(id=number, user=user.id, body=body, hash="1", root_view_id=number, filled=filled)


def _event(workspace: Workspace, user: User, channel: Channel, doing: Says) -> Json:
    ts = doing.ts or workspace.ts()
    said: Json = {"type": "message", "user": user.id, "text": doing.text, "ts": ts}
    said |= {"team": user.team_id} | author_json(workspace, user)
    if doing.files:
        said |= {"subtype": "file_share", "files": [dict(file) for file in doing.files]}
    if doing.thread:
        said["thread_ts"] = doing.thread
    place = {"channel": channel.id, "channel_type": channel.channel_type, "event_ts": ts}
    if doing.subtype == "message_changed":
        said |= {"edited": {"user": user.id, "ts": workspace.ts()}}
        return {"type": "message", "subtype": doing.subtype, "message": said, "ts": ts} | place
    if doing.subtype == "message_deleted":
        gone = {"previous_message": said, "deleted_ts": ts, "ts": workspace.ts()}
        return {"type": "message", "subtype": doing.subtype} | gone | place
    return said | place | {"type": doing.event}


def _shortcut(workspace: Workspace, user: User, name: str, words: str | None) -> Json:
    if words is None:
        return interactions.global_shortcut(workspace, user, name)
    said = Message(channel=CHANNEL, ts=workspace.ts(), user="UAISHA", text=words, team="T0HOME")
    return interactions.message_shortcut(workspace, user, name, said)
