"""The payloads of commands and interactions, with their triggers and response URLs."""

from __future__ import annotations

from typing import Any

from bot.rehearsal import shown
from bot.rehearsal.model import Channel, Json, Message, User, View
from bot.rehearsal.workspace import Workspace


def channel_name(channel: Channel) -> str:
    """The name that payloads use for a conversation."""
    return {"im": "directmessage", "private": "privategroup"}.get(channel.kind, channel.name)


def command(workspace: Workspace, user: User, channel: Channel, name: str, text: str) -> Json:
    """A slash command."""
    return {
        "token": workspace.app.verification_token,
        "team_id": workspace.home.id,
        "team_domain": workspace.home.domain,
        "channel_id": channel.id,
        "channel_name": channel_name(channel),
        "user_id": user.id,
        "user_name": user.name,
        "command": name,
        "text": text,
        "api_app_id": workspace.app.app_id,
        "is_enterprise_install": "false",
        "response_url": workspace.issue_response_url(user.id, channel.id),
        "trigger_id": workspace.issue_trigger(user.id).id,
    }


def _common(workspace: Workspace, kind: str, user: User, *, team_id: str) -> Json:
    team = workspace.teams[team_id]
    return {
        "type": kind,
        "user": {
            "id": user.id,
            "username": user.name,
            "name": user.name,
            "team_id": user.team_id,
        },
        "api_app_id": workspace.app.app_id,
        "token": workspace.app.verification_token,
        "team": {"id": team.id, "domain": team.domain},
        "enterprise": None,
        "is_enterprise_install": False,
    }


def pressed_in_message(
    workspace: Workspace, user: User, message: Message, action: Json, values: Json
) -> Json:
    """A press in a message: `team` is where the app lives, `user.team_id` the presser's own."""
    channel = workspace.channel(message.channel)
    payload = _common(workspace, "block_actions", user, team_id=workspace.home.id)
    container: Json = {
        "type": "message",
        "message_ts": message.ts,
        "channel_id": channel.id,
        "is_ephemeral": bool(message.only_for),
    }
    if message.thread_ts:
        container["thread_ts"] = message.thread_ts
    payload |= {
        "container": container,
        "trigger_id": workspace.issue_trigger(user.id).id,
        "channel": {"id": channel.id, "name": channel_name(channel)},
        "state": {"values": values},
        "response_url": workspace.issue_response_url(
            user.id, channel.id, message_ts=message.ts, thread_ts=message.thread_ts
        ),
        "actions": [action],
    }
    if not message.only_for:
        payload["message"] = shown.message_json(workspace, message, metadata=True)
    return payload


def pressed_in_view(workspace: Workspace, user: User, view: View, action: Json) -> Json:
    """A press in a modal or a Home tab."""
    payload = _common(workspace, "block_actions", user, team_id=workspace.home.id)
    return payload | {
        "container": {"type": "view", "view_id": view.id},
        "trigger_id": workspace.issue_trigger(user.id, view_id=view.id).id,
        "view": shown.view_json(workspace, view),
        "actions": [action],
    }


def submitted(workspace: Workspace, user: User, view: View) -> Json:
    """A modal sent in: `team` is the submitter's own."""
    payload = _common(workspace, "view_submission", user, team_id=user.team_id)
    return payload | {
        "trigger_id": workspace.issue_trigger(user.id, view_id=view.id).id,
        "view": shown.view_json(workspace, view),
        "response_urls": [],
    }


def closed(workspace: Workspace, user: User, view: View, *, cleared: bool) -> Json:
    """A modal put away."""
    payload = _common(workspace, "view_closed", user, team_id=user.team_id)
    return payload | {"view": shown.view_json(workspace, view), "is_cleared": cleared}


def global_shortcut(workspace: Workspace, user: User, callback_id: str) -> Json:
    """A shortcut from the menu beside the composer."""
    payload = _common(workspace, "shortcut", user, team_id=workspace.home.id)
    return payload | {
        "action_ts": workspace.ts(),
        "callback_id": callback_id,
        "trigger_id": workspace.issue_trigger(user.id).id,
    }


def message_shortcut(workspace: Workspace, user: User, callback_id: str, message: Message) -> Json:
    """A shortcut from a message's own menu."""
    channel = workspace.channel(message.channel)
    payload = _common(workspace, "message_action", user, team_id=workspace.home.id)
    return payload | {
        "action_ts": workspace.ts(),
        "callback_id": callback_id,
        "trigger_id": workspace.issue_trigger(user.id).id,
        "channel": {"id": channel.id, "name": channel_name(channel)},
        "message_ts": message.ts,
        "message": shown.message_json(workspace, message),
        "response_url": workspace.issue_response_url(
            user.id, channel.id, message_ts=message.ts, thread_ts=message.thread_ts
        ),
    }


def action(workspace: Workspace, block: Json, element: Json, chosen: Any) -> Json:
    """One entry of `actions`: the element pressed, with what was chosen."""
    pressed: Json = {
        "type": element["type"],
        "action_id": element["action_id"],
        "block_id": block["block_id"],
        "action_ts": workspace.ts(),
    }
    for name in ("text", "value", "style"):
        if element["type"] == "button" and name in element:
            pressed[name] = element[name]
    return pressed | (chosen or {})
