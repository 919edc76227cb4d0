"""The one sentence for somebody whose wish could not be met, where no acknowledgement shows it."""

from __future__ import annotations

from datetime import datetime

from bot.domain.errors import UserError
from bot.domain.messages import message, say
from bot.domain.outgoing import Outgoing, Sending
from bot.services.intake import Arrival, StrangerError
from storage import outbox
from storage.database import Database

SILENT = frozenset({"deletion"})
SEEN = frozenset({"button", "shortcut"})
"""What somebody did with what is before them, and waits to be answered, in a channel too."""


def owe(database: Database, arrival: Arrival, error: UserError, *, now: datetime) -> None:
    """Tell them in their DM, or where only they see it; strangers hear nothing in channels."""
    channel = arrival.channel_id
    in_channel = channel is not None and not channel.startswith("D")
    unheard = in_channel and isinstance(error, StrangerError) and arrival.kind not in SEEN
    if arrival.kind in SILENT or unheard:
        return
    kind = Sending.EPHEMERAL if in_channel else Sending.MESSAGE
    if arrival.kind == "app_home_opened":
        kind = Sending.HOME
    outgoing = Outgoing(
        key=f"refused:{arrival.key}",
        group_id=None,
        kind=kind,
        channel_id=channel,
        message=message(say(str(error))),
        subject={"eyes": [arrival.account.team_id, arrival.account.user_id]},
    )
    with database.transaction() as session:
        outbox.enqueue(session, outgoing, due_at=now, now=now)
