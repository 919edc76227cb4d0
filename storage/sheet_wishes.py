"""Spreadsheets dropped in Slack: which are to be read, and what became of each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlmodel import Session, col, select

from storage.rows import SheetWishRow


class State(StrEnum):
    """How far a file has come: WISHED and CONFIRMED ones are to be read."""

    WISHED = "wished"
    REPORTED = "reported"
    CONFIRMED = "confirmed"
    SETTLED = "settled"


@dataclass(frozen=True, kw_only=True)
class Wish:
    """A dropped file; `sha256` and `fingerprint` are of the last report on it."""

    id: int
    group_id: int
    person_id: int
    team_id: str | None
    file_id: str
    file_name: str
    at: datetime
    state: State
    tries: int
    reports: int
    sha256: str
    fingerprint: str
    confirmed_by: int | None

    @property
    def reader_id(self) -> int:
        """Who is told what becomes of it: whoever asked last."""
        return self.confirmed_by or self.person_id


def _to_domain(row: SheetWishRow) -> Wish:
    if row.id is None:
        raise AssertionError("A stored wish has a number.")
    return Wish(
        id=row.id,
        group_id=row.group_id,
        person_id=row.person_id,
        team_id=row.team_id,
        file_id=row.file_id,
        file_name=row.file_name,
        at=row.at,
        state=State(row.state),
        tries=row.tries,
        reports=row.reports,
        sha256=row.sha256,
        fingerprint=row.fingerprint,
        confirmed_by=row.confirmed_by,
    )


def add(
    session: Session,
    *,
    group_id: int,
    person_id: int,
    source_key: str,
    team_id: str | None,
    channel_id: str,
    file_id: str,
    file_name: str,
    now: datetime,
) -> int:
    """Remember a file that is to be read; the wish's number."""
    row = SheetWishRow(
        group_id=group_id,
        person_id=person_id,
        source_key=source_key,
        team_id=team_id,
        channel_id=channel_id,
        file_id=file_id,
        file_name=file_name,
        at=now,
        state=State.WISHED.value,
        due_at=now,
    )
    session.add(row)
    session.flush()
    return _to_domain(row).id


def due(session: Session, *, now: datetime, limit: int) -> list[int]:
    """The numbers of what is to be read by now, the oldest first."""
    return [
        number
        for number in session.exec(
            select(SheetWishRow.id)
            .where(col(SheetWishRow.due_at) <= now)
            .order_by(col(SheetWishRow.id))
            .limit(limit)
        )
        if number is not None
    ]


def begin(session: Session, number: int, *, now: datetime, until: datetime) -> Wish | None:
    """Take one to read it, one more try; nothing where somebody else has, or it is not due.

    It is due again at `until`, lest whoever reads it never comes back.
    """
    row = _locked(session, number)
    if row is None or row.due_at is None or row.due_at > now:
        return None
    row.tries, row.due_at = row.tries + 1, until
    session.add(row)
    session.flush()
    return _to_domain(row)


def locked(session: Session, number: int) -> Wish | None:
    """One that is about to be changed."""
    row = _locked(session, number)
    return _to_domain(row) if row else None


def put_off(session: Session, wish: Wish, *, until: datetime) -> None:
    """It could not be read now, through no fault of its own: the try does not count."""
    row = session.get_one(SheetWishRow, wish.id)
    row.tries, row.due_at = max(0, row.tries - 1), until
    session.add(row)


def reported(session: Session, wish: Wish, *, sha256: str, fingerprint: str) -> Wish:
    """Its report is owed, and may be confirmed; it is called what `wish` calls it now."""
    row = session.get_one(SheetWishRow, wish.id)
    row.state, row.due_at = State.REPORTED.value, None
    row.reports, row.tries = row.reports + 1, 0
    row.sha256, row.fingerprint, row.file_name = sha256, fingerprint, wish.file_name
    session.add(row)
    session.flush()
    return _to_domain(row)


def confirm(session: Session, wish: Wish, *, by_id: int, now: datetime) -> None:
    """Somebody wants what was reported."""
    row = session.get_one(SheetWishRow, wish.id)
    row.state, row.due_at, row.confirmed_by = State.CONFIRMED.value, now, by_id
    session.add(row)


def settle(session: Session, wish: Wish) -> None:
    """Nothing more is to be done about it; digests of its words are of no more use."""
    row = session.get_one(SheetWishRow, wish.id)
    row.state, row.due_at = State.SETTLED.value, None
    row.sha256 = row.fingerprint = ""
    session.add(row)


def _locked(session: Session, number: int) -> SheetWishRow | None:
    return session.exec(
        select(SheetWishRow)
        .where(col(SheetWishRow.id) == number)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).first()
