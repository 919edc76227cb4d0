"""Whatever waits on a person or a role, until somebody settles it (rule 6)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import Session, col, select

from storage.rows import WaitingRow


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """One thing that waits: a decision, verification, clearance, question or acceptance."""

    id: int
    group_id: int
    kind: str
    subject_id: int
    item_id: int | None
    role: str | None
    person_id: int | None
    payload: Mapping[str, Any]
    since_at: datetime
    rung: int
    next_on: date | None
    settled_at: datetime | None
    outcome: str | None


def _to_domain(row: WaitingRow) -> Waiting:
    values = {name: getattr(row, name) for name in Waiting.__dataclass_fields__}
    return Waiting(**{**values, "payload": row.payload or {}})


def open_one(
    session: Session,
    *,
    group_id: int,
    kind: str,
    subject_id: int,
    now: datetime,
    next_on: date | None,
    item_id: int | None = None,
    role: str | None = None,
    person_id: int | None = None,
    payload: Mapping[str, Any] | None = None,
) -> Waiting:
    """Something now waits on a role or a person; `next_on` is the day its ladder moves on."""
    row = WaitingRow(
        group_id=group_id,
        kind=kind,
        subject_id=subject_id,
        item_id=item_id,
        role=role,
        person_id=person_id,
        payload=dict(payload or {}),
        since_at=now,
        next_on=next_on,
    )
    session.add(row)
    session.flush()
    return _to_domain(row)


def unsettled(
    session: Session, group_id: int, *, kind: str | None = None, subject_id: int | None = None
) -> list[Waiting]:
    """What still waits in a group, the oldest first."""
    statement = select(WaitingRow).where(
        col(WaitingRow.group_id) == group_id, col(WaitingRow.settled_at).is_(None)
    )
    if kind is not None:
        statement = statement.where(col(WaitingRow.kind) == kind)
    if subject_id is not None:
        statement = statement.where(col(WaitingRow.subject_id) == subject_id)
    return [_to_domain(row) for row in session.exec(statement.order_by(col(WaitingRow.id)))]


def due(session: Session, group_id: int, *, today: date) -> list[Waiting]:
    """What waits and whose ladder moves on today or should have before."""
    rows = session.exec(
        select(WaitingRow)
        .where(
            col(WaitingRow.group_id) == group_id,
            col(WaitingRow.settled_at).is_(None),
            col(WaitingRow.next_on) <= today,
        )
        .order_by(col(WaitingRow.id))
        .with_for_update()
    )
    return [_to_domain(row) for row in rows]


def step(session: Session, waiting: Waiting, *, rung: int, next_on: date | None) -> None:
    """Its ladder stands on this rung, and moves on at `next_on`."""
    row = session.get_one(WaitingRow, waiting.id)
    row.rung, row.next_on = rung, next_on
    session.add(row)


def begin(session: Session, waiting: Waiting, *, since: datetime, next_on: date | None) -> None:
    """Only now has it been put to whom it waits for: its ladder begins."""
    row = session.get_one(WaitingRow, waiting.id)
    row.since_at, row.next_on = since, next_on
    session.add(row)


def settle(
    session: Session, waiting: Waiting, *, by_id: int | None, outcome: str, now: datetime
) -> None:
    """Somebody settled it; nothing is settled by silence."""
    row = session.get_one(WaitingRow, waiting.id)
    row.settled_at, row.settled_by, row.outcome = now, by_id, outcome
    session.add(row)


def locked(session: Session, number: int) -> Waiting | None:
    """One thing that waits or waited, locked for a change."""
    row = session.exec(
        select(WaitingRow)
        .where(col(WaitingRow.id) == number)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).first()
    return _to_domain(row) if row else None


def amend(session: Session, waiting: Waiting, payload: Mapping[str, Any]) -> Waiting:
    """Keep with it where its copies went and who took it."""
    row = session.get_one(WaitingRow, waiting.id)
    row.payload = dict(payload)
    session.add(row)
    session.flush()
    return _to_domain(row)
