"""Groups, bodies, people, what they may do, and when they work."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.domain.calendars import Calendar, Meeting, Nation, Recess

LONDON = ZoneInfo("Europe/London")


class Role(StrEnum):
    """What somebody may do in a group between two days; owning an item is not a role."""

    MEMBER = "member"
    SECRETARIAT = "secretariat"
    CHAIR = "chair"
    DEPUTY_CHAIR = "deputy_chair"
    SIGNATORY = "signatory"
    CLEARER = "clearer"
    SPONSOR = "sponsor"


@dataclass(frozen=True)
class Account:
    """A Slack account: the key of a person on Slack."""

    team_id: str
    user_id: str


@dataclass(frozen=True, kw_only=True)
class Group:
    """A task and finish group, with a sponsor and an end date."""

    id: int
    key: str
    name: str
    sponsor: str
    ends_on: date
    sample: bool
    team_id: str | None
    channel_id: str | None
    clearance_channel_id: str | None
    started_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class Person:
    """Somebody in a group. `weekdays` are the days they work, Monday 0.

    `ask_on` is the weekday on which they wish to be asked, where they chose one.
    """

    id: int
    group_id: int
    name: str
    body_id: int
    body: str
    nation: Nation = Nation.ENGLAND
    zone: ZoneInfo = LONDON
    weekdays: frozenset[int] = frozenset(range(5))
    title: str | None = None
    email: str | None = None
    accounts: tuple[Account, ...] = ()
    introduced_at: datetime | None = None
    ask_on: int | None = None

    @property
    def label(self) -> str:
        """How others are told of them: "Priya Nair (RCR)"."""
        return f"{self.name} ({self.body})" if self.body else self.name


@dataclass(frozen=True, kw_only=True)
class RoleHeld:
    """A person holds a role from one day to another, both included."""

    person_id: int
    role: Role
    from_on: date
    until_on: date | None = None
    title: str | None = None

    def held_on(self, day: date) -> bool:
        """Whether the role is held on this day."""
        return self.from_on <= day and (self.until_on is None or day <= self.until_on)


@dataclass(frozen=True, kw_only=True)
class Cover:
    """A person is away between two days, both included; `cover_id` acts as owner."""

    person_id: int
    cover_id: int | None
    from_on: date
    until_on: date


@dataclass(frozen=True, kw_only=True)
class BodyName:
    """What a body was called between two days; a null end is open."""

    body_id: int
    name: str
    short: str
    from_on: date | None
    until_on: date | None

    def true_on(self, day: date) -> bool:
        """Whether the body had this name on this day."""
        started = self.from_on is None or self.from_on <= day
        return started and (self.until_on is None or day <= self.until_on)


@dataclass(frozen=True, kw_only=True)
class Directory:
    """Everybody in a group, as at T and as known at K, and the calendars they work by."""

    group: Group
    people: Mapping[int, Person]
    roles: tuple[RoleHeld, ...]
    covers: tuple[Cover, ...]
    body_keys: Mapping[str, int]
    body_names: tuple[BodyName, ...]
    leads: Mapping[int, int] = field(default_factory=dict)
    meetings: tuple[Meeting, ...] = ()
    recesses: tuple[Recess, ...] = ()
    holidays_added: Mapping[Nation, frozenset[date]] = field(default_factory=dict)
    holidays_removed: Mapping[Nation, frozenset[date]] = field(default_factory=dict)

    def by_account(self, account: Account) -> Person | None:
        """The person behind a Slack account, if they are in the group."""
        return next((p for p in self.people.values() if account in p.accounts), None)

    def by_name(self, name: str) -> Person | None:
        """The person with this name, whatever its case."""
        wanted = " ".join(name.split()).casefold()
        return next((p for p in self.people.values() if p.name.casefold() == wanted), None)

    def holders(self, role: Role, on: date) -> tuple[Person, ...]:
        """Who holds a role on a day, in the order they took it."""
        held = [r for r in self.roles if r.role is role and r.held_on(on)]
        return tuple(self.people[r.person_id] for r in held)

    def has_role(self, person_id: int, *roles: Role, on: date) -> bool:
        """Whether a person holds one of these roles on a day."""
        return any(
            r.person_id == person_id and r.role in roles and r.held_on(on) for r in self.roles
        )

    def has_left(self, person_id: int, on: date) -> bool:
        """Whether all roles they held have ended; whoever never held one has none to end."""
        held = [r for r in self.roles if r.person_id == person_id]
        return bool(held) and all(r.until_on is not None and r.until_on < on for r in held)

    def away(self, person_id: int, on: date) -> Cover | None:
        """The absence that covers this day, the latest recorded first."""
        found = [
            c for c in self.covers if c.person_id == person_id and c.from_on <= on <= c.until_on
        ]
        return found[-1] if found else None

    def acting_owner(self, owner_id: int, on: date) -> Person:
        """The owner, or who covers for them on this day."""
        away = self.away(owner_id, on)
        return self.people[away.cover_id if away and away.cover_id else owner_id]

    def may_change(self, owner_id: int, person_id: int, on: date) -> bool:
        """Rule 5: only the owner, a named cover, or the secretariat change an item by chat."""
        covers = any(
            c.cover_id == person_id and c.person_id == owner_id and c.from_on <= on <= c.until_on
            for c in self.covers
        )
        return person_id == owner_id or covers or self.has_role(person_id, Role.SECRETARIAT, on=on)

    def calendar(self, person: Person) -> Calendar:
        """The working days of a person: their nation's holidays, pattern and leave."""
        leave = tuple((c.from_on, c.until_on) for c in self.covers if c.person_id == person.id)
        return Calendar(
            nation=person.nation,
            weekdays=person.weekdays,
            added=self.holidays_added.get(person.nation, frozenset()),
            removed=self.holidays_removed.get(person.nation, frozenset()),
            leave=leave,
        )

    def national_calendar(self, nation: Nation) -> Calendar:
        """The working days of a nation, in which ladders are counted."""
        return Calendar(
            nation=nation,
            added=self.holidays_added.get(nation, frozenset()),
            removed=self.holidays_removed.get(nation, frozenset()),
        )

    def body_name(self, body_id: int, on: date) -> BodyName:
        """What a body is called on a day; its last known name where none is true then."""
        names = [n for n in self.body_names if n.body_id == body_id]
        return next((n for n in reversed(names) if n.true_on(on)), names[-1])
