"""Posts that letters go to, what they were called and who held them, day by day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, kw_only=True)
class PostTitle:
    """What a post was called between two days, both included, and where letters to it go.

    `key` is the post's own; `address` holds the lines under the title. A null end is open.
    """

    post_id: int
    key: str
    body_id: int
    title: str
    address: tuple[str, ...]
    from_on: date | None = None
    until_on: date | None = None

    def true_on(self, day: date) -> bool:
        """Whether the post had this title on this day."""
        return _within(day, self.from_on, self.until_on)


@dataclass(frozen=True, kw_only=True)
class PostHolder:
    """Who held a post between two days, both included; `salutation` is never guessed."""

    post_id: int
    key: str
    body_id: int
    name: str
    salutation: str
    person_id: int | None = None
    from_on: date | None = None
    until_on: date | None = None

    def true_on(self, day: date) -> bool:
        """Whether they held the post on this day."""
        return _within(day, self.from_on, self.until_on)


def _within(day: date, from_on: date | None, until_on: date | None) -> bool:
    return (from_on is None or from_on <= day) and (until_on is None or day <= until_on)
