"""The audit chain: every change is one link, in the transaction that made it (rule 7)."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select as sa_select
from sqlmodel import Session, col, select

from bot.domain.audit import GENESIS, AuditEntry
from storage.rows import AuditRow, ChainRow, GroupRow, TextRow

OWED = "audit"
BATCH = 2_000
_FIELDS = tuple(AuditEntry.__dataclass_fields__)


@dataclass(frozen=True, kw_only=True)
class _Link:
    """A link before its place in the chain is known."""

    group_id: int
    at: datetime
    now: datetime
    by_id: int | None
    action: str
    subject: str
    detail: Mapping[str, Any]
    words_digest: str | None


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
    """Owe the chain one link; `detail` holds ids, dates and kinds, never what people wrote.

    `Database.transaction()` writes it last, so that nothing is waited for while the group's
    head is locked.
    """
    session.info.setdefault(OWED, []).append(
        _Link(
            group_id=group_id,
            at=at or now,
            now=now,
            by_id=by_id,
            action=action,
            subject=subject,
            detail=detail,
            words_digest=words.digest if words else None,
        )
    )


def write(session: Session) -> None:
    """Write the links that a transaction owes, group by group in one order."""
    owed: list[_Link] = session.info.pop(OWED, [])
    for group_id, links in itertools.groupby(
        sorted(owed, key=lambda link: link.group_id), key=lambda link: link.group_id
    ):
        head = _locked_head(session, group_id)
        for link in links:
            _append(session, head, link)
    session.flush()


def _locked_head(session: Session, group_id: int) -> ChainRow:
    chosen = select(ChainRow).where(col(ChainRow.group_id) == group_id).with_for_update()
    head = session.exec(chosen).first()
    if head is None:
        # The group's own row is the lock until its chain has a head. Every new row refers to it
        # and so shares its key: two that then waited for the whole row would wait for ever.
        mine = select(GroupRow.id).where(col(GroupRow.id) == group_id)
        session.exec(mine.with_for_update(key_share=True))
        head = session.exec(chosen).first() or ChainRow(group_id=group_id, seq=0, hash=GENESIS)
    return head


def _append(session: Session, head: ChainRow, link: _Link) -> None:
    entry = AuditEntry(
        seq=head.seq + 1,
        at=link.at,
        recorded_at=link.now,
        by_id=link.by_id,
        action=link.action,
        subject=link.subject,
        detail=dict(link.detail),
        words_digest=link.words_digest,
        previous=head.hash,
    ).hashed()
    session.add(AuditRow(group_id=link.group_id, **entry.__dict__))
    head.seq, head.hash = entry.seq, entry.hash
    session.add(head)


def chain(session: Session, group_id: int) -> Iterator[AuditEntry]:
    """Every link of a group, the first first; a batch at a time is in memory."""
    return _read(
        session, _links(group_id).order_by(col(AuditRow.seq)).execution_options(yield_per=BATCH)
    )


def after(session: Session, group_id: int, seq: int, *, limit: int) -> list[AuditEntry]:
    """The links that follow one, at most so many, the first first."""
    chosen = _links(group_id).where(col(AuditRow.seq) > seq)
    return list(_read(session, chosen.order_by(col(AuditRow.seq)).limit(limit)))


def _links(group_id: int) -> Any:
    columns = (getattr(AuditRow, name) for name in _FIELDS)
    return sa_select(*columns).where(col(AuditRow.group_id) == group_id)


def _read(session: Session, statement: Any) -> Iterator[AuditEntry]:
    for row in session.execute(statement):
        yield AuditEntry(**dict(zip(_FIELDS, row, strict=True)))


def hash_at(session: Session, group_id: int, seq: int) -> str | None:
    """The hash of one link."""
    chosen = select(AuditRow.hash).where(
        col(AuditRow.group_id) == group_id, col(AuditRow.seq) == seq
    )
    return session.exec(chosen).first()


def head(session: Session, group_id: int) -> str:
    """The hash that stands for everything recorded so far."""
    row = session.get(ChainRow, group_id)
    return row.hash if row else GENESIS
