"""Ways in. Importing this package fills the table in `bot.slack.routes`."""

from bot.slack.listeners import (
    buttons,
    cadences,
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
)
from bot.slack.routes import table

__all__ = [
    "buttons",
    "cadences",
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
]
