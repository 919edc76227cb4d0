"""Groups, their policy and the off switch."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from bot.domain.people import Group
from storage import entries, pauses
from storage.rows import AccountRow, GroupRow, PolicyRow

FILE = "group_file"
"""The policy entry that keeps the last group file, no setting of its own."""


def _to_domain(row: GroupRow) -> Group:
    if row.id is None:
        raise AssertionError("A stored group has a number.")
    return Group(
        id=row.id,
        key=row.key,
        name=row.name,
        sponsor=row.sponsor,
        ends_on=row.ends_on,
        sample=row.sample,
        team_id=row.team_id,
        channel_id=row.channel_id,
        clearance_channel_id=row.clearance_channel_id,
        started_at=row.started_at,
    )


def every(session: Session) -> list[Group]:
    """All groups, by key."""
    return [_to_domain(row) for row in session.exec(select(GroupRow).order_by(col(GroupRow.key)))]


def get(session: Session, group_id: int) -> Group:
    """The group with this number."""
    return _to_domain(session.get_one(GroupRow, group_id))


def lock(session: Session, group_id: int) -> None:
    """One process at a time does what follows for this group."""
    chosen = select(GroupRow.id).where(col(GroupRow.id) == group_id)
    session.exec(chosen.with_for_update()).all()


def by_key(session: Session, key: str) -> Group | None:
    """The group with this key."""
    row = session.exec(select(GroupRow).where(col(GroupRow.key) == key)).first()
    return _to_domain(row) if row else None


def by_channel(session: Session, channel_id: str) -> Group | None:
    """The group whose channel or clearance channel this is."""
    row = session.exec(
        select(GroupRow).where(
            (col(GroupRow.channel_id) == channel_id)
            | (col(GroupRow.clearance_channel_id) == channel_id)
        )
    ).first()
    return _to_domain(row) if row else None


def of_account(session: Session, team_id: str, user_id: str) -> list[Group]:
    """The groups in which a Slack account is somebody."""
    rows = session.exec(
        select(GroupRow)
        .join(AccountRow, col(AccountRow.group_id) == col(GroupRow.id))
        .where(
            col(AccountRow.team_id) == team_id,
            col(AccountRow.user_id) == user_id,
            col(AccountRow.ended_at).is_(None),
        )
        .order_by(col(GroupRow.key))
    )
    return [_to_domain(row) for row in rows]


def start(session: Session, group_id: int, *, now: datetime) -> bool:
    """Mark a group as started; false where it was already."""
    row = session.exec(select(GroupRow).where(col(GroupRow.id) == group_id).with_for_update()).one()
    if row.started_at is not None:
        return False
    row.started_at = now
    session.add(row)
    return True


def policy(session: Session, group_id: int, *, known_at: datetime | None = None) -> dict[str, Any]:
    """The group's settings in force, by name."""
    rows = entries.standing(
        session,
        PolicyRow,
        col(PolicyRow.group_id) == group_id,
        col(PolicyRow.name) != FILE,
        known_at=known_at or entries.END_OF_TIME,
    )
    return {row.name: row.value for row in rows}


def paused(session: Session, group_id: int, *, now: datetime) -> str | None:
    """Why the group is paused, or nothing; `storage.pauses` knows more of it."""
    found = pauses.standing(session, group_id)
    return found.reason if found and found.since_at <= now else None
