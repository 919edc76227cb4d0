"""Pausing, withdrawing, closing and taking up again: who may, and what becomes of it."""

from __future__ import annotations

from datetime import date

from bot.domain.errors import UserError
from bot.domain.messages import Bold, Text
from bot.domain.messages import say as text
from bot.domain.people import Role
from bot.domain.register import STATUS_WORDS, ActionItem, Delivery, Status
from bot.domain.text import GuardedText
from bot.services import planning, updates, waits, withdrawals
from bot.services.answering import standing
from bot.services.intake import Desk
from bot.services.keeping import doing, reading
from bot.services.keeping.recorded import Recorded
from storage import histories, items

PAUSE, WITHDRAW, CLOSE, REOPEN = "pause", "withdraw", "close", "reopen"
ASIDE = {PAUSE: Status.PAUSED, WITHDRAW: Status.WITHDRAWN}
STOPPED = frozenset({Delivery.PAUSED, Delivery.WITHDRAWN, Delivery.COMPLETE})
GOING = (
    Status.NOT_STARTED,
    Status.ON_TRACK,
    Status.AT_RISK,
    Status.OFF_TRACK,
    Status.BLOCKED,
)


def verbs(item: ActionItem) -> tuple[str, ...]:
    """What can be done to an item as it stands."""
    if item.delivery in {Delivery.WITHDRAWN, Delivery.SUPERSEDED} or item.verified:
        return (REOPEN,)
    if item.delivery is Delivery.COMPLETE:
        return (WITHDRAW, REOPEN)
    if item.delivery is Delivery.PAUSED:
        return (WITHDRAW, CLOSE, REOPEN)
    return (PAUSE, WITHDRAW, CLOSE)


def do(
    desk: Desk,
    item: ActionItem,
    verb: str,
    reason: GuardedText,
    *,
    link: str = "",
    completed_on: date | None = None,
) -> Text:
    """Do it, or put it to whoever decides. UserError where the item does not stand so."""
    reading.changer(desk, item)
    if verb not in verbs(item):
        raise UserError(f"{item.ref} cannot be {_DONE[verb]}: it stands as {standing(item)}.")
    if verb in ASIDE:
        return _aside(desk, item, verb, reason)
    if verb == REOPEN:
        return _reopen(desk, item, reason)
    said = updates.Said(status=Status.COMPLETE, completed_on=completed_on, evidence=link or None)
    return _say(desk, item, said, reason)


_DONE = {PAUSE: "paused", WITHDRAW: "withdrawn", CLOSE: "closed", REOPEN: "reopened"}


def _aside(desk: Desk, item: ActionItem, verb: str, reason: GuardedText) -> Text:
    """Rules 4 and 5: what answers a promise is the chair's to stop; the rest the secretariat's."""
    promised = bool(histories.of_item(desk.session, item.id).commitments)
    alone = desk.is_a(Role.SECRETARIAT) and desk.person.id != item.owner_id and not promised
    if not alone:
        role = withdrawals.request(desk, item, ASIDE[verb], reason)
        asked = f"asked to {verb} it; the {role} decides, and until then it goes on"
        doing.tell(desk, item.owner_id, [Recorded(item=item, said=asked, quote=reason.text)])
        return text(
            f"I have asked the {role} to {verb} ",
            Bold(f"{item.ref} {item.title}"),
            ". Until that is decided it stands as it did.",
        )
    waits.settle(
        desk.session,
        desk.directory,
        kind="withdrawal",
        subject_id=item.id,
        by_id=desk.person.id,
        outcome=f"it was {_DONE[verb]}",
        now=desk.now,
    )
    done = _say(desk, item, updates.Said(status=ASIDE[verb]), reason)
    if verb == WITHDRAW:
        _nothing_to_accept(desk, item)
    return done


def _nothing_to_accept(desk: Desk, item: ActionItem) -> None:
    for kind in ("acceptance", "ownership"):
        waits.settle(
            desk.session,
            desk.directory,
            kind=kind,
            subject_id=item.id,
            by_id=desk.person.id,
            outcome=f"{item.ref} was withdrawn",
            now=desk.now,
        )


def _reopen(desk: Desk, item: ActionItem, reason: GuardedText) -> Text:
    """It goes on as it did before it was stopped; its owner is asked from the first rung again."""
    history = histories.of_item(desk.session, item.id)
    before = [u.status for u in history.updates if u.status in GOING]
    done = _say(
        desk, item, updates.Said(status=before[-1] if before else Status.NOT_STARTED), reason
    )
    reopened = items.get(desk.session, item.id)
    if desk.group.started_at is not None:
        planning.replan(desk.session, desk.directory, reopened, now=desk.now, fresh=True)
    return done


def _say(desk: Desk, item: ActionItem, said: updates.Said, reason: GuardedText) -> Text:
    number = updates.record(desk, item, said, text=reason if reason else None)
    changed = items.get(desk.session, item.id)
    told = Recorded(
        item=changed,
        said=f"{STATUS_WORDS[said.status]} now",
        quote=reason.text,
        update_id=number,
    )
    return doing.changed_to(desk, changed, [told])
