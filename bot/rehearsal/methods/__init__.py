"""The Web API's methods by name."""

from __future__ import annotations

import secrets
from collections.abc import Callable

from bot.rehearsal.arguments import Args
from bot.rehearsal.methods import chat, conversations, files, people, views
from bot.rehearsal.model import Json, RefusedError
from bot.rehearsal.scopes import METHOD_SCOPES, need
from bot.rehearsal.workspace import Workspace

Method = Callable[[Workspace, Args], Json]


def api_test(_workspace: Workspace, args: Args) -> Json:
    """What was sent, sent back."""
    if args.text("error"):
        raise RefusedError(args.text("error"), args=args.values)
    return {"args": args.values}


def open_connection(workspace: Workspace, _args: Args) -> Json:
    """A Socket Mode address that is good for one connection."""
    ticket = secrets.token_hex(16)
    workspace.socket_tickets.add(ticket)
    base = workspace.base_url.replace("http", "ws", 1)
    return {"url": f"{base}link/?ticket={ticket}&app_id={workspace.app.app_id}"}


METHODS: dict[str, Method] = {
    "api.test": api_test,
    "auth.test": people.auth_test,
    "apps.connections.open": open_connection,
    "users.info": people.info,
    "users.list": people.everyone,
    "users.lookupByEmail": people.by_email,
    "bots.info": people.bot_info,
    "team.info": people.team_info,
    "conversations.open": conversations.open_dm,
    "conversations.info": conversations.info,
    "conversations.list": conversations.everything,
    "conversations.members": conversations.members,
    "conversations.history": conversations.history,
    "conversations.replies": conversations.replies,
    "conversations.join": conversations.join,
    "chat.postMessage": chat.post_message,
    "chat.postEphemeral": chat.post_ephemeral,
    "chat.update": chat.update,
    "chat.delete": chat.delete,
    "chat.getPermalink": chat.permalink,
    "reactions.add": chat.react,
    "views.open": views.open_modal,
    "views.push": views.push,
    "views.update": views.update,
    "views.publish": views.publish,
    "files.getUploadURLExternal": files.get_upload_url,
    "files.completeUploadExternal": files.complete_upload,
    "files.info": files.info,
    "files.list": files.everything,
    "files.delete": files.delete,
}
NEEDS_NO_TOKEN = frozenset({"api.test"})
NEEDS_APP_TOKEN = frozenset({"apps.connections.open"})


def call(workspace: Workspace, name: str, args: Args, token: str | None) -> Json:
    """Slack's answer to a call; RefusedError and RateLimitedError are its other answers."""
    method = METHODS.get(name)
    if method is None:
        raise RefusedError("unknown_method", req_method=name)
    with workspace.lock:
        if name not in NEEDS_NO_TOKEN:
            _authorise(workspace, name, token)
        if name in METHOD_SCOPES:
            need(workspace.app.scopes, METHOD_SCOPES[name])
        return method(workspace, args)


def _authorise(workspace: Workspace, name: str, token: str | None) -> None:
    if not token:
        raise RefusedError("not_authed")
    app = workspace.app
    if token not in (app.bot_token, app.app_token):
        raise RefusedError("invalid_auth")
    if (token == app.app_token) != (name in NEEDS_APP_TOKEN):
        raise RefusedError("not_allowed_token_type")
