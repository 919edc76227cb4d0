"""A group founded row by row: its people, calendars, leads and settings."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain.people import LONDON, Role
from storage import entries
from storage.database import Database, Session
from storage.rows import (
    AccountRow,
    BodyNameRow,
    BodyRow,
    CalendarRow,
    CoverRow,
    GroupRow,
    PatternRow,
    PauseRow,
    PersonRow,
    PolicyRow,
    RoleRow,
)

KICK_OFF = datetime(2022, 3, 1, 9, 0, tzinfo=UTC)
TEAM = "T0HOME"


def at(day: date, hour: int = 9, minute: int = 0, zone: ZoneInfo = LONDON) -> datetime:
    """An instant in local time."""
    return datetime.combine(day, time(hour, minute), zone).astimezone(UTC)


class Founded:
    """One group in a database, with a chair, a deputy, a sponsor, a secretary and an owner."""

    def __init__(self, database: Database, *, started: bool = True, channel: str | None = None):
        self.database = database
        self.people: dict[str, int] = {}
        self.bodies: dict[str, int] = {}
        with database.transaction() as session:
            group = GroupRow(
                key="imaging",
                name="Imaging",
                sponsor="Board",
                ends_on=date(2023, 3, 31),
                sample=True,
                team_id=TEAM,
                clearance_channel_id=channel,
                started_at=KICK_OFF if started else None,
                created_at=KICK_OFF,
            )
            self.group_id = self._number(session, group)
            for short in ("NHSE", "RCR"):
                self.bodies[short] = self._number(
                    session, BodyRow(group_id=self.group_id, key=short)
                )
                self._enter(
                    session, BodyNameRow, body_id=self.bodies[short], name=short, short=short
                )
        self.person("Sam Okafor", "NHSE", Role.SECRETARIAT)
        self.person("Helen Marsh", "NHSE", Role.CHAIR)
        self.person("Dev Rao", "NHSE", Role.DEPUTY_CHAIR)
        self.person("Sue Grant", "NHSE", Role.SPONSOR)
        self.person("Priya Nair", "RCR")
        self.person("Leo Hart", "RCR")
        self.lead("RCR", "Leo")

    def _number(self, session: Session, row: Any) -> int:
        session.add(row)
        session.flush()
        assert row.id is not None
        return int(row.id)

    def _enter(self, session: Session, table: type[Any], /, **values: Any) -> int:
        clocks = {"at": KICK_OFF, "recorded_at": KICK_OFF}
        return entries.add(session, table(group_id=self.group_id, **clocks, **values))

    def enter(self, table: type[Any], /, **values: Any) -> int:
        """Any dated entry of the group."""
        with self.database.transaction() as session:
            return self._enter(session, table, **values)

    def person(
        self,
        name: str,
        body: str,
        *roles: Role,
        nation: str = "england",
        zone: str = "Europe/London",
        weekdays: tuple[int, ...] = (0, 1, 2, 3, 4),
        account: bool = True,
    ) -> int:
        """Somebody, by their first name from now on."""
        first = name.split()[0]
        with self.database.transaction() as session:
            row = PersonRow(group_id=self.group_id, name=name, body_id=self.bodies[body])
            number = self.people[first] = self._number(session, row)
            self._enter(
                session,
                PatternRow,
                person_id=number,
                nation=nation,
                zone=zone,
                weekdays=list(weekdays),
            )
            if account:
                session.add(
                    AccountRow(
                        group_id=self.group_id,
                        person_id=number,
                        team_id=TEAM,
                        user_id=f"U{first.upper()}",
                    )
                )
            for role in roles:
                self._enter(
                    session, RoleRow, person_id=number, role=role.value, from_on=date(2022, 1, 1)
                )
        return number

    def lead(self, body: str, first: str) -> None:
        """Who leads a body."""
        with self.database.transaction() as session:
            row = session.get_one(BodyRow, self.bodies[body])
            row.lead_id = self.people[first]
            session.add(row)

    def covers(self, away: str, cover: str | None, from_on: date, until_on: date) -> None:
        """Somebody is away."""
        cover_id = self.people[cover] if cover else None
        self.enter(
            CoverRow,
            person_id=self.people[away],
            cover_id=cover_id,
            from_on=from_on,
            until_on=until_on,
        )

    def holiday(self, day: date, nation: str | None = None) -> None:
        """A holiday that the secretariat adds."""
        self.enter(CalendarRow, kind="holiday_added", name="x", nation=nation, starts_on=day)

    def policy(self, name: str, value: Any) -> None:
        """A setting of the group."""
        self.enter(PolicyRow, name=name, value=value)

    def pause(self, when: datetime, *, resumes: bool = False) -> None:
        """The off switch, or on again."""
        with self.database.transaction() as session:
            row = PauseRow(
                group_id=self.group_id, at=when, recorded_at=when, reason="purdah", resumes=resumes
            )
            entries.add(session, row)
