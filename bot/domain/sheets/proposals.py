"""What a file asks the register to become, one proposal a row; the report people read first."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from bot.domain.deadlines import Deadline
from bot.domain.register import Confidence, Status
from bot.domain.sheets.columns import Field
from bot.domain.text import GuardedText


class Outcome(StrEnum):
    """What becomes of a row."""

    ADDED = "added"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


@dataclass(frozen=True, kw_only=True)
class Known:
    """An item of the register, as the rows of a file are compared with it.

    `touched` are the fields that were changed since the item was put on the register.
    """

    id: int
    ref: str
    title: str
    owner_id: int
    version: int
    supporters: frozenset[int] = frozenset()
    due: Deadline
    original_on: date | None = None
    frozen: bool = False
    status: Status | None = None
    confidence: Confidence | None = None
    words: str = ""
    answers: frozenset[str] = frozenset()
    raised_on: date | None = None
    touched: frozenset[Field] = frozenset()


@dataclass(frozen=True, kw_only=True)
class Change:
    """One thing of an item that becomes another."""

    field: Field
    before: str
    after: str

    @property
    def line(self) -> str:
        """As the report has it."""
        if self.field is Field.UPDATE:
            return f"update “{_short(self.after)}”"
        return f"{self.field.value} from {_short(self.before) or 'none'} to {_short(self.after)}"


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """One row: what it says in the register's words, and what becomes of it."""

    number: int
    ref: str | None = None
    item_id: int | None = None
    title: str = ""
    owner_id: int | None = None
    supporters: tuple[int, ...] = ()
    due: Deadline | None = None
    moves_to: Deadline | None = None
    raised_on: date | None = None
    status: Status | None = None
    confidence: Confidence | None = None
    completed_on: date | None = None
    update: GuardedText | None = None
    answers: tuple[str, ...] = ()
    said: Mapping[Field, str] = field(default_factory=dict)
    changes: tuple[Change, ...] = ()
    left: tuple[str, ...] = ()
    left_fields: frozenset[Field] = frozenset()
    notes: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()

    @property
    def outcome(self) -> Outcome:
        """What becomes of it."""
        if self.reasons:
            return Outcome.REFUSED
        if self.item_id is None:
            return Outcome.ADDED
        return Outcome.CHANGED if self.changes else Outcome.UNCHANGED

    @property
    def _when(self) -> str:
        """Its date, or the words that stand where one would."""
        words = self.due.words if self.due and self.due.latest is None else ""
        return self.said.get(Field.DUE) or (f"due “{_short(words)}”" if words else "")

    @property
    def line(self) -> str:
        """The row's line in the report."""
        name = " ".join(part for part in (self.ref, f"“{_short(self.title)}”") if part)
        said = {
            Outcome.ADDED: ", ".join(
                [name, *(said for said in (self.said.get(Field.OWNER), self._when) if said)]
            ),
            Outcome.CHANGED: f"{name}: {'; '.join(c.line for c in self.changes)}",
            Outcome.UNCHANGED: name,
            Outcome.REFUSED: "; ".join(self.reasons),
        }[self.outcome]
        more = [*(f"left as it is: {reason}" for reason in self.left), *self.notes]
        ends = "".join(f" ({one})" for one in more)
        return f"row {self.number}: {self.outcome.value}: {said}{ends}."


@dataclass(frozen=True, kw_only=True)
class Report:
    """What would become of a file; nothing has been written yet."""

    rows: Sequence[Proposal]
    notes: Sequence[str] = ()

    def count(self, outcome: Outcome) -> int:
        """How many rows."""
        return sum(row.outcome is outcome for row in self.rows)

    @property
    def refused(self) -> bool:
        """Whether nothing at all is written."""
        return self.count(Outcome.REFUSED) > 0

    @property
    def changes(self) -> int:
        """How many items are added or changed."""
        return self.count(Outcome.ADDED) + self.count(Outcome.CHANGED)

    @property
    def summary(self) -> str:
        """The counts in one sentence."""
        counts = ", ".join(f"{self.count(outcome)} {outcome.value}" for outcome in Outcome)
        rows = "1 row" if len(self.rows) == 1 else f"{len(self.rows)} rows"
        return f"{rows}: {counts}."

    @property
    def lines(self) -> list[str]:
        """The report, one line a row."""
        return [*self.notes, *(row.line for row in self.rows)]

    @property
    def fingerprint(self) -> str:
        """What the report says, in short: a register that changed meanwhile gives another."""
        return hashlib.sha256("\n".join(self.lines).encode()).hexdigest()


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 80 else f"{line[:79].rstrip()}…"
