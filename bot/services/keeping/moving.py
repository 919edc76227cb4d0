"""A new date: put right before anybody agreed to the first, afterwards decided (rules 3 to 5)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.domain.deadlines import Deadline
from bot.domain.forms import FieldError
from bot.domain.people import Account, Directory, Role
from bot.domain.register import ActionItem, Decision, History
from bot.domain.text import GuardedText
from bot.services import date_changes, date_decisions, promises
from bot.services.intake import Arrival, Desk
from bot.services.keeping import owning
from storage import audit, histories, items, words
from storage import date_changes as rows
from storage.database import Session


@dataclass(frozen=True, kw_only=True)
class Moved:
    """An item after a new date was given: it is in force, or waits on whoever `decider` is."""

    item: ActionItem
    decider: Role | None = None


def move_date(
    session: Session,
    directory: Directory,
    item: ActionItem,
    new: Deadline,
    *,
    by_id: int,
    now: datetime,
    reason: GuardedText | None = None,
) -> Moved:
    """Give an item a new date, as rules 3 to 5 allow.

    Before anybody agreed to the first date the secretariat puts it right. Afterwards it is a date
    change: the secretariat's own decision inside every promise and on what it does not own, else
    a request to whoever decides. A date change needs its reason. The date it has already changes
    nothing.
    """
    desk = _desk(session, directory, by_id, now)
    history = histories.of_item(session, item.id)
    if new.latest is not None and new.latest == item.due_on:
        return Moved(item=item)
    if not frozen(history) and desk.is_a(Role.SECRETARIAT):
        return Moved(item=put_right(session, directory, item, new, by_id=by_id, now=now))
    if not reason:
        raise FieldError(
            "reason", "Say why the date moves: whoever reads the register later will ask."
        )
    if new.latest is None:
        raise FieldError(
            "date", "Say which day it moves to: a date that was agreed is not taken away."
        )
    if _decides_alone(desk, item, new):
        return Moved(item=_decided(desk, item, history, new, reason))
    decider = Role(promises.decider_of(desk, item, new))
    date_changes.request(desk, item, new, reason=reason.text, text=reason)
    return Moved(item=items.get(session, item.id), decider=decider)


def frozen(history: History) -> bool:
    """Whether the first date has been agreed: accepted, promised, worked on or moved before."""
    accepted = any(held.accepted_at is not None for held in history.terms)
    return bool(
        accepted or history.commitments or history.updates or len(history.deadlines) > 1
    ) or any(change.decision is Decision.AGREED for change in history.date_changes)


def _desk(session: Session, directory: Directory, by_id: int, now: datetime) -> Desk:
    """The front desk as if this person stood before it."""
    person = directory.people[by_id]
    account = person.accounts[0] if person.accounts else Account(team_id="", user_id="")
    return Desk(
        session=session,
        group=directory.group,
        person=person,
        directory=directory,
        now=now,
        arrival=Arrival(key=f"keeping:{by_id}", kind="keeping", account=account),
        answered=None,
    )


def put_right(
    session: Session,
    directory: Directory,
    item: ActionItem,
    new: Deadline,
    *,
    by_id: int,
    now: datetime,
) -> ActionItem:
    """Another first date, before anybody has agreed to one."""
    items.restate_original(session, item, new, by_id=by_id, now=now)
    changed = items.refresh(session, item.id)
    owning.plan(session, directory, changed, now=now)
    audit.record(
        session,
        "first date put right",
        f"item:{item.id}",
        group_id=item.group_id,
        by_id=by_id,
        now=now,
    )
    return changed


def _decides_alone(desk: Desk, item: ActionItem, new: Deadline) -> bool:
    """Rules 4 and 5: inside the promise the secretariat, for what is somebody else's."""
    return (
        desk.is_a(Role.SECRETARIAT)
        and desk.person.id != item.owner_id
        and not promises.broken_by(desk, item, new)
    )


def _decided(
    desk: Desk, item: ActionItem, history: History, new: Deadline, reason: GuardedText
) -> ActionItem:
    """The request and the secretariat's decision in one; what waited is replaced by it."""
    session = desk.session
    if (pending := history.pending_change) is not None:
        date_decisions.close(
            desk, item, pending, Decision.WITHDRAWN, reason="replaced by a later decision"
        )
    kept = words.keep(session, reason, group_id=desk.group.id)
    change_id = rows.add(
        session,
        group_id=desk.group.id,
        item_id=item.id,
        old_latest_on=item.due_on,
        new=new,
        reason=reason.text,
        decider=Role.SECRETARIAT.value,
        words=kept,
        by_id=desk.person.id,
        now=desk.now,
    )
    change = rows.get(session, change_id)
    if change is None:
        raise AssertionError("A request that was just entered can be read.")
    rows.decide(
        session,
        change,
        Decision.AGREED,
        group_id=desk.group.id,
        by_id=desk.person.id,
        reason="",
        write_now=False,
        now=desk.now,
    )
    rows.move(session, change, group_id=desk.group.id, by_id=desk.person.id, now=desk.now)
    changed = items.refresh(session, item.id)
    owning.plan(session, desk.directory, changed, now=desk.now)
    desk.audited("date moved", f"item:{item.id}", words=kept, change=change_id)
    return changed
