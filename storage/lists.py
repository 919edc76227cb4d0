"""Lists of items and their counts, for status, digests and Home; cheap at 100,000 items.

Every count and every page is read from `ix_action_item_standing`; pages go by key, never by
offset, and nobody's history is loaded.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import and_, case
from sqlmodel import Session, col, func, select

from bot.domain.register import ActionItem, Delivery
from storage import items
from storage.rows import ItemLinkRow, ItemRow

SOON = timedelta(days=14)
ACTIVE = (Delivery.NOT_STARTED, Delivery.IN_PROGRESS)

Key = tuple[date, int]


class Section(StrEnum):
    """Where an item belongs in a list; each stands in exactly one, so that counts add up."""

    OVERDUE = "overdue"
    DUE = "due"
    LATER = "later"
    UNDATED = "undated"
    CLAIMED = "claimed"
    PAUSED = "paused"
    COMPLETE = "complete"
    WITHDRAWN = "withdrawn"


CLOSED = (Section.COMPLETE, Section.WITHDRAWN)


@dataclass(frozen=True, kw_only=True)
class Scope:
    """Which items of a group: all, those of some owners, or those that answer something."""

    group_id: int
    owner_ids: tuple[int, ...] | None = None
    answers: tuple[str, int] | None = None

    @property
    def is_whole(self) -> bool:
        """Whether nothing narrows it."""
        return self.owner_ids is None and self.answers is None


@dataclass(frozen=True)
class Counts:
    """How many items stand in each section."""

    by_section: dict[Section, int]

    def __getitem__(self, section: Section) -> int:
        return self.by_section[section]

    @property
    def open(self) -> int:
        """Items that still ask something of somebody."""
        return self.total - sum(self.by_section[section] for section in CLOSED)

    @property
    def total(self) -> int:
        """Every item there ever was."""
        return sum(self.by_section.values())


def counts(session: Session, scope: Scope, *, today: date) -> Counts:
    """How many items stand in each section, in one statement."""
    sections = list(Section)
    belongs = [_belongs(section, today) for section in sections]
    statement: Any
    if scope.is_whole:
        # A count by itself is a range of the index; one sum over all of them reads every row.
        each = select(func.count()).select_from(ItemRow).where(*_in(scope))
        statement = select(*[each.where(where).scalar_subquery() for where in belongs])
    else:
        sums: list[Any] = [func.sum(case((where, 1), else_=0)) for where in belongs]
        statement = select(*sums).where(*_in(scope))
    row = session.exec(statement).one()
    return Counts({section: number or 0 for section, number in zip(sections, row, strict=True)})


def page(
    session: Session,
    scope: Scope,
    section: Section,
    *,
    today: date,
    after_id: int | None = None,
    limit: int = 15,
) -> list[ActionItem]:
    """The items of a section by deadline, those after an item, `limit` at most."""
    after = _key(session.get_one(ItemRow, after_id)) if after_id is not None else None
    shape = _shape(section, today)
    runs = [
        _run(session, (*_in(scope), *shape.where(delivery)), dated, after=after, limit=limit)
        for delivery in shape.deliveries
        for dated in shape.dated
    ]
    rows = sorted((row for run in runs for row in run), key=_key)
    return [items.from_row(row) for row in rows[:limit]]


def open_items(
    session: Session, scope: Scope, *, after_id: int | None = None, limit: int = 15
) -> list[ActionItem]:
    """The open items of a narrow scope by deadline, those after an item, `limit` at most."""
    after = _key(session.get_one(ItemRow, after_id)) if after_id is not None else None
    where = (*_in(scope), col(ItemRow.verified).is_(False))
    return items.listed(session, scope.group_id, *where, after=after, limit=limit)


def by_refs(session: Session, group_id: int, refs: Sequence[str]) -> ActionItem | None:
    """The item with the first of these references that there is."""
    rows = session.exec(
        select(ItemRow).where(col(ItemRow.group_id) == group_id, col(ItemRow.ref).in_(refs))
    ).all()
    found = {row.ref: row for row in rows}
    return next((items.from_row(found[ref]) for ref in refs if ref in found), None)


def named(session: Session, item_ids: Iterable[int]) -> dict[int, ActionItem]:
    """These items, by their id."""
    wanted = sorted(set(item_ids))
    if not wanted:
        return {}
    rows = session.exec(select(ItemRow).where(col(ItemRow.id).in_(wanted)))
    return {row.id: items.from_row(row) for row in rows if row.id is not None}


def _key(row: ItemRow) -> Key:
    return (row.due_latest_on or date.max, row.number)


def _in(scope: Scope) -> tuple[Any, ...]:
    where: list[Any] = [col(ItemRow.group_id) == scope.group_id]
    if scope.owner_ids is not None:
        where.append(col(ItemRow.owner_id).in_(scope.owner_ids))
    if scope.answers is not None:
        where.append(col(ItemRow.id).in_(_answering(*scope.answers)))
    return tuple(where)


def _answering(kind: str, target_id: int) -> Any:
    """The items linked to a target by links that stand; a link and its retraction share it."""
    same = (col(ItemLinkRow.target_id) == target_id, col(ItemLinkRow.kind) == kind)
    superseded = col(ItemLinkRow.supersedes_id)
    gone = select(superseded).where(*same, superseded.is_not(None))
    return select(ItemLinkRow.item_id).where(
        *same, col(ItemLinkRow.retracts).is_(False), col(ItemLinkRow.id).not_in(gone)
    )


@dataclass(frozen=True, kw_only=True)
class _Shape:
    """A section as stretches of the index: deliveries, whether verified, and the days within."""

    deliveries: tuple[Delivery, ...]
    verified: bool = False
    within: tuple[Any, ...] = ()
    dated: tuple[bool, ...] = (True, False)

    def where(self, *deliveries: Delivery) -> tuple[Any, ...]:
        """The condition, spelled so that the index answers it."""
        delivery = col(ItemRow.delivery)
        one_of = [each.value for each in deliveries]
        chosen = delivery == one_of[0] if len(one_of) == 1 else delivery.in_(one_of)
        return (chosen, col(ItemRow.verified).is_(self.verified), *self.within)


def _shape(section: Section, today: date) -> _Shape:
    due, horizon = col(ItemRow.due_latest_on), today + SOON
    match section:
        case Section.OVERDUE:
            return _Shape(deliveries=ACTIVE, within=(due < today,), dated=(True,))
        case Section.DUE:
            within = (due >= today, due <= horizon)
            return _Shape(deliveries=ACTIVE, within=within, dated=(True,))
        case Section.LATER:
            return _Shape(deliveries=ACTIVE, within=(due > horizon,), dated=(True,))
        case Section.UNDATED:
            return _Shape(deliveries=ACTIVE, within=(due.is_(None),), dated=(False,))
        case Section.CLAIMED:
            return _Shape(deliveries=(Delivery.COMPLETE,))
        case Section.PAUSED:
            return _Shape(deliveries=(Delivery.PAUSED,))
        case Section.COMPLETE:
            return _Shape(deliveries=(Delivery.COMPLETE,), verified=True)
        case Section.WITHDRAWN:
            return _Shape(deliveries=(Delivery.WITHDRAWN, Delivery.SUPERSEDED))


def _belongs(section: Section, today: date) -> Any:
    shape = _shape(section, today)
    return and_(*shape.where(*shape.deliveries))


def _run(
    session: Session, where: tuple[Any, ...], dated: bool, *, after: Key | None, limit: int
) -> Iterable[ItemRow]:
    """One stretch of the index in its own order."""
    due, number = col(ItemRow.due_latest_on), col(ItemRow.number)
    if not dated:
        where = (*where, due.is_(None))
        if after is not None and after[0] == date.max:
            where = (*where, number > after[1])
        return session.exec(select(ItemRow).where(*where).order_by(number).limit(limit))
    if after is not None:
        if after[0] == date.max:
            return ()
        later = (due > after[0]) | (number > after[1])
        where = (*where, due >= after[0], later)
    chosen = select(ItemRow).where(*where, due.is_not(None))
    return session.exec(chosen.order_by(due, number).limit(limit))
