"""Groups, bodies and people as a group file founds and changes them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import Session, col, select

from bot.domain.people import Account
from storage import entries, groups
from storage.rows import (
    AccountRow,
    AuditRow,
    BodyRow,
    CommitmentRow,
    GroupRow,
    ItemRow,
    LetterRow,
    PatternRow,
    PersonRow,
    PolicyRow,
    PostRow,
    RecommendationRow,
)


def group(
    session: Session,
    *,
    key: str,
    name: str,
    sponsor: str,
    ends_on: date,
    sample: bool,
    channel_id: str | None,
    clearance_channel_id: str | None,
    now: datetime,
) -> int:
    """A new group; its number."""
    row = GroupRow(
        key=key,
        name=name,
        sponsor=sponsor,
        ends_on=ends_on,
        sample=sample,
        channel_id=channel_id,
        clearance_channel_id=clearance_channel_id,
        created_at=now,
    )
    return _added(session, row)


def change_group(session: Session, group_id: int, **columns: Any) -> None:
    """Set a group's name, sponsor, end date or channels."""
    row = session.exec(select(GroupRow).where(col(GroupRow.id) == group_id).with_for_update()).one()
    for name, value in columns.items():
        setattr(row, name, value)
    session.add(row)


def set_policy(
    session: Session, name: str, value: Any, *, group_id: int, at: datetime, now: datetime
) -> None:
    """Give a setting this value from `at` on; null puts the built-in one back."""
    row = PolicyRow(group_id=group_id, name=name, value=value, at=at, recorded_at=now)
    entries.add(session, row)


def policy_by_person(session: Session, group_id: int, name: str) -> bool:
    """Whether it was a person who last gave a setting its value."""
    rows = _standing_policy(session, group_id, name)
    return bool(rows) and rows[-1].by_id is not None


def file_of(session: Session, group_id: int) -> Mapping[str, Any] | None:
    """The group file as it was last taken in, if one was."""
    rows = _standing_policy(session, group_id, groups.FILE)
    return rows[-1].value if rows else None


def keep_file(session: Session, group_id: int, contents: Mapping[str, Any], now: datetime) -> None:
    """Keep the group file as it was taken in, to compare the next one with."""
    set_policy(session, groups.FILE, dict(contents), group_id=group_id, at=now, now=now)


def _standing_policy(session: Session, group_id: int, name: str) -> list[PolicyRow]:
    mine = (col(PolicyRow.group_id) == group_id) & (col(PolicyRow.name) == name)
    return entries.standing(session, PolicyRow, mine)


def body(session: Session, *, group_id: int, key: str) -> int:
    """A new body; its number. Its names are dated facts."""
    return _added(session, BodyRow(group_id=group_id, key=key))


def change_body(
    session: Session, body_id: int, *, lead_id: int | None, became_id: int | None
) -> None:
    """Set a body's lead, and what it became."""
    row = session.get_one(BodyRow, body_id)
    row.lead_id, row.became_id = lead_id, became_id
    session.add(row)


def person(session: Session, *, group_id: int, name: str, body_id: int, email: str | None) -> int:
    """Somebody new in the group; their number."""
    row = PersonRow(group_id=group_id, name=name, body_id=body_id, email=email)
    return _added(session, row)


def change_person(session: Session, person_id: int, *, body_id: int, email: str | None) -> None:
    """Set whom somebody works for and their e-mail address."""
    row = session.get_one(PersonRow, person_id)
    row.body_id, row.email = body_id, email
    session.add(row)


def introduced(session: Session, person_id: int, *, now: datetime) -> None:
    """Mark somebody as introduced to the bot."""
    row = session.get_one(PersonRow, person_id)
    row.introduced_at = now
    session.add(row)


def last_doer(session: Session, group_id: int, action: str) -> int | None:
    """Who last did something that the audit chain names so."""
    mine = (col(AuditRow.group_id) == group_id) & (col(AuditRow.action) == action)
    statement = select(AuditRow.by_id).where(mine).order_by(col(AuditRow.seq).desc())
    return session.exec(statement.limit(1)).first()


def add_account(session: Session, account: Account, *, group_id: int, person_id: int) -> None:
    """Give a person an account, unless it is somebody's already."""
    there = session.exec(
        select(AccountRow).where(
            col(AccountRow.group_id) == group_id,
            col(AccountRow.team_id) == account.team_id,
            col(AccountRow.user_id) == account.user_id,
            col(AccountRow.ended_at).is_(None),
        )
    ).first()
    if there is None:
        row = AccountRow(
            group_id=group_id,
            person_id=person_id,
            team_id=account.team_id,
            user_id=account.user_id,
        )
        session.add(row)


def add_pattern(
    session: Session,
    *,
    group_id: int,
    person_id: int,
    nation: str,
    weekdays: Iterable[int],
    title: str | None,
    at: datetime,
    now: datetime,
) -> None:
    """Where and when a person works, and as what, from `at` on."""
    row = PatternRow(
        group_id=group_id,
        person_id=person_id,
        nation=nation,
        weekdays=sorted(weekdays),
        title=title,
        at=at,
        recorded_at=now,
    )
    entries.add(session, row)


def pattern_by_person(session: Session, person_id: int) -> bool:
    """Whether it was a person who last said how somebody works."""
    rows = entries.standing(session, PatternRow, col(PatternRow.person_id) == person_id)
    return bool(rows) and rows[-1].by_id is not None


@dataclass(frozen=True, kw_only=True)
class Numbers:
    """The numbers of what a group file names: by key, by folded name, by reference."""

    bodies: dict[str, int]
    people: dict[str, int]
    posts: dict[str, int]
    recommendations: dict[str, int]
    letters: dict[str, int]
    commitments: dict[str, int]
    items: dict[str, int]


def numbers(session: Session, group_id: int) -> Numbers:
    """What a group has, by the names a file gives it."""

    def by(kind: Any, name: str) -> dict[str, int]:
        rows = session.exec(select(kind).where(col(kind.group_id) == group_id))
        return {getattr(row, name): row.id for row in rows}

    return Numbers(
        bodies=by(BodyRow, "key"),
        people={name.casefold(): number for name, number in by(PersonRow, "name").items()},
        posts=by(PostRow, "key"),
        recommendations=by(RecommendationRow, "ref"),
        letters=by(LetterRow, "reference"),
        commitments=by(CommitmentRow, "ref"),
        items=by(ItemRow, "ref"),
    )


def _added(session: Session, row: GroupRow | BodyRow | PersonRow) -> int:
    session.add(row)
    session.flush()
    if row.id is None:
        raise AssertionError("A row has a number once it is flushed.")
    return row.id
