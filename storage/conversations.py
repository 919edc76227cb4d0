"""The conversations that are read on after a gap, and how far each has been seen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from storage.rows import ConversationRow

IM = "im"
CHANNEL = "channel"


@dataclass(frozen=True, kw_only=True)
class Conversation:
    """A DM from first contact, or a channel in which something of ours stands.

    `seen_ts` is a Slack time; everything up to it has been taken.
    """

    id: int
    team_id: str
    channel_id: str
    kind: str
    user_id: str | None
    seen_ts: str


def _to_domain(row: ConversationRow) -> Conversation:
    if row.id is None:
        raise AssertionError("A stored conversation has a number.")
    return Conversation(
        id=row.id,
        team_id=row.team_id,
        channel_id=row.channel_id,
        kind=row.kind,
        user_id=row.person_user_id,
        seen_ts=row.seen_ts,
    )


def every(session: Session) -> list[Conversation]:
    """All of them, in the order they were first met."""
    rows = session.exec(select(ConversationRow).order_by(col(ConversationRow.id)))
    return [_to_domain(row) for row in rows]


def know(
    session: Session,
    *,
    team_id: str,
    channel_id: str,
    kind: str,
    ts: str,
    user_id: str | None = None,
) -> None:
    """A conversation is read from this time on; one that is known stays as it is."""
    if _row(session, team_id, channel_id) is None:
        row = ConversationRow(
            team_id=team_id, channel_id=channel_id, kind=kind, person_user_id=user_id, seen_ts=ts
        )
        session.add(row)
        session.flush()


def saw(session: Session, *, team_id: str, channel_id: str, ts: str, now: datetime) -> None:
    """It has been seen up to this time; a mark never moves back."""
    row = _row(session, team_id, channel_id)
    if row is not None and _exact(ts) > _exact(row.seen_ts):
        row.seen_ts, row.read_at = ts, now
        session.add(row)


def _row(session: Session, team_id: str, channel_id: str) -> ConversationRow | None:
    return session.exec(
        select(ConversationRow)
        .where(
            col(ConversationRow.team_id) == team_id, col(ConversationRow.channel_id) == channel_id
        )
        .with_for_update()
    ).first()


def _exact(ts: str) -> tuple[int, int]:
    seconds, _, micro = ts.partition(".")
    return int(seconds), int(micro.ljust(6, "0"))
