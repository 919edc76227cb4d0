"""Block Kit as strictly as Slack takes it: each function lists what is wrong, or nothing."""

from bot.rehearsal.blocks.surfaces import home, message, modal

__all__ = ["home", "message", "modal"]
