"""users.*, bots.info, team.info and auth.test."""

from __future__ import annotations

from bot.rehearsal.arguments import Args
from bot.rehearsal.methods.pages import page
from bot.rehearsal.model import Json, RefusedError
from bot.rehearsal.shown import icons, user_json
from bot.rehearsal.workspace import Workspace


def auth_test(workspace: Workspace, _args: Args) -> Json:
    """Who this token is."""
    app, home = workspace.app, workspace.home
    return {
        "url": f"https://{home.domain}.slack.com/",
        "team": home.name,
        "user": app.bot_name,
        "team_id": home.id,
        "user_id": app.bot_user_id,
        "bot_id": app.bot_id,
        "is_enterprise_install": False,
    }


def info(workspace: Workspace, args: Args) -> Json:
    """One user, external ones and strangers included."""
    return {"user": user_json(workspace, workspace.user(args.required("user")))}


def everyone(workspace: Workspace, args: Args) -> Json:
    """The home team's members, and nobody else."""
    members = [u for u in workspace.users.values() if not workspace.is_external(u)]
    chosen, cursor = page(args, members, default=1000, most=1000)
    return {
        "members": [user_json(workspace, user) for user in chosen],
        "cache_ts": int(workspace.clock.now().timestamp()),
        "response_metadata": {"next_cursor": cursor},
    }


def by_email(workspace: Workspace, args: Args) -> Json:
    """The active member of the home team with this address."""
    email = args.required("email").lower()
    for user in workspace.users.values():
        usable = not user.deleted and not user.is_bot and not workspace.is_external(user)
        if usable and user.email.lower() == email:
            return {"user": user_json(workspace, user)}
    raise RefusedError("users_not_found")


def bot_info(workspace: Workspace, args: Args) -> Json:
    """The app's own bot; no other is installed here."""
    app = workspace.app
    if args.text("bot", app.bot_id) != app.bot_id:
        raise RefusedError("bot_not_found")
    return {
        "bot": {
            "id": app.bot_id,
            "deleted": False,
            "name": app.bot_name,
            "updated": 0,
            "app_id": app.app_id,
            "user_id": app.bot_user_id,
            "icons": icons(workspace),
        }
    }


def team_info(workspace: Workspace, args: Args) -> Json:
    """The home team, or one it is connected with."""
    team = workspace.teams.get(args.text("team", workspace.home.id))
    if team is None:
        raise RefusedError("team_not_found")
    return {
        "team": {
            "id": team.id,
            "name": team.name,
            "domain": team.domain,
            "email_domain": "",
            "url": f"https://{team.domain}.slack.com/",
            "icon": {"image_default": True},
        }
    }
