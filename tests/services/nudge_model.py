"""A group lived through day by day by chance, and what must hold of what was said to it.

What is checked is read from what arrived and from the ledger, with days counted here anew.
"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import holidays
from sqlmodel import col, select

from bot.domain.errors import PermanentError
from bot.domain.register import Status
from bot.services import auditing, delivery, nudges, unreachable, waits
from bot.services.nudge_words import as_text
from bot.services.parcels import Found, Parcel, Sent
from storage.database import Database
from storage.rows import NudgeRow
from tests.clock import FakeClock
from tests.services.posting import Post
from tests.services.registers import Register, at
from tests.services.switching import pause, say_to

OFFSETS = {
    "before-10": -10,
    "before-5": -5,
    "before-1": -1,
    "on-the-day": 0,
    "after-2": 2,
    "after-5": 5,
    "after-10": 10,
}
OWNERS = {
    "Priya": ("england", "Europe/London", range(5)),
    "Leo": ("england", "Europe/London", range(5)),
    "Alex": ("scotland", "Europe/London", range(4)),
    "Nia": ("northern-ireland", "Europe/London", range(5)),
    "Wyn": ("wales", "Europe/London", (0, 2, 3)),
    "Mei": ("england", "America/New_York", range(5)),
}
SUBDIVISIONS = {"england": "ENG", "wales": "WLS", "scotland": "SCT", "northern-ireland": "NIR"}
SETTLING = 70
"""Days without events at the end, after which all that had come due must have its outcome."""


class KilledError(BaseException):
    """The process is killed where it stands."""


@lru_cache
def banks(nation: str) -> frozenset[date]:
    """The bank holidays of a nation, from the table itself."""
    table = holidays.country_holidays("GB", subdiv=SUBDIVISIONS[nation], years=range(2021, 2028))
    return frozenset(table)


@dataclass(frozen=True)
class Arrived:
    """A message that somebody got."""

    at: datetime
    person: str
    key: str
    text: str
    items: tuple[int, ...]


@dataclass
class Line(Post):
    """Slack as the bot finds it: closed to some, and sometimes the bot dies while it sends."""

    clock: FakeClock = field(default_factory=lambda: FakeClock(at(date(2022, 1, 1))))
    names: dict[int, str] = field(default_factory=dict)
    closed: dict[str, date] = field(default_factory=dict)
    kill: str | None = None
    arrived: list[Arrived] = field(default_factory=list)

    def send(self, parcel: Parcel) -> Sent:
        """It arrives, is refused, or the bot dies before or after."""
        owed, now = parcel.owed, self.clock()
        name = self.names.get(owed.person_id or 0, "")
        if self.closed.get(name, date.min) > now.date():
            raise PermanentError("the DM is closed")
        kill = self.kill if owed.key.startswith("nudge:") else None
        if kill:
            self.kill = None
        if kill == "before":
            raise KilledError
        items = tuple(owed.subject.get("items", ()))
        self.arrived.append(Arrived(now, name, owed.key, as_text(owed.message), items))
        if kill == "after":
            raise KilledError
        return Sent(team_id="T0HOME", channel_id=f"D{owed.person_id}", ts=f"{owed.id}.0")

    def find(self, parcel: Parcel, since: datetime) -> list[Found]:
        """Whether it arrived before the bot died."""
        owed = parcel.owed
        if not any(one.key == owed.key and one.at >= since for one in self.arrived):
            return []
        where = f"D{owed.person_id}"
        return [Found(exact=True, team_id="T0HOME", channel_id=where, ts=f"{owed.id}.0")]


@dataclass
class Plan:
    """An item's deadline while it stood: from when to when, and its owner."""

    owner: str
    due: date | None
    began: date
    ended: date | None = None


