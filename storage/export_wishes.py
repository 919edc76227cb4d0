"""The register asked for as a file: by whom and in which format, until it is owed or refused."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from storage.rows import ExportWishRow


@dataclass(frozen=True, kw_only=True)
class Wish:
    """Somebody who waits for the register as a file."""

    id: int
    group_id: int
    person_id: int
    form: str


def _to_domain(row: ExportWishRow) -> Wish:
    if row.id is None:
        raise AssertionError("A stored wish has a number.")
    return Wish(id=row.id, group_id=row.group_id, person_id=row.person_id, form=row.form)


def keep(session: Session, *, group_id: int, person_id: int, form: str, now: datetime) -> int:
    """Keep a wish; the number of the same one where it waits already."""
    waits = session.exec(
        select(ExportWishRow.id).where(
            col(ExportWishRow.group_id) == group_id,
            col(ExportWishRow.person_id) == person_id,
            col(ExportWishRow.form) == form,
            col(ExportWishRow.settled_at).is_(None),
        )
    ).first()
    if waits is not None:
        return waits
    row = ExportWishRow(group_id=group_id, person_id=person_id, form=form, asked_at=now)
    session.add(row)
    session.flush()
    return _to_domain(row).id


def open_ones(session: Session) -> list[Wish]:
    """Those that wait, the oldest first."""
    rows = session.exec(
        select(ExportWishRow)
        .where(col(ExportWishRow.settled_at).is_(None))
        .order_by(col(ExportWishRow.id))
    )
    return [_to_domain(row) for row in rows]


def settle(session: Session, wish: Wish, *, now: datetime) -> bool:
    """It waits no longer; whether it still did."""
    row = session.exec(
        select(ExportWishRow)
        .where(col(ExportWishRow.id) == wish.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()
    if row.settled_at is not None:
        return False
    row.settled_at = now
    session.add(row)
    session.flush()
    return True
