"""Spreadsheets: the button under a report. Dropping one is a message (`events`)."""

from __future__ import annotations

from bot.services.spreadsheets import confirming
from bot.slack.calls import Call
from bot.slack.routes import button


@button("sheet.import")
def take(call: Call) -> None:
    """Ask for what was reported."""
    confirming.confirm(
        call.database,
        call.arrival,
        wish_id=int(call.value["sheet"]),
        report=str(call.value["report"]),
        now=call.now,
    )
