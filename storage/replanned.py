"""Which items a change of somebody's days may touch: found by an index, a page at a time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlmodel import Session, col, select

from storage.rows import ItemRow, NudgeRow, OutboxRow

Place = tuple[int, int]
"""An item's owner and its number."""


def page(session: Session, owner_ids: Iterable[int], *, after: Place, limit: int) -> list[Place]:
    """Items of these owners that have a day on which they come due, by owner and number."""
    owner, number = after
    rows = session.exec(
        select(ItemRow.owner_id, ItemRow.id)
        .where(
            col(ItemRow.owner_id).in_([one for one in sorted(owner_ids) if one >= owner]),
            (col(ItemRow.owner_id) > owner) | (col(ItemRow.id) > number),
            col(ItemRow.next_nudge_on).is_not(None),
        )
        .order_by(col(ItemRow.owner_id), col(ItemRow.id))
        .limit(limit)
    )
    return [(owner_id, item_id) for owner_id, item_id in rows if item_id is not None]


def owing(session: Session, numbers: Sequence[int]) -> list[int]:
    """Those of these items about which a message is owed that has not gone."""
    rows = session.exec(
        select(NudgeRow.item_id)
        .join(OutboxRow, col(OutboxRow.id) == col(NudgeRow.outbox_id))
        .where(
            col(NudgeRow.item_id).in_(list(numbers)),
            col(OutboxRow.state).in_(("owed", "by_hand")),
        )
        .distinct()
    )
    return sorted(rows)
