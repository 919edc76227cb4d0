"""In which messages an item can still be answered, or what stands there in place of its buttons."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import delete
from sqlmodel import Session, col, select

from storage.rows import StandingButtonsRow


@dataclass(frozen=True, kw_only=True)
class Shown:
    """An item in a message: by its buttons, or by what was `said` in their place."""

    item_id: int
    outbox_id: int
    said: str | None


def add(session: Session, outbox_id: int, item_ids: Iterable[int]) -> None:
    """A message is owed in which these items have buttons."""
    session.add_all(StandingButtonsRow(item_id=n, outbox_id=outbox_id) for n in item_ids)
    session.flush()


def of_items(session: Session, item_ids: Sequence[int]) -> list[Shown]:
    """Every message in which these items stand, the oldest first."""
    rows = session.exec(
        select(StandingButtonsRow)
        .where(col(StandingButtonsRow.item_id).in_(list(item_ids)))
        .order_by(col(StandingButtonsRow.outbox_id), col(StandingButtonsRow.item_id))
    )
    return [Shown(item_id=r.item_id, outbox_id=r.outbox_id, said=r.said) for r in rows]


def say(session: Session, shown: Shown, words: str) -> None:
    """Its buttons are gone, and these words stand there."""
    row = session.get_one(StandingButtonsRow, (shown.item_id, shown.outbox_id))
    row.said = words
    session.add(row)


def forget(session: Session, shown: Shown) -> None:
    """Nothing that follows changes that message any more."""
    session.exec(
        delete(StandingButtonsRow).where(
            col(StandingButtonsRow.item_id) == shown.item_id,
            col(StandingButtonsRow.outbox_id) == shown.outbox_id,
        )
    )
