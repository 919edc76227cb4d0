"""Slash commands: all of them are words, and go the same way as words in a DM or a mention."""

from __future__ import annotations

from bot.services import commands
from bot.slack.calls import Call
from bot.slack.routes import command


@command("/status", "/draft-update")
def named(call: Call) -> None:
    """The command's own name is the first word."""
    words = call.words(f"{call.name.removeprefix('/')} {call.body.get('text', '')}")
    call.say(commands.run(call.database, call.arrival, words, now=call.now))


@command("/followthrough")
def anything(call: Call) -> None:
    """Any command in words: Slack's own /status wins that name in some clients."""
    words = call.words(call.body.get("text") or "help")
    call.say(commands.run(call.database, call.arrival, words, now=call.now))
