"""How the workspace's things look in Slack's JSON."""

from __future__ import annotations

from urllib.parse import quote
from zoneinfo import ZoneInfo

from bot.rehearsal.model import Channel, File, Json, Message, User, View
from bot.rehearsal.workspace import Workspace

SNIPPETS = frozenset({"csv", "tsv", "txt", "md"})
"""Text that Slack's client lets its owner edit in place."""
PRETTY = {"xlsx": "Excel Spreadsheet", "docx": "Word Document", "binary": "Binary"}


def user_json(workspace: Workspace, user: User) -> Json:
    """A user as the home team sees them: strangers and external people show less."""
    names = {
        "real_name": user.real_name,
        "real_name_normalized": user.real_name,
        "display_name": user.name,
        "display_name_normalized": user.name,
        "team": user.team_id,
    }
    shown: Json = {
        "id": user.id,
        "team_id": user.team_id,
        "name": user.name,
        "deleted": user.deleted,
        "real_name": user.real_name,
        "profile": names,
    }
    if workspace.is_external(user):
        shown["is_stranger"] = workspace.is_stranger(user)
        if shown["is_stranger"]:
            return shown
    elif user.email and not user.is_bot:
        names["email"] = user.email
    if not user.deleted:
        offset = workspace.clock.now().astimezone(ZoneInfo(user.tz)).utcoffset()
        shown |= {"tz": user.tz, "tz_label": user.tz}
        shown["tz_offset"] = int(offset.total_seconds()) if offset else 0
    roles = ("is_admin", "is_owner", "is_primary_owner", "is_restricted", "is_ultra_restricted")
    shown |= dict.fromkeys(roles, False)
    shown |= {"is_bot": user.is_bot, "is_app_user": False, "updated": 0}
    return shown


def icons(workspace: Workspace) -> Json:
    """The app's pictures, which nobody here looks at."""
    return {f"image_{size}": f"{workspace.base_url}icon/{size}.png" for size in (36, 48, 72)}


def channel_json(workspace: Workspace, channel: Channel, *, num_members: bool = False) -> Json:
    """A conversation as the bot sees it."""
    shown: Json = {
        "id": channel.id,
        "created": channel.created,
        "is_archived": channel.is_archived,
        "is_im": channel.kind == "im",
        "is_org_shared": False,
        "is_ext_shared": channel.is_ext_shared,
        "is_shared": channel.is_ext_shared,
        "is_pending_ext_shared": channel.is_pending_ext_shared,
        "context_team_id": workspace.home.id,
        "updated": channel.created * 1000,
    }
    if channel.kind == "im":
        person = next(m for m in channel.members if m != workspace.app.bot_user_id)
        shown |= {"user": person, "is_user_deleted": workspace.users[person].deleted}
        return shown
    if num_members:
        shown["num_members"] = len(channel.members)
    return shown | _named(workspace, channel)


def _named(workspace: Workspace, channel: Channel) -> Json:
    """What a channel has beside what direct conversations have too."""
    nothing = {"value": "", "creator": "", "last_set": 0}
    return {
        "name": channel.name,
        "name_normalized": channel.name,
        "is_channel": channel.kind == "public",
        "is_group": channel.kind == "private",
        "is_private": channel.kind == "private",
        "is_mpim": False,
        "is_general": False,
        "is_member": workspace.app.bot_user_id in channel.members,
        "creator": channel.creator,
        "unlinked": 0,
        "shared_team_ids": [workspace.home.id, *channel.connected_team_ids],
        "internal_team_ids": [],
        "pending_shared": [],
        "pending_connected_team_ids": [],
        "conversation_host_id": workspace.home.id,
        "previous_names": [],
        "topic": nothing,
        "purpose": nothing,
    }


def message_json(workspace: Workspace, message: Message, *, metadata: bool = False) -> Json:
    """A message as history and events show it; metadata only where asked for."""
    shown: Json = {
        "type": "message",
        "user": message.user,
        "text": message.text,
        "ts": message.ts,
        "team": message.team,
    }
    if message.by_bot:
        app = workspace.app
        profile = {
            "id": app.bot_id,
            "deleted": False,
            "name": app.bot_name,
            "updated": 0,
            "app_id": app.app_id,
            "icons": icons(workspace),
            "team_id": workspace.home.id,
        }
        shown |= {"bot_id": app.bot_id, "app_id": app.app_id, "bot_profile": profile}
    for name in ("subtype", "client_msg_id", "thread_ts", "edited", "blocks"):
        value = getattr(message, name)
        if value:
            shown[name] = value
    if message.files:
        shown["files"] = [shared_file(workspace, workspace.files[f]) for f in message.files]
        shown |= {"upload": False, "display_as_bot": False}
    if message.reactions:
        shown["reactions"] = [
            {"name": name, "users": list(users), "count": len(users)}
            for name, users in message.reactions.items()
        ]
    if metadata and message.metadata:
        shown["metadata"] = message.metadata
    return shown | _thread(workspace, message)


