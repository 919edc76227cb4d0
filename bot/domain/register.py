"""The register's values: action items, what was said of them, and where they stand.

An item's position is folded from its entries; nothing is ever edited. Response, delivery and
confidence are three fields, never one (rule 1).
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from bot.domain.deadlines import NO_DEADLINE, Deadline


class Delivery(StrEnum):
    """How far an item is; `complete` is a claim until evidence is verified (rule 2)."""

    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    COMPLETE = "complete"
    PAUSED = "paused"
    WITHDRAWN = "withdrawn"
    SUPERSEDED = "superseded"


class Confidence(StrEnum):
    """RAG, with the two between that owners also use, and blue for what is verified."""

    GREEN = "green"
    AMBER_GREEN = "amber_green"
    AMBER = "amber"
    AMBER_RED = "amber_red"
    RED = "red"
    BLUE = "blue"


class Status(StrEnum):
    """What an owner says of an item in one word."""

    NOT_STARTED = "not_started"
    ON_TRACK = "on_track"
    AT_RISK = "at_risk"
    OFF_TRACK = "off_track"
    BLOCKED = "blocked"
    PAUSED = "paused"
    COMPLETE = "complete"
    WITHDRAWN = "withdrawn"
    UNCHANGED = "unchanged"


STATUS_MEANS: dict[Status, tuple[Delivery, Confidence | None, bool]] = {
    Status.NOT_STARTED: (Delivery.NOT_STARTED, None, False),
    Status.ON_TRACK: (Delivery.IN_PROGRESS, Confidence.GREEN, False),
    Status.AT_RISK: (Delivery.IN_PROGRESS, Confidence.AMBER, False),
    Status.OFF_TRACK: (Delivery.IN_PROGRESS, Confidence.RED, False),
    Status.BLOCKED: (Delivery.IN_PROGRESS, Confidence.RED, True),
    Status.PAUSED: (Delivery.PAUSED, None, False),
    Status.COMPLETE: (Delivery.COMPLETE, None, False),
    Status.WITHDRAWN: (Delivery.WITHDRAWN, None, False),
}

STATUS_WORDS: dict[Status, str] = {
    Status.NOT_STARTED: "not started",
    Status.ON_TRACK: "on track",
    Status.AT_RISK: "at risk",
    Status.OFF_TRACK: "off track",
    Status.BLOCKED: "blocked",
    Status.PAUSED: "paused",
    Status.COMPLETE: "reported complete",
    Status.WITHDRAWN: "withdrawn",
    Status.UNCHANGED: "unchanged",
}


@dataclass(frozen=True, kw_only=True)
class Terms:
    """What an item says and whose it is, from `at` on."""

    at: datetime
    title: str
    owner_id: int
    supporters: tuple[int, ...] = ()
    accepted_at: datetime | None = None
    publish: bool = True


@dataclass(frozen=True, kw_only=True)
class StatusUpdate:
    """What somebody said of an item: `at` when it was said, `recorded_at` when we knew."""

    id: int
    item_id: int
    at: datetime
    recorded_at: datetime
    by_id: int | None
    status: Status
    confidence: Confidence | None = None
    completed_on: date | None = None
    percent: int | None = None
    blocker: str | None = None
    ask: str | None = None
    publish: bool = True
    words: str = ""
    channel: str = "slack"
    supersedes_id: int | None = None


class Decision(StrEnum):
    """What became of a request to move a date."""

    PENDING = "pending"
    AGREED = "agreed"
    REFUSED = "refused"
    ASKED = "asked"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, kw_only=True)
class DateChange:
    """A request to move a date, and its decision; the original date never moves (rule 3)."""

    id: int
    item_id: int
    at: datetime
    recorded_at: datetime
    asked_by: int | None
    old_latest_on: date | None
    new: Deadline
    reason: str
    decider: str
    decision: Decision = Decision.PENDING
    decided_by: int | None = None
    decided_at: datetime | None = None
    write_now: bool = False
    decision_reason: str = ""

    @property
    def moves(self) -> bool:
        """Whether it would change the date; else it gives the date's reason in other words."""
        return self.old_latest_on != self.new.latest


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """A link or file that shows completion, and who verified it (rule 2)."""

    id: int
    item_id: int | None
    at: datetime
    by_id: int | None
    title: str
    url: str | None
    verified_by: int | None = None
    verified_at: datetime | None = None
    holds: bool | None = None


