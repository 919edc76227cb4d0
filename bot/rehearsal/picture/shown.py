"""What a picture shows of each message, made from the rehearsal's messages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bot.domain.deadlines import day_and_date
from bot.domain.people import LONDON
from bot.rehearsal.model import Json, Message
from bot.rehearsal.picture.names import Names
from bot.rehearsal.workspace import Workspace


@dataclass(frozen=True, kw_only=True)
class Shown:
    """One message as its readers see it.

    `blocks` are Block Kit; `text` is Slack's mark-up and is read only where there are none.
    `pressed` names a button by label, action id, or block id and action id (`row-0/undo`).
    """

    name: str
    when: str
    is_bot: bool
    blocks: list[Json]
    text: str
    pressed: str | None = None


def of_messages(
    workspace: Workspace,
    messages: Iterable[Message],
    *,
    pressed: Mapping[str, str] | None = None,
    zone: ZoneInfo = LONDON,
) -> list[Shown]:
    """The messages with names for ids and times in `zone`; `pressed` names buttons by `ts`.

    A message that the bot has changed since has only the buttons it has now.
    """
    held = pressed or {}
    with workspace.lock:
        names = Names(workspace)
        return [_shown(workspace, names, m, held.get(m.ts), zone) for m in messages]


def _shown(
    workspace: Workspace, names: Names, message: Message, pressed: str | None, zone: ZoneInfo
) -> Shown:
    at = datetime.fromtimestamp(int(message.ts.partition(".")[0]), UTC).astimezone(zone)
    edited = " (edited)" if message.edited and not message.by_bot else ""
    blocks = names.in_blocks(message.blocks)
    if not blocks and message.text:
        blocks = [_said(names.in_text(message.text))]
    files = [_note(f"Attached: {workspace.files[file].name}") for file in message.files]
    private = [_note("Only visible to you")] if message.only_for else []
    return Shown(
        name=workspace.app.bot_name.capitalize() if message.by_bot else names.of(message.user),
        when=f"{day_and_date(at.date())}, {at:%H:%M}{edited}",
        is_bot=message.by_bot,
        blocks=[*private, *blocks, *files],
        text=names.in_text(message.text),
        pressed=pressed,
    )


def _said(text: str) -> Json:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}}


def _note(text: str) -> Json:
    plain = {"type": "plain_text", "text": text, "emoji": False}
    return {"type": "context", "elements": [plain]}
