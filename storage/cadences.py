"""How often standing promises are kept, and the days on which that makes them due."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlmodel import Session, col, select

from bot.domain.cadences import Cadence
from bot.domain.deadlines import Deadline
from storage import deadlines, entries
from storage.rows import CadenceRow, CommitmentRow, OccurrenceRow


def of_group(session: Session, group_id: int) -> dict[int, Cadence]:
    """The cadence that was set last for each standing promise that has one."""
    rows = entries.standing(session, CadenceRow, col(CadenceRow.group_id) == group_id)
    return {row.commitment_id: Cadence.from_json(row.rule) for row in rows}


def without(session: Session, group_id: int) -> list[int]:
    """The standing promises, first made and not repeated ones, that have no cadence yet."""
    known = of_group(session, group_id)
    rows = session.exec(
        select(CommitmentRow.id)
        .where(
            col(CommitmentRow.group_id) == group_id,
            col(CommitmentRow.standing).is_(True),
            col(CommitmentRow.restates_id).is_(None),
        )
        .order_by(col(CommitmentRow.id))
    )
    return [number for number in rows if number is not None and number not in known]


def put(
    session: Session,
    commitment_id: int,
    cadence: Cadence,
    days: Sequence[date],
    *,
    group_id: int,
    by_id: int,
    now: datetime,
) -> None:
    """From now on a promise has this cadence, and is due on these days and no others."""
    said: dict[str, Any] = {"group_id": group_id, "at": now, "recorded_at": now, "by_id": by_id}
    entries.add(session, CadenceRow(commitment_id=commitment_id, rule=cadence.to_json(), **said))
    for row in _open(session, group_id):
        if row.commitment_id == commitment_id:
            entries.add(
                session,
                OccurrenceRow(
                    commitment_id=commitment_id,
                    supersedes_id=row.id,
                    retracts=True,
                    **said,
                    **deadlines.columns(Deadline(words="")),
                ),
            )
    for day in days:
        entries.add(
            session,
            OccurrenceRow(
                commitment_id=commitment_id, **said, **deadlines.columns(Deadline.on(day))
            ),
        )


def to_come(session: Session, group_id: int) -> dict[int, list[date]]:
    """The days on which each standing promise is due and that no letter has kept, in order."""
    found: dict[int, list[date]] = defaultdict(list)
    for row in _open(session, group_id):
        if row.due_latest_on is not None:
            found[row.commitment_id].append(row.due_latest_on)
    return {number: sorted(days) for number, days in found.items()}


def kept(
    session: Session,
    commitment_id: int,
    letter_id: int,
    *,
    up_to: date,
    group_id: int,
    now: datetime,
) -> None:
    """A letter has kept what was due up to a day."""
    for row in _open(session, group_id):
        due_on = row.due_latest_on
        if row.commitment_id != commitment_id or due_on is None or due_on > up_to:
            continue
        entries.add(
            session,
            OccurrenceRow(
                group_id=group_id,
                commitment_id=commitment_id,
                kept_by_letter_id=letter_id,
                supersedes_id=row.id,
                at=now,
                recorded_at=now,
                **deadlines.columns(deadlines.load(row.deadline_json)),
            ),
        )


def _open(session: Session, group_id: int) -> list[OccurrenceRow]:
    rows = entries.standing(session, OccurrenceRow, col(OccurrenceRow.group_id) == group_id)
    return [row for row in rows if row.kept_by_letter_id is None]
