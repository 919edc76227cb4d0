"""What digests, cards and Home need beside lists: moves, risks, silence, public dates, failures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import case, union
from sqlmodel import Session, col, func, select

from bot.domain.register import ActionItem, Confidence, Delivery
from storage import entries, items
from storage.rows import (
    DateChangeRow,
    DateDecisionRow,
    EvidenceRow,
    ItemDeadlineRow,
    ItemRow,
    ItemTermsRow,
    NudgeRow,
    OccurrenceRow,
    OutboxRow,
    TellingRow,
    UpdateRow,
    VerificationRow,
)

ACTIVE = (Delivery.NOT_STARTED.value, Delivery.IN_PROGRESS.value)
WORRIES = (Confidence.AMBER.value, Confidence.AMBER_RED.value, Confidence.RED.value)
LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, kw_only=True)
class Asked:
    """How often a person has been sent a reminder of an item since anybody last spoke of it."""

    item_id: int
    person_id: int
    times: int
    first_at: datetime
    last_at: datetime


def unanswered(
    session: Session,
    group_id: int,
    *,
    item_ids: Iterable[int] | None = None,
    at_least: int = 1,
    limit: int = 200,
) -> list[Asked]:
    """Reminders that reached somebody and were not answered, the most often asked first.

    Only what Slack accepted counts: a failed message is never held against anybody.
    """
    times = func.count(func.distinct(col(NudgeRow.outbox_id)))
    statement = (
        sa.select(
            col(NudgeRow.item_id),
            col(NudgeRow.person_id),
            times,
            func.min(col(OutboxRow.settled_at)),
            func.max(col(OutboxRow.settled_at)),
        )
        .join(ItemRow, col(ItemRow.id) == col(NudgeRow.item_id))
        .join(OutboxRow, col(OutboxRow.id) == col(NudgeRow.outbox_id))
        .where(
            col(ItemRow.group_id) == group_id,
            col(ItemRow.delivery).in_(ACTIVE),
            col(NudgeRow.person_id).is_not(None),
            col(OutboxRow.state) == "sent",
            col(OutboxRow.settled_at) > func.coalesce(col(ItemRow.status_at), LONG_AGO),
        )
        .group_by(col(NudgeRow.item_id), col(NudgeRow.person_id))
        .having(times >= at_least)
        .order_by(times.desc(), col(NudgeRow.item_id))
        .limit(limit)
    )
    if item_ids is not None:
        statement = statement.where(col(NudgeRow.item_id).in_(list(item_ids)))
    return [
        Asked(item_id=item, person_id=person, times=number, first_at=first, last_at=last)
        for item, person, number, first, last in session.execute(statement)
        if person is not None
    ]


def touched(session: Session, group_id: int, *, since: datetime) -> list[int]:
    """The items about which anything has been entered since, by their id."""
    kinds: list[tuple[Any, Any, Any]] = [
        (UpdateRow, col(UpdateRow.item_id), None),
        (ItemTermsRow, col(ItemTermsRow.item_id), None),
        (ItemDeadlineRow, col(ItemDeadlineRow.item_id), None),
        (
            DateDecisionRow,
            col(DateChangeRow.item_id),
            (DateChangeRow, col(DateChangeRow.id) == col(DateDecisionRow.date_change_id)),
        ),
        (
            VerificationRow,
            col(EvidenceRow.item_id),
            (EvidenceRow, col(EvidenceRow.id) == col(VerificationRow.evidence_id)),
        ),
    ]
    chosen = []
    for kind, item_id, joined in kinds:
        one = select(item_id).select_from(kind)
        if joined is not None:
            one = one.join(*joined)
        chosen.append(one.where(col(kind.group_id) == group_id, col(kind.recorded_at) > since))
    rows = session.execute(union(*chosen))
    return sorted(number for (number,) in rows if number is not None)


def at_risk(
    session: Session,
    group_id: int,
    *,
    today: date,
    slipped_after: datetime,
    silent: Sequence[int],
    limit: int,
) -> tuple[list[ActionItem], int]:
    """Active items that are not plainly green, the worst first, and how many there are."""
    due, claimed = col(ItemRow.due_latest_on), col(ItemRow.claimed)
    blocked = col(ItemRow.blocked).is_(True)
    soft = (col(ItemRow.due_kind) == "soft") & (col(ItemRow.due_earliest_on) <= today)
    slipped = col(ItemRow.id).in_(_slipped(group_id, slipped_after))
    worry = (
        (due < today)
        | blocked
        | claimed.in_(WORRIES)
        | soft
        | slipped
        | col(ItemRow.id).in_(list(silent))
    )
    mine = (col(ItemRow.group_id) == group_id, col(ItemRow.delivery).in_(ACTIVE), worry)
    red = (due < today) | blocked | (claimed == Confidence.RED.value)
    rank = case((red, 0), (claimed == Confidence.AMBER_RED.value, 1), else_=2)
    rows = session.exec(
        select(ItemRow)
        .where(*mine)
        .order_by(rank, func.coalesce(due, date.max), col(ItemRow.number))
        .limit(limit)
    )
    found = [items.from_row(row) for row in rows]
    total = session.exec(select(func.count()).select_from(ItemRow).where(*mine)).one()
    return found, total


def _slipped(group_id: int, after: datetime) -> Any:
    """The items whose date was moved to a later one after an instant."""
    return (
        select(ItemDeadlineRow.item_id)
        .join(DateChangeRow, col(DateChangeRow.id) == col(ItemDeadlineRow.date_change_id))
        .where(
            col(ItemDeadlineRow.group_id) == group_id,
            col(ItemDeadlineRow.at) > after,
            col(ItemDeadlineRow.due_latest_on) > col(DateChangeRow.old_latest_on),
        )
    )


@dataclass(frozen=True, kw_only=True)
class Failed:
    """A message that could not be delivered."""

    key: str
    person_id: int | None
    error: str
    at: datetime | None


def failed(session: Session, group_id: int, *, since: datetime) -> list[Failed]:
    """What was given up since, the oldest first."""
    rows = session.exec(
        select(OutboxRow)
        .where(
            col(OutboxRow.group_id) == group_id,
            col(OutboxRow.state) == "failed",
            col(OutboxRow.settled_at) > since,
        )
        .order_by(col(OutboxRow.id))
    )
    return [
        Failed(key=row.key, person_id=row.person_id, error=row.error or "", at=row.settled_at)
        for row in rows
    ]


@dataclass(frozen=True, kw_only=True)
class Answered:
    """What letters have said of promises since: those told to be settled, and the last day."""

    settled: frozenset[int]
    told: dict[int, date]
    last_told_on: dict[int, date]
    occurrences: tuple[tuple[int, date], ...]


def answered(session: Session, group_id: int) -> Answered:
    """How the promises of a group have been answered; occurrences are those not yet kept."""
    settled: set[int] = set()
    told: dict[int, date] = {}
    last: dict[int, date] = {}
    for row in entries.standing(session, TellingRow, col(TellingRow.group_id) == group_id):
        if row.commitment_id is not None:
            last[row.commitment_id] = row.at.date()
            if row.settled:
                settled.add(row.commitment_id)
            if row.latest_on is not None:
                told[row.commitment_id] = row.latest_on
    dated = entries.standing(session, OccurrenceRow, col(OccurrenceRow.group_id) == group_id)
    return Answered(
        settled=frozenset(settled),
        told=told,
        last_told_on=last,
        occurrences=tuple(
            (row.commitment_id, row.due_latest_on)
            for row in dated
            if row.kept_by_letter_id is None and row.due_latest_on is not None
        ),
    )


def last_owed(session: Session, keys: Sequence[str]) -> datetime | None:
    """When the newest of these messages was written."""
    newest = select(OutboxRow.created_at).where(col(OutboxRow.key).in_(keys))
    return session.exec(newest.order_by(col(OutboxRow.created_at).desc()).limit(1)).first()
