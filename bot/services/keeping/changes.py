"""Changes of the register by whoever keeps it: in a form, in words, from a table or a file.

Each works inside the caller's transaction, enters its rows and owes its audit link; a caller who
changes something for an owner tells them with `recorded.tell_owner`, once for everything.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from bot.domain.deadlines import Deadline
from bot.domain.errors import UserError
from bot.domain.people import Directory
from bot.domain.register import ActionItem
from bot.domain.text import GuardedText
from bot.services.keeping import owning
from bot.services.keeping.linking import link, unlink
from bot.services.keeping.moving import Moved, move_date
from storage import audit, histories, items, terms, words
from storage.database import Session

__all__ = ["Moved", "add", "link", "move_date", "reassign", "retitle", "support", "unlink"]


def add(
    session: Session,
    directory: Directory,
    *,
    title: str,
    owner_id: int,
    due: Deadline,
    raised_on: date,
    by_id: int | None,
    now: datetime,
    supporters: Sequence[int] = (),
    ref: str | None = None,
    told: bool = False,
) -> ActionItem:
    """Put an item on the register; once the group has started its owner is asked to accept it.

    Its nudges begin at the owner's first rung from now. `told` where the caller's
    `recorded.tell_owner` asks whether it is theirs.
    """
    item = items.insert(
        session,
        group_id=directory.group.id,
        ref=ref,
        title=titled(title),
        owner_id=owner_id,
        due=due,
        raised_on=raised_on,
        by_id=by_id,
        now=now,
        supporters=_others(supporters, owner_id),
    )
    owning.plan(session, directory, item, now=now)
    owning.ask(session, directory, item, told=told, now=now)
    _audited(session, item, "added", by_id=by_id, now=now)
    return items.get(session, item.id)


def retitle(
    session: Session,
    directory: Directory,
    item: ActionItem,
    title: str,
    *,
    by_id: int | None,
    now: datetime,
) -> ActionItem:
    """Give an item another title; the same one changes nothing."""
    del directory  # every change takes it, so that callers need not know which uses it
    if titled(title) == item.title:
        return item
    held = histories.of_item(session, item.id).terms[-1]
    terms.change(
        session,
        item.id,
        title=titled(title),
        owner_id=item.owner_id,
        supporters=held.supporters,
        by_id=by_id,
        now=now,
    )
    changed = items.refresh(session, item.id)
    _audited(session, changed, "terms changed", by_id=by_id, now=now)
    return changed


def support(
    session: Session,
    directory: Directory,
    item: ActionItem,
    supporters: Sequence[int],
    *,
    by_id: int | None,
    now: datetime,
) -> ActionItem:
    """These people support an item from now on; the same ones change nothing."""
    del directory
    held = histories.of_item(session, item.id).terms[-1]
    wanted = _others(supporters, item.owner_id)
    if set(wanted) == set(held.supporters):
        return item
    terms.change(
        session,
        item.id,
        title=item.title,
        owner_id=item.owner_id,
        supporters=wanted,
        by_id=by_id,
        now=now,
    )
    changed = items.refresh(session, item.id)
    _audited(session, changed, "terms changed", by_id=by_id, now=now)
    return changed


def reassign(
    session: Session,
    directory: Directory,
    item: ActionItem,
    to_id: int,
    *,
    by_id: int | None,
    now: datetime,
    reason: GuardedText | str = "",
    told: bool = False,
) -> ActionItem:
    """Give an item to somebody else, who has yet to accept it and starts at their first rung.

    What its last owner was asked about it is settled, and they hear whose it is now.
    """
    if to_id == item.owner_id:
        return item
    changed = _owned_by(session, item, to_id, by_id=by_id, now=now)
    owning.plan(session, directory, changed, now=now)
    owning.release(session, directory, changed, by_id=by_id, now=now)
    if changed.is_open:
        owning.ask(session, directory, changed, told=told, now=now)
    owning.tell_former(
        session,
        directory,
        changed,
        former_id=item.owner_id,
        by_id=by_id,
        reason=str(reason).strip(),
        now=now,
    )
    _audit_reassigned(session, changed, reason, by_id=by_id, now=now)
    return changed


def _owned_by(
    session: Session, item: ActionItem, to_id: int, *, by_id: int | None, now: datetime
) -> ActionItem:
    """The item under another owner, who supports it no longer where they did."""
    held = histories.of_item(session, item.id).terms[-1]
    terms.change(
        session,
        item.id,
        title=item.title,
        owner_id=to_id,
        supporters=_others(held.supporters, to_id),
        by_id=by_id,
        now=now,
    )
    return items.refresh(session, item.id)


def _audit_reassigned(
    session: Session,
    item: ActionItem,
    reason: GuardedText | str,
    *,
    by_id: int | None,
    now: datetime,
) -> None:
    said = isinstance(reason, GuardedText) and reason
    audit.record(
        session,
        "reassigned",
        f"item:{item.id}",
        group_id=item.group_id,
        by_id=by_id,
        now=now,
        words=words.keep(session, said, group_id=item.group_id) if said else None,
        to=item.owner_id,
    )


def titled(title: str) -> str:
    """A title on one line. UserError where there is none."""
    line = " ".join(title.split())
    if not line:
        raise UserError("Give the action item a title: what is to be done.")
    return line


def _others(supporters: Sequence[int], owner_id: int) -> list[int]:
    return [number for number in dict.fromkeys(supporters) if number != owner_id]


def _audited(
    session: Session, item: ActionItem, action: str, *, by_id: int | None, now: datetime
) -> None:
    audit.record(session, action, f"item:{item.id}", group_id=item.group_id, by_id=by_id, now=now)
