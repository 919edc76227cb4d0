"""Letters that have to go by a day, with the days on which each step before it begins."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from bot.domain.drafts import StoredLetter
from bot.domain.letter_plans import LetterPlan, Step
from bot.domain.people import LONDON
from bot.domain.register import ActionItem
from bot.domain.rungs import LETTER_KEY
from storage import entries
from storage.items import from_row
from storage.rows import ItemLinkRow, ItemRow, LetterDueRow


@dataclass(frozen=True, kw_only=True)
class LetterDue:
    """A letter due to one audience, on its plan, until one has gone."""

    id: int
    group_id: int
    audience: str
    plan: LetterPlan
    opened_at: datetime


def open_one(
    session: Session, plan: LetterPlan, *, group_id: int, audience: str, now: datetime
) -> LetterDue:
    """A letter is due to an audience from now on."""
    row = LetterDueRow(
        group_id=group_id,
        audience=audience,
        send_on=plan.send_on,
        clear_on=plan.clear_on,
        draft_on=plan.draft_on,
        updates_on=plan.updates_on,
        breaks=plan.breaks.value if plan.breaks else None,
        opened_at=now,
    )
    session.add(row)
    session.flush()
    return _to_domain(row)


def unsettled(session: Session, group_id: int) -> list[LetterDue]:
    """The letters due that have not gone, the nearest first."""
    rows = session.exec(
        select(LetterDueRow)
        .where(col(LetterDueRow.group_id) == group_id, col(LetterDueRow.settled_at).is_(None))
        .order_by(col(LetterDueRow.send_on), col(LetterDueRow.id))
    )
    return [_to_domain(row) for row in rows]


def settle(session: Session, due: LetterDue, *, letter_id: int | None, now: datetime) -> None:
    """It has gone with this letter, or is due no more."""
    row = session.get_one(LetterDueRow, due.id)
    row.settled_at, row.letter_id = now, letter_id
    session.add(row)


def later(session: Session, letter: StoredLetter, *, on: date) -> bool:
    """Whether a letter to this audience has a sending day that is still to come."""
    found = unsettled(session, letter.group_id)
    return any(due.audience == letter.audience and due.plan.send_on > on for due in found)


def ask(session: Session, due: LetterDue, item_ids: Sequence[int]) -> None:
    """The last updates of these items are asked for from the day on that the plan says."""
    on, key = due.plan.updates_on, _key(due)
    for number in item_ids:
        row = session.get_one(ItemRow, number)
        row.letters = [*(row.letters or []), [key, on.isoformat()]]
        if row.ladder is not None:
            row.next_nudge_on = min(row.next_nudge_on or on, on)
        session.add(row)
    session.flush()


def ask_no_more(session: Session, due: LetterDue) -> None:
    """Nobody is asked for a last update for this letter any longer."""
    rows = session.exec(
        select(ItemRow).where(
            col(ItemRow.group_id) == due.group_id, col(ItemRow.letters).is_not(None)
        )
    )
    for row in rows:
        _drop(session, row, {_key(due)})


def asked_already(session: Session, item_id: int, keys: Set[str]) -> None:
    """These of an item's last updates were asked for, and are not asked for again."""
    _drop(session, session.get_one(ItemRow, item_id), keys)


def _drop(session: Session, row: ItemRow, keys: Set[str]) -> None:
    row.letters = [pair for pair in row.letters or [] if pair[0] not in keys] or None
    session.add(row)
    session.flush()


def _key(due: LetterDue) -> str:
    return f"{LETTER_KEY}{due.id}"


def reported(session: Session, group_id: int) -> list[int]:
    """The open items that letters report on: they answer a promise or a recommendation."""
    answering = entries.standing(
        session,
        ItemLinkRow,
        col(ItemLinkRow.group_id) == group_id,
        col(ItemLinkRow.kind).in_(("commitment", "recommendation")),
    )
    numbers = {row.item_id for row in answering}
    return sorted(row.id for row in _open_items(session, group_id) if row.id in numbers)


def silent(session: Session, group_id: int, *, since: date) -> list[ActionItem]:
    """Of these, those of which nothing has been said since a day, by deadline."""
    numbers = set(reported(session, group_id))
    found = [
        row
        for row in _open_items(session, group_id)
        if row.id in numbers
        and (row.status_at is None or row.status_at.astimezone(LONDON).date() < since)
    ]
    found.sort(key=lambda row: (row.due_latest_on or date.max, row.id))
    return [from_row(row) for row in found]


def _open_items(session: Session, group_id: int) -> list[ItemRow]:
    rows = session.exec(
        select(ItemRow).where(
            col(ItemRow.group_id) == group_id,
            col(ItemRow.delivery).in_(("not_started", "in_progress")),
        )
    )
    return list(rows)


def _to_domain(row: LetterDueRow) -> LetterDue:
    if row.id is None:
        raise AssertionError("A stored letter due has a number.")
    return LetterDue(
        id=row.id,
        group_id=row.group_id,
        audience=row.audience,
        plan=LetterPlan(
            send_on=row.send_on,
            clear_on=row.clear_on,
            draft_on=row.draft_on,
            updates_on=row.updates_on,
            breaks=Step(row.breaks) if row.breaks else None,
        ),
        opened_at=row.opened_at,
    )
