"""What moved since an instant: dates, claims, verification, status, owners, new items."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.domain.deadlines import long_date
from bot.domain.people import Directory
from bot.domain.reasons import reported
from bot.domain.register import (
    ActionItem,
    DateChange,
    Decision,
    Delivery,
    History,
    position,
)
from bot.services import say as words
from storage import histories, reports
from storage.database import Session

BATCH = 50


@dataclass(frozen=True, kw_only=True)
class Line:
    """One item and what became of it, in words."""

    item: ActionItem
    told: str


def since(session: Session, directory: Directory, *, since: datetime) -> list[Line]:
    """One line for each item that stands otherwise than was known then, by number."""
    touched = reports.touched(session, directory.group.id, since=since)
    found: list[Line] = []
    for start in range(0, len(touched), BATCH):
        numbers = touched[start : start + BATCH]
        earlier = histories.of_items(session, numbers, known_at=since)
        before = {history.item_id: position(history) for history in earlier}
        for history in histories.of_items(session, numbers):
            item = position(history)
            told = _told(directory, before.get(item.id), item, history, since=since)
            if told:
                found.append(Line(item=item, told="; ".join(told)))
    return found


def _told(
    directory: Directory,
    before: ActionItem | None,
    item: ActionItem,
    history: History,
    *,
    since: datetime,
) -> list[str]:
    owner = directory.people[item.owner_id].label
    if before is None:
        return [f"new, with {owner}, {words.due(item.due)}"]
    told = [*_dates(directory, history, since=since)]
    if before.owner_id != item.owner_id:
        told.append(f"now with {owner}, was with {directory.people[before.owner_id].label}")
    if item.verified and not before.verified:
        proof = history.evidence_verified
        by = words.named(directory, proof.verified_by) if proof else ""
        told.append(f"complete: {by} has verified the evidence")
    elif item.delivery is Delivery.COMPLETE and before.delivery is not Delivery.COMPLETE:
        told.append(f"{owner} reports it complete; the evidence is not yet verified")
    elif words.standing(item) != words.standing(before):
        was = f"was {words.standing(before)}" if before.status_at else "nothing was reported before"
        told.append(f"now {words.standing(item)}, {was}")
    return told


def _dates(directory: Directory, history: History, *, since: datetime) -> list[str]:
    """Date changes decided since, with who decided and the reason asked with."""
    told = []
    for change in history.date_changes:
        if change.decided_at is None or change.decided_at <= since:
            continue
        by = words.named(directory, change.decided_by)
        old = long_date(change.old_latest_on) if change.old_latest_on else "no date"
        new = words.new_date(change.new)
        said = words.shortened(_reason(change)).rstrip(".")
        if not change.moves:
            if change.decision is Decision.AGREED:
                told.append(f"the reason for its date is now given as: {said}, agreed by {by}")
        elif change.decision is Decision.AGREED:
            because = f", because: {said}" if said else ""
            told.append(f"its date moved from {old} to {new}, agreed by {by}{because}")
        elif change.decision is Decision.REFUSED:
            refusal = words.shortened(change.decision_reason).rstrip(".")
            why = f": {refusal}" if refusal else ""
            told.append(f"a move from {old} to {new} was refused by {by}{why}")
    return told


def _reason(change: DateChange) -> str:
    """The reason alone where it can be told from the rest of what was written."""
    return reported(change.reason, asked=change.new.words) or change.reason
