"""Ways in. Importing this package fills the table in `bot.slack.routes`."""

from bot.slack.listeners import (
    buttons,
    commands,
    events,
    keeping,
    letters,
    modals,
    owners,
    pasting,
    pausing,
    removals,
    seats,
    wishes,
)
from bot.slack.routes import table

__all__ = [
    "buttons",
    "commands",
    "events",
    "keeping",
    "letters",
    "modals",
    "owners",
    "pasting",
    "pausing",
    "removals",
    "seats",
    "table",
    "wishes",
]
