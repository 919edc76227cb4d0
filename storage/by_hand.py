"""Messages that Slack cannot carry: the secretariat sends them on, and says when they went."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import update
from sqlmodel import Session, col, select

from bot.domain.messages import Message
from storage import edits, outbox, payloads
from storage.outbox import Owed, Place
from storage.rows import NudgeRow, OutboxRow

STATE = "by_hand"


def hold(session: Session, owed: Owed, *, reason: str) -> None:
    """It waits for the secretariat; only the holder of its lease may say so."""
    session.exec(
        update(OutboxRow)
        .where(col(OutboxRow.id) == owed.id, col(OutboxRow.lease) == owed.lease)
        .values(state=STATE, error=reason)
    )


def of_person(session: Session, person_id: int) -> list[Place]:
    """What waits to be passed on to somebody, the oldest first."""
    rows = session.exec(
        select(OutboxRow.id)
        .where(col(OutboxRow.person_id) == person_id, col(OutboxRow.state) == STATE)
        .order_by(col(OutboxRow.id))
    )
    return [outbox.place(session, number) for number in rows if number is not None]


def readers(session: Session, group_id: int) -> set[int]:
    """Everybody to whom something waits to be passed on."""
    rows = session.exec(
        select(OutboxRow.person_id).where(
            col(OutboxRow.group_id) == group_id, col(OutboxRow.state) == STATE
        )
    )
    return {number for number in rows if number is not None}


def passed_on(session: Session, numbers: Sequence[int], *, how: str, now: datetime) -> list[int]:
    """These went by other means: what they asked was asked now. The items they were about."""
    session.exec(
        update(OutboxRow)
        .where(col(OutboxRow.id).in_(list(numbers)), col(OutboxRow.state) == STATE)
        .values(state="sent", settled_at=now, error=None)
    )
    lines = session.exec(
        select(NudgeRow).where(
            col(NudgeRow.outbox_id).in_(list(numbers)), col(NudgeRow.outcome) == "sent"
        )
    ).all()
    for line in lines:
        line.decided_at, line.reason = now, how
        session.add(line)
    session.flush()
    return sorted({line.item_id for line in lines})


def overtaken(session: Session, numbers: Sequence[int], *, reason: str, now: datetime) -> None:
    """These will not go: a later message takes the place of what they asked."""
    lines = session.exec(select(NudgeRow).where(col(NudgeRow.outbox_id).in_(list(numbers))))
    for line in lines:
        line.outcome, line.reason, line.told_next, line.told_rung = "merged", reason, False, None
        session.add(line)
    drop(session, numbers, now=now)


def drop(session: Session, numbers: Sequence[int], *, now: datetime) -> None:
    """These will not go; their keys are free again."""
    chosen = col(OutboxRow.id).in_(list(numbers)), col(OutboxRow.state).in_((STATE, "owed"))
    for row in session.exec(select(OutboxRow).where(*chosen).with_for_update()):
        row.state, row.settled_at, row.key = "cancelled", now, f"{row.key}:dropped:{row.id}"
        session.add(row)
    session.flush()


def owe_again(session: Session, numbers: Sequence[int], *, due_at: datetime) -> None:
    """Slack can carry them now."""
    session.exec(
        update(OutboxRow)
        .where(col(OutboxRow.id).in_(list(numbers)), col(OutboxRow.state) == STATE)
        .values(state="owed", due_at=due_at, error=None, leased_at=None)
    )


def reword(session: Session, number: int, message: Message, *, key: str, now: datetime) -> None:
    """Say something else in its place, whether it has gone or not."""
    row = session.get_one(OutboxRow, number)
    if row.state == "owed":
        row.payload = {**row.payload, "parts": payloads.dump(message)}
        session.add(row)
        session.flush()
    elif row.state in ("sending", "sent"):
        edits.rewrite(session, number, lambda _shown: message, key=key, now=now)