class World(Register):
    """A group with owners in every nation and one abroad, and chance for its members."""

    def __init__(self, database: Database, seed: int) -> None:
        super().__init__(database)
        for name in ("Alex", "Nia", "Wyn", "Mei"):
            nation, zone, days = OWNERS[name]
            self.person(f"{name} Reid", "RCR", nation=nation, zone=zone, weekdays=tuple(days))
        self.chance = random.Random(seed)
        self.clock = FakeClock(at(date(2022, 3, 2)))
        names = {number: name for name, number in self.people.items()}
        self.slack = Line(clock=self.clock, names=names)
        self.plans: dict[int, list[Plan]] = {}
        self.away: list[tuple[str, str | None, date, date]] = []
        self.added: set[date] = set()
        self.down_until = self.paused_until = date.min
        self.is_paused = False
        self.still: list[date] = []
        """Days on which no sweep ran, or none might."""
        self.differences: list[str] = []

    def run(self, first: date, days: int) -> None:
        """So many days, then quiet ones until all has had its outcome."""
        for number in range(days + SETTLING):
            day = first + timedelta(days=number)
            quiet = number >= days
            if self.down_until > day and not quiet:
                self.still.append(day)
                continue
            self._day(day, quiet=quiet)
            if number % 30 == 29:
                found = auditing.differences(self.database, self.group_id, now=at(day, 20))
                self.differences += [f"{day}: {line}" for line in found]

    def _day(self, day: date, *, quiet: bool) -> None:
        hours = [9, 14] if day.weekday() < 5 else [9]
        if self.chance.random() < 0.1 or changed_lately(day):
            hours = [8, 9, 13, 14, 18]
        if self.is_paused and (quiet or day >= self.paused_until):
            say_to(self, "resume", at(day, 7), by="Sam")
            self.is_paused = False
        if self.is_paused:
            self.still.append(day)
        for hour in hours:
            self._look(at(day, hour))
            if hour == 9 and not quiet and not changed_lately(day):
                for _ in range(self.chance.choice((0, 0, 1, 1, 2))):
                    self._something(day, at(day, 11))

    def _look(self, now: datetime) -> None:
        self.clock.now = now
        nudges.sweep(self.database, now=now)
        unreachable.sweep(self.database, now=now)
        waits.sweep(self.database, now=now)
        try:
            self._deliver()
        except KilledError:
            self.clock.advance(minutes=1)
            delivery.claim_orphans(self.database, now=self.clock())
            delivery.recover(self.database, self.slack, clock=self.clock)
            self._deliver()

    def _deliver(self) -> None:
        while delivery.sweep(self.database, self.slack, clock=self.clock) >= delivery.BATCH:
            pass

    def _something(self, day: date, now: datetime) -> None:
        doings: list[tuple[int, Callable[[date, datetime], None]]] = [
            (10, self._new_item),
            (3, self._import),
            (14, self._reply),
            (6, self._new_date),
            (3, self._more_time),
            (5, self._absence),
            (1, self._outage),
            (1, self._pause),
            (3, self._kill),
            (1, self._close_a_dm),
            (1, self._holiday),
        ]
        weights = [weight for weight, _doing in doings]
        [(_weight, doing)] = self.chance.choices(doings, weights)
        doing(day, now)

    def _new_item(self, day: date, now: datetime) -> None:
        owner = self.chance.choice(list(OWNERS))
        days = self.chance.randint(-20, 60)
        due = None if self.chance.random() < 0.1 else day + timedelta(days=days)
        number = self.item(f"A-{len(self.plans) + 1:03d}", due, owner=owner, now=now)
        self.plans[number] = [Plan(owner, due, day)]

    def _import(self, day: date, now: datetime) -> None:
        for _ in range(self.chance.randint(2, 5)):
            self._new_item(day, now)

    def _some_item(self) -> tuple[int, Plan] | None:
        for _ in range(5 if self.plans else 0):
            number = self.chance.choice(list(self.plans)[-40:])
            if self.get(number).is_open:
                return number, self.plans[number][-1]
        return None

    def _reply(self, _day: date, now: datetime) -> None:
        if (found := self._some_item()) is not None:
            said = [Status.ON_TRACK, Status.AT_RISK, Status.OFF_TRACK, Status.UNCHANGED]
            said += [Status.BLOCKED, Status.PAUSED, Status.COMPLETE]
            self.says(found[0], self.chance.choice(said), now, by=found[1].owner)

    def _new_date(self, day: date, now: datetime) -> None:
        if (found := self._some_item()) is not None:
            number, plan = found
            to = max(plan.due or day, day) + timedelta(days=self.chance.randint(1, 40))
            plan.ended = day
            self.plans[number].append(Plan(plan.owner, to, day))
            self.moves(number, to, now)

    def _more_time(self, day: date, now: datetime) -> None:
        if (found := self._some_item()) is not None and found[1].due is not None:
            self.asks_for_time(found[0], day + timedelta(days=30), now)

    def _absence(self, day: date, _now: datetime) -> None:
        away = self.chance.choice(list(OWNERS))
        others = [name for name in OWNERS if name != away]
        cover = self.chance.choice([None, *others])
        first = day + timedelta(days=self.chance.randint(1, 10))
        last = first + timedelta(days=self.chance.randint(0, 15))
        self.covers(away, cover, first, last)
        self.away.append((away, cover, first, last))

    def _outage(self, day: date, _now: datetime) -> None:
        self.down_until = day + timedelta(days=self.chance.randint(2, 12))

    def _pause(self, day: date, now: datetime) -> None:
        if not self.is_paused:
            pause(self, "an election", now, by="Sam")
            self.is_paused = True
            self.paused_until = day + timedelta(days=self.chance.randint(1, 15))

    def _kill(self, _day: date, _now: datetime) -> None:
        self.slack.kill = self.chance.choice(("before", "after"))

    def _close_a_dm(self, day: date, _now: datetime) -> None:
        until = day + timedelta(days=self.chance.randint(1, 20))
        self.slack.closed[self.chance.choice(list(OWNERS))] = until

    def _holiday(self, day: date, _now: datetime) -> None:
        on = day + timedelta(days=self.chance.randint(1, 4))
        self.holiday(on)
        self.added.add(on)

    def nudges(self) -> list[Arrived]:
        """The reminders that arrived."""
        return [one for one in self.slack.arrived if one.key.startswith("nudge:")]

    def works(self, name: str, day: date) -> bool:
        """Whether somebody is at work, by what was known to the group on that day."""
        nation, _zone, weekdays = OWNERS.get(name, ("england", "Europe/London", range(5)))
        off = day in banks(nation) or day in self.added or day.weekday() not in weekdays
        return not off and not any(
            away == name and first <= day <= last for away, _cover, first, last in self.away
        )

    def count(self, name: str, first: date, last: date) -> int:
        """Working days of somebody's nation after the first up to the last."""
        nation = OWNERS.get(name, ("england",))[0]
        days = (first + timedelta(days=n) for n in range(1, (last - first).days + 1))
        return sum(d.weekday() < 5 and d not in banks(nation) and d not in self.added for d in days)

    def rung_day(self, name: str, due: date, offset: int) -> date:
        """A rung's day in working days of its owner's nation, one day at a time."""
        nation, day, step = OWNERS[name][0], due, 1 if offset > 0 else -1
        left = abs(offset)
        while left:
            day += timedelta(days=step)
            left -= day.weekday() < 5 and day not in banks(nation) and day not in self.added
        return day

    def ledger_of(self, number: int) -> list[NudgeRow]:
        """Every line about an item."""
        with self.database.snapshot() as session:
            chosen = select(NudgeRow).where(col(NudgeRow.item_id) == number)
            rows = list(session.exec(chosen.order_by(col(NudgeRow.id))))
            session.expunge_all()
            return rows


