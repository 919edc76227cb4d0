"""Ways in. Importing this package fills the table in `bot.slack.routes`."""

from bot.slack.listeners import (
    buttons,
    cadences,
    calendars,
    commands,
    events,
    exporting,
    keeping,
    letters,
    modals,
    owners,
    pasting,
    pausing,
    removals,
    seats,
    spreadsheets,
    wishes,
)
from bot.slack.routes import table

__all__ = [
    "buttons",
    "cadences",
    "calendars",
    "commands",
    "events",
    "exporting",
    "keeping",
    "letters",
    "modals",
    "owners",
    "pasting",
    "pausing",
    "removals",
    "seats",
    "spreadsheets",
    "table",
    "wishes",
]
