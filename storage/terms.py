"""What an item says and whose it is, entered anew."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session

from storage import entries, histories
from storage.rows import ItemRow, ItemTermsRow


def change(
    session: Session,
    item_id: int,
    *,
    title: str,
    owner_id: int,
    supporters: Sequence[int],
    by_id: int | None,
    now: datetime,
) -> None:
    """Give an item these terms from now on; a new owner has not accepted it yet.

    Call `items.refresh` after.
    """
    row = session.get_one(ItemRow, item_id)
    last = histories.of_item(session, item_id).terms[-1]
    entries.add(
        session,
        ItemTermsRow(
            group_id=row.group_id,
            item_id=item_id,
            title=title,
            owner_id=owner_id,
            supporters=list(supporters),
            accepted_at=last.accepted_at if last.owner_id == owner_id else None,
            publish=last.publish,
            at=now,
            recorded_at=now,
            by_id=by_id,
        ),
    )
