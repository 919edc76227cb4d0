"""What imported spreadsheets said, to compare the next one with."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlmodel import Session, col, select

from storage.rows import SheetRow

Said = Mapping[str, Mapping[str, str]]


def last_said(session: Session, group_id: int) -> dict[str, dict[str, str]]:
    """By reference and field, the digest of what the last imports said."""
    row = session.exec(
        select(SheetRow)
        .where(col(SheetRow.group_id) == group_id)
        .order_by(col(SheetRow.id).desc())
        .limit(1)
    ).first()
    return {ref: dict(fields) for ref, fields in row.said.items()} if row else {}


def keep(
    session: Session, group_id: int, said: Said, *, sha256: str, by_id: int | None, now: datetime
) -> None:
    """Keep what a file said, over what earlier ones did."""
    merged = last_said(session, group_id)
    for ref, fields in said.items():
        merged[ref] = {**merged.get(ref, {}), **fields}
    row = SheetRow(group_id=group_id, by_id=by_id, sha256=sha256, imported_at=now, said=merged)
    session.add(row)
    session.flush()
