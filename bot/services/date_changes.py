"""Asking to move a date: in words, with a reason; until it is decided the old date stands."""

from __future__ import annotations

from datetime import datetime

from bot.domain import dates
from bot.domain.deadlines import Deadline, day_and_date
from bot.domain.messages import Bold, Message, message, say
from bot.domain.people import Person, Role
from bot.domain.reasons import reported
from bot.domain.register import ActionItem, Decision, History
from bot.domain.text import GuardedText
from bot.services import date_decisions, promises, waits
from bot.services import say as wording
from bot.services.date_wording import Asking, decision_message
from bot.services.intake import Desk
from storage import date_changes as rows
from storage import histories, items, words


def read_date(desk: Desk, text: str, item: ActionItem | None = None) -> Deadline:
    """The Deadline in words, read on the person's own day, in their nation."""
    meetings = [m.on for m in desk.directory.meetings if m.on > desk.today]
    return dates.read(
        text,
        on=desk.today,
        nation=desk.person.nation,
        calendar=desk.directory.national_calendar(desk.person.nation),
        current=item.due_on if item else None,
        next_meeting=min(meetings, default=None),
        recesses=desk.directory.recesses,
    )


def asked(desk: Desk, item: ActionItem, new: Deadline) -> Message:
    """The word back to whoever asked: what happens, and what stands until then."""
    decider = Role(promises.decider_of(desk, item, new)).value.replace("_", " ")
    stands = day_and_date(item.due_on) if item.due_on else "no date"
    if new.latest == item.due_on:
        return message(
            say(
                f"{stands} stays the date of ",
                Bold(f"{item.ref} {item.title}"),
                "; I have put the reason, in these words, to the ",
                Bold(decider),
                ".",
            )
        )
    latest = day_and_date(new.latest) if new.latest else new.words
    return message(
        say(
            "I have asked the ",
            Bold(decider),
            " to move ",
            Bold(f"{item.ref} {item.title}"),
            f" to {latest}. Until that is decided {stands} stands.",
        )
    )


def request(
    desk: Desk,
    item: ActionItem,
    new: Deadline,
    *,
    reason: str,
    text: GuardedText | None,
    by_calendar: bool = False,
) -> int | None:
    """Enter a request and put it to whoever decides; nothing where it is the date already.

    The date already may be asked for again in order to give its reason in words that a letter
    can use. A request that still waits is replaced: its asker changed their mind. `by_calendar`
    where nobody asks, but a meeting or recess has moved (rule 3).
    """
    history = histories.of_item(desk.session, item.id)
    if new.latest is None:
        return None
    if new.latest == item.due_on and not _rewords(history, new, reason):
        return None
    if (pending := history.pending_change) is not None:
        date_decisions.close(
            desk, item, pending, Decision.WITHDRAWN, reason="replaced by a later request"
        )
    decider = promises.decider_of(desk, item, new, by_calendar=by_calendar)
    asker = None if by_calendar else desk.person
    change_id = _enter(desk, item, new, asker, reason=reason, text=text, decider=decider)
    item = items.refresh(desk.session, item.id)
    _put(desk, item, history, change_id, new, reason, decider, asker=asker)
    return change_id


def _enter(
    desk: Desk,
    item: ActionItem,
    new: Deadline,
    asker: Person | None,
    *,
    reason: str,
    text: GuardedText | None,
    decider: str,
) -> int:
    kept = words.keep(desk.session, text, group_id=desk.group.id) if text else None
    change_id = rows.add(
        desk.session,
        group_id=desk.group.id,
        item_id=item.id,
        old_latest_on=item.due_on,
        new=new,
        reason=reason,
        decider=decider,
        words=kept,
        by_id=asker.id if asker else None,
        now=desk.now,
    )
    desk.audited(
        "date change asked",
        f"item:{item.id}",
        words=kept,
        change=change_id,
        to=new.latest.isoformat() if new.latest else new.words,
        decider=decider,
    )
    return change_id


def _rewords(history: History, new: Deadline, reason: str) -> bool:
    """Whether the date in force was agreed for reasons no letter can give, and this one can."""
    agreed = [
        change
        for change in history.date_changes
        if change.decision is Decision.AGREED and change.new.latest == new.latest
    ]
    unfit = (reported(change.reason, asked=change.new.words) is None for change in agreed)
    return bool(agreed) and all(unfit) and reported(reason, asked=new.words) is not None


def _put(
    desk: Desk,
    item: ActionItem,
    history: History,
    change_id: int,
    new: Deadline,
    reason: str,
    decider: str,
    *,
    asker: Person | None,
) -> None:
    """It waits on whoever decides, who is told at once all there is to know."""
    asking = Asking(
        change_id=change_id,
        item=item,
        new=new,
        reason=reason,
        promises=promises.broken_by(desk, item, new),
        slips=history.slips,
        original=history.original,
        waiting=_waiting_on(desk, item),
        answers_promise=bool(history.commitments),
        asker=wording.named(desk.directory, asker.id if asker else None),
    )
    waits.open_wait(
        desk.session,
        desk.directory,
        kind="date_change",
        subject_id=change_id,
        item_id=item.id,
        role=Role(decider),
        message=decision_message(desk, asking),
        subject={"change": change_id, "items": [item.id]},
        now=desk.now,
    )


def take_back(desk: Desk, item: ActionItem, *, asked_by: int | None, at: datetime) -> ActionItem:
    """Withdraw the request that somebody's words of then made, if it still waits."""
    pending = histories.of_item(desk.session, item.id).pending_change
    if pending is None or (pending.asked_by, pending.recorded_at) != (asked_by, at):
        return item
    date_decisions.close(
        desk, item, pending, Decision.WITHDRAWN, reason="taken back by whoever asked"
    )
    return items.get(desk.session, item.id)


def _waiting_on(desk: Desk, item: ActionItem) -> list[str]:
    numbers = rows.waiting_on(desk.session, item.id)
    return [f"{i.ref} {i.title}" for i in (items.get(desk.session, n) for n in numbers)]
