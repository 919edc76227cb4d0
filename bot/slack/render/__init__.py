"""Values into Block Kit: messages, Home tabs and modals."""

from bot.slack.render.messages import Drawn, draw, home
from bot.slack.render.modals import modal, notice, private, values

__all__ = ["Drawn", "draw", "home", "modal", "notice", "private", "values"]
