"""Stored words beside the digests that the audit chain holds of them, read in batches."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from storage import removals
from storage.rows import AuditRow, ItemRow, QuestionRow, TextRow

BATCH = 2_000
REMOVED = ("words removed", "words removed again")


@dataclass(frozen=True, kw_only=True)
class Stored:
    """A text as it stands; without its key it has been removed, whole or in part."""

    id: int
    body: str
    key: str
    digest: str
    removed_on: date | None


@dataclass(frozen=True, kw_only=True)
class Told:
    """A link that tells of a text."""

    seq: int
    action: str
    subject: str


def texts(session: Session, group_id: int) -> Iterator[Stored]:
    """Every text of a group, the first first; a batch at a time is in memory."""
    statement = (
        sa.select(TextRow.id, TextRow.body, TextRow.key, TextRow.digest, TextRow.removed_on)  # type: ignore[call-overload]
        .where(col(TextRow.group_id) == group_id)
        .order_by(col(TextRow.id))
        .execution_options(yield_per=BATCH)
    )
    for number, body, key, digest, removed_on in session.execute(statement):
        yield Stored(id=number, body=body, key=key, digest=digest, removed_on=removed_on)


def removal_days(session: Session, group_id: int) -> set[date]:
    """The days of the removals that the chain tells of."""
    told = select(AuditRow.subject).where(
        col(AuditRow.group_id) == group_id, col(AuditRow.action).in_(REMOVED)
    )
    numbers = set(session.exec(told))
    return {
        one.removed_on
        for one in removals.every(session, group_id)
        if one.removed_on is not None and f"removal:{one.id}" in numbers
    }


def in_no_link(session: Session, group_id: int, *, limit: int) -> list[int]:
    """Texts, by number, of whose digest no link tells: at most so many."""
    unknown = _only_in(_stored(group_id), _told(group_id), limit=limit)
    found = session.execute(unknown).scalars().all()
    chosen = select(TextRow.id).where(
        col(TextRow.group_id) == group_id, col(TextRow.digest).in_(found)
    )
    return sorted(number for number in session.exec(chosen) if number is not None) if found else []


def without_text(session: Session, group_id: int, *, limit: int) -> list[str]:
    """Digests in the chain that no stored text has: at most so many."""
    missing = _only_in(_told(group_id), _stored(group_id), limit=limit)
    return list(session.execute(missing).scalars())


def _stored(group_id: int) -> Any:
    return sa.select(col(TextRow.digest)).where(col(TextRow.group_id) == group_id)


def _told(group_id: int) -> Any:
    return sa.select(col(AuditRow.words_digest)).where(
        col(AuditRow.group_id) == group_id, col(AuditRow.words_digest).is_not(None)
    )


def _only_in(these: Any, those: Any, *, limit: int) -> Any:
    # In order, so that SQLite sorts both and merges them: unordered it fills a tree at random.
    return sa.except_(these, those).order_by(sa.text("1")).limit(limit)


def links(session: Session, group_id: int, digests: Iterable[str]) -> dict[str, Told]:
    """The first link that tells of each of these digests."""
    rows = session.exec(
        select(AuditRow.words_digest, AuditRow.seq, AuditRow.action, AuditRow.subject)
        .where(col(AuditRow.group_id) == group_id, col(AuditRow.words_digest).in_(list(digests)))
        .order_by(col(AuditRow.seq).desc())
    )
    return {
        digest: Told(seq=seq, action=action, subject=subject)
        for digest, seq, action, subject in rows
        if digest is not None
    }


def name(session: Session, subject: str) -> str:
    """What a reader calls the subject of a link: the item's reference where there is one."""
    kind, _, number = subject.partition(":")
    item_id = int(number) if kind == "item" and number.isdigit() else None
    if kind == "question" and number.isdigit():
        question = session.get(QuestionRow, int(number))
        item_id = question.item_id if question else None
    item = session.get(ItemRow, item_id) if item_id is not None else None
    return item.ref if item else subject.replace(":", " ")
