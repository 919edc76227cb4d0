"""What the nudge engine decides about, and what it decides: plans, ledger lines, outcomes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.domain.ladders import Ladder, Rung


class Result(StrEnum):
    """What became of a nudge that came due; `held` is not the last word."""

    SENT = "sent"
    MERGED = "merged"
    HELD = "held"
    SUPPRESSED = "suppressed"
    HANDED_OVER = "handed_over"
    FAILED = "failed"


@dataclass(frozen=True, kw_only=True)
class Plan:
    """When and of whom an item is asked, until its date or owner changes.

    `soft` where `due_on` is only the end of a window, `opens_on` its first day, if it has one.
    `letters` are the days on which a last update is asked for before a letter, by their keys.
    `again_on` is the day on which its owner wishes to be asked again.
    """

    ladder: Ladder
    owner_id: int
    due_on: date | None
    raised_on: date
    soft: bool = False
    opens_on: date | None = None
    letters: tuple[tuple[str, date], ...] = ()

    @property
    def wants_date(self) -> bool:
        """Whether a firm date is still to be asked for."""
        return self.due_on is None or self.soft

    again_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One line of the ledger: `told` is the rung that the message announced."""

    rung: str
    due_on: date
    result: Result
    reason: str = ""
    person_id: int | None = None
    asked_on: date | None = None
    delivered: bool = False
    told: str | None = None


@dataclass(frozen=True, kw_only=True)
class Standing:
    """Where an item stands: why its ladder rests, and when its owner last answered.

    `asks_id` is the owner of the item it waits on; asks before `counts_from` do not count,
    because an outage or a pause came between.
    """

    stopped: str | None = None
    blocked: bool = False
    asks_id: int | None = None
    answered_on: date | None = None
    counts_from: date | None = None


@dataclass(frozen=True, kw_only=True)
class Reach:
    """Why nothing can go to whoever is asked today: wait a while, or let a person take over."""

    hold: str | None = None
    hand_over: str | None = None


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What becomes of a rung now. `tells` and `tells_on`: the rung it announces, and its day."""

    rung: Rung
    key: str
    due_on: date
    result: Result
    reason: str = ""
    tells: Rung | None = None
    tells_on: date | None = None

    @property
    def is_ask(self) -> bool:
        """Whether the owner alone is asked, in place of a rung that involves others."""
        return self.key != self.rung.key


@dataclass(frozen=True, kw_only=True)
class Decision:
    """Everything that follows for one item today, and the day to look at it again."""

    outcomes: tuple[Outcome, ...]
    next_on: date | None

    @property
    def message(self) -> Outcome | None:
        """The one outcome that needs a message to somebody, if there is one."""
        said = {Result.SENT, Result.HANDED_OVER}
        return next((o for o in self.outcomes if o.result in said), None)


ANYTIME = Reach()
