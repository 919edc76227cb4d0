"""What stands in the ledger: whether each line of it can be so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain import date_asks
from bot.domain.calendars import bank_holidays
from bot.domain.diaries import CLOSES, OPENS, Diary, local_day
from bot.domain.nudging import ANSWERED, GRACE
from bot.domain.people import Person
from bot.domain.register import Delivery, History, position
from bot.services.planning import plan_of
from bot.services.unreachable import BY_EMAIL
from storage.nudges import Line, PlannedItem

LATELY = timedelta(days=2)
"""Lines this young are held against what was known when they were written."""
MERGED = "merged into "
NEXT_MESSAGE = "the next message"


@dataclass(frozen=True, kw_only=True)
class Book:
    """The lines about one item, against its history, its plan and what became of messages."""

    history: History
    kept: PlannedItem
    lines: Sequence[Line]
    diary: Diary

    def wrong_lines(self) -> Iterator[str]:
        """Outcomes that cannot be, and messages that should not have gone when they went."""
        for line in self.lines:
            wrong = self._at_odds_with_its_message(line) or self._without_its_reason(line)
            if wrong:
                yield f"{self.history.ref}: {line.rung} {wrong}."
            elif line.outcome == "sent":
                yield from self._wrongly_sent(line)

    def _at_odds_with_its_message(self, line: Line) -> str | None:
        state = line.outbox_state
        if line.outcome == "sent":
            if state is None:
                return "is entered as sent, and there is no message"
            if state == "failed" or (state == "cancelled" and line.plan == self.kept.plan):
                return "is entered as sent, and its message never went"
            if state == "sent" and line.ts is None and not line.reason.startswith(BY_EMAIL):
                return "is marked as sent, and Slack never confirmed it"
        elif state == "sent":
            return f"is entered as {line.outcome.replace('_', ' ')}, though its message went"
        return None

    def _without_its_reason(self, line: Line) -> str | None:
        merged = line.reason.startswith(MERGED)
        if line.outcome != "merged":
            return f"is entered as {line.outcome}, though it was merged" if merged else None
        if not merged:
            return None
        into = line.reason.removeprefix(MERGED)
        others = {other.rung.rpartition(":")[2] for other in self.lines if other.plan == line.plan}
        if into != NEXT_MESSAGE and into not in others:
            return f"is entered as merged into {into}, which has no outcome"
        return None

    def _wrongly_sent(self, line: Line) -> Iterator[str]:
        if line.person_id is not None and not line.reason.startswith(BY_EMAIL):
            person = self.diary.person(line.person_id)
            if self._in_quiet_time(person, line.decided_at):
                yield f"{self.history.ref}: {line.rung} went to {person.label} in their quiet time."
        if self._escalates(line) and not self._was_told(line):
            yield (f"{self.history.ref}: {line.rung} involved others before its owner was asked.")

    def _in_quiet_time(self, person: Person, at: datetime) -> bool:
        """By the nation's own table: what the secretariat added since was not known then."""
        local = at.astimezone(person.zone)
        holiday = local.date() in bank_holidays(person.nation, local.year)
        if holiday and local.date() in self.diary.own(person.id).removed:
            holiday = False
        return (
            not OPENS <= local.time() < CLOSES or local.weekday() not in person.weekdays or holiday
        )

    def _escalates(self, line: Line) -> bool:
        """Whether it involved others, less those whom nobody was: an owner may lead their body."""
        if line.rung == date_asks.TOLD_KEY:
            return True
        if line.plan != self.kept.plan or self.kept.ladder is None:
            return False
        ladder = plan_of(self.kept, self.diary, now=line.decided_at).ladder
        return any(rung.key == line.rung and rung.escalates for rung in ladder.rungs)

    def _was_told(self, line: Line) -> bool:
        person_id = line.person_id or self.kept.item.owner_id
        own, person = self.diary.national(person_id), self.diary.person(person_id)
        day = local_day(person, line.decided_at)
        asks = [e for e in self.lines if e.plan == line.plan and e.told_rung == line.rung]
        return any(
            e.outcome == "sent"
            and e.outbox_state == "sent"
            and own.working_days(local_day(person, e.decided_at), day) >= GRACE
            for e in asks
        )

    def recent(self, now: datetime) -> Iterator[Line]:
        """Lines that say why nobody was asked, written lately."""
        for line in self.lines:
            if line.outcome == "suppressed" and now - line.decided_at < LATELY:
                yield line

    def unexplained(self, line: Line, then: History) -> Iterator[str]:
        """A reason that the history, as it was known then, does not bear out."""
        item = position(then)
        borne_out = {
            "reported complete": item.delivery is Delivery.COMPLETE,
            "paused": item.delivery is Delivery.PAUSED,
            "reported blocked": item.blocked,
        }.get(line.reason, True)
        if line.reason.startswith(ANSWERED):
            borne_out = bool(then.updates or then.date_changes)
        if not borne_out or not line.reason:
            why = f"“{line.reason}”" if line.reason else "no reason"
            yield f"{self.history.ref}: {line.rung} was not asked for {why}, which was not so."
