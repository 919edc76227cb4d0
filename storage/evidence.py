"""Evidence, and who verified it (rule 2)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from storage import entries
from storage.rows import EvidenceRow, VerificationRow


@dataclass(frozen=True, kw_only=True)
class Held:
    """A piece of evidence and whether somebody has judged it."""

    id: int
    group_id: int
    item_id: int
    title: str
    url: str | None
    by_id: int | None
    judged: bool


def add(
    session: Session,
    *,
    group_id: int,
    item_id: int,
    title: str,
    url: str | None,
    by_id: int,
    now: datetime,
) -> int:
    """Attach a link; its number."""
    return entries.add(
        session,
        EvidenceRow(
            group_id=group_id,
            item_id=item_id,
            title=title,
            url=url,
            at=now,
            recorded_at=now,
            by_id=by_id,
        ),
    )


def get(session: Session, evidence_id: int) -> Held | None:
    """The evidence with this number, locked."""
    session.exec(
        select(EvidenceRow.id).where(col(EvidenceRow.id) == evidence_id).with_for_update()
    ).first()
    return look(session, evidence_id)


def look(session: Session, evidence_id: int) -> Held | None:
    """The evidence with this number, only to be read."""
    row = session.get(EvidenceRow, evidence_id)
    if row is None or row.id is None or row.item_id is None:
        return None
    judged = session.exec(
        select(VerificationRow.id).where(col(VerificationRow.evidence_id) == evidence_id)
    ).first()
    return Held(
        id=row.id,
        group_id=row.group_id,
        item_id=row.item_id,
        title=row.title,
        url=row.url,
        by_id=row.by_id,
        judged=judged is not None,
    )


def judge(
    session: Session, held: Held, *, holds: bool, reason: str, by_id: int, now: datetime
) -> None:
    """Enter what somebody found."""
    entries.add(
        session,
        VerificationRow(
            group_id=held.group_id,
            evidence_id=held.id,
            holds=holds,
            reason=reason,
            at=now,
            recorded_at=now,
            by_id=by_id,
        ),
    )
