"""What is sent to a response URL: up to five answers within half an hour."""

from __future__ import annotations

from bot.rehearsal import talk
from bot.rehearsal.arguments import Args
from bot.rehearsal.methods.chat import bot, content
from bot.rehearsal.model import Json, Message, RefusedError, ResponseUrl
from bot.rehearsal.workspace import RESPONSE_URL_LIFE, Workspace


def respond(workspace: Workspace, token: str, body: Json) -> None:
    """Answer through a response URL; RefusedError where it is spent or the answer is wrong."""
    with workspace.lock:
        url = workspace.response_urls.get(token)
        if url is None:
            raise RefusedError("invalid_url")
        if workspace.clock.now() - url.issued_at > RESPONSE_URL_LIFE:
            raise RefusedError("expired_url")
        if url.uses_left < 1:
            raise RefusedError("used_url")
        answer(workspace, url, body)
        url.uses_left -= 1


def answer(workspace: Workspace, url: ResponseUrl, body: Json) -> None:
    """Say it where the URL came from: to one reader, or to all with `in_channel`."""
    args = Args(body)
    original = _original(workspace, url)
    if args.flag("delete_original"):
        _take_away(workspace, original)
        return
    text, blocks = content(args)
    channel = workspace.channel(url.channel)
    if args.flag("replace_original") and original is not None:
        if original.only_for:
            original.text = text
            original.blocks = talk.with_ids(workspace, blocks or [])
        else:
            talk.edit(workspace, original, by=bot(workspace), text=text, blocks=blocks or [])
        return
    thread_ts = args.text("thread_ts") or url.thread_ts
    if args.text("response_type") == "in_channel":
        talk.post(workspace, channel, bot(workspace), text, blocks=blocks, thread_ts=thread_ts)
    else:
        reader = workspace.user(url.user)
        talk.whisper(workspace, channel, reader, text, blocks=blocks, thread_ts=thread_ts)


def _original(workspace: Workspace, url: ResponseUrl) -> Message | None:
    said = [*workspace.messages[url.channel], *workspace.ephemerals]
    found = [m for m in said if m.ts == url.message_ts and m.by_bot]
    return found[0] if found else None


def _take_away(workspace: Workspace, original: Message | None) -> None:
    if original is None:
        raise RefusedError("message_not_found")
    if original.only_for:
        workspace.ephemerals.remove(original)
    else:
        talk.delete(workspace, original)
