"""What the guard took out of somebody's words: they are told of it, in private, by kind."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.domain.messages import message, say
from bot.domain.outgoing import Outgoing
from bot.services.intake import Arrival
from storage import outbox
from storage.database import Database

SEEN_BY_OTHERS = frozenset({"message", "edit"})


def owe(database: Database, arrival: Arrival, kinds: Sequence[str], *, now: datetime) -> None:
    """Tell the sender in their DM, once an arrival, which kinds went, never the words."""
    told = f"I took out {', '.join(dict.fromkeys(kinds))} before keeping what you wrote."
    if arrival.kind in SEEN_BY_OTHERS:
        told += " Your own Slack message still shows it: please delete it."
    outgoing = Outgoing(
        key=f"redacted:{arrival.key}",
        group_id=None,
        message=message(say(told)),
        subject={"eyes": [arrival.account.team_id, arrival.account.user_id]},
    )
    with database.transaction() as session:
        outbox.enqueue(session, outgoing, due_at=now, now=now)
