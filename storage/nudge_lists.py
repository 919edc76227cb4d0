"""The ledger for its readers: what was decided lately, how often, and what comes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func
from sqlmodel import Session, col, select

from bot.domain.register import ActionItem
from storage import items
from storage.items import from_row
from storage.rows import ItemLinkRow, ItemRow, NudgeRow, OutboxRow


@dataclass(frozen=True, kw_only=True)
class Decided:
    """One line of the ledger, with its item's name and what became of its message."""

    ref: str
    person_id: int | None
    outcome: str
    state: str | None
    reason: str
    decided_at: datetime


@dataclass(frozen=True, kw_only=True)
class Chosen:
    """Whose lines: a group's since a moment, or one person's of them."""

    group_id: int
    since: datetime
    person_id: int | None = None

    def where(self) -> list[object]:
        """As conditions on the ledger."""
        found: list[object] = [
            col(NudgeRow.group_id) == self.group_id,
            col(NudgeRow.decided_at) >= self.since,
        ]
        if self.person_id is not None:
            found.append(col(NudgeRow.person_id) == self.person_id)
        return found


def counts(session: Session, chosen: Chosen) -> Mapping[tuple[str, str | None], int]:
    """How many lines there are of each outcome and state of the message."""
    rows = session.exec(
        select(NudgeRow.outcome, OutboxRow.state, func.count())
        .join(OutboxRow, col(OutboxRow.id) == col(NudgeRow.outbox_id), isouter=True)
        .where(*chosen.where())  # type: ignore[arg-type]
        .group_by(col(NudgeRow.outcome), col(OutboxRow.state))
    )
    return {(outcome, state): number for outcome, state, number in rows}


def latest(session: Session, chosen: Chosen, outcomes: set[str], *, limit: int) -> list[Decided]:
    """The latest lines with one of these outcomes, the newest first."""
    rows = session.exec(
        select(NudgeRow, OutboxRow.state, ItemRow.ref)
        .join(OutboxRow, col(OutboxRow.id) == col(NudgeRow.outbox_id), isouter=True)
        .join(ItemRow, col(ItemRow.id) == col(NudgeRow.item_id))
        .where(*chosen.where(), col(NudgeRow.outcome).in_(outcomes))  # type: ignore[arg-type]
        .order_by(col(NudgeRow.decided_at).desc(), col(NudgeRow.id).desc())
        .limit(limit)
    )
    return [
        Decided(
            ref=ref,
            person_id=row.person_id,
            outcome=row.outcome,
            state=state,
            reason=row.reason,
            decided_at=row.decided_at,
        )
        for row, state, ref in rows
    ]


def coming(
    session: Session, group_id: int, *, after: date, up_to: date, owner_id: int | None = None
) -> dict[date, int]:
    """How many items come due on each day."""
    day = col(ItemRow.next_nudge_on)
    statement = select(day, func.count()).where(
        col(ItemRow.group_id) == group_id, day > after, day <= up_to
    )
    if owner_id is not None:
        statement = statement.where(col(ItemRow.owner_id) == owner_id)
    return {on: number for on, number in session.exec(statement.group_by(day).order_by(day)) if on}


def waits_on(session: Session, numbers: Sequence[int]) -> dict[int, ActionItem]:
    """For each of these items that waits on another open one: that other one."""
    if not numbers:
        return {}
    rows = session.exec(
        select(ItemLinkRow.item_id, ItemRow)
        .join(ItemRow, col(ItemRow.id) == col(ItemLinkRow.target_id))
        .where(
            col(ItemLinkRow.item_id).in_(list(numbers)),
            col(ItemLinkRow.kind) == "waits_on",
            col(ItemRow.delivery).in_(items.OPEN),
            col(ItemRow.verified).is_(False),
        )
        .order_by(col(ItemLinkRow.id))
    )
    return {item_id: from_row(row) for item_id, row in rows}
