"""Pasted lists: their words by number, and what became of each proposal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from storage.rows import PastedListRow, TextRow


@dataclass(frozen=True, kw_only=True)
class Pasted:
    """A list somebody pasted; `settled` gives by first line the item it became, or nothing."""

    id: int
    group_id: int
    person_id: int
    words_id: int
    read_on: date
    settled: Mapping[int, int | None]


def _to_domain(row: PastedListRow) -> Pasted:
    if row.id is None:
        raise AssertionError("A stored list has a number.")
    return Pasted(
        id=row.id,
        group_id=row.group_id,
        person_id=row.person_id,
        words_id=row.words_id,
        read_on=row.read_on,
        settled={int(line): item for line, item in row.settled.items()},
    )


def keep(
    session: Session,
    *,
    group_id: int,
    person_id: int,
    words: TextRow,
    source_key: str,
    read_on: date,
    now: datetime,
) -> Pasted:
    """Keep a list that is to be checked."""
    if words.id is None:
        raise AssertionError("Kept words have a number.")
    row = PastedListRow(
        group_id=group_id,
        person_id=person_id,
        words_id=words.id,
        source_key=source_key,
        read_on=read_on,
        at=now,
        settled={},
    )
    session.add(row)
    session.flush()
    return _to_domain(row)


def get(session: Session, number: int, *, lock: bool = False) -> Pasted | None:
    """A list, locked where it is about to be settled."""
    statement = select(PastedListRow).where(col(PastedListRow.id) == number)
    if lock:
        statement = statement.with_for_update().execution_options(populate_existing=True)
    row = session.exec(statement).first()
    return _to_domain(row) if row else None


def from_source(session: Session, group_id: int, source_key: str) -> Pasted | None:
    """The list that a message was read as."""
    row = session.exec(
        select(PastedListRow).where(
            col(PastedListRow.group_id) == group_id, col(PastedListRow.source_key) == source_key
        )
    ).first()
    return _to_domain(row) if row else None


def settle(session: Session, kept: Pasted, became: Mapping[int, int | None]) -> Pasted:
    """These proposals became these items, or were left out."""
    row = session.get_one(PastedListRow, kept.id)
    settled = {**kept.settled, **became}
    row.settled = {str(line): item for line, item in sorted(settled.items())}
    session.add(row)
    session.flush()
    return _to_domain(row)


def reread(session: Session, kept: Pasted, *, words: TextRow, read_on: date) -> Pasted:
    """Its message was edited before anything was settled: it is read from its new words."""
    if words.id is None:
        raise AssertionError("Kept words have a number.")
    row = session.get_one(PastedListRow, kept.id)
    row.words_id, row.read_on = words.id, read_on
    session.add(row)
    session.flush()
    return _to_domain(row)
