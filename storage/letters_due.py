"""Letters that have to go by a day, with the days on which each step before it begins."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from bot.domain.drafts import StoredLetter
from bot.domain.letter_plans import LetterPlan, Step
from storage.rows import LetterDueRow


@dataclass(frozen=True, kw_only=True)
class LetterDue:
    """A letter due to one audience, on its plan, until one has gone."""

    id: int
    group_id: int
    audience: str
    plan: LetterPlan
    opened_at: datetime


def open_one(
    session: Session, plan: LetterPlan, *, group_id: int, audience: str, now: datetime
) -> LetterDue:
    """A letter is due to an audience from now on."""
    row = LetterDueRow(
        group_id=group_id,
        audience=audience,
        send_on=plan.send_on,
        clear_on=plan.clear_on,
        draft_on=plan.draft_on,
        updates_on=plan.updates_on,
        breaks=plan.breaks.value if plan.breaks else None,
        opened_at=now,
    )
    session.add(row)
    session.flush()
    return _to_domain(row)


def unsettled(session: Session, group_id: int) -> list[LetterDue]:
    """The letters due that have not gone, the nearest first."""
    rows = session.exec(
        select(LetterDueRow)
        .where(col(LetterDueRow.group_id) == group_id, col(LetterDueRow.settled_at).is_(None))
        .order_by(col(LetterDueRow.send_on), col(LetterDueRow.id))
    )
    return [_to_domain(row) for row in rows]


def settle(session: Session, due: LetterDue, *, letter_id: int | None, now: datetime) -> None:
    """It has gone with this letter, or is due no more."""
    row = session.get_one(LetterDueRow, due.id)
    row.settled_at, row.letter_id = now, letter_id
    session.add(row)


def later(session: Session, letter: StoredLetter, *, on: date) -> bool:
    """Whether a letter to this audience has a sending day that is still to come."""
    found = unsettled(session, letter.group_id)
    return any(due.audience == letter.audience and due.plan.send_on > on for due in found)


def _to_domain(row: LetterDueRow) -> LetterDue:
    if row.id is None:
        raise AssertionError("A stored letter due has a number.")
    return LetterDue(
        id=row.id,
        group_id=row.group_id,
        audience=row.audience,
        plan=LetterPlan(
            send_on=row.send_on,
            clear_on=row.clear_on,
            draft_on=row.draft_on,
            updates_on=row.updates_on,
            breaks=Step(row.breaks) if row.breaks else None,
        ),
        opened_at=row.opened_at,
    )