def zone_of(name: str) -> ZoneInfo:
    """Where somebody is."""
    return ZoneInfo(OWNERS.get(name, ("", "Europe/London"))[1])


def changed_lately(day: date) -> bool:
    """Whether the clocks in London or New York changed in the week before this day."""
    return any(
        len({datetime.combine(each, time(12), zone).utcoffset() for each in (day, before)}) > 1
        for zone in (ZoneInfo("Europe/London"), ZoneInfo("America/New_York"))
        for before in [day - timedelta(days=7)]
    )


def wrong(world: World) -> Iterator[str]:
    """Everything that should not have been."""
    yield from world.differences
    yield from _at_wrong_times(world)
    yield from _twice(world)
    yield from _told_twice(world)
    yield from _unasked(world)
    yield from _unaccounted(world)


def _at_wrong_times(world: World) -> Iterator[str]:
    for one in world.nudges():
        local = one.at.astimezone(zone_of(one.person))
        if not world.works(one.person, local.date()):
            yield f"{one.key} arrived on a day off"
        if not time(9) <= local.time() < time(17):
            yield f"{one.key} arrived at {local:%H:%M}"
        if changed_lately(local.date()) and not time(9) <= local.time() <= time(9, 1):
            yield f"{one.key} arrived at {local:%H:%M} after the clocks changed"
        if local.date() in world.still:
            yield f"{one.key} arrived during a pause"


def _twice(world: World) -> Iterator[str]:
    days = Counter(
        (one.person, one.at.astimezone(zone_of(one.person)).date()) for one in world.nudges()
    )
    yield from (f"{name} got {n} on {day}" for (name, day), n in days.items() if n > 1)
    for number in world.plans:
        sent = Counter(
            (row.plan, row.decided_at) for row in world.ledger_of(number) if row.outcome == "sent"
        )
        yield from (f"{number}: {n} rungs sent at once" for n in sent.values() if n > 1)


def _told_twice(world: World) -> Iterator[str]:
    """Somebody else hears of an item on one rung of a plan, and once."""
    heard = Counter(
        (one.person, number)
        for one in world.slack.arrived
        if one.key.startswith("told:")
        for number in one.items
    )
    for (name, number), times in heard.items():
        if times > len(world.plans[number]):
            yield f"{name} was told of {number} {times} times"


def _unasked(world: World) -> Iterator[str]:
    """Others heard of an item, and its owner or their cover had not, two working days before."""
    asked: dict[int, list[Arrived]] = defaultdict(list)
    for one in world.slack.arrived:
        day = one.at.date()
        if one.key.startswith("nudge:"):
            for number in one.items:
                asked[number].append(one)
        elif one.key.startswith("told:") or " needs you." in one.text:
            for number in one.items:
                if not any(
                    world.count(ask.person, ask.at.date(), day) >= 2 and "Unless" in ask.text
                    for ask in asked[number]
                    if ask.at < one.at
                ):
                    yield f"{one.key} about {number} came before an ask"


def _unaccounted(world: World) -> Iterator[str]:
    """A rung whose day has long passed under a plan has exactly one outcome in it."""
    for number, plans in world.plans.items():
        rows = world.ledger_of(number)
        for row in rows:
            if row.outcome == "held" and row.plan < len(plans):
                yield f"{number}: {row.rung} of plan {row.plan} is held for ever"
        for index, plan in enumerate(plans, start=1):
            if plan.due is None:
                continue
            final = Counter(r.rung for r in rows if r.plan == index and r.outcome != "held")
            until = plan.ended or world.clock().date()
            for rung, offset in OFFSETS.items():
                day = max(world.rung_day(plan.owner, plan.due, offset), plan.began)
                if day + timedelta(days=55) <= until and final[rung] != 1:
                    yield f"{number}: {rung} of plan {index} ({day}) has {final[rung]} outcomes"
