"""A command in words: how it is written, and who answers it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.domain.forms import Form
from bot.domain.messages import Message
from bot.services.intake import Arrival
from storage.database import Database

Handler = Callable[[Database, Arrival, str, datetime], Message | Form]


@dataclass(frozen=True, kw_only=True)
class Command:
    """One command: how its name may be written, who answers it, and its line in the help.

    `written` is a pattern. `alone` where nothing may follow the name, and `sentences` where words
    that only begin like the command may be somebody's answer. A handler's Form is opened where
    Slack gives a trigger, and offered behind a button where it does not.
    """

    written: str
    handler: Handler
    help: str = ""
    alone: bool = False
    sentences: bool = False
