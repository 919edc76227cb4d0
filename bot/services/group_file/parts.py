"""What every part of a group file is: frozen, and closed to keys it does not know."""

from __future__ import annotations

from datetime import date
from typing import Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from bot.domain.deadlines import long_date


class Part(BaseModel):
    """A mapping of the file: frozen, and closed to keys it does not know."""

    model_config = ConfigDict(extra="forbid", frozen=True, serialize_by_alias=True)


class Spell(Part):
    """Something that held between two days, both included; an absent end is open."""

    from_on: date | None = Field(default=None, alias="from")
    until_on: date | None = Field(default=None, alias="until")

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        refuse_backwards(self.from_on, self.until_on)
        return self

    def holds(self, day: date) -> bool:
        """Whether it held on this day."""
        begun = self.from_on is None or self.from_on <= day
        return begun and (self.until_on is None or day <= self.until_on)


def refuse_backwards(first: date | None, last: date | None) -> None:
    """ValueError where something ends before it begins."""
    if first and last and last < first:
        raise ValueError(f"ends on {long_date(last)}, before it begins on {long_date(first)}")
