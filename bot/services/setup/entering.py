"""Putting the parts of a group file on the register, each with the day it was so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from bot.domain.people import LONDON, Account, BodyName, RoleHeld
from bot.domain.posts import PostHolder, PostTitle
from bot.domain.register import ActionItem, Status, StatusUpdate
from bot.services.group_file import GroupFile
from bot.services.group_file.checking import folded
from bot.services.group_file.contents import (
    BodyPart,
    CalendarPart,
    HolderPart,
    ItemPart,
    NamePart,
    PersonPart,
    PostPart,
    RecommendationPart,
    RolePart,
    TitlePart,
)
from storage import audit, dated, founding, items, letters_in, posts, updates
from storage.database import Session
from storage.dated import CalendarDay, Dated, ItemLink
from storage.founding import Numbers


@dataclass(frozen=True, kw_only=True)
class Register:
    """The group being written: its open transaction, and the numbers of what it has.

    `beginning` is the instant from which what the file does not date is taken to be so.
    """

    session: Session
    group_id: int
    now: datetime
    beginning: datetime
    file: GroupFile
    numbers: Numbers
    started: bool = False

    def person(self, name: str) -> int:
        """The number of a person by name."""
        return self.numbers.people[folded(name)]

    def enter(self, value: Dated, *, since: date | None = None) -> None:
        """Enter a dated fact, so from `since` or from the beginning."""
        at = start_of(since) if since else self.beginning
        dated.add(self.session, value, group_id=self.group_id, at=at, now=self.now)


def start_of(day: date) -> datetime:
    """The instant at which a day begins in London."""
    return datetime.combine(day, time(0), tzinfo=LONDON)


def beginning(file: GroupFile, *, now: datetime) -> datetime:
    """The start of the first day that a letter, a role or an item of the file names."""
    contents = file.contents
    days = [letter.date for letter in contents.letters]
    days += [role.from_on for role in contents.roles]
    days += list(file.readings.raised_on.values())
    return min(start_of(min(days)), now)


def body(register: Register, part: BodyPart) -> None:
    """A body with its names and posts; lead and successor wait for the people."""
    session, group_id = register.session, register.group_id
    number = founding.body(session, group_id=group_id, key=part.key)
    register.numbers.bodies[part.key] = number
    for name in part.names:
        register.enter(name_value(register, name, owner=part), since=name.from_on)
    for one in part.posts:
        post(register, part, one)


def post(register: Register, owner: BodyPart, part: PostPart) -> None:
    """A post with its titles and holders."""
    number = posts.insert(
        register.session,
        group_id=register.group_id,
        body_id=register.numbers.bodies[owner.key],
        key=part.key,
    )
    register.numbers.posts[part.key] = number
    for title in part.titles:
        register.enter(title_value(register, title, owner=owner, of=part), since=title.from_on)
    for holder in part.holders:
        register.enter(holder_value(register, holder, owner=owner, of=part), since=holder.from_on)


def lead(register: Register, part: BodyPart) -> None:
    """A body's lead and what it became, once everybody and everything has a number."""
    founding.change_body(
        register.session,
        register.numbers.bodies[part.key],
        lead_id=register.person(part.lead) if part.lead else None,
        became_id=register.numbers.bodies[part.became] if part.became else None,
    )


def person(register: Register, part: PersonPart) -> None:
    """Somebody in the group, their accounts, and where and when they work."""
    session, group_id = register.session, register.group_id
    body_id = register.numbers.bodies[part.body]
    number = founding.person(
        session, group_id=group_id, name=part.name, body_id=body_id, email=part.email
    )
    register.numbers.people[folded(part.name)] = number
    accounts(register, part)
    pattern(register, part, at=register.beginning)


def accounts(register: Register, part: PersonPart) -> None:
    """The accounts of a person that they have not got yet."""
    for account in part.accounts:
        founding.add_account(
            register.session,
            Account(account.team, account.user),
            group_id=register.group_id,
            person_id=register.person(part.name),
        )


def pattern(register: Register, part: PersonPart, *, at: datetime) -> None:
    """Where and when a person works, from `at` on."""
    founding.add_pattern(
        register.session,
        group_id=register.group_id,
        person_id=register.person(part.name),
        nation=part.nation,
        weekdays=part.weekdays,
        title=part.title,
        at=at,
        now=register.now,
    )


def recommendation(register: Register, part: RecommendationPart) -> None:
    """A recommendation, and its words as held from the beginning."""
    number = letters_in.recommendation(register.session, group_id=register.group_id, ref=part.ref)
    register.numbers.recommendations[part.ref] = number
    hold(register, part, at=register.beginning)


