"""Who is asked about an item on a day, and when they may be written to."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from bot.domain.calendars import Calendar, Nation
from bot.domain.people import Directory, Person

OPENS = time(9)
CLOSES = time(17)
LONGEST_ABSENCE = 400
"""Days that are looked through for somebody's next day at work."""


@dataclass(frozen=True, kw_only=True)
class Diary:
    """A directory with its calendars, each made once."""

    directory: Directory
    _own: dict[int, Calendar] = field(default_factory=dict, repr=False, compare=False)
    _national: dict[Nation, Calendar] = field(default_factory=dict, repr=False, compare=False)

    def person(self, person_id: int) -> Person:
        """The person with this number."""
        return self.directory.people[person_id]

    def own(self, person_id: int) -> Calendar:
        """The days this person works: holidays, pattern and leave."""
        if person_id not in self._own:
            self._own[person_id] = self.directory.calendar(self.person(person_id))
        return self._own[person_id]

    def national(self, person_id: int) -> Calendar:
        """The working days of this person's nation, in which their ladders are counted."""
        nation = self.person(person_id).nation
        if nation not in self._national:
            self._national[nation] = self.directory.national_calendar(nation)
        return self._national[nation]

    def asked(self, owner_id: int, day: date) -> Person | None:
        """The owner, or their cover while they are away; nobody where there is no cover."""
        away = self.directory.away(owner_id, day)
        if away is None:
            return self.person(owner_id)
        cover = away.cover_id
        if cover is None or self.directory.away(cover, day) is not None:
            return None
        return self.person(cover)

    def next_asked_on(self, owner_id: int, after: date) -> date:
        """The next day on which whoever is then asked is at work."""
        for days in range(1, LONGEST_ABSENCE):
            day = after + timedelta(days=days)
            person = self.asked(owner_id, day)
            if person is not None and self.own(person.id).is_working(day):
                return day
        return after + timedelta(days=LONGEST_ABSENCE)

    def opening(self, person: Person, now: datetime) -> datetime:
        """Now, if the person is at work and it is not their quiet time; else their next 9:00."""
        local, calendar = now.astimezone(person.zone), self.own(person.id)
        today = local.date()
        if calendar.is_working(today) and local.time() < CLOSES:
            if local.time() >= OPENS:
                return now
            return datetime.combine(today, OPENS, person.zone)
        return datetime.combine(calendar.add(today, 1), OPENS, person.zone)

    def greeted(self, person: Person, day: date) -> bool:
        """Whether their introduction is what they are written on this day, or a later one."""
        at = person.introduced_at
        return at is not None and day <= local_day(person, self.opening(person, at))


def local_day(person: Person, now: datetime) -> date:
    """The day it is for this person."""
    return now.astimezone(person.zone).date()
