"""Changing messages in place: what is kept of them, and what Slack is told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from sqlmodel import Session, col, select

from bot.domain.messages import Message
from bot.domain.outgoing import Audience, Outgoing, Sending
from storage import outbox, payloads
from storage.rows import OutboxRow


def rewrite(
    session: Session, number: int, change: Callable[[Message], Message], *, key: str, now: datetime
) -> None:
    """Change a message in place: what is kept, and what Slack shows once it has been sent.

    An edit of it that has not gone yet says the new words too: several changes owe one edit.
    """
    row = session.exec(
        select(OutboxRow)
        .where(col(OutboxRow.id) == number)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()
    message = change(payloads.load(row.payload["parts"]))
    row.payload = {**row.payload, "parts": payloads.dump(message)}
    session.add(row)
    session.flush()
    if row.state == "owed":
        return
    outgoing = Outgoing(
        key=key,
        group_id=row.group_id,
        team_id=row.team_id,
        kind=Sending.UPDATE,
        person_id=row.person_id,
        target_id=number,
        message=message,
        audience=Audience(row.audience),
    )
    if not _joined(session, outgoing):
        outbox.enqueue(session, outgoing, due_at=now, now=now)


def _joined(session: Session, outgoing: Outgoing) -> bool:
    """Whether the last edit of a message has not gone yet, and says the new words now."""
    last = session.exec(
        select(OutboxRow)
        .where(
            col(OutboxRow.target_id) == outgoing.target_id,
            col(OutboxRow.kind) == Sending.UPDATE.value,
            col(OutboxRow.state).in_(("owed", "sending", "sent")),
        )
        .order_by(col(OutboxRow.id).desc())
        .limit(1)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).first()
    if last is None or last.state != "owed":
        return False
    answers = bool(last.payload.get("answers")) or outbox.answers(session, outgoing)
    parts = payloads.dump(outgoing.message)
    last.payload = {**last.payload, "parts": parts, "answers": answers}
    session.add(last)
    session.flush()
    return True
