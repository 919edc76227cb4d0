"""The group's settings as a group file may make them."""

from __future__ import annotations

from datetime import date

from pydantic import Field, JsonValue, StrictInt

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


class PolicyPart(Part):
    """The group's settings; one that is left out has the value it starts with.

    `audiences` names the posts that each kind of letter goes to, `sender` the lines of the
    letterhead, `contact` the one contact of a letter, `clearers` who must clear letters beside
    the chair and the signatories, `ladder` the rungs of reminders, `weekly_cap` the most
    reminders that one person gets in a week.
    """

    audiences: dict[Key, tuple[Key, ...]] | None = None
    sender: Texts | None = None
    report: ReportPart | None = None
    contact: Text | None = None
    clearers: Texts | None = None
    ladder: Rungs | None = None
    weekly_cap: StrictInt | None = Field(default=None, ge=1)
    digest: DigestPart | None = None

    def settings(self) -> dict[str, JsonValue]:
        """Every setting that is made here, by name."""
        return self.model_dump(mode="json", exclude_none=True)
