"""How often a standing promise is kept is asked of the chair until it is set."""

from __future__ import annotations

from datetime import datetime

from bot.domain.people import Directory, Role
from bot.services import cadence_words, waits
from storage import cadences as rows
from storage import commitments, waiting
from storage.database import Session

KIND = "cadence"


def ask(session: Session, directory: Directory, *, now: datetime) -> int:
    """Ask the chair about every standing promise without a cadence; how many are new."""
    group_id = directory.group.id
    missing = rows.without(session, group_id)
    if not missing:
        return 0
    asked = {one.subject_id for one in waiting.unsettled(session, group_id, kind=KIND)}
    promised = {one.id: one for one in commitments.of_group(session, group_id)}
    new = [promised[n] for n in missing if n in promised and n not in asked]
    for promise in new:
        waits.open_wait(
            session,
            directory,
            kind=KIND,
            subject_id=promise.id,
            role=Role.CHAIR,
            message=cadence_words.question(promise),
            subject={"commitment": promise.id},
            now=now,
        )
    return len(new)
