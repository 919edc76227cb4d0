"""files.*: an address to upload to, the bytes, and the message that shares them."""

from __future__ import annotations

import mimetypes

from bot.rehearsal import talk
from bot.rehearsal.arguments import Args
from bot.rehearsal.methods.chat import bot, check_blocks, writable
from bot.rehearsal.methods.pages import page
from bot.rehearsal.model import Channel, File, Json, RefusedError, User, invalid
from bot.rehearsal.shown import file_json
from bot.rehearsal.workspace import Workspace

LARGEST = 1_073_741_824


def new_file(workspace: Workspace, user: User, name: str, size: int, *, title: str = "") -> File:
    """A file whose bytes are still to come."""
    file = File(
        id=f"F{workspace.number():07d}",
        name=name,
        title=title or name,
        size=size,
        user=user.id,
        created=int(workspace.clock.now().timestamp()),
        mimetype=mimetypes.guess_type(name)[0] or "application/octet-stream",
    )
    workspace.files[file.id] = file
    return file


def get_upload_url(workspace: Workspace, args: Args) -> Json:
    """Where to send the bytes of a file of this name and length."""
    name, length = args.required("filename"), args.number("length", 0)
    if length <= 0:
        raise invalid("invalid_arguments", ["[ERROR] must be more than 0: length"])
    if length > LARGEST:
        raise RefusedError("file_upload_size_restricted")
    file = new_file(workspace, bot(workspace), name, length)
    return {"upload_url": f"{workspace.base_url}upload/v1/{file.id}", "file_id": file.id}


def complete_upload(workspace: Workspace, args: Args) -> Json:
    """Finish uploads and share them, all in one message a conversation."""
    entries = args.structure("files", error="invalid_arguments")
    if not isinstance(entries, list) or not entries:
        raise invalid("invalid_arguments", ["[ERROR] missing required field: files"])
    found = args.structure("blocks", error="invalid_blocks")
    if found is not None:
        check_blocks(found)
    files = [_arrived(workspace, entry) for entry in entries]
    channels = [_place(workspace, name) for name in _places(args)]
    for file, entry in zip(files, entries, strict=True):
        file.title = entry.get("title") or file.title
        file.complete = True
    for channel in channels:
        talk.post(
            workspace,
            channel,
            bot(workspace),
            args.text("initial_comment"),
            blocks=None if args.text("initial_comment") else found,
            thread_ts=args.text("thread_ts") or None,
            files=tuple(files),
        )
    return {"files": [file_json(workspace, file) for file in files]}


def _arrived(workspace: Workspace, entry: object) -> File:
    file = workspace.files.get(str(entry.get("id"))) if isinstance(entry, dict) else None
    if file is None or file.content is None or file.complete:
        raise RefusedError("file_not_found")
    return file


def _places(args: Args) -> list[str]:
    named = [args.text("channel_id")] if args.text("channel_id") else []
    return named + [each for each in args.text("channels").split(",") if each]


def _place(workspace: Workspace, name: str) -> Channel:
    if name not in workspace.channels:
        raise RefusedError("channel_not_found")
    return writable(workspace, workspace.channels[name])


def _known(workspace: Workspace, args: Args) -> File:
    file = workspace.files.get(args.required("file"))
    if file is None or not file.complete:
        raise RefusedError("file_not_found")
    if file.deleted:
        raise RefusedError("file_deleted")
    return file


def info(workspace: Workspace, args: Args) -> Json:
    """One file's record."""
    return {"file": file_json(workspace, _known(workspace, args)), "comments": []}


def everything(workspace: Workspace, args: Args) -> Json:
    """Files, newest first, of one conversation or one person where asked."""
    channel, user = args.text("channel"), args.text("user")
    found = [
        file
        for file in reversed(workspace.files.values())
        if file.complete
        and not file.deleted
        and (not channel or channel in file.channels)
        and (not user or user == file.user)
    ]
    count = args.number("count", 100)
    start = (args.number("page", 1) - 1) * count
    paging = {"count": count, "total": len(found), "page": start // count + 1}
    paging["pages"] = -(-len(found) // count)
    chosen, _ = page(Args({"limit": count}), found[start:], default=100, most=1000)
    return {"files": [file_json(workspace, file) for file in chosen], "paging": paging}


def delete(workspace: Workspace, args: Args) -> Json:
    """Take away one of the bot's own files, from its messages too."""
    file = _known(workspace, args)
    if file.user != workspace.app.bot_user_id:
        raise RefusedError("cant_delete_file")
    del workspace.files[file.id]
    for channel_id in file.channels:
        for message in workspace.messages[channel_id]:
            if file.id in message.files:
                message.files.remove(file.id)
    return {}
