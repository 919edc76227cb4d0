"""The conversations that are read on after a gap, and how far each has been seen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import update
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


def kind_of(channel_id: str) -> str:
    """DMs go by ids of their own letter."""
    return IM if channel_id.startswith("D") else CHANNEL


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


def known(session: Session, team_id: str, channel_id: str) -> bool:
    """Whether it is one of those that are read."""
    return _row(session, team_id, channel_id) is not None


def advance(session: Session, *, ts: str, now: datetime) -> None:
    """All have been seen up to this time; a mark never moves back."""
    # Slack's times have ten digits before the point and six after it: they sort as text.
    session.exec(
        update(ConversationRow)
        .where(col(ConversationRow.seen_ts) < ts)
        .values(seen_ts=ts, read_at=now)
    )


def _row(session: Session, team_id: str, channel_id: str) -> ConversationRow | None:
    return session.exec(
        select(ConversationRow).where(
            col(ConversationRow.team_id) == team_id, col(ConversationRow.channel_id) == channel_id
        )
    ).first()
