"""Was everything asked that was due? The ledger against the register's own history."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime

from bot.domain import ladders, nudging
from bot.domain.deadlines import day_and_date, long_date
from bot.domain.diaries import CLOSES, OPENS, Diary, local_day
from bot.domain.messages import Bold, Message, Span, bullets, message
from bot.domain.messages import say as text
from bot.domain.nudging import GRACE
from bot.domain.people import LONDON
from bot.domain.plans import Entry, Plan
from bot.domain.register import ActionItem, History, position
from bot.services import say
from bot.services.planning import entries_of, plan_of
from bot.services.unreachable import BY_EMAIL
from storage import groups, histories, nudges, people
from storage.database import Database, Session
from storage.nudges import Line, PlannedItem

OUTCOMES = {
    "sent": "was asked",
    "merged": "was not asked separately",
    "held": "is to be asked later",
    "suppressed": "was not asked",
    "handed_over": "was handed to the secretariat",
    "failed": "could not be reached",
}


def differences(database: Database, group_id: int, *, now: datetime) -> list[str]:
    """What the ledger should hold and does not, or holds and should not; nothing when all is well.

    Recomputed from the items' entries, not from the columns that the sweep goes by. What came
    due today may still be on its way, so it looks at the days before.
    """
    with database.snapshot() as session:
        group = groups.get(session, group_id)
        if group.started_at is None:
            return []
        diary = Diary(directory=people.directory(session, group_id))
        told = histories.of_group(session, group_id)
        numbers = [history.item_id for history in told]
        lines = nudges.ledger(session, numbers)
        paused = groups.paused(session, group_id, now=now) is not None
        found: list[str] = []
        for history in told:
            kept = nudges.of_item(session, history.item_id)
            case = _Item(history, kept, lines.get(history.item_id, []), diary)
            found += case.wrong_lines()
            if not paused:
                found += case.missing(now=now, started_at=group.started_at)
        return found


class _Item:
    """One item as its history has it, and as the ledger has it."""

    def __init__(
        self, history: History, kept: PlannedItem, lines: Sequence[Line], diary: Diary
    ) -> None:
        self.history, self.kept, self.lines, self.diary = history, kept, lines, diary
        self.item: ActionItem = position(history)
        self.entries: list[Entry] = entries_of(lines, kept.plan, diary)

    def _plan(self, now: datetime) -> Plan:
        kept = PlannedItem(
            item=self.item,
            plan=self.kept.plan,
            ladder=self.kept.ladder,
            next_on=None,
            again_on=self.kept.again_on,
        )
        return plan_of(kept, self.diary, now=now)

    def missing(self, *, now: datetime, started_at: datetime) -> Iterator[str]:
        """Rungs whose day has passed without an outcome, and without an ask that explains it."""
        item, owner = self.item, self.diary.person(self.item.owner_id)
        if not item.is_open:
            return
        if self.kept.ladder is None:
            yield f"{item.ref} is open and has never been planned."
            return
        today = local_day(owner, now)
        plan = self._plan(now)
        known = {e.rung for e in self.entries}
        steps = nudging.all_steps(plan, self.entries, self.diary)
        pending = [step for step in steps if step.rung.key not in known]
        if pending and self.kept.next_on is None:
            yield f"{item.ref} has rungs to come and no day on which to look at it."
        began = max(local_day(owner, moment) for moment in self._began(started_at))
        for step in pending:
            # What came due on a day off, or before the plan began, may go a day at work later.
            base = max(step.send_on, began, self._time_given(step.rung.key, owner.id))
            if self.diary.next_asked_on(owner.id, base) < today:
                yield (
                    f"{item.ref}: {step.rung.words} came due on {long_date(step.send_on)} and "
                    "has no outcome."
                )

    def _time_given(self, rung: str, owner_id: int) -> date:
        """The day up to which an ask that announced this rung left its reader time."""
        own = self.diary.own(owner_id)
        asks = [e.asked_on for e in self.entries if e.told == rung and e.asked_on]
        return own.add(max(asks), GRACE) if asks else date.min

    def _began(self, started_at: datetime) -> list[datetime]:
        return [
            started_at,
            self.history.terms[-1].at,
            *(at for at, _deadline in self.history.deadlines[-1:]),
        ]

    def wrong_lines(self) -> Iterator[str]:
        """Messages that should not have gone: too early in the day, or before an ask."""
        for line in self.lines:
            if line.outcome != "sent":
                continue
            yield from self._at_a_wrong_time(line)
            if self._escalates(line) and not self._was_told(line):
                yield f"{self.item.ref}: {line.rung} involved others before its owner was asked."

    def _at_a_wrong_time(self, line: Line) -> Iterator[str]:
        if line.person_id is None or line.reason.startswith(BY_EMAIL):
            return
        person = self.diary.person(line.person_id)
        local = line.decided_at.astimezone(person.zone)
        if not OPENS <= local.time() < CLOSES or local.weekday() not in person.weekdays:
            yield f"{self.item.ref}: {line.rung} went to {person.label} in their quiet time."

    def _escalates(self, line: Line) -> bool:
        rungs = self.kept.ladder or []
        involves = next((r["involves"] for r in rungs if r["key"] == line.rung), ["owner"])
        return bool(set(involves) - {"owner"})

    def _was_told(self, line: Line) -> bool:
        person_id = line.person_id or self.item.owner_id
        own, person = self.diary.national(person_id), self.diary.person(person_id)
        day = local_day(person, line.decided_at)
        asks = [e for e in self.lines if e.plan == line.plan and e.told_rung == line.rung]
        return any(
            e.outcome == "sent"
            and e.outbox_state == "sent"
            and own.working_days(local_day(person, e.decided_at), day) >= GRACE
            for e in asks
        )


def asked(session: Session, item: ActionItem) -> Message:
    """Was somebody asked about this item, when, and if not why: from the ledger."""
    directory = people.directory(session, item.group_id)
    lines = nudges.ledger(session, [item.id]).get(item.id, [])
    heading = text("What was asked about ", Bold(f"{item.ref} {say.shortened(item.title)}"), ":")
    if not lines:
        return message(heading, text("Nothing yet: no reminder of it has come due."))
    ladder = ladders.load(nudges.of_item(session, item.id).ladder)
    rungs = {rung.key: rung.words for rung in ladder.rungs}
    rows: list[tuple[Span, ...]] = []
    for line in lines:
        person = directory.people.get(line.person_id) if line.person_id else None
        zone = person.zone if person else LONDON
        day = line.decided_at.astimezone(zone).date()
        name = say.named(directory, line.person_id)
        rows.append((f"{day_and_date(day)}: {_outcome(line, name, rungs)}",))
    return message(heading, bullets(*rows))


def _outcome(line: Line, name: str, rungs: Mapping[str, str]) -> str:
    what = OUTCOMES[line.outcome]
    if line.outcome == "sent" and line.outbox_state == "failed":
        what = OUTCOMES["failed"]
    elif line.outcome == "sent" and line.outbox_state != "sent":
        what = "is being asked"
    rung = rungs.get(line.rung)
    which = f", {rung}" if rung else ""
    reason = f": {line.reason}" if line.reason else ""
    return f"{name} {what}{which}{reason}."
