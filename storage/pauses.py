"""The off switch: its entries, what it holds in the outbox, and what became of that."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, update
from sqlmodel import Session, col, select

from bot.domain.messages import Message
from storage import entries, payloads
from storage.rows import GroupRow, ItemRow, NudgeRow, OutboxRow, PauseRow, PersonDayRow

REASON = "paused"


@dataclass(frozen=True, kw_only=True)
class Pause:
    """Why nothing goes out, since when, and until when if a day was named; `by_id` may be nobody.

    It stands until an entry ends it: a day that has come ends nothing by itself, so that what
    was held is merged before any of it can go.
    """

    reason: str
    since_at: datetime
    until_at: datetime | None
    by_id: int | None


def standing(session: Session, group_id: int) -> Pause | None:
    """The pause that was committed last and has not been ended; clocks have no say in it."""
    rows = entries.standing(session, PauseRow, col(PauseRow.group_id) == group_id)
    found: list[PauseRow] = []
    for row in sorted(rows, key=lambda row: row.id or 0):
        found = [] if row.resumes else [*found, row]
    if not found:
        return None
    return Pause(
        reason=found[-1].reason,
        since_at=found[0].at,
        until_at=found[-1].until_at,
        by_id=found[-1].by_id,
    )


def covers(session: Session, group_id: int, moment: datetime) -> bool:
    """Whether the group was paused at a moment that has passed."""
    rows = entries.standing(session, PauseRow, col(PauseRow.group_id) == group_id, at=moment)
    return bool(rows) and not rows[-1].resumes


def lock(session: Session, group_id: int) -> None:
    """One process at a time turns the switch."""
    session.exec(select(GroupRow.id).where(col(GroupRow.id) == group_id).with_for_update()).one()


def enter(
    session: Session,
    group_id: int,
    *,
    reason: str,
    until_at: datetime | None,
    by_id: int | None,
    now: datetime,
    resumes: bool = False,
) -> int:
    """Turn the switch; the number of the entry."""
    row = PauseRow(
        group_id=group_id,
        at=now,
        recorded_at=now,
        reason=reason,
        until_at=until_at,
        by_id=by_id,
        resumes=resumes,
    )
    return entries.add(session, row)


@dataclass(frozen=True, kw_only=True)
class Held:
    """A message to a person that has not gone; `nudge` where the ledger counts on it."""

    id: int
    key: str
    person_id: int
    message: Message
    subject: Mapping[str, Any]
    nudge: bool


def held(session: Session, group_id: int, *, since: datetime) -> list[Held]:
    """What a pause holds for people's direct messages, the oldest first; answers are not held.

    What has been leased since it began is about to be given back: it cannot have gone.
    """
    leased = (col(OutboxRow.state) == "sending") & (col(OutboxRow.leased_at) >= since)
    rows = session.exec(
        select(OutboxRow)
        .where(
            col(OutboxRow.group_id) == group_id,
            (col(OutboxRow.state) == "owed") | leased,
            col(OutboxRow.kind) == "message",
            col(OutboxRow.person_id).is_not(None),
            col(OutboxRow.channel_id).is_(None),
        )
        .order_by(col(OutboxRow.id))
    ).all()
    numbers = [row.id for row in rows]
    counted = set(
        session.exec(select(NudgeRow.outbox_id).where(col(NudgeRow.outbox_id).in_(numbers)))
    )
    return [
        Held(
            id=row.id or 0,
            key=row.key,
            person_id=row.person_id or 0,
            message=payloads.load(row.payload["parts"]),
            subject=row.subject or {},
            nudge=row.id in counted,
        )
        for row in rows
        if not row.payload.get("answers")
    ]


def take_back(
    session: Session, number: int, *, now: datetime, again: bool, reason: str = REASON
) -> bool:
    """It will not go by itself; whether it had not gone yet. `again` frees its key."""
    key = f"paused:{number}"
    # Whoever has it leased may not settle it any more.
    values = {"state": "cancelled", "settled_at": now, "error": reason, "lease": None}
    if again:
        row = session.get_one(OutboxRow, number)
        values["key"] = f"{row.key}:{key}"
    result = session.exec(
        update(OutboxRow)
        .where(col(OutboxRow.id) == number, col(OutboxRow.state).in_(("owed", "sending")))
        .values(**values)
    )
    return bool(result.rowcount)


def reopen(session: Session, outbox_ids: Sequence[int], *, now: datetime) -> None:
    """Of each item's rungs in these unsent messages the latest is due again, the others merged.

    An ask in place of a rung is merged too: its rung asks anew.
    """
    lines = session.exec(
        select(NudgeRow)
        .where(col(NudgeRow.outbox_id).in_(list(outbox_ids)))
        .order_by(col(NudgeRow.id))
    ).all()
    latest = {line.item_id: line for line in lines}
    for line in lines:
        last = latest[line.item_id] is line
        again = last and not line.rung.startswith("ask-")
        line.outcome, line.reason = ("held" if again else "merged"), REASON
        line.outbox_id, line.told_next, line.told_rung = None, False, None
        line.decided_at = now
        session.add(line)
        item = session.get_one(ItemRow, line.item_id)
        item.next_nudge_on = min(item.next_nudge_on or line.due_on, line.due_on)
        session.add(item)
    session.exec(delete(PersonDayRow).where(col(PersonDayRow.outbox_id).in_(list(outbox_ids))))
    session.flush()
