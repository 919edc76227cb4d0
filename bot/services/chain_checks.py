"""Whether a group's audit chain is whole, read on from where it was last found whole.

That the stored words are those of which it tells is another check: `text_checks`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.domain.audit import GENESIS, first_break
from storage import audit, sweeps
from storage.database import Database, Session

AT_ONCE = 20_000
"""Links in one reading: about a second. A longer chain takes as many rounds as it needs."""


@dataclass(frozen=True, kw_only=True)
class Checked:
    """How far the chain has been read; `broken` is the first link that does not follow."""

    links: int
    over: bool
    broken: int | None = None


def read_on(database: Database, group_id: int, *, now: datetime, limit: int = AT_ONCE) -> Checked:
    """Read the next links; what was found whole before is only compared by its last hash."""
    with database.snapshot() as session:
        seq, kept = _kept(session, group_id)
        if seq and audit.hash_at(session, group_id, seq) != kept:
            return Checked(links=seq, over=True, broken=seq)
        links = audit.after(session, group_id, seq, limit=limit)
        broken = first_break(links, previous=kept, number=seq + 1)
        if broken is not None:
            return Checked(links=broken, over=True, broken=broken)
        if links:
            seq, kept = links[-1].seq, links[-1].hash
        over = len(links) < limit
        if over and audit.head(session, group_id) != kept:
            return Checked(links=seq, over=True, broken=seq + 1)
    with database.transaction() as session:
        sweeps.ran(session, _name(group_id), now=now, note=f"{seq}:{kept}")
    return Checked(links=seq, over=over)


def _kept(session: Session, group_id: int) -> tuple[int, str]:
    found = sweeps.read(session, _name(group_id))
    if found is None or ":" not in found.note:
        return 0, GENESIS
    seq, _, kept = found.note.partition(":")
    return int(seq), kept


def _name(group_id: int) -> str:
    return f"chain:{group_id}"
