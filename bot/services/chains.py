"""Whether what was recorded still stands so: each group's chain, its texts and its ledger."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from bot.domain.audit import GENESIS, AuditEntry, first_break
from bot.domain.errors import UserError
from bot.domain.people import Group
from bot.services import auditing, text_checks
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
    """Check every group, or the one named: chain, texts, and the ledger if it has caught up.

    Raises UserError where there is no such group.
    """
    with database.snapshot() as session:
        chosen = [g for g in groups.every(session) if group_key in (None, g.key)]
        if group_key is not None and not chosen:
            raise UserError(f"There is no group {group_key!r}: check its key.")
        found = [report for group in chosen for report in _recorded(session, group)]
    for group in chosen if ledger else ():
        missing = auditing.differences(database, group.id, now=now)
        found += [Report(line=f"{group.key}: {line}", whole=False) for line in missing]
    return found


def _recorded(session: Session, group: Group) -> Iterator[Report]:
    yield _chain(session, group.id, group.key)
    texts = text_checks.check(session, group.id)
    yield from (Report(line=f"{group.key}: {line}", whole=False) for line in texts.wrong)
    if not texts.wrong:
        removed = f", {texts.removed} removed" if texts.removed else ""
        line = f"{group.key}: {texts.standing} texts, each as it was recorded{removed}"
        yield Report(line=line, whole=True)


def _chain(session: Session, group_id: int, key: str) -> Report:
    last, links = GENESIS, 0

    def read() -> Iterator[AuditEntry]:
        nonlocal last, links
        for link in audit.chain(session, group_id):
            last, links = link.hash, links + 1
            yield link

    broken, head = first_break(read()), audit.head(session, group_id)
    if broken is not None:
        return Report(line=f"{key}: the chain breaks at link {broken}", whole=False)
    if last != head:
        return Report(line=f"{key}: links are missing at the end of the chain", whole=False)
    return Report(line=f"{key}: {links} links, whole, head {head}", whole=True)
