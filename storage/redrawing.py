"""What Slack must be told after words were taken out of the outbox: what stands there changes."""

from __future__ import annotations

from collections.abc import Iterable

from sqlmodel import Session, col, select

from bot.domain.messages import Message
from bot.domain.outgoing import Audience, Outgoing, Sending
from storage import payloads
from storage.rows import OutboxRow

REDRAWN = "removal:"
"""What takes words out of Slack waits for nothing, the off switch included."""
STANDING = ("owed", "sending", "sent")
SAID = ("sending", "sent")


def after(session: Session, changed: Iterable[int], *, removal_id: int) -> list[Outgoing]:
    """Updates of messages, removals of files and Home tabs, for rows that were changed."""
    rows = [session.get_one(OutboxRow, number) for number in changed]
    messages = {row.target_id or row.id for row in rows if row.kind in ("message", "update")}
    files = [row for row in rows if row.kind == "file" and row.state in SAID and _emptied(row)]
    homes = {row.person_id for row in rows if row.kind == "home" and row.person_id}
    found = [_update(session, n, removal_id) for n in sorted(n for n in messages if n)]
    found += [_take_away(row, removal_id) for row in files]
    found += [_home(session, person, rows, removal_id) for person in sorted(homes)]
    return [one for one in found if one is not None]


def _emptied(row: OutboxRow) -> bool:
    file = row.payload.get("file")
    return bool(file) and not file["content"]


def _update(session: Session, number: int, removal_id: int) -> Outgoing | None:
    target = session.get(OutboxRow, number)
    if target is None or target.state not in SAID:
        return None
    drawn = session.exec(
        select(OutboxRow)
        .where(
            col(OutboxRow.target_id) == number,
            col(OutboxRow.kind) == Sending.UPDATE.value,
            col(OutboxRow.state).in_(STANDING),
        )
        .order_by(col(OutboxRow.id).desc())
    ).first()
    return _outgoing(target, Sending.UPDATE, removal_id, shown=drawn or target, target_id=number)


def _take_away(row: OutboxRow, removal_id: int) -> Outgoing:
    return _outgoing(row, Sending.REMOVAL, removal_id, shown=None, target_id=row.id)


def _home(
    session: Session, person_id: int, rows: list[OutboxRow], removal_id: int
) -> Outgoing | None:
    last = session.exec(
        select(OutboxRow)
        .where(
            col(OutboxRow.person_id) == person_id,
            col(OutboxRow.kind) == Sending.HOME.value,
            col(OutboxRow.state).in_(STANDING),
        )
        .order_by(col(OutboxRow.id).desc())
    ).first()
    if last is None or last.state not in SAID or last.id not in {row.id for row in rows}:
        return None
    return _outgoing(last, Sending.HOME, removal_id, shown=last, target_id=None)


def _outgoing(
    row: OutboxRow,
    kind: Sending,
    removal_id: int,
    *,
    shown: OutboxRow | None,
    target_id: int | None,
) -> Outgoing:
    return Outgoing(
        key=f"{REDRAWN}{removal_id}:{kind.value}:{row.id}",
        group_id=row.group_id,
        team_id=row.team_id,
        kind=kind,
        person_id=row.person_id,
        target_id=target_id,
        message=payloads.load(shown.payload["parts"]) if shown else Message(parts=()),
        audience=Audience.ANYONE,  # whoever is there sees less than before
    )
