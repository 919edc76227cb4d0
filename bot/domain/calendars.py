"""Working days, bank holidays, recess and meetings: the calendars that deadlines are counted by."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property, lru_cache
from zoneinfo import ZoneInfo

import holidays

zone = ZoneInfo("Europe/London")

MONDAY_TO_FRIDAY = frozenset(range(5))


class Nation(StrEnum):
    """Whose bank holidays count."""

    ENGLAND = "england"
    WALES = "wales"
    SCOTLAND = "scotland"
    NORTHERN_IRELAND = "northern-ireland"


_SUBDIVISIONS = {
    Nation.ENGLAND: "ENG",
    Nation.WALES: "WLS",
    Nation.SCOTLAND: "SCT",
    Nation.NORTHERN_IRELAND: "NIR",
}


@dataclass(frozen=True, kw_only=True)
class Recess:
    """A recess of the Commons: the last sitting day before it, and the first one after."""

    name: str
    rises: date
    returns: date


@dataclass(frozen=True, kw_only=True)
class Meeting:
    """A meeting of the group."""

    on: date


@lru_cache(maxsize=512)
def bank_holidays(nation: Nation, year: int) -> dict[date, str]:
    """The bank holidays of a nation in a year with their names, substitutes included."""
    return dict(holidays.country_holidays("GB", subdiv=_SUBDIVISIONS[nation], years=year))


@dataclass(frozen=True, kw_only=True)
class Calendar:
    """The days somebody works: a nation's bank holidays, and what the secretariat knows besides.

    `weekdays` are the working ones (Monday is 0); `added` and `removed` are holidays that
    the nation's table does not know, or knows wrongly; `leave` are pairs of first and last
    day, both included. Long spans are counted by arithmetic, so 100,000 counts are cheap.
    """

    nation: Nation = Nation.ENGLAND
    weekdays: frozenset[int] = MONDAY_TO_FRIDAY
    added: frozenset[date] = frozenset()
    removed: frozenset[date] = frozenset()
    leave: tuple[tuple[date, date], ...] = ()

    def __post_init__(self) -> None:
        if not self.weekdays or not self.weekdays <= frozenset(range(7)):
            raise ValueError("A calendar needs at least one working weekday, from 0 to 6.")

    def is_holiday(self, day: date) -> bool:
        """Whether it is a bank holiday here, whatever the weekday."""
        if day in self.removed:
            return False
        return day in self.added or day in bank_holidays(self.nation, day.year)

    def is_working(self, day: date) -> bool:
        """Whether it is a working weekday that is neither a holiday nor leave."""
        if day.weekday() not in self.weekdays:
            return False
        return not self.is_holiday(day) and not self._is_leave(day)

    def working_days(self, from_: date, to: date) -> int:
        """Working days after `from_` up to and including `to`; negative if `to` is earlier."""
        if to < from_:
            return -self.working_days(to, from_)
        start, end = from_.toordinal(), to.toordinal()
        return self._weekdays_between(start, end) - self._days_off_between(start, end)

    def add(self, day: date, n: int) -> date:
        """The nth working day after `day`, or before it if n is negative; `day` itself for 0."""
        step, left, at = (1 if n > 0 else -1), abs(n), day
        # Each stride is as long as the working days still wanted, so it can't pass the answer.
        while left:
            there = at + timedelta(days=step * left)
            left -= self._passed(at, there)
            at = there
        return at

    def on_or_before(self, day: date) -> date:
        """The day itself if it is a working day, else the last working day before it."""
        return day if self.is_working(day) else self.add(day, -1)

    def on_or_after(self, day: date) -> date:
        """The day itself if it is a working day, else the first working day after it."""
        return day if self.is_working(day) else self.add(day, 1)

    def _passed(self, at: date, there: date) -> int:
        """Working days met on the way, the last day included and the first left out."""
        if there >= at:
            return self.working_days(at, there)
        one = timedelta(days=1)
        return self.working_days(there - one, at - one)

    def _is_leave(self, day: date) -> bool:
        return any(first <= day <= last for first, last in self.leave)

    def _weekdays_between(self, start: int, end: int) -> int:
        weeks, rest = divmod(end - start, 7)
        # An ordinal's weekday is (ordinal + 6) % 7, Monday being 0.
        tail = sum((n + 6) % 7 in self.weekdays for n in range(end - rest + 1, end + 1))
        return weeks * len(self.weekdays) + tail

    def _days_off_between(self, start: int, end: int) -> int:
        first, last = date.fromordinal(start).year, date.fromordinal(end).year
        return sum(
            bisect_right(off, end) - bisect_right(off, start)
            for off in map(self._days_off, range(first, last + 1))
        )

    @cached_property
    def _days_off_by_year(self) -> dict[int, list[int]]:
        return {}

    def _days_off(self, year: int) -> list[int]:
        """Ordinals, in order, of the working weekdays of a year on which nobody works."""
        known = self._days_off_by_year.get(year)
        if known is None:
            days = set(bank_holidays(self.nation, year)) - self.removed
            days |= {day for day in self.added if day.year == year and day not in self.removed}
            days |= set(self._leave_in(year))
            known = sorted(day.toordinal() for day in days if day.weekday() in self.weekdays)
            self._days_off_by_year[year] = known
        return known

    def _leave_in(self, year: int) -> Iterator[date]:
        for first, last in self.leave:
            start = max(first, date(year, 1, 1)).toordinal()
            end = min(last, date(year, 12, 31)).toordinal()
            yield from map(date.fromordinal, range(start, end + 1))
