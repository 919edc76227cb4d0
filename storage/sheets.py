"""What imported spreadsheets said, to compare the next one with."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlmodel import Session, col, select

from bot.domain.audit import digest
from storage.rows import ItemRow, SheetRow

Said = Mapping[str, Mapping[str, str]]


def last_said(session: Session, group_id: int) -> dict[str, dict[str, str]]:
    """By reference and field, the keyed digest of what the last imports said."""
    row = session.exec(
        select(SheetRow)
        .where(col(SheetRow.group_id) == group_id)
        .order_by(col(SheetRow.id).desc())
        .limit(1)
    ).first()
    return {ref: dict(fields) for ref, fields in row.said.items()} if row else {}


def keep(
    session: Session, group_id: int, said: Said, *, sha256: str, by_id: int | None, now: datetime
) -> str:
    """Keep what a file said, over what earlier ones did; the file's digest, keyed."""
    merged = last_said(session, group_id)
    for ref, fields in said.items():
        merged[ref] = {**merged.get(ref, {}), **fields}
    key = secrets.token_hex(16)
    keyed = digest(sha256, key)
    row = SheetRow(
        group_id=group_id, by_id=by_id, sha256=keyed, key=key, imported_at=now, said=merged
    )
    session.add(row)
    session.flush()
    return keyed


def forget(session: Session, group_id: int, items: Iterable[int]) -> None:
    """Erase what any import keeps of these items, and the keys of the files that named them.

    The next import compares their rows with the register alone.
    """
    numbers = sorted(set(items))
    refs = set(session.exec(select(ItemRow.ref).where(col(ItemRow.id).in_(numbers))))
    for row in session.exec(select(SheetRow).where(col(SheetRow.group_id) == group_id)):
        kept = {ref: fields for ref, fields in row.said.items() if ref not in refs}
        if len(kept) < len(row.said):
            row.said, row.key = kept, ""
            session.add(row)
    session.flush()
