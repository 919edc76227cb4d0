"""Requests to move a date, and what became of them (rule 3)."""

from __future__ import annotations

from datetime import date, datetime

from sqlmodel import Session, col, select

from bot.domain.deadlines import Deadline
from bot.domain.register import DateChange, Decision
from storage import deadlines, entries, histories
from storage.rows import (
    DateChangeRow,
    DateDecisionRow,
    ItemDeadlineRow,
    ItemLinkRow,
    TellingRow,
    TextRow,
)


def add(
    session: Session,
    *,
    group_id: int,
    item_id: int,
    old_latest_on: date | None,
    new: Deadline,
    reason: str,
    decider: str,
    words: TextRow | None,
    by_id: int | None,
    now: datetime,
) -> int:
    """Keep a request; its number. Nobody asks for one that the calendar makes."""
    return entries.add(
        session,
        DateChangeRow(
            group_id=group_id,
            item_id=item_id,
            old_latest_on=old_latest_on,
            reason=reason,
            decider=decider,
            words_id=words.id if words else None,
            at=now,
            recorded_at=now,
            by_id=by_id,
            **deadlines.columns(new),
        ),
    )


def get(session: Session, change_id: int) -> DateChange | None:
    """The request and its latest decision, locked."""
    session.exec(
        select(DateChangeRow.id).where(col(DateChangeRow.id) == change_id).with_for_update()
    ).first()
    return look(session, change_id)


def look(session: Session, change_id: int) -> DateChange | None:
    """The request and its latest decision, only to be read."""
    item_id = item_of(session, change_id)
    if item_id is None:
        return None
    history = histories.of_item(session, item_id)
    return next(change for change in history.date_changes if change.id == change_id)


def decide(
    session: Session,
    change: DateChange,
    decision: Decision,
    *,
    group_id: int,
    by_id: int,
    reason: str,
    write_now: bool,
    now: datetime,
) -> None:
    """Enter a decision; a later one supersedes "asked"."""
    before = session.exec(
        select(DateDecisionRow.id)
        .where(col(DateDecisionRow.date_change_id) == change.id)
        .order_by(col(DateDecisionRow.id).desc())
    ).first()
    entries.add(
        session,
        DateDecisionRow(
            group_id=group_id,
            date_change_id=change.id,
            decision=decision.value,
            write_now=write_now,
            reason=reason,
            at=now,
            recorded_at=now,
            by_id=by_id,
            supersedes_id=before,
        ),
    )


def move(session: Session, change: DateChange, *, group_id: int, by_id: int, now: datetime) -> None:
    """The item's Deadline is the new one from now on; the original stays where it is."""
    entries.add(
        session,
        ItemDeadlineRow(
            group_id=group_id,
            item_id=change.item_id,
            date_change_id=change.id,
            at=now,
            recorded_at=now,
            by_id=by_id,
            **deadlines.columns(change.new),
        ),
    )


def waiting_on(session: Session, item_id: int) -> list[int]:
    """The items that wait on this one."""
    rows = entries.standing(
        session,
        ItemLinkRow,
        col(ItemLinkRow.kind) == "waits_on",
        col(ItemLinkRow.target_id) == item_id,
    )
    return [row.item_id for row in rows]


def last_told(session: Session, commitment_id: int) -> date | None:
    """The last day that a letter named for a promise after the letter that made it."""
    rows = entries.standing(session, TellingRow, col(TellingRow.commitment_id) == commitment_id)
    days = [row.latest_on for row in rows if row.latest_on is not None]
    return days[-1] if days else None


def item_of(session: Session, change_id: int) -> int | None:
    """The item that a request is about."""
    return session.exec(
        select(DateChangeRow.item_id).where(col(DateChangeRow.id) == change_id)
    ).first()
