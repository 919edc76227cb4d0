"""What an outage made late: messages that went after it, and replies that were read after it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlmodel import Session, col, func, select

from storage.rows import ConversationRow, NudgeRow, OutboxRow, TakenRow, UpdateRow

_MESSAGE = re.compile(r"^(?P<team>[^:]+):(?P<channel>[^:]+):(?P<ts>\d{6,}\.\d+)")
_BY_PEOPLE = ("message", "edit", "command")


@dataclass(frozen=True, kw_only=True)
class Went:
    """One message of ours that went, and of a reminder the latest day that it was due on."""

    key: str
    person_id: int | None
    due_at: datetime
    sent_at: datetime
    rung_on: date | None


def went(session: Session, group_id: int, *, since: datetime) -> list[Went]:
    """What went to anybody of a group from an instant on, in order."""
    rung = (
        select(func.max(NudgeRow.due_on))
        .where(col(NudgeRow.outbox_id) == col(OutboxRow.id), col(NudgeRow.outcome) == "sent")
        .scalar_subquery()
    )
    rows = session.exec(
        select(  # type: ignore[call-overload]
            OutboxRow.key, OutboxRow.person_id, OutboxRow.due_at, OutboxRow.settled_at, rung
        )
        .where(
            col(OutboxRow.group_id) == group_id,
            col(OutboxRow.state) == "sent",
            col(OutboxRow.kind).in_(("message", "file")),
            col(OutboxRow.settled_at) >= since,
        )
        .order_by(col(OutboxRow.id))
    )
    return [
        Went(key=key, person_id=person, due_at=due, sent_at=sent, rung_on=on)
        for key, person, due, sent, on in rows
    ]


def still_owed(session: Session, group_id: int, *, before: datetime) -> int:
    """How much that was due by then has not gone yet."""
    return session.exec(
        select(func.count())
        .select_from(OutboxRow)
        .where(
            col(OutboxRow.group_id) == group_id,
            col(OutboxRow.state).in_(("owed", "sending")),
            col(OutboxRow.due_at) <= before,
        )
    ).one()


@dataclass(frozen=True, kw_only=True)
class Heard:
    """Something that somebody said, when they said it and when it was taken; never the words.

    By the account of the direct message, or by the person whose update it became.
    """

    said_at: datetime
    taken_at: datetime
    user_id: str | None
    person_id: int | None


def heard(session: Session, *, since: datetime) -> list[Heard]:
    """What people said that was taken from an instant on, the oldest first."""
    rows = session.exec(
        select(TakenRow)
        .where(col(TakenRow.at) >= since, col(TakenRow.kind).in_(_BY_PEOPLE))
        .order_by(col(TakenRow.at), col(TakenRow.key))
    )
    found = []
    for row in rows:
        read = _MESSAGE.match(row.key)
        if read is not None and not row.key.endswith(":answer"):
            found.append(_heard(session, row, read["channel"], read["ts"]))
    return found


def _heard(session: Session, row: TakenRow, channel: str, ts: str) -> Heard:
    user = session.exec(
        select(ConversationRow.person_user_id).where(
            col(ConversationRow.channel_id) == channel, col(ConversationRow.kind) == "im"
        )
    ).first()
    by = session.exec(select(UpdateRow.by_id).where(col(UpdateRow.source_key) == row.key)).first()
    edited = row.key.split(":")[3] if row.kind == "edit" and row.key.count(":") > 2 else ts
    return Heard(
        said_at=datetime.fromtimestamp(float(edited), UTC),
        taken_at=row.at,
        user_id=user,
        person_id=by,
    )
