"""Ways in. Importing this package fills the table in `bot.slack.routes`."""

from bot.slack.listeners import buttons, commands, events, keeping, letters, modals, pasting
from bot.slack.routes import table

__all__ = ["buttons", "commands", "events", "keeping", "letters", "modals", "pasting", "table"]
