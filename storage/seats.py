"""Whose account is whose from when to when, and whether somebody has been introduced."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session, col, select

from bot.domain.people import Account
from storage.rows import AccountRow, AuditRow, PersonRow

CONFIRMED = "seat confirmed"
"""The audit's name for a claim that was found to be true."""


def end(session: Session, account: Account, *, group_id: int, now: datetime) -> int | None:
    """This account is nobody's from now on; whose it was, if anybody's."""
    row = session.exec(
        select(AccountRow)
        .where(
            col(AccountRow.group_id) == group_id,
            col(AccountRow.team_id) == account.team_id,
            col(AccountRow.user_id) == account.user_id,
            col(AccountRow.ended_at).is_(None),
        )
        .with_for_update()
    ).first()
    if row is None:
        return None
    row.ended_at = now
    session.add(row)
    session.flush()
    return row.person_id


def confirmed_at(
    session: Session, account: Account, *, group_id: int, person_id: int
) -> datetime | None:
    """When this account was last confirmed to be somebody's; nothing where it came otherwise."""
    links = session.exec(
        select(AuditRow)
        .where(
            col(AuditRow.group_id) == group_id,
            col(AuditRow.action) == CONFIRMED,
            col(AuditRow.subject) == f"person:{person_id}",
        )
        .order_by(col(AuditRow.seq).desc())
    )
    named = f"{account.team_id}:{account.user_id}"
    return next((link.at for link in links if link.detail.get("account") == named), None)


def to_be_introduced(session: Session, person_id: int) -> None:
    """Somebody has to be introduced again: it was not them who read the last introduction."""
    row = session.get_one(PersonRow, person_id)
    row.introduced_at = None
    session.add(row)
    session.flush()
