"""A group whose calendar and absences are changed in words, on days of one's choice."""

from __future__ import annotations

from datetime import date, datetime

from bot.domain.deadlines import Deadline
from bot.domain.forms import Form
from bot.domain.guard import guard
from bot.services import calendars, commands, date_changes, intake, nudge_words, planning
from bot.services.intake import Arrival
from storage import items, people
from storage.database import Database
from storage.rows import CalendarRow, PersonRow
from tests.services.founded import KICK_OFF, at
from tests.services.promising import Promising


class Calendared(Promising):
    """One started group; `now` is when the next thing is said."""

    def __init__(self, database: Database, now: datetime) -> None:
        super().__init__(database)
        self.now = now
        self._key = 0

    def arrives(self, by: str) -> Arrival:
        """Something that comes in, never twice."""
        self._key += 1
        return self.arrival(by, key=f"in:{self._key}")

    def says(self, words: str, *, by: str = "Sam") -> str:  # type: ignore[override]
        """A command, and its answer; the title of the form that it opens."""
        answer = commands.run(self.database, self.arrives(by), guard(words), now=self.now)
        return answer.title if isinstance(answer, Form) else nudge_words.as_text(answer)

    def meets(self, *days: date) -> None:
        """Meetings of the group file."""
        for day in days:
            self.enter(CalendarRow, kind="meeting", name="meeting", starts_on=day)

    def rises(self, name: str, rises: date, returns: date) -> None:
        """A recess of the group file."""
        self.enter(CalendarRow, kind="recess", name=name, starts_on=rises, ends_on=returns)

    def due_by(
        self, ref: str, words: str, *, owner: str = "Priya", at_: datetime = KICK_OFF
    ) -> int:
        """An item whose date was said in words on some day, not yet agreed."""
        with self.database.transaction() as session:
            desk = intake.desk(session, self.arrival("Sam"), now=at_)
            due: Deadline = date_changes.read_date(desk, words)
            item = items.insert(
                session,
                group_id=self.group_id,
                ref=ref,
                title=f"The work of {ref}",
                owner_id=self.people[owner],
                due=due,
                raised_on=at_.date(),
                by_id=None,
                now=at_,
            )
            directory = people.directory(session, self.group_id)
            planning.replan(session, directory, item, now=at_, fresh=True)
            return item.id

    def accepts(self, item_id: int) -> None:
        """Its owner has agreed to it."""
        with self.database.transaction() as session:
            item = items.get(session, item_id)
            items.accept(session, item, by_id=item.owner_id, now=self.now)
            items.refresh(session, item_id)

    def introduced(self, *first: str) -> None:
        """They have had their introductions."""
        with self.database.transaction() as session:
            for name in first:
                row = session.get_one(PersonRow, self.people[name])
                row.introduced_at = KICK_OFF
                session.add(row)

    def sweeps_the_calendar(self) -> int:
        """What was left to the sweep."""
        return calendars.sweep(self.database, now=self.now)


__all__ = ["Calendared", "at"]
