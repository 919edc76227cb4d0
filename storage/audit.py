"""The audit chain: every change is one link, in the transaction that made it (rule 7)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from bot.domain.audit import GENESIS, AuditEntry
from storage.rows import AuditRow, ChainRow, TextRow


def record(
    session: Session,
    action: str,
    subject: str,
    *,
    group_id: int,
    by_id: int | None,
    now: datetime,
    at: datetime | None = None,
    words: TextRow | None = None,
    **detail: Any,
) -> None:
    """Add one link; `detail` holds ids, dates and kinds, never what people wrote.

    Locks the group's head: call it last in a transaction, so that no lock is waited for
    while it is held.
    """
    head = session.exec(
        select(ChainRow).where(col(ChainRow.group_id) == group_id).with_for_update()
    ).first()
    if head is None:
        head = ChainRow(group_id=group_id, seq=0, hash=GENESIS)
    entry = AuditEntry(
        seq=head.seq + 1,
        at=at or now,
        recorded_at=now,
        by_id=by_id,
        action=action,
        subject=subject,
        detail=detail,
        words_digest=words.digest if words else None,
        previous=head.hash,
    ).hashed()
    session.add(AuditRow(group_id=group_id, **entry.__dict__))
    head.seq, head.hash = entry.seq, entry.hash
    session.add(head)
    session.flush()


def chain(session: Session, group_id: int) -> Iterator[AuditEntry]:
    """Every link of a group, the first first."""
    rows = session.exec(
        select(AuditRow).where(col(AuditRow.group_id) == group_id).order_by(col(AuditRow.seq))
    )
    for row in rows:
        yield AuditEntry(**{name: getattr(row, name) for name in AuditEntry.__dataclass_fields__})


def head(session: Session, group_id: int) -> str:
    """The hash that stands for everything recorded so far."""
    row = session.get(ChainRow, group_id)
    return row.hash if row else GENESIS