def hold(register: Register, part: RecommendationPart, *, at: datetime) -> None:
    """The words of a recommendation as held from `at` on."""
    words = letters_in.Words(
        words=part.words,
        title=part.title,
        source=part.source,
        page=part.page,
        bodies=tuple(register.numbers.bodies[key] for key in part.to),
        confirmed_by=part.confirmed_by,
        confirmed_on=part.confirmed_on,
        response=part.response,
    )
    letters_in.hold(
        register.session,
        register.numbers.recommendations[part.ref],
        words,
        group_id=register.group_id,
        at=at,
        now=register.now,
    )


def item(register: Register, part: ItemPart) -> ActionItem:
    """An item with its original Deadline, and where it stands if it has begun.

    What it answers and waits on comes when every item has a number.
    """
    session, readings = register.session, register.file.readings
    added = items.insert(
        session,
        group_id=register.group_id,
        ref=part.ref,
        title=part.title,
        owner_id=register.person(part.owner),
        due=readings.due[part.ref],
        raised_on=readings.raised_on[part.ref],
        by_id=None,
        now=register.now,
        supporters=[register.person(name) for name in part.supporters],
    )
    register.numbers.items[part.ref] = added.id
    if part.status is not Status.NOT_STARTED:
        said = StatusUpdate(
            id=0,
            item_id=added.id,
            at=register.now,
            recorded_at=register.now,
            by_id=None,
            status=part.status,
            channel="file",
        )
        updates.add(session, said, group_id=register.group_id, words=None, source_key=None)
        added = items.refresh(session, added.id, bump=False)
    audit.record(
        session,
        "added",
        f"item:{added.id}",
        group_id=register.group_id,
        by_id=None,
        now=register.now,
    )
    return added


def links(register: Register, part: ItemPart) -> list[ItemLink]:
    """What an item answers and waits on."""
    numbers = register.numbers
    item_id = numbers.items[part.ref]
    found = []
    for ref in part.answers:
        kind = "commitment" if ref in numbers.commitments else "recommendation"
        target = numbers.commitments.get(ref) or numbers.recommendations[ref]
        found.append(ItemLink(item_id=item_id, kind=kind, target_id=target))
    for ref in part.waits_on:
        found.append(ItemLink(item_id=item_id, kind="waits_on", target_id=numbers.items[ref]))
    return found


def name_value(register: Register, part: NamePart, *, owner: BodyPart) -> BodyName:
    """A body's dated name."""
    return BodyName(
        body_id=register.numbers.bodies[owner.key],
        name=part.name,
        short=part.short,
        from_on=part.from_on,
        until_on=part.until_on,
    )


def title_value(register: Register, part: TitlePart, *, owner: BodyPart, of: PostPart) -> PostTitle:
    """A post's dated title."""
    return PostTitle(
        post_id=register.numbers.posts[of.key],
        key=of.key,
        body_id=register.numbers.bodies[owner.key],
        title=part.title,
        address=part.address,
        from_on=part.from_on,
        until_on=part.until_on,
    )


def holder_value(
    register: Register, part: HolderPart, *, owner: BodyPart, of: PostPart
) -> PostHolder:
    """A post's dated holder, who may be somebody in the group."""
    return PostHolder(
        post_id=register.numbers.posts[of.key],
        key=of.key,
        body_id=register.numbers.bodies[owner.key],
        name=part.name,
        salutation=part.salutation,
        person_id=register.numbers.people.get(folded(part.name)),
        from_on=part.from_on,
        until_on=part.until_on,
    )


def role_value(register: Register, part: RolePart) -> RoleHeld:
    """A dated role."""
    return RoleHeld(
        person_id=register.person(part.person),
        role=part.role,
        from_on=part.from_on,
        until_on=part.until_on,
        title=part.title,
    )


def calendar_days(part: CalendarPart) -> list[CalendarDay]:
    """Meetings, recesses and changed holidays as the calendar's entries."""
    days = [CalendarDay(kind="meeting", name="meeting", starts_on=day) for day in part.meetings]
    days += [
        CalendarDay(kind="recess", name=one.name, starts_on=one.rises, ends_on=one.returns)
        for one in part.recesses
    ]
    for kind, holidays in (
        ("holiday_added", part.holidays.added),
        ("holiday_removed", part.holidays.removed),
    ):
        days += [
            CalendarDay(kind=kind, name=one.name, starts_on=one.on, nation=one.nation)
            for one in holidays
        ]
    return days
