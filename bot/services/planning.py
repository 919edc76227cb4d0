"""When an item's owner is asked next: planned anew with every change of date, owner or status."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from bot.domain import ladders, nudging, shelves
from bot.domain.deadlines import Kind
from bot.domain.diaries import Diary, local_day
from bot.domain.ladders import Ladder, Who
from bot.domain.people import Directory, Role
from bot.domain.plans import Entry, Plan, Result
from bot.domain.register import ActionItem
from bot.services import retiring, waits
from storage import groups, letters_due, nudges, withdrawing
from storage import ladders as chosen_ladders
from storage.database import Session
from storage.nudges import Line, PlannedItem

ENDED = "the date or the owner changed"
CHANGED = "the item changed before it went"


def replan(
    session: Session, directory: Directory, item: ActionItem, *, now: datetime, fresh: bool
) -> None:
    """Find the day of the item's next nudge; `fresh` begins a new plan on the item's ladder.

    What was owed about it and has not gone is taken back, in the same transaction.
    """
    kept = nudges.of_item(session, item.id)
    number, frozen = kept.plan, kept.ladder
    lines: Sequence[Line] = ()
    if frozen is not None:
        withdrawing.withdraw(session, item.id, reason=CHANGED, now=now)
    if fresh and frozen is not None:
        kept = _letters_left(session, kept)
        nudges.end_plan(session, item.id, number, reason=ENDED, now=now)
        number, frozen = number + 1, None
    elif frozen is not None:
        lines = nudges.ledger(session, [item.id])[item.id]
    if frozen is None:
        frozen = ladders.dump(ladder_of(session, item))
    diary = Diary(directory=directory)
    again_on = kept.again_on if number == kept.plan else None
    planned = replace(kept, item=item, plan=number, ladder=frozen, next_on=None, again_on=again_on)
    plan = plan_of(planned, diary, now=now)
    today = local_day(diary.person(item.owner_id), now)
    entries = entries_of(lines, number, diary)
    next_on = nudging.next_on(plan, entries, diary, today=today) if item.is_open else None
    nudges.plan(session, item.id, plan=number, ladder=frozen, next_on=next_on)
    retiring.retire(session, directory, item, again_on=again_on, now=now)
    if kept.ladder is not None:
        _settle_escalation(session, directory, item, today=today, fresh=fresh, now=now)


def _letters_left(session: Session, kept: PlannedItem) -> PlannedItem:
    """A last update that was asked for already is not asked for again by the new plan."""
    if not kept.letters:
        return kept
    lines = nudges.ledger(session, [kept.item.id])[kept.item.id]
    asked = {line.rung for line in lines if line.outcome != nudges.HELD}
    letters_due.asked_already(session, kept.item.id, asked)
    return replace(kept, letters=tuple(one for one in kept.letters if one[0] not in asked))


def ladder_of(session: Session, item: ActionItem) -> Ladder:
    """The ladder an item is to stand on: the one chosen for it, or what its group uses."""
    shelf = shelves.read(groups.policy(session, item.group_id))
    chosen = chosen_ladders.chosen(session, item.id)
    return shelf.standing(chosen, public=chosen_ladders.answers_promise(session, item.id))


def reladder(session: Session, directory: Directory, item: ActionItem, *, now: datetime) -> None:
    """Plan an item anew where it is to stand on another ladder than the one it was planned on."""
    kept = nudges.of_item(session, item.id)
    if kept.ladder is None or ladder_of(session, item) == ladders.load(kept.ladder):
        return
    replan(session, directory, item, now=now, fresh=True)


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
        soft=item.due.kind is Kind.SOFT,
        opens_on=item.due.earliest,
        letters=planned.letters,
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
    session: Session,
    directory: Directory,
    item: ActionItem,
    *,
    today: date,
    fresh: bool,
    now: datetime,
) -> None:
    """What the secretariat was asked to act on has moved: it waits no longer."""
    undated = item.is_active and not fresh and (item.due_on is None or item.due.kind is Kind.SOFT)
    if (item.overdue(today) or undated) and not item.blocked:
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
