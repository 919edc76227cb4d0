"""When an item's owner is asked next: planned anew with every change of date, owner or status."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from bot.domain import ladders, nudging
from bot.domain.diaries import Diary, local_day
from bot.domain.ladders import Who
from bot.domain.people import Directory, Role
from bot.domain.plans import Entry, Plan, Result
from bot.domain.register import ActionItem
from bot.services import retiring, waits
from storage import groups, nudges, withdrawing
from storage.database import Session
from storage.nudges import Line, PlannedItem

ENDED = "the date or the owner changed"
CHANGED = "the item changed before it went"


def replan(
    session: Session, directory: Directory, item: ActionItem, *, now: datetime, fresh: bool
) -> None:
    """Find the day of the item's next nudge; `fresh` begins a new plan on the group's ladder.

    What was owed about it and has not gone is taken back, in the same transaction.
    """
    kept = nudges.of_item(session, item.id)
    number, frozen = kept.plan, kept.ladder
    lines: Sequence[Line] = ()
    if frozen is not None:
        withdrawing.withdraw(session, item.id, reason=CHANGED, now=now)
    if fresh and frozen is not None:
        nudges.end_plan(session, item.id, number, reason=ENDED, now=now)
        number, frozen = number + 1, None
    elif frozen is not None:
        lines = nudges.ledger(session, [item.id])[item.id]
    if frozen is None:
        frozen = ladders.dump(
            ladders.load(groups.policy(session, directory.group.id).get("ladder"))
        )
    diary = Diary(directory=directory)
    again_on = kept.again_on if number == kept.plan else None
    planned = PlannedItem(item=item, plan=number, ladder=frozen, next_on=None, again_on=again_on)
    plan = plan_of(planned, diary, now=now)
    today = local_day(diary.person(item.owner_id), now)
    entries = entries_of(lines, number, diary)
    next_on = nudging.next_on(plan, entries, diary, today=today) if item.is_open else None
    nudges.plan(session, item.id, plan=number, ladder=frozen, next_on=next_on)
    retiring.retire(session, directory, item, again_on=again_on, now=now)
    if kept.ladder is not None:
        _settle_escalation(session, directory, item, today=today, now=now)


def plan_of(planned: PlannedItem, diary: Diary, *, now: datetime) -> Plan:
    """An item's plan, on its frozen ladder less those whom nobody is at present."""
    item = planned.item
    today = local_day(diary.person(item.owner_id), now)
    frozen = ladders.load(planned.ladder)
    return Plan(
        ladder=frozen.without(_missing(diary.directory, item, today)),
        owner_id=item.owner_id,
        due_on=item.due_on,
        raised_on=item.raised_on,
        again_on=planned.again_on,
    )


def _missing(directory: Directory, item: ActionItem, today: date) -> list[Who]:
    """A body without a lead, or led by the owner; a group without a chair but the owner."""
    missing = []
    lead = lead_of(directory, item)
    if lead is None:
        missing.append(Who.LEAD)
    chairs = [p for p in directory.holders(Role.CHAIR, today) if p.id != item.owner_id]
    deputies = [p for p in directory.holders(Role.DEPUTY_CHAIR, today) if p.id != item.owner_id]
    if not chairs and not deputies:
        missing.append(Who.CHAIR)
    return missing


def lead_of(directory: Directory, item: ActionItem) -> int | None:
    """The lead of the owner's body, unless that is the owner."""
    lead = directory.leads.get(directory.people[item.owner_id].body_id)
    return lead if lead != item.owner_id else None


def entries_of(lines: Sequence[Line], plan: int, diary: Diary) -> list[Entry]:
    """The ledger of one plan as the engine reads it; days are those of whoever was asked."""
    return [_entry(line, diary) for line in lines if line.plan == plan]


def _entry(line: Line, diary: Diary) -> Entry:
    asked = diary.directory.people.get(line.person_id) if line.person_id else None
    failed = line.outbox_state in ("failed", "cancelled")
    return Entry(
        rung=line.rung,
        due_on=line.due_on,
        result=Result.FAILED if failed and line.outcome == "sent" else Result(line.outcome),
        reason=line.reason,
        person_id=line.person_id,
        asked_on=local_day(asked, line.decided_at) if asked else None,
        delivered=line.outbox_state == "sent",
        told=line.told_rung,
    )


def _settle_escalation(
    session: Session, directory: Directory, item: ActionItem, *, today: date, now: datetime
) -> None:
    """What the secretariat was asked to act on has moved: it waits no longer."""
    if item.overdue(today) and not item.blocked:
        return
    waits.settle(
        session,
        directory,
        kind="escalation",
        subject_id=item.id,
        by_id=None,
        outcome=f"{item.ref} has moved since",
        now=now,
    )