def _thread(workspace: Workspace, message: Message) -> Json:
    siblings = workspace.messages.get(message.channel, [])
    if message.thread_ts and message.thread_ts != message.ts:
        parents = [m.user for m in siblings if m.ts == message.thread_ts]
        return {"parent_user_id": parents[0]} if parents else {}
    replies = [m for m in siblings if m.thread_ts == message.ts and m.ts != message.ts]
    if not replies:
        return {}
    users = list(dict.fromkeys(m.user for m in replies))
    return {
        "thread_ts": message.ts,
        "reply_count": len(replies),
        "reply_users_count": len(users),
        "latest_reply": replies[-1].ts,
        "reply_users": users,
        "is_locked": False,
        "subscribed": False,
    }


def shared_file(workspace: Workspace, file: File) -> Json:
    """A file as its message shows it: of one from outside, or one that is gone, only its id."""
    if file.deleted:
        return {"id": file.id, "mode": "tombstone"}
    if workspace.is_external(workspace.users[file.user]):
        unknown = {"mode": "file_access", "file_access": "check_file_info"}
        return {"id": file.id, "created": 0, "timestamp": 0, "user": ""} | unknown
    return file_json(workspace, file)


def file_json(workspace: Workspace, file: File) -> Json:
    """A file's record; its bytes are behind url_private."""
    address = f"{workspace.base_url}files-pri/{workspace.home.id}-{file.id}"
    name = quote(file.name)
    kind = file.name.rsplit(".", 1)[-1].lower() if "." in file.name else "binary"
    kinds = {"public": "channels", "private": "groups", "im": "ims"}
    shown: Json = {
        "id": file.id,
        "created": file.created,
        "timestamp": file.created,
        "name": file.name,
        "title": file.title,
        "mimetype": file.mimetype,
        "filetype": kind,
        "pretty_type": PRETTY.get(kind, kind.upper()),
        "user": file.user,
        "user_team": workspace.users[file.user].team_id,
        "editable": kind in SNIPPETS,
        "size": file.size,
        "mode": "snippet" if kind in SNIPPETS else "hosted",
        "is_external": False,
        "external_type": "",
        "is_public": False,
        "public_url_shared": False,
        "display_as_bot": False,
        "username": "",
        "url_private": f"{address}/{name}",
        "url_private_download": f"{address}/download/{name}",
        "permalink": f"{workspace.base_url}files/{file.user}/{file.id}/{name}",
        "permalink_public": f"{workspace.base_url}{workspace.home.id}-{file.id}",
        "has_rich_preview": False,
        "channels": [],
        "groups": [],
        "ims": [],
        "shares": {},
        "file_access": "visible",
    }
    for channel_id in file.channels:
        place = workspace.channels[channel_id].kind
        shown[kinds[place]].append(channel_id)
        if place != "im" or file.shares.get(channel_id):
            group = "public" if place == "public" else "private"
            shown["shares"].setdefault(group, {})[channel_id] = file.shares[channel_id]
    return shown


def view_json(workspace: Workspace, view: View) -> Json:
    """A view as Slack gives it back, with what has been entered so far."""
    home = view.body["type"] == "home"
    shown: Json = {
        "id": view.id,
        "team_id": workspace.users[view.user].team_id,
        "type": view.body["type"],
        "private_metadata": "",
        "callback_id": "",
        "external_id": "",
        "title": {"type": "plain_text", "text": "View Title", "emoji": True},
        "close": None,
        "submit": None,
        "clear_on_close": False,
        "notify_on_close": False,
    }
    shown |= view.body
    shown |= {
        "state": {"values": view.filled},
        "hash": view.hash,
        "root_view_id": view.root_view_id,
        "previous_view_id": None if home else view.previous_view_id,
        "app_id": workspace.app.app_id,
        "app_installed_team_id": workspace.home.id,
        "bot_id": workspace.app.bot_id,
    }
    return shown
