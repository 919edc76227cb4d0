"""Ways in. Importing this package fills the table in `bot.slack.routes`."""

from bot.slack.listeners import buttons, commands, events, letters, modals, removals
from bot.slack.routes import table

__all__ = ["buttons", "commands", "events", "letters", "modals", "removals", "table"]
