"""The group's settings as a group file may make them."""

from __future__ import annotations

from datetime import date
from typing import Self

from pydantic import Field, JsonValue, StrictInt, model_validator

from bot.domain import shelves
from bot.domain.errors import UserError
from bot.services.group_file.parts import Part
from bot.services.group_file.texts import Key, Rungs, Text, Texts, Weekday


class ReportPart(Part):
    """The report that the letters are about; `published` is a date or a month in words."""

    title: Text
    number: Text | None = None
    published: date | Text | None = None
    publisher: Text | None = None
    matters: Texts = ()


class DigestPart(Part):
    """When the weekly digest goes out: a day of the week and an hour, London time."""

    weekday: Weekday = "Monday"
    hour: StrictInt = Field(default=9, ge=0, le=23)


class LetterDaysPart(Part):
    """How many working days the steps before a letter's sending day take."""

    updates: StrictInt = Field(default=5, ge=0, le=60)
    drafting: StrictInt = Field(default=3, ge=0, le=60)
    clearance: StrictInt = Field(default=5, ge=0, le=60)


class PolicyPart(Part):
    """The group's settings; one that is left out has the value it starts with.

    `audiences` names the posts that each kind of letter goes to, `sender` the lines of the
    letterhead, `contact` the one contact of a letter, `clearers` who must clear letters beside
    the chair and the signatories, `ladder` the rungs of reminders, `ladders` more of them by
    name, `ladder_for` which of them stands for any item (`default`) and for what answers a
    promise of a sent letter (`public`), `weekly_cap` the most reminders that one person gets in a
    week, `letter_days` the working days that each step of a letter due takes.
    """

    audiences: dict[Key, tuple[Key, ...]] | None = None
    sender: Texts | None = None
    report: ReportPart | None = None
    contact: Text | None = None
    clearers: Texts | None = None
    ladder: Rungs | None = None
    ladders: dict[Key, Rungs] | None = None
    ladder_for: dict[Key, Key] | None = None
    weekly_cap: StrictInt | None = Field(default=None, ge=1)
    digest: DigestPart | None = None
    letter_days: LetterDaysPart | None = None

    @model_validator(mode="after")
    def _ladders_stand(self) -> Self:
        try:
            shelves.read(self.settings())
        except UserError as error:
            raise ValueError(str(error).rstrip(".")) from error
        return self

    def settings(self) -> dict[str, JsonValue]:
        """Every setting that is made here, by name."""
        return self.model_dump(mode="json", exclude_none=True)
