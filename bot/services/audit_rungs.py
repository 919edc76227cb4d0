"""What should stand in the ledger: every rung whose day has passed, counted from the history."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import pairwise

from bot.domain import rungs
from bot.domain.deadlines import long_date
from bot.domain.diaries import Diary, local_day
from bot.domain.ladders import Step
from bot.domain.nudging import GRACE
from bot.domain.plans import Entry, Result
from bot.domain.register import ActionItem, History, position
from bot.services.planning import entries_of, plan_of
from storage.nudges import Line, PlannedItem


@dataclass(frozen=True, kw_only=True)
class Due:
    """One item as its history has it; of its plan only the number and the frozen ladder.

    `up_since` is the day from which the sweep has run without a gap: nothing was asked before.
    """

    history: History
    kept: PlannedItem
    lines: Sequence[Line]
    diary: Diary
    blocker_owner_id: int | None
    up_since: date

    def missing(self, now: datetime) -> Iterator[str]:
        """Rungs whose day has passed without an outcome, and plans that would miss the next."""
        item = position(self.history)
        if not item.is_open:
            return
        if self.kept.ladder is None:
            yield f"{item.ref} is open and has never been planned."
            return
        entries = entries_of(self.lines, self.kept.plan, self.diary)
        final = {e.rung for e in entries if e.result is not Result.HELD}
        plan = plan_of(replace(self.kept, item=item, next_on=None), self.diary, now=now)
        steps = rungs.all_steps(plan, entries, self.diary)
        pending = [step for step in steps if step.rung.key not in final]
        today = local_day(self.diary.person(item.owner_id), now)
        if stale := self._changed_since(item):
            yield f"{item.ref}: its reminders are still those of before {long_date(stale)}."
        else:
            yield from self._unplanned(item, entries, pending, today)
            yield from self._passed(item, entries, pending, today)

    def _changed_since(self, item: ActionItem) -> date | None:
        """The day of a new date or owner that the plan knows nothing of, if there is one."""
        dates, owners = self.history.deadlines, self.history.terms
        changes = [at for (_, old), (at, new) in pairwise(dates) if old.latest != new.latest]
        changes += [new.at for old, new in pairwise(owners) if old.owner_id != new.owner_id]
        latest = max(changes, default=None)
        planned = [line for line in self.lines if line.plan == self.kept.plan]
        if latest is None or not any(line.decided_at < latest for line in planned):
            return None
        return local_day(self.diary.person(item.owner_id), latest)

    def _unplanned(
        self, item: ActionItem, entries: Sequence[Entry], pending: Sequence[Step], today: date
    ) -> Iterator[str]:
        if pending and self.kept.next_on is None:
            yield f"{item.ref} has rungs to come and no day on which to look at it."
            return
        days = [max(step.send_on, self._time_given(step, entries)) for step in pending]
        coming = min((day for day in days if day > today), default=None)
        if coming is not None and self.kept.next_on is not None and self.kept.next_on > coming:
            yield (
                f"{item.ref} is due to be asked about on {long_date(coming)}, and is only looked "
                f"at on {long_date(self.kept.next_on)}."
            )

    def _passed(
        self, item: ActionItem, entries: Sequence[Entry], pending: Sequence[Step], today: date
    ) -> Iterator[str]:
        for step in pending:
            base = max(step.send_on, self._began(item), self._time_given(step, entries))
            held = [e.asked_on for e in entries if e.rung == step.rung.key and e.asked_on]
            # What is to be looked at today may go today; how long it stays so is counted.
            looked = [d for d in (self.kept.next_on,) if d is not None and d <= today]
            base = max([base, *held, *looked])
            if self._next_asked(item, base) < today:
                yield (
                    f"{item.ref}: {step.rung.words} came due on {long_date(step.send_on)} and "
                    "has no outcome."
                )

    def _next_asked(self, item: ActionItem, after: date) -> date:
        """The next day on which whoever may be asked is at work: it may go so late."""
        readers = {item.owner_id, self.blocker_owner_id or item.owner_id}
        return max(self.diary.next_asked_on(reader, after) for reader in readers)

    def _time_given(self, step: Step, entries: Sequence[Entry]) -> date:
        """The day up to which an ask that announced this rung left its reader time."""
        asks = [e for e in entries if e.told == step.rung.key and e.asked_on]
        days = [
            self.diary.own(reader).add(e.asked_on, GRACE)
            for e in asks[-1:]
            for reader in {e.person_id, self.kept.item.owner_id}
            if e.asked_on is not None and reader is not None
        ]
        return max(days, default=date.min)

    def _began(self, item: ActionItem) -> date:
        """Nothing was due of its owner before all of these: start, terms, date, introduction."""
        owner, group = self.diary.person(item.owner_id), self.diary.directory.group
        moments = [self.history.terms[-1].at, *(at for at, _ in self.history.deadlines[-1:])]
        if group.started_at is not None:
            moments.append(group.started_at)
        if owner.introduced_at is not None:
            moments.append(self.diary.opening(owner, owner.introduced_at))
        return max(self.up_since, *(local_day(owner, moment) for moment in moments))
