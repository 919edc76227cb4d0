"""The ladder that somebody chose for an item, and whether it answers what a letter promised."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session, col

from bot.domain.register import ActionItem
from storage import entries
from storage.rows import ItemLadderRow, ItemLinkRow


def choose(
    session: Session, item: ActionItem, ladder: str | None, *, by_id: int | None, now: datetime
) -> None:
    """From now on an item stands on this ladder; on the group's own choice where it is null."""
    entries.add(
        session,
        ItemLadderRow(
            group_id=item.group_id,
            item_id=item.id,
            ladder=ladder,
            at=now,
            recorded_at=now,
            by_id=by_id,
        ),
    )


def chosen(session: Session, item_id: int) -> str | None:
    """The name of the ladder that was chosen last, if one was."""
    rows = entries.standing(session, ItemLadderRow, col(ItemLadderRow.item_id) == item_id)
    return rows[-1].ladder if rows else None


def answers_promise(session: Session, item_id: int) -> bool:
    """Whether an item answers what a letter that was sent has promised."""
    return bool(
        entries.standing(
            session,
            ItemLinkRow,
            col(ItemLinkRow.item_id) == item_id,
            col(ItemLinkRow.kind) == "commitment",
        )
    )
