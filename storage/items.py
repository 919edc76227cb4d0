"""Action items: written as entries, with the position now kept in columns."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlmodel import Session, col, func, select

from bot.domain.deadlines import Deadline
from bot.domain.errors import UserError
from bot.domain.register import ActionItem, Confidence, Delivery, position
from storage import deadlines, entries, histories
from storage.rows import ItemDeadlineRow, ItemLinkRow, ItemRow, ItemTermsRow

OPEN = ("not_started", "in_progress", "complete", "paused")


def from_row(row: ItemRow) -> ActionItem:
    """The item as its columns say it stands now."""
    if row.id is None:
        raise AssertionError("A stored item has a number.")
    return ActionItem(
        id=row.id,
        group_id=row.group_id,
        ref=row.ref,
        title=row.title,
        owner_id=row.owner_id,
        raised_on=row.raised_on,
        due=deadlines.load(row.deadline_json),
        original_latest_on=row.original_latest_on,
        delivery=Delivery(row.delivery),
        claimed=Confidence(row.claimed) if row.claimed else None,
        blocked=row.blocked,
        verified=row.verified,
        slips=row.slips,
        status_at=row.status_at,
        status_words=row.status_words,
        version=row.version,
    )


def insert(
    session: Session,
    *,
    group_id: int,
    ref: str | None,
    title: str,
    owner_id: int,
    due: Deadline,
    raised_on: date,
    by_id: int | None,
    now: datetime,
    supporters: Sequence[int] = (),
    accepted_at: datetime | None = None,
) -> ActionItem:
    """Put an item on the register; `ref` is the next `A-nn` where none is given."""
    number = _next_number(session, group_id)
    row = ItemRow(
        group_id=group_id,
        ref=ref or f"A-{number:02d}",
        number=number,
        raised_on=raised_on,
        title=title,
        owner_id=owner_id,
        anchored=due.anchored is not None,
        **deadlines.columns(due),
    )
    session.add(row)
    session.flush()
    item = from_row(row)
    said: dict[str, Any] = {
        "group_id": group_id,
        "item_id": item.id,
        "at": now,
        "recorded_at": now,
        "by_id": by_id,
    }
    terms: dict[str, Any] = {"title": title, "owner_id": owner_id, "supporters": list(supporters)}
    entries.add(session, ItemTermsRow(accepted_at=accepted_at, **terms, **said))
    entries.add(session, ItemDeadlineRow(original=True, **deadlines.columns(due), **said))
    return refresh(session, item.id, bump=False)


def _next_number(session: Session, group_id: int) -> int:
    highest = select(func.max(ItemRow.number)).where(col(ItemRow.group_id) == group_id)
    return 1 + (session.exec(highest).one() or 0)


def link(
    session: Session,
    item: ActionItem,
    kind: str,
    target_id: int,
    *,
    by_id: int | None,
    now: datetime,
) -> None:
    """Say what an item answers or waits on: `commitment`, `recommendation` or `waits_on`."""
    entries.add(
        session,
        ItemLinkRow(
            group_id=item.group_id,
            item_id=item.id,
            kind=kind,
            target_id=target_id,
            at=now,
            recorded_at=now,
            by_id=by_id,
        ),
    )


def accept(session: Session, item: ActionItem, *, by_id: int, now: datetime) -> None:
    """The owner accepts the item: its terms stand again, with the day of the acceptance."""
    terms = histories.of_item(session, item.id).terms[-1]
    entries.add(
        session,
        ItemTermsRow(
            group_id=item.group_id,
            item_id=item.id,
            title=terms.title,
            owner_id=terms.owner_id,
            supporters=list(terms.supporters),
            publish=terms.publish,
            accepted_at=now,
            at=now,
            recorded_at=now,
            by_id=by_id,
        ),
    )


def restate_original(
    session: Session, item: ActionItem, due: Deadline, *, by_id: int | None, now: datetime
) -> None:
    """Put the first date right before anybody agreed to it. Call `refresh` after."""
    row = entries.standing(session, ItemDeadlineRow, col(ItemDeadlineRow.item_id) == item.id)[0]
    entries.add(
        session,
        ItemDeadlineRow(
            group_id=item.group_id,
            item_id=item.id,
            original=True,
            at=now,
            recorded_at=now,
            by_id=by_id,
            supersedes_id=row.id,
            **deadlines.columns(due),
        ),
    )


def lock(session: Session, item_id: int) -> ActionItem:
    """The item, locked for a change."""
    row = session.exec(
        select(ItemRow)
        .where(col(ItemRow.id) == item_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).first()
    if row is None:
        raise UserError("That item is not on the register any more: `/status` lists what is.")
    return from_row(row)


def refresh(session: Session, item_id: int, *, bump: bool = True) -> ActionItem:
    """Fold the item's entries again into its columns; `bump` raises its version."""
    row = session.get_one(ItemRow, item_id)
    item = position(histories.of_item(session, item_id))
    row.title, row.owner_id = item.title, item.owner_id
    row.delivery, row.claimed = item.delivery.value, item.claimed and item.claimed.value
    row.blocked, row.verified, row.slips = item.blocked, item.verified, item.slips
    row.original_latest_on = item.original_latest_on
    row.status_at, row.status_words = item.status_at, item.status_words
    row.anchored = item.due.anchored is not None
    for name, value in deadlines.columns(item.due).items():
        setattr(row, name, value)
    row.version += bump
    session.add(row)
    session.flush()
    return from_row(row)


def get(session: Session, item_id: int) -> ActionItem:
    """The item as it stands now."""
    return from_row(session.get_one(ItemRow, item_id))


def by_ref(session: Session, group_id: int, ref: str) -> ActionItem | None:
    """The item with this reference, whatever its case and leading noughts."""
    row = session.exec(
        select(ItemRow).where(
            col(ItemRow.group_id) == group_id, func.upper(ItemRow.ref) == ref.upper()
        )
    ).first()
    return from_row(row) if row else None


def listed(
    session: Session,
    group_id: int,
    *where: Any,
    after: tuple[date, int] | None = None,
    limit: int = 50,
) -> list[ActionItem]:
    """Open items by deadline, a page at a time by key; `after` is (latest day, number)."""
    due = func.coalesce(ItemRow.due_latest_on, date.max)
    statement = select(ItemRow).where(
        col(ItemRow.group_id) == group_id, col(ItemRow.delivery).in_(OPEN), *where
    )
    if after is not None:
        day, number = after
        later = (due > day) | ((due == day) & (col(ItemRow.number) > number))
        statement = statement.where(later)
    rows = session.exec(statement.order_by(due, col(ItemRow.number)).limit(limit))
    return [from_row(row) for row in rows]


def owned(session: Session, owner_ids: Sequence[int]) -> list[ActionItem]:
    """Open items of these people that still ask something of them, by deadline."""
    due = func.coalesce(ItemRow.due_latest_on, date.max)
    rows = session.exec(
        select(ItemRow)
        .where(
            col(ItemRow.owner_id).in_(list(owner_ids)),
            col(ItemRow.delivery).in_(OPEN),
            col(ItemRow.verified).is_(False),
        )
        .order_by(due, col(ItemRow.number))
    )
    return [from_row(row) for row in rows]
