"""A group's reminders lived through ahead of time, as if all arrive and nobody answers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from bot.domain.diaries import CLOSES, OPENS, Diary, local_day
from bot.domain.nudging import decide
from bot.domain.people import LONDON, Person
from bot.domain.plans import Entry, Outcome, Reach, Result, Standing
from bot.domain.register import ActionItem
from bot.services.planning import plan_of
from storage.nudges import PlannedItem


@dataclass(kw_only=True)
class Ahead:
    """An item on its way through the days: what its ledger will hold, and when it is due again."""

    planned: PlannedItem
    standing: Standing
    entries: list[Entry]
    next_on: date | None

    def __post_init__(self) -> None:
        self._before = tuple(self.entries)

    def begin_again(self) -> None:
        """What a pause held has not been asked."""
        self.entries, self.next_on = list(self._before), self.planned.next_on

    @property
    def item(self) -> ActionItem:
        """The item itself."""
        return self.planned.item

    @property
    def asks_id(self) -> int:
        """Whom it asks about: its owner, or that of the item it waits on."""
        return self.standing.asks_id or self.item.owner_id


@dataclass(frozen=True, kw_only=True)
class Said:
    """What becomes of one item on one day, in one person's message or in its place."""

    day: date
    at: time
    reader: Person
    item: ActionItem
    outcome: Outcome
    paused: bool


@dataclass(kw_only=True)
class Forecast:
    """The days to come; `written` are the days of this week on which somebody was written to.

    Where the group is `paused`, what would have gone until `resumes_at` is lived through as well,
    and on the first morning after it begins again from what stands.
    """

    diary: Diary
    cap: int
    now: datetime
    items: Sequence[Ahead]
    paused: bool = False
    resumes_at: datetime | None = None
    written: dict[int, set[date]] = field(default_factory=lambda: defaultdict(set))

    def days(self, count: int) -> Iterator[Said]:
        """Each day's messages, today's included where it is not too late."""
        written = {who: set(days) for who, days in self.written.items()}
        for number in range(count + 1):
            if number and self._resumes(number):
                self.written = defaultdict(set, written)
                for one in self.items:
                    one.begin_again()
            for reader_id, theirs in sorted(self._by_reader(number).items()):
                reader = self.diary.person(reader_id)
                yield from self._person(reader, self._day(reader, number), theirs, number)

    def _resumes(self, number: int) -> bool:
        """Whether it is the first morning after a pause."""
        if not self.paused or self.resumes_at is None:
            return False
        first = self.resumes_at.astimezone(LONDON).date()
        return self.now.astimezone(LONDON).date() + timedelta(days=number) == first

    def _held(self, reader: Person, day: date) -> bool:
        if not self.paused:
            return False
        return self.resumes_at is None or day < local_day(reader, self.resumes_at)

    def _day(self, person: Person, number: int) -> date:
        return local_day(person, self.now) + timedelta(days=number)

    def _by_reader(self, number: int) -> Mapping[int, list[Ahead]]:
        readers: dict[int, list[Ahead]] = defaultdict(list)
        for one in self.items:
            asks = self.diary.person(one.asks_id)
            day = self._day(asks, number)
            if one.next_on is not None and one.next_on <= day:
                reader = self.diary.asked(asks.id, day) or asks
                readers[reader.id].append(one)
        return readers

    def _person(
        self, reader: Person, day: date, theirs: Sequence[Ahead], number: int
    ) -> Iterator[Said]:
        local = self.now.astimezone(reader.zone).time()
        at = max(OPENS, local) if number == 0 else OPENS
        reach = self._reach(reader, day, late=number == 0 and local >= CLOSES)
        for one in theirs:
            decision = decide(
                plan_of(one.planned, self.diary, now=self._noon(reader, day)),
                one.entries,
                one.standing,
                self.diary,
                today=day,
                reach=reach,
            )
            one.next_on = decision.next_on
            keys = {outcome.key for outcome in decision.outcomes}
            one.entries = [e for e in one.entries if e.rung not in keys]
            one.entries += [_entry(outcome, reader, day) for outcome in decision.outcomes]
            if decision.message is not None:
                if decision.message.result is Result.SENT:
                    self.written[reader.id].add(day)
                yield Said(
                    day=day,
                    at=at,
                    reader=reader,
                    item=one.item,
                    outcome=decision.message,
                    paused=self._held(reader, day),
                )

    def _noon(self, reader: Person, day: date) -> datetime:
        return datetime.combine(day, time(12), reader.zone)

    def _reach(self, reader: Person, day: date, *, late: bool) -> Reach:
        monday = day - timedelta(days=day.weekday())
        written = {one for one in self.written[reader.id] if monday <= one <= day}
        if late or day in written or self.diary.greeted(reader, day):
            return Reach(hold="another day")
        if len(written) >= self.cap:
            return Reach(hand_over=f"they have had {len(written)} messages this week")
        return Reach()


def _entry(outcome: Outcome, reader: Person, day: date) -> Entry:
    return Entry(
        rung=outcome.key,
        due_on=outcome.due_on,
        result=outcome.result,
        reason=outcome.reason,
        person_id=reader.id,
        asked_on=day,
        delivered=True,
        told=outcome.tells.key if outcome.tells else None,
    )
