"""A command's form where none can be opened: a button that opens it."""

from __future__ import annotations

import json

from bot.domain.forms import Form
from bot.domain.messages import Bold, Button, Buttons, Message, message, say
from bot.domain.text import GuardedText

MOST_WORDS = 1_800
"""Slack: a button carries 2,000 characters."""


def form(opens: Form, words: GuardedText) -> Message:
    """A form behind a button: words alone have no trigger to open it with."""
    value = json.dumps({"words": words.text[:MOST_WORDS]})
    open_it = Button(label="Open the form", action="command.open", value=value)
    intro = tuple(part for part in opens.intro if not isinstance(part, Buttons))
    return message(*intro, say(Bold(opens.title), ": press to fill it in."), Buttons((open_it,)))
