"""Somebody who is in several groups is one person to whom one message a day may go."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from storage.rows import AccountRow, PersonRow


@dataclass(frozen=True, kw_only=True)
class Selves:
    """The same human in other groups: their numbers there, and when they were introduced."""

    numbers: tuple[int, ...] = ()
    introduced: tuple[datetime, ...] = field(default=())


def of(session: Session, numbers: Iterable[int]) -> Mapping[int, Selves]:
    """Whoever shares an account with one of these people, in whatever group."""
    mine, theirs = aliased(AccountRow), aliased(AccountRow)
    same = (col(theirs.team_id) == mine.team_id) & (col(theirs.user_id) == mine.user_id)
    rows = session.exec(
        select(mine.person_id, PersonRow.id, PersonRow.introduced_at)
        .join(theirs, same)
        .join(PersonRow, col(PersonRow.id) == theirs.person_id)
        .where(
            col(mine.person_id).in_(list(numbers)),
            col(mine.ended_at).is_(None),
            col(theirs.ended_at).is_(None),
            theirs.person_id != mine.person_id,
        )
    )
    found: dict[int, dict[int, datetime | None]] = {}
    for number, other, introduced_at in rows:
        if other is not None:
            found.setdefault(number, {})[other] = introduced_at
    return {
        number: Selves(
            numbers=tuple(sorted(others)), introduced=tuple(at for at in others.values() if at)
        )
        for number, others in found.items()
    }
