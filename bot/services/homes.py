"""The Home tab: drawn anew whenever somebody opens it."""

from __future__ import annotations

from datetime import datetime

from bot.domain.outgoing import Outgoing, Sending
from bot.services import home, intake
from bot.services.intake import Arrival
from storage import outbox
from storage.database import Database


def opened(database: Database, arrival: Arrival, *, now: datetime) -> None:
    """Somebody opened their Home tab: owe them what stands now."""
    with intake.once(database, arrival, now=now) as desk:
        if desk is None:
            return
        outgoing = Outgoing(
            key=f"home:{arrival.key}",
            group_id=desk.group.id,
            team_id=desk.group.team_id,
            kind=Sending.HOME,
            person_id=desk.person.id,
            message=home.page(desk),
        )
        outbox.enqueue(desk.session, outgoing, due_at=now, now=now)
