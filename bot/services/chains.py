"""Whether what was recorded still stands as it was recorded: each group's chain and its ledger."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.domain.audit import first_break
from bot.domain.errors import UserError
from bot.services import auditing
from storage import audit, groups
from storage.database import Database, Session


@dataclass(frozen=True, kw_only=True)
class Report:
    """What was found in one group, in a line or more."""

    line: str
    whole: bool


def verify(
    database: Database, group_key: str | None, *, now: datetime, ledger: bool = True
) -> list[Report]:
    """Check every group, or the one named, and the ledger unless it is not yet caught up.

    Raises UserError where there is no such group.
    """
    with database.snapshot() as session:
        chosen = [g for g in groups.every(session) if group_key in (None, g.key)]
        if group_key is not None and not chosen:
            raise UserError(f"There is no group {group_key!r}: check its key.")
        found = [_chain(session, group.id, group.key) for group in chosen]
    for group in chosen if ledger else ():
        missing = auditing.differences(database, group.id, now=now)
        found += [Report(line=f"{group.key}: {line}", whole=False) for line in missing]
    return found


def _chain(session: Session, group_id: int, key: str) -> Report:
    links = list(audit.chain(session, group_id))
    broken = first_break(links)
    head = audit.head(session, group_id)
    if broken is not None:
        line = f"{key}: the chain breaks at link {broken} of {len(links)}"
        return Report(line=line, whole=False)
    if links and links[-1].hash != head:
        return Report(line=f"{key}: links are missing at the end of the chain", whole=False)
    return Report(line=f"{key}: {len(links)} links, whole, head {head}", whole=True)