@dataclass(frozen=True, kw_only=True)
class ActionItem:
    """What somebody in the group does about a recommendation or commitment, as it stands."""

    id: int
    group_id: int
    ref: str
    title: str
    owner_id: int
    raised_on: date
    due: Deadline = NO_DEADLINE
    original_latest_on: date | None = None
    delivery: Delivery = Delivery.NOT_STARTED
    claimed: Confidence | None = None
    blocked: bool = False
    verified: bool = False
    slips: int = 0
    status_at: datetime | None = None
    status_words: str = ""
    version: int = 1

    @property
    def is_open(self) -> bool:
        """Whether anybody still has something to do: a claim without proof is still open."""
        closed = {Delivery.WITHDRAWN, Delivery.SUPERSEDED}
        return self.delivery not in closed and not self.verified

    @property
    def is_active(self) -> bool:
        """Whether its owner is to be asked how it goes: open, not paused, nothing claimed."""
        return self.delivery in {Delivery.NOT_STARTED, Delivery.IN_PROGRESS}

    @property
    def due_on(self) -> date | None:
        """The last day its Deadline allows."""
        return self.due.latest

    def overdue(self, today: date) -> bool:
        """Past its deadline with nothing claimed."""
        return self.is_active and self.due_on is not None and self.due_on < today


@dataclass(frozen=True, kw_only=True)
class History:
    """Everything entered about one item that stood at T and was known at K, oldest first."""

    item_id: int
    group_id: int
    ref: str
    raised_on: date
    version: int
    terms: Sequence[Terms]
    deadlines: Sequence[tuple[datetime, Deadline]]
    updates: Sequence[StatusUpdate]
    date_changes: Sequence[DateChange]
    evidence: Sequence[Evidence]
    commitments: Sequence[int] = ()
    recommendations: Sequence[int] = ()
    waits_on: Sequence[int] = ()

    @property
    def original(self) -> Deadline:
        """The Deadline first agreed; it is frozen."""
        return self.deadlines[0][1] if self.deadlines else NO_DEADLINE

    @property
    def latest_update(self) -> StatusUpdate | None:
        """What was said last that says where the item stands."""
        said = [u for u in self.updates if u.status is not Status.UNCHANGED]
        return said[-1] if said else None

    @property
    def last_word(self) -> StatusUpdate | None:
        """What was said last, "no change" included: the age of the status."""
        return self.updates[-1] if self.updates else None

    @property
    def slips(self) -> int:
        """How often its date was moved to a later one."""
        days = [deadline.latest for _at, deadline in self.deadlines if deadline.latest]
        return sum(later > earlier for earlier, later in itertools.pairwise(days))

    @property
    def pending_change(self) -> DateChange | None:
        """The date change that waits for a decision, if one does."""
        waiting = {Decision.PENDING, Decision.ASKED}
        return next((c for c in self.date_changes if c.decision in waiting), None)

    @property
    def evidence_verified(self) -> Evidence | None:
        """What somebody other than the owner found to hold since it was last reopened."""
        since = self._reopened_at
        held = (e for e in self.evidence if e.holds)
        return next((e for e in held if not since or (e.verified_at or since) > since), None)

    @property
    def _reopened_at(self) -> datetime | None:
        """When a claim of completion was last followed by something else."""
        said = itertools.pairwise(u for u in self.updates if u.status is not Status.UNCHANGED)
        done = Status.COMPLETE
        found = [b.at for a, b in said if a.status is done and b.status is not done]
        return found[-1] if found else None


def position(history: History) -> ActionItem:
    """Where an item stands, from everything entered about it."""
    terms = history.terms[-1]
    item = ActionItem(
        id=history.item_id,
        group_id=history.group_id,
        ref=history.ref,
        title=terms.title,
        owner_id=terms.owner_id,
        raised_on=history.raised_on,
        due=history.deadlines[-1][1] if history.deadlines else NO_DEADLINE,
        original_latest_on=history.original.latest,
        slips=history.slips,
        version=history.version,
    )
    return _with_status(item, history)


def _with_status(item: ActionItem, history: History) -> ActionItem:
    said, last = history.latest_update, history.last_word
    if last is not None:
        item = replace(item, status_at=last.at)
    if said is None:
        return item
    delivery, confidence, blocked = STATUS_MEANS[said.status]
    proof = history.evidence_verified
    return replace(
        item,
        delivery=delivery,
        claimed=said.confidence or confidence,
        blocked=blocked,
        verified=delivery is Delivery.COMPLETE and proof is not None,
        status_words=said.words,
    )
