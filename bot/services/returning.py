"""At the end of a process: what it took to send and did not try is owed again, as it was."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from datetime import datetime

from storage import deliveries, outbox
from storage.database import Database
from storage.outbox import Owed

logger = logging.getLogger(__name__)

Ending = Callable[[], bool]
"""Whether the process is ending: what is in hand is finished, and nothing more begun."""


def going_on() -> bool:
    """No end is near."""
    return False


def give_back(database: Database, batch: Sequence[Owed], *, now: datetime) -> None:
    """Untried rows keep their time and order; what may have been sent before stays in doubt."""
    with database.transaction() as session:
        for owed in batch:
            if owed.maybe_sent_since is None:
                deliveries.let_go(session, owed)
            else:
                outbox.doubt(session, owed, reason="the bot was ending", due_at=now)
    logger.info("gave back %d that were not sent", len(batch))
