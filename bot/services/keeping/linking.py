"""What an item answers and waits on; no circle, and no promise left without an answer."""

from __future__ import annotations

from datetime import datetime

from bot.domain import blocking
from bot.domain.diaries import local_day
from bot.domain.errors import UserError
from bot.domain.people import Directory, Role
from bot.domain.register import ActionItem
from bot.services import planning, say
from storage import audit, commitments, histories, items, links
from storage.database import Session

COMMITMENT, RECOMMENDATION, WAITS_ON = "commitment", "recommendation", "waits_on"


def link(
    session: Session,
    directory: Directory,
    item: ActionItem,
    kind: str,
    target_id: int,
    *,
    by_id: int | None,
    now: datetime,
) -> ActionItem:
    """Say what an item answers (`commitment`, `recommendation`) or `waits_on`; once is enough.

    Raises UserError where an item would wait on itself, however many are between.
    """
    if links.stands(session, item.id, kind, target_id):
        return item
    if kind == WAITS_ON:
        _refuse_circle(session, item, target_id)
    items.link(session, item, kind, target_id, by_id=by_id, now=now)
    return _changed(session, directory, item, by_id=by_id, now=now)


def unlink(
    session: Session,
    directory: Directory,
    item: ActionItem,
    kind: str,
    target_id: int,
    *,
    by_id: int | None,
    now: datetime,
) -> ActionItem:
    """End a link; one that does not stand changes nothing.

    Raises UserError where nothing else would answer a promise and no chair decides it (rule 4).
    """
    if not links.stands(session, item.id, kind, target_id):
        return item
    if kind == COMMITMENT:
        _keep_answered(session, directory, item, target_id, by_id=by_id, now=now)
    links.end(session, item, kind, target_id, by_id=by_id, now=now)
    return _changed(session, directory, item, by_id=by_id, now=now)


def _changed(
    session: Session, directory: Directory, item: ActionItem, *, by_id: int | None, now: datetime
) -> ActionItem:
    """What answers a promise, and what does so no longer, may stand on another ladder."""
    changed = items.refresh(session, item.id)
    planning.reladder(session, directory, changed, now=now)
    audit.record(
        session,
        "links changed",
        f"item:{item.id}",
        group_id=item.group_id,
        by_id=by_id,
        now=now,
    )
    return changed


def _refuse_circle(session: Session, item: ActionItem, target_id: int) -> None:
    way = blocking.path(links.blockers(session, item.group_id), target_id, item.id)
    if not way:
        return
    if len(way) == 1:
        raise UserError(f"{item.ref} cannot wait on itself: name the item that holds it up.")
    refs = [items.get(session, number).ref for number in (item.id, *way)]
    chain = ", which waits on ".join(refs[1:])
    raise UserError(
        f"That would go round in a circle: {refs[0]} waits on {chain}. Take one of these links "
        "away first."
    )


def _keep_answered(
    session: Session,
    directory: Directory,
    item: ActionItem,
    commitment_id: int,
    *,
    by_id: int | None,
    now: datetime,
) -> None:
    others = [
        other
        for number in links.answering(session, item.group_id, commitment_id)
        if number != item.id and (other := items.get(session, number)).is_open
    ]
    if others:
        return
    if by_id is not None:
        day = local_day(directory.people[by_id], now)
        if directory.has_role(by_id, Role.CHAIR, Role.DEPUTY_CHAIR, on=day):
            return
    refs = [c.ref for c in commitments.of_group(session, item.group_id) if c.id == commitment_id]
    raise UserError(
        f"Nothing else answers the promise {say.listed(refs)}: link another open item to it "
        f"first, or have the chair take it from {item.ref}."
    )


def names(session: Session, item: ActionItem) -> list[tuple[str, int, str]]:
    """What an item answers and waits on: kind, number and reference, in that order."""
    history = histories.of_item(session, item.id)
    promised = {c.id: c.ref for c in commitments.of_group(session, item.group_id)}
    asked = {r.id: r.ref for r in commitments.recommendations(session, item.group_id)}
    found = [(COMMITMENT, n, promised.get(n, "a promise")) for n in history.commitments]
    found += [(RECOMMENDATION, n, asked.get(n, "?")) for n in history.recommendations]
    found += [(WAITS_ON, n, items.get(session, n).ref) for n in history.waits_on]
    return found
