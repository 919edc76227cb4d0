"""Events for the app: which it hears of, and the envelope they come in."""

from __future__ import annotations

from bot.rehearsal.deliveries import EVENT, Delivery
from bot.rehearsal.model import Channel, Json, User
from bot.rehearsal.workspace import Workspace

MESSAGE_EVENTS = {
    "public": "message.channels",
    "private": "message.groups",
    "im": "message.im",
}


def emit(
    workspace: Workspace, name: str, event: Json, *, channel: Channel | None = None
) -> list[Delivery]:
    """Owe the app this event, if it subscribed to `name` and is in the conversation."""
    app = workspace.app
    if name not in app.events:
        return []
    if channel is not None and app.bot_user_id not in channel.members:
        return []
    event.setdefault("event_ts", workspace.ts())
    shared = channel is not None and channel.is_ext_shared
    payload: Json = {
        "token": app.verification_token,
        "team_id": workspace.home.id,
        "context_team_id": workspace.home.id,
        "context_enterprise_id": None,
        "api_app_id": app.app_id,
        "event": event,
        "type": "event_callback",
        "event_id": f"Ev{workspace.number():09d}",
        "event_time": int(float(event["event_ts"])),
        "authorizations": [
            {
                "enterprise_id": None,
                "team_id": workspace.home.id,
                "user_id": app.bot_user_id,
                "is_bot": True,
                "is_enterprise_install": False,
            }
        ],
        "is_ext_shared_channel": shared,
    }
    if channel is not None:
        payload["event_context"] = f"1-{event['type']}-{workspace.home.id}-{channel.id}"
    return workspace.deliveries.add(Delivery(kind=EVENT, payload=payload))


def emit_message(workspace: Workspace, event: Json, channel: Channel) -> list[Delivery]:
    """The same for anything that happens to a message in a conversation."""
    event |= {"channel": channel.id, "channel_type": channel.channel_type}
    event.setdefault("event_ts", event["ts"])
    return emit(workspace, MESSAGE_EVENTS[channel.kind], event, channel=channel)


def author_json(workspace: Workspace, user: User) -> Json:
    """What a message event adds about an author from outside."""
    if not workspace.is_external(user):
        return {}
    return {
        "user_team": user.team_id,
        "source_team": user.team_id,
        "user_profile": {
            "real_name": user.real_name,
            "display_name": user.name,
            "team": user.team_id,
            "is_restricted": False,
            "is_ultra_restricted": False,
        },
    }
