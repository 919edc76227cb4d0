"""The outbox: what is owed to Slack, leased and settled outside the sending itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import update
from sqlmodel import Session, col, select

from bot.domain.messages import Message
from bot.domain.outgoing import Audience, Outgoing, Sending
from storage import payloads, restorations
from storage.rows import GroupRow, OutboxRow

LEASE = timedelta(minutes=2)
ACTING = "acting"


@dataclass(frozen=True, kw_only=True)
class Owed:
    """One leased row: what to send, and whether a dead process may have sent it already."""

    id: int
    key: str
    lease: str
    kind: Sending
    group_id: int | None
    team_id: str | None
    person_id: int | None
    channel_id: str | None
    thread_ts: str | None
    target_id: int | None
    message: Message
    audience: Audience
    subject: Mapping[str, Any]
    file: Mapping[str, str] | None
    attempts: int
    maybe_sent_since: datetime | None
    answers: bool = False
    group_key: str | None = None


def enqueue(session: Session, outgoing: Outgoing, *, due_at: datetime, now: datetime) -> int | None:
    """Owe something to Slack; its number, or nothing where its key is owed or sent already.

    What the person who just acted is told in the same transaction `answers` their own act, which
    the off switch does not stop (docs/adr/0005).
    """
    if session.exec(select(OutboxRow.id).where(col(OutboxRow.key) == outgoing.key)).first():
        return None
    row = OutboxRow(
        group_id=outgoing.group_id,
        team_id=outgoing.team_id,
        key=outgoing.key,
        kind=outgoing.kind.value,
        person_id=outgoing.person_id,
        channel_id=outgoing.channel_id,
        thread_ts=outgoing.thread_ts,
        target_id=outgoing.target_id,
        payload={
            "parts": payloads.dump(outgoing.message),
            "file": dict(outgoing.file) if outgoing.file else None,
            "answers": answers(session, outgoing),
        },
        audience=outgoing.audience.value,
        subject=dict(outgoing.subject or {}),
        due_at=due_at,
        created_at=now,
    )
    session.add(row)
    session.flush()
    return row.id


def acting(session: Session, person_id: int) -> None:
    """Whose act this transaction takes in."""
    session.info[ACTING] = person_id


def answers(session: Session, outgoing: Outgoing) -> bool:
    """Whether it is for whoever just acted."""
    actor = session.info.get(ACTING)
    return actor is not None and outgoing.person_id == actor


def lease(
    session: Session, *, token: str, now: datetime, limit: int = 50, doubtful_only: bool = False
) -> list[Owed]:
    """Take what is due and not taken, or was taken by a process that died; oldest first."""
    due = (col(OutboxRow.state) == "owed") & (col(OutboxRow.due_at) <= now)
    dead = (col(OutboxRow.state) == "sending") & (col(OutboxRow.leased_until) <= now)
    rows = session.exec(
        select(OutboxRow)
        .where(dead if doubtful_only else due | dead)
        .order_by(col(OutboxRow.due_at), col(OutboxRow.id))
        .limit(limit)
        .with_for_update(skip_locked=True)
    ).all()
    keys = _group_keys(session, {row.group_id for row in rows})
    lost = restorations.look_since(session, now=now) if rows else None
    owed = []
    for row in rows:
        doubtful = lost if row.kind in ("message", "file") else None
        since = row.leased_at if row.state == "sending" else doubtful
        row.state, row.lease, row.leased_until = "sending", token, now + LEASE
        row.leased_at = since or now
        row.attempts += 1
        session.add(row)
        owed.append(_to_domain(row, since=since, group_key=keys.get(row.group_id or 0)))
    return owed


def _group_keys(session: Session, numbers: set[int | None]) -> dict[int, str]:
    """What the groups of a batch are called in logs."""
    found = session.exec(select(GroupRow.id, GroupRow.key).where(col(GroupRow.id).in_(numbers)))
    return {number: key for number, key in found if number is not None}


def _to_domain(row: OutboxRow, *, since: datetime | None, group_key: str | None) -> Owed:
    if row.id is None or row.lease is None:
        raise AssertionError("A leased row has a number and a lease.")
    return Owed(
        id=row.id,
        key=row.key,
        lease=row.lease,
        kind=Sending(row.kind),
        group_id=row.group_id,
        team_id=row.team_id,
        person_id=row.person_id,
        channel_id=row.channel_id,
        thread_ts=row.thread_ts,
        target_id=row.target_id,
        message=payloads.load(row.payload["parts"]),
        audience=Audience(row.audience),
        subject=row.subject or {},
        file=row.payload.get("file"),
        attempts=row.attempts,
        maybe_sent_since=since,
        answers=bool(row.payload.get("answers")),
        group_key=group_key,
    )


def settle(
    session: Session,
    owed: Owed,
    *,
    channel_id: str | None,
    ts: str | None,
    now: datetime,
    file_id: str | None = None,
) -> None:
    """It was sent, and stands at this place; a file also has a number of Slack's."""
    place = {"channel_id": channel_id, "ts": ts, "file_id": file_id}
    _close(session, owed, state="sent", settled_at=now, error=None, **place)


