"""What items answer and wait on, and what ends that."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime

from sqlmodel import Session, col

from bot.domain.register import ActionItem
from storage import entries
from storage.rows import ItemLinkRow


def stands(session: Session, item_id: int, kind: str, target_id: int) -> bool:
    """Whether an item is linked like this now."""
    return bool(_standing(session, item_id, kind, target_id))


def _standing(session: Session, item_id: int, kind: str, target_id: int) -> list[ItemLinkRow]:
    return entries.standing(
        session,
        ItemLinkRow,
        col(ItemLinkRow.item_id) == item_id,
        col(ItemLinkRow.kind) == kind,
        col(ItemLinkRow.target_id) == target_id,
    )


def end(
    session: Session,
    item: ActionItem,
    kind: str,
    target_id: int,
    *,
    by_id: int | None,
    now: datetime,
) -> None:
    """The link is no more, from now on. Call `items.refresh` after."""
    for row in _standing(session, item.id, kind, target_id):
        entries.retract(session, row, by_id=by_id, now=now)


def blockers(session: Session, group_id: int) -> dict[int, list[int]]:
    """Which items each item of a group waits on."""
    rows = entries.standing(
        session,
        ItemLinkRow,
        col(ItemLinkRow.group_id) == group_id,
        col(ItemLinkRow.kind) == "waits_on",
    )
    found: dict[int, list[int]] = defaultdict(list)
    for row in rows:
        found[row.item_id].append(row.target_id)
    return found


def answering(session: Session, group_id: int, commitment_id: int) -> list[int]:
    """The items that answer a promise."""
    rows = entries.standing(
        session,
        ItemLinkRow,
        col(ItemLinkRow.group_id) == group_id,
        col(ItemLinkRow.kind) == "commitment",
        col(ItemLinkRow.target_id) == commitment_id,
    )
    return [row.item_id for row in rows]
