"""Slash commands: all of them are words, and go the same way as words in a DM or a mention."""

from __future__ import annotations

from bot.domain.forms import Form
from bot.domain.text import GuardedText
from bot.services import commands
from bot.slack.calls import Call
from bot.slack.routes import button, command


@command("/status", "/draft-update", "/action")
def named(call: Call) -> None:
    """The command's own name is the first word."""
    _run(call, call.words(f"{call.name.removeprefix('/')} {call.body.get('text', '')}"))


@command("/followthrough")
def anything(call: Call) -> None:
    """Any command in words: Slack's own /status wins that name in some clients."""
    _run(call, call.words(call.body.get("text") or "help"))


@button("command.open")
def open_form(call: Call) -> None:
    """The form of a command that was said where no form can be opened."""
    words = call.words(str(call.value["words"]))
    form = commands.pressed(call.database, call.arrival, words, now=call.now)
    if form is not None:
        call.open(form)


def _run(call: Call, words: GuardedText) -> None:
    answer = commands.run(call.database, call.arrival, words, now=call.now)
    if isinstance(answer, Form):
        call.open(answer)
    else:
        call.say(answer)
