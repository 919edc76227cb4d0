"""Events: what people say, change and take away, and the Home tab.

What is said in a channel outside our threads and mentions is dropped here, before any write
or log.
"""

from __future__ import annotations

from dataclasses import replace

from bot.domain.errors import UserError
from bot.domain.sheets.dropped import Dropped
from bot.domain.text import GuardedText
from bot.services import catching_up, commands, homes, replies
from bot.services.spreadsheets import dropping
from bot.slack import incoming
from bot.slack.calls import Call
from bot.slack.incoming import Incoming
from bot.slack.routes import event


@event("message", "app_mention")
def heard(call: Call) -> None:
    """A message, whichever event brings it: taken if it is for us."""
    found = incoming.read(call.event, call.installed)
    if found is None or not _for_us(call, found):
        return
    {incoming.SAID: _said, incoming.EDITED: _edited, incoming.DELETED: _deleted}[found.kind](
        call, found
    )
    catching_up.met(
        call.database,
        found.arrival.account,
        team_id=call.installed.team_id,
        channel_id=found.channel_id,
        ts=found.ts,
    )


def _for_us(call: Call, found: Incoming) -> bool:
    return (
        found.in_dm
        or found.names_us
        or catching_up.is_ours(call.database, found.channel_id, found.thread_ts)
    )


def _said(call: Call, found: Incoming) -> None:
    words = call.words(found.text)
    files = _files(call, found)
    if files and not dropping.dropped(call.database, found.arrival, files, words, now=call.now):
        return
    _need(words, found)
    if commands.is_command(words.text):
        arrival = replace(found.arrival, kind="command")
        commands.in_words(call.database, arrival, words, now=call.now)
    else:
        said = replies.Said(arrival=found.arrival, text=words)
        replies.text(call.database, said, now=call.now)


def _edited(call: Call, found: Incoming) -> None:
    words = call.words(found.text)
    files = _files(call, found)
    if files and not words:
        return
    if files and dropping.about_them(call.database, found.arrival, files, words, now=call.now):
        return
    _need(words, found)
    if not commands.is_command(words.text):
        said = replies.Said(arrival=found.arrival, text=words, edits=found.key)
        replies.text(call.database, said, now=call.now)


def _deleted(call: Call, found: Incoming) -> None:
    replies.deleted(call.database, found.arrival, source_key=found.key, now=call.now)


def _files(call: Call, found: Incoming) -> list[Dropped]:
    """The files that whoever sent them meant for us: a channel's are not ours to read."""
    return [call.file(shared) for shared in found.files] if found.in_dm else []


def _need(words: GuardedText, found: Incoming) -> None:
    if not words:
        raise UserError(
            f"{dropping.EVIDENCE} {dropping.IN_DM}"
            if found.files
            else "Say `help` to see what I can do."
        )


@event("app_home_opened")
def opened(call: Call) -> None:
    """Draw the Home tab anew."""
    if call.event.get("tab", "home") == "home":
        homes.opened(call.database, call.arrival, now=call.now)
