"""The register as a file: the button beside the word."""

from __future__ import annotations

from bot.services import export_files
from bot.slack.calls import Call
from bot.slack.routes import button


@button("register.export")
def export(call: Call) -> None:
    """Ask for the register; it comes by direct message."""
    export_files.by_button(call.database, call.group_arrival, now=call.now)