def give_back(session: Session, owed: Owed, *, reason: str, due_at: datetime) -> None:
    """It was certainly not sent; it is owed again from `due_at`."""
    _close(session, owed, state="owed", error=reason, due_at=due_at, leased_at=None)


def doubt(session: Session, owed: Owed, *, reason: str, due_at: datetime) -> None:
    """It may have been sent: it stays "sending", to be looked up when the lease has ended."""
    _close(session, owed, state="sending", error=reason, leased_until=due_at)


def bury(session: Session, owed: Owed, *, reason: str, now: datetime) -> None:
    """It cannot be sent; the reason is kept and shown to the secretariat."""
    _close(session, owed, state="failed", error=reason, settled_at=now)


def cancel(session: Session, key: str, *, now: datetime) -> bool:
    """Take back what has not been sent yet; whether there was anything to take back."""
    result = session.exec(
        update(OutboxRow)
        .where(col(OutboxRow.key) == key, col(OutboxRow.state).in_(("owed", "by_hand")))
        .values(state="cancelled", settled_at=now)
    )
    return bool(result.rowcount)


def _close(session: Session, owed: Owed, **values: Any) -> None:
    # Only the holder of the lease may settle: a process that was given up for dead may not.
    session.exec(
        update(OutboxRow)
        .where(col(OutboxRow.id) == owed.id, col(OutboxRow.lease) == owed.lease)
        .values(**values)
    )


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where an outbox row stands in Slack, and what it is about."""

    id: int
    key: str
    group_id: int | None
    person_id: int | None
    channel_id: str | None
    ts: str | None
    state: str
    message: Message
    subject: Mapping[str, Any]
    file_id: str | None = None
    file: Mapping[str, str] | None = None


def place(session: Session, number: int) -> Place:
    """The place of one row."""
    return _to_place(session.get_one(OutboxRow, number))


def by_key(session: Session, key: str) -> Place | None:
    """The place of the row with this key."""
    row = session.exec(select(OutboxRow).where(col(OutboxRow.key) == key)).first()
    return _to_place(row) if row else None


def at_place(session: Session, channel_id: str, ts: str) -> Place | None:
    """The message of ours that stands at this place."""
    row = session.exec(
        select(OutboxRow).where(col(OutboxRow.channel_id) == channel_id, col(OutboxRow.ts) == ts)
    ).first()
    return _to_place(row) if row else None


def _to_place(row: OutboxRow) -> Place:
    if row.id is None:
        raise AssertionError("A stored row has a number.")
    return Place(
        id=row.id,
        key=row.key,
        group_id=row.group_id,
        person_id=row.person_id,
        channel_id=row.channel_id,
        ts=row.ts,
        state=row.state,
        message=payloads.load(row.payload["parts"]),
        subject=row.subject or {},
        file_id=row.file_id,
        file=row.payload.get("file"),
    )


def last_items(session: Session, person_id: int) -> list[int]:
    """The items of the last message to a person that was about any, in its order."""
    rows = session.exec(
        select(OutboxRow.subject)
        .where(
            col(OutboxRow.person_id) == person_id,
            col(OutboxRow.kind) == Sending.MESSAGE.value,
            col(OutboxRow.state) == "sent",
        )
        .order_by(col(OutboxRow.id).desc())
        .limit(20)
    )
    return next((list(row["items"]) for row in rows if row and row.get("items")), [])
