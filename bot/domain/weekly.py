"""When the weekly digest is due: a weekday and an hour in London, or the next working day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from bot.domain.calendars import Calendar
from bot.domain.people import LONDON

EVENING = 18
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@dataclass(frozen=True, kw_only=True)
class Weekly:
    """The policy: weekday (Monday is 0, as in WEEKDAYS) and hour, London time."""

    weekday: int = 0
    hour: int = 9

    @classmethod
    def of(cls, policy: Mapping[str, Any]) -> Weekly:
        """From a group's settings; Monday at nine where they say nothing."""
        told = policy.get("digest") or {}
        day = str(told.get("weekday", WEEKDAYS[0])).casefold()
        return cls(weekday=WEEKDAYS.index(day), hour=int(told.get("hour", 9)))


@dataclass(frozen=True, kw_only=True)
class Slot:
    """One week's digest: the ISO week it belongs to ("2022-W33") and when it is due."""

    week: str
    at: datetime


def latest(weekly: Weekly, *, now: datetime, calendar: Calendar) -> Slot:
    """The last slot that has come; earlier ones that an outage missed are past."""
    monday = now.astimezone(LONDON).date() - timedelta(days=now.astimezone(LONDON).weekday())
    # A slot may be put off into the next week, but never by a whole one.
    weeks = [monday - timedelta(weeks=back) for back in range(4)]
    slots = (_slot(weekly, week, calendar) for week in weeks)
    return next(slot for slot in slots if slot.at <= now)


def earlier_weeks(slot: Slot, count: int) -> list[str]:
    """The ISO weeks before a slot's own, the latest first."""
    year, week = (int(part) for part in slot.week.split("-W"))
    monday = date.fromisocalendar(year, week, 1)
    return [_iso(monday - timedelta(weeks=back)) for back in range(1, count + 1)]


def fit_hour(weekly: Weekly, *, now: datetime, calendar: Calendar) -> bool:
    """Whether somebody may be sent a digest now: a late one too keeps to working hours."""
    local = now.astimezone(LONDON)
    until = EVENING if weekly.hour < EVENING else 24
    return calendar.is_working(local.date()) and weekly.hour <= local.hour < until


def _slot(weekly: Weekly, monday: date, calendar: Calendar) -> Slot:
    day = calendar.on_or_after(monday + timedelta(days=weekly.weekday))
    return Slot(week=_iso(monday), at=datetime.combine(day, time(weekly.hour), LONDON))


def _iso(day: date) -> str:
    year, week, _weekday = day.isocalendar()
    return f"{year}-W{week:02d}"
