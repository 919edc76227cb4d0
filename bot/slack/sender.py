"""The way out: what the outbox owes, said to Slack."""

from __future__ import annotations

import base64
import hashlib
import html
import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import httpx
from slack_sdk import WebClient

from bot.domain.audiences import Room
from bot.domain.errors import PermanentError, TransientError
from bot.domain.outgoing import Sending
from bot.services.parcels import Found, Parcel, Sent
from bot.slack import render
from bot.slack.installed import Installed
from bot.slack.web import (
    REASONS,
    AccountGoneError,
    ClientFor,
    SlackRefusedError,
    call,
    pages,
)

EVENT_TYPE = "followthrough"
CLOSED = frozenset({"is_archived", "channel_not_found"})
"""What Slack says of a direct conversation with somebody who has gone."""
CLOCKS_APART = timedelta(minutes=5)


class SlackSender:
    """Sends, looks up and looks around; `client_for` gives the client of a team."""

    def __init__(self, client_for: ClientFor, installed: Installed) -> None:
        self._client_for = client_for
        self._installed = installed
        self._dms: dict[str, str] = {}

    def send(self, parcel: Parcel) -> Sent:
        """Say it, once; AccountGoneError where a person's own conversation is closed for good."""
        try:
            return self._send(parcel)
        except SlackRefusedError as error:
            if parcel.channel_id is None and parcel.account and error.name in CLOSED:
                self._dms.pop(parcel.account.user_id, None)
                raise AccountGoneError(error.name, REASONS["user_disabled"]) from error
            raise

    def _send(self, parcel: Parcel) -> Sent:
        client = self._client(parcel)
        match parcel.owed.kind:
            case Sending.MESSAGE:
                return self._post(client, parcel)
            case Sending.UPDATE:
                return self._update(client, parcel)
            case Sending.HOME:
                return self._publish(client, parcel)
            case Sending.FILE:
                return self._upload(client, parcel)
            case Sending.EPHEMERAL:
                return self._whisper(client, parcel)
            case Sending.REMOVAL:
                return self._take_away(client, parcel)

    def find(self, parcel: Parcel, since: datetime) -> list[Found]:
        """Our messages since then that carry its number, or else say the same or hold its file."""
        channel = self._channel(parcel)
        ours = [m for m in self._said(parcel, channel, since) if self._installed.said(m)]
        found = [
            Found(
                team_id=self._installed.team_id,
                channel_id=channel,
                ts=m["ts"],
                exact=exact is True,
                renew=exact is True and _payload(m).get("outbox") != parcel.owed.id,
            )
            for m in ours
            if (exact := _match(parcel, m, since)) is not None
        ]
        return sorted(found, key=lambda each: not each.exact)

    def room(self, parcel: Parcel) -> Room:
        """Who would read it, looked up now."""
        client, channel = self._client(parcel), self._channel(parcel)
        info = call(client, "conversations.info", channel=channel)["channel"]
        members = pages(client, "conversations.members", "members", channel=channel, limit=999)
        return Room(
            members=frozenset(members) - {self._installed.user_id},
            shared=any(info.get(f) for f in ("is_ext_shared", "is_pending_ext_shared")),
        )

    # Each kind

    def _post(self, client: WebClient, parcel: Parcel) -> Sent:
        drawn = render.draw(parcel.owed.message)
        answer = call(
            client,
            "chat.postMessage",
            repeatable=False,
            channel=self._channel(parcel),
            thread_ts=parcel.owed.thread_ts,
            text=drawn.text,
            blocks=drawn.blocks,
            metadata=_metadata(parcel),
            unfurl_links=False,
            unfurl_media=False,
        )
        return self._sent(answer["channel"], answer["ts"])

    def _update(self, client: WebClient, parcel: Parcel) -> Sent:
        drawn = render.draw(parcel.owed.message)
        call(
            client,
            "chat.update",
            channel=parcel.channel_id,
            ts=parcel.target_ts,
            text=drawn.text,
            blocks=drawn.blocks,
        )
        return self._sent(None, None)

    def _publish(self, client: WebClient, parcel: Parcel) -> Sent:
        view = render.home(parcel.owed.message)
        call(client, "views.publish", user_id=_user(parcel), view=view)
        return self._sent(None, None)

    def _whisper(self, client: WebClient, parcel: Parcel) -> Sent:
        drawn = render.draw(parcel.owed.message)
        call(
            client,
            "chat.postEphemeral",
            repeatable=False,
            channel=self._channel(parcel),
            thread_ts=parcel.owed.thread_ts,
            user=_user(parcel),
            text=drawn.text,
            blocks=drawn.blocks,
        )
        return self._sent(None, None)

    def _upload(self, client: WebClient, parcel: Parcel) -> Sent:
        file = parcel.owed.file
        if file is None or not file["content"]:
            raise PermanentError("a file is owed and there are no bytes")
        channel, content = self._channel(parcel), base64.b64decode(file["content"])
        # These two leave nothing that anybody sees: only the third shares the file.
        place = call(
            client, "files.getUploadURLExternal", filename=file["name"], length=len(content)
        )
        self._put(client, place["upload_url"], content)
        drawn = render.draw(parcel.owed.message)
        answer = call(
            client,
            "files.completeUploadExternal",
            repeatable=False,
            files=[{"id": place["file_id"], "title": file["title"]}],
            channel_id=channel,
            thread_ts=parcel.owed.thread_ts,
            blocks=drawn.blocks if parcel.owed.message.parts else None,
        )
        shared = self._sent(channel, _shared_as(answer, channel))
        return replace(shared, file_id=next((f["id"] for f in answer.get("files") or []), None))

    def _take_away(self, client: WebClient, parcel: Parcel) -> Sent:
        """Delete a file of ours; one that is gone already is as it should be."""
        for number in [parcel.file_id] if parcel.file_id else self._files_at(client, parcel):
            try:
                call(client, "files.delete", file=number)
            except SlackRefusedError as error:
                if error.name not in ("file_not_found", "file_deleted"):
                    raise
        return self._sent(None, None)

    def _files_at(self, client: WebClient, parcel: Parcel) -> list[str]:
        """A file that was sent before its number was kept: the one of its title in its message."""
        said = call(
            client,
            "conversations.history",
            channel=parcel.channel_id,
            latest=parcel.target_ts,
            inclusive=True,
            limit=1,
        )
        files = [file for message in said["messages"] for file in message.get("files") or []]
        return [str(file["id"]) for file in files if file.get("title") == parcel.file_title]

    def _put(self, client: WebClient, url: str, content: bytes) -> None:
        http = getattr(client, "http", None) or httpx
        try:
            response = http.post(url, content=content)
        except httpx.TransportError as error:
            raise TransientError(f"The file could not be uploaded ({type(error).__name__}).") from (
                error
            )
        if response.status_code != 200:
            raise TransientError(f"Slack did not take the file's bytes ({response.status_code}).")

    # Where, and what is there

    def _client(self, parcel: Parcel) -> WebClient:
        return self._client_for(parcel.owed.team_id)

    def _sent(self, channel: str | None, ts: str | None) -> Sent:
        return Sent(team_id=self._installed.team_id, channel_id=channel, ts=ts)

    def _channel(self, parcel: Parcel) -> str:
        """The conversation: as named, or the person's DM, opened once."""
        if parcel.channel_id:
            return parcel.channel_id
        user = _user(parcel)
        if user not in self._dms:
            answer = call(self._client(parcel), "conversations.open", users=user)
            self._dms[user] = str(answer["channel"]["id"])
        return self._dms[user]

    def _said(self, parcel: Parcel, channel: str, since: datetime) -> list[Mapping[str, Any]]:
        oldest = f"{(since - CLOCKS_APART).timestamp():.6f}"
        where: dict[str, Any] = {"channel": channel, "oldest": oldest, "limit": 200}
        method = "conversations.history"
        if parcel.owed.thread_ts:
            method, where["ts"] = "conversations.replies", parcel.owed.thread_ts
        client = self._client(parcel)
        return pages(client, method, "messages", include_all_metadata=True, **where)


