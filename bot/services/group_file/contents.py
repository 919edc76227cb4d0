"""What a group file may say, key by key; anything else is refused."""

from __future__ import annotations

from datetime import date
from typing import Literal, Self

from pydantic import Field, StrictBool, StrictInt, model_validator

from bot.domain.calendars import Nation
from bot.domain.people import Role
from bot.domain.register import Status
from bot.domain.weekly import WEEKDAYS
from bot.services.group_file.parts import Part, Spell, refuse_backwards
from bot.services.group_file.policy import PolicyPart
from bot.services.group_file.texts import WEEK, Channel, Key, Ref, Text, Weekday

Response = Literal["pending", "accepted", "accepted_in_part", "accepted_in_principle", "rejected"]


class GroupPart(Part):
    """The group itself, its channels and its settings."""

    key: Key
    name: Text
    sponsor: Text
    ends_on: date
    channel: Channel | None = None
    clearance_channel: Channel | None = None
    policy: PolicyPart = PolicyPart()


class NamePart(Spell):
    """A body's name as letters spell it, and its short form."""

    name: Text
    short: Text


class TitlePart(Spell):
    """A post's title, and the lines of its address below the title."""

    title: Text
    address: tuple[Text, ...] = ()


class HolderPart(Spell):
    """Who holds a post, and how a salutation names them ("Mr Wragg")."""

    name: Text
    salutation: Text


class PostPart(Part):
    """A post that letters go to."""

    key: Key
    titles: tuple[TitlePart, ...] = Field(min_length=1)
    holders: tuple[HolderPart, ...] = ()


class BodyPart(Part):
    """An agency; `lead` is the person told of what its owners leave undone."""

    key: Key
    names: tuple[NamePart, ...] = Field(min_length=1)
    lead: Text | None = None
    became: Key | None = None
    posts: tuple[PostPart, ...] = ()


class AccountPart(Part):
    """A Slack account: the ids of workspace and user."""

    team: Text
    user: Text


class PersonPart(Part):
    """Somebody in the group, with any number of accounts or none yet."""

    name: Text
    body: Key
    nation: Nation = Nation.ENGLAND
    working_days: tuple[Weekday, ...] = Field(default=WEEK, min_length=1)
    accounts: tuple[AccountPart, ...] = ()
    email: Text | None = None
    title: Text | None = None

    @property
    def weekdays(self) -> tuple[int, ...]:
        """The working days by number, Monday 0."""
        return tuple(WEEKDAYS.index(day.casefold()) for day in self.working_days)


class RolePart(Part):
    """A role between two days, both included; a signatory's has the title they sign with."""

    person: Text
    role: Role
    from_on: date = Field(alias="from")
    until_on: date | None = Field(default=None, alias="to")
    title: Text | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        refuse_backwards(self.from_on, self.until_on)
        if self.role is Role.SIGNATORY and self.title is None:
            raise ValueError("a signatory needs the `title` to sign with: add it")
        return self


class RecommendationPart(Part):
    """A published ask: unconfirmed words block clearance until somebody confirms them."""

    ref: Ref
    words: Text
    title: Text
    to: tuple[Key, ...] = Field(min_length=1)
    source: Text
    page: Text | None = None
    confirmed_by: Text | None = None
    confirmed_on: date | None = None
    response: Response = "pending"

    @model_validator(mode="after")
    def _confirmed_whole(self) -> Self:
        if (self.confirmed_by is None) != (self.confirmed_on is None):
            raise ValueError("needs `confirmed_by` and `confirmed_on` both, or neither")
        return self


class CommitmentPart(Part):
    """A promise in its words; `deadline` holds the words that date it, if any do."""

    ref: Ref
    words: Text
    deadline: Text | None = None
    paragraph: StrictInt | None = None
    standing: StrictBool = False
    restates: Ref | None = None
    recommendations: tuple[Ref, ...] = ()


class StatementPart(Part):
    """What a letter said is so, in its words."""

    ref: Ref
    words: Text
    paragraph: StrictInt | None = None


class LetterPart(Part):
    """A letter that was sent; addressees are posts by key, or names."""

    date: date
    audience: Key
    reference: Text
    addressees: tuple[Text, ...] = Field(min_length=1)
    signatories: tuple[Text, ...] = ()
    commitments: tuple[CommitmentPart, ...] = ()
    statements: tuple[StatementPart, ...] = ()


class ItemPart(Part):
    """An action item; `answers` names commitments and recommendations, `due` a date in words."""

    ref: Ref
    title: Text
    owner: Text
    supporters: tuple[Text, ...] = ()
    answers: tuple[Ref, ...] = ()
    due: date | Text | None = None
    status: Status = Status.NOT_STARTED
    waits_on: tuple[Ref, ...] = ()
    raised_on: date | None = None


class RecessPart(Part):
    """A recess of the Commons: the last sitting day before it, and the first one after."""

    name: Text
    rises: date
    returns: date

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        refuse_backwards(self.rises, self.returns)
        return self


class HolidayPart(Part):
    """A bank holiday that the published tables do not know, or know wrongly."""

    on: date
    name: Text
    nation: Nation | None = None


class HolidaysPart(Part):
    """Bank holidays added to the published tables, and removed from them."""

    added: tuple[HolidayPart, ...] = ()
    removed: tuple[HolidayPart, ...] = ()


class CalendarPart(Part):
    """Meetings of the group, recesses of the Commons, and holidays that changed."""

    meetings: tuple[date, ...] = ()
    recesses: tuple[RecessPart, ...] = ()
    holidays: HolidaysPart = HolidaysPart()


class Contents(Part):
    """A whole group file."""

    sample: StrictBool = False
    group: GroupPart
    bodies: tuple[BodyPart, ...] = Field(min_length=1)
    people: tuple[PersonPart, ...] = Field(min_length=1)
    roles: tuple[RolePart, ...] = Field(min_length=1)
    recommendations: tuple[RecommendationPart, ...] = ()
    letters: tuple[LetterPart, ...] = ()
    items: tuple[ItemPart, ...] = ()
    calendar: CalendarPart = CalendarPart()
