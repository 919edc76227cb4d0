"""Roles and absences entered anew, when what somebody has goes to somebody else."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlmodel import Session, col, select

from bot.domain.people import Role
from storage import entries
from storage.rows import BodyRow, CoverRow, RoleRow


def cover_by(
    session: Session, group_id: int, person_id: int, to_id: int, *, by_id: int, now: datetime
) -> list[int]:
    """Whoever this person was to cover for, from today on, is covered by the other; whom."""
    today = now.date()
    rows = entries.standing(session, CoverRow, col(CoverRow.group_id) == group_id)
    found = [row for row in rows if row.cover_id == person_id and row.until_on >= today]
    for row in found:
        entries.add(
            session,
            CoverRow(
                group_id=group_id,
                person_id=row.person_id,
                cover_id=None if row.person_id == to_id else to_id,
                from_on=row.from_on,
                until_on=row.until_on,
                supersedes_id=row.id,
                at=now,
                recorded_at=now,
                by_id=by_id,
            ),
        )
    return [row.person_id for row in found]


def end_role(
    session: Session,
    group_id: int,
    person_id: int,
    role: Role,
    *,
    from_on: date,
    by_id: int | None,
    now: datetime,
) -> list[str | None]:
    """From this day they hold it no more; the titles they held it with, one for each that ended."""
    rows = entries.standing(session, RoleRow, col(RoleRow.group_id) == group_id)
    ended = [
        row
        for row in rows
        if row.person_id == person_id
        and row.role == role.value
        and (row.until_on is None or row.until_on >= from_on)
    ]
    for row in ended:
        begun = row.from_on < from_on
        entries.add(
            session,
            RoleRow(
                group_id=group_id,
                person_id=person_id,
                role=row.role,
                from_on=row.from_on,
                until_on=from_on - timedelta(days=1) if begun else row.until_on,
                title=row.title,
                supersedes_id=row.id,
                retracts=not begun,
                at=now,
                recorded_at=now,
                by_id=by_id,
            ),
        )
    return [row.title for row in ended]


def give_role(
    session: Session,
    group_id: int,
    person_id: int,
    role: Role,
    *,
    from_on: date,
    until_on: date | None = None,
    title: str | None = None,
    by_id: int | None,
    now: datetime,
) -> None:
    """They hold it from this day on."""
    entries.add(
        session,
        RoleRow(
            group_id=group_id,
            person_id=person_id,
            role=role.value,
            from_on=from_on,
            until_on=until_on,
            title=title,
            at=now,
            recorded_at=now,
            by_id=by_id,
        ),
    )


def lead_instead(session: Session, group_id: int, person_id: int, to_id: int) -> list[int]:
    """The bodies that the one led are led by the other; which."""
    rows = session.exec(
        select(BodyRow).where(col(BodyRow.group_id) == group_id, col(BodyRow.lead_id) == person_id)
    ).all()
    for row in rows:
        row.lead_id = to_id
        session.add(row)
    session.flush()
    return [row.id for row in rows if row.id is not None]