def _user(parcel: Parcel) -> str:
    if parcel.account is None:
        raise PermanentError("they have no Slack account: add one, or reach them another way")
    return parcel.account.user_id


def _metadata(parcel: Parcel) -> dict[str, Any]:
    payload = {"outbox": parcel.owed.id, "same": _fingerprint(parcel)}
    return {"event_type": EVENT_TYPE, "event_payload": payload}


def _fingerprint(parcel: Parcel) -> str:
    """What is the same only for the same message: a restored bot owes it by another number."""
    said = json.dumps([parcel.owed.key, render.draw(parcel.owed.message).text])
    return hashlib.sha256(said.encode()).hexdigest()[:32]


def _match(parcel: Parcel, message: Mapping[str, Any], since: datetime) -> bool | None:
    """True where the message carries the row's number, False where it only looks the same."""
    if (message.get("metadata") or {}).get("event_type") == EVENT_TYPE:
        told = _payload(message)
        ours = told.get("outbox") == parcel.owed.id or told.get("same") == _fingerprint(parcel)
        return True if ours else None
    if float(message["ts"]) < since.timestamp():
        return None
    if parcel.owed.file is not None:
        same = any(_same_file(parcel.owed.file, file) for file in message.get("files") or [])
        return False if same else None
    text = render.draw(parcel.owed.message).text
    return False if html.unescape(str(message.get("text", ""))) == html.unescape(text) else None


def _payload(message: Mapping[str, Any]) -> Mapping[str, Any]:
    return (message.get("metadata") or {}).get("event_payload") or {}


def _same_file(owed: Mapping[str, str], file: Mapping[str, Any]) -> bool:
    size = len(base64.b64decode(owed["content"]))
    return file.get("title") == owed["title"] and file.get("size", size) in (size, 0)


def _shared_as(answer: Mapping[str, Any], channel: str) -> str | None:
    """The time of the message that shares the file, where Slack says it at once."""
    for file in answer.get("files") or []:
        for shares in (file.get("shares") or {}).values():
            for share in shares.get(channel) or []:
                return str(share["ts"])
    return None
