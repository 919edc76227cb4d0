"""What a pasted list was read as."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from bot.domain.calendars import Nation
from bot.domain.deadlines import NO_DEADLINE, Deadline, Kind
from bot.domain.people import Directory

# A line that speaks of oneself or of how something stands is an answer, not a minute.
_ANSWER = re.compile(
    r"\b(?:I|I['’]\w+|[Ww]e|[Ww]e['’]\w+|my|[Oo]ur)\b"
    r"|\b(?i:on\s+track|at\s+risk|off\s+track|blocked|done|completed?|delayed|slipp\w+|still"
    r"|unchanged|no\s+change|in\s+progress|not\s+started|needs?\s+(?:until|till|more)|green"
    r"|amber|red|not\s+mine)\b"
)


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line as it was pasted, counted from one."""

    number: int
    text: str


@dataclass(frozen=True, kw_only=True)
class Named:
    """Somebody's name as it was written, whom it may mean, and what must be asked of it.

    Sure where it means one person and nothing is asked. A proposal puts the likely one first.
    """

    words: str
    people: tuple[int, ...] = ()
    question: str | None = None

    @property
    def sure(self) -> bool:
        """Whether the words name one person."""
        return len(self.people) == 1 and self.question is None


@dataclass(frozen=True, kw_only=True)
class ProposedAction:
    """One action that a list seems to hold; `lines` is where, `source` is how it stood there.

    `due_question` is what the words about its date leave open.
    """

    title: str
    owner: Named
    supporters: tuple[Named, ...] = ()
    due: Deadline = NO_DEADLINE
    due_question: str | None = None
    lines: tuple[int, ...]
    source: str

    @property
    def line(self) -> int:
        """The line it begins on."""
        return self.lines[0]

    @property
    def unclear(self) -> bool:
        """Whether somebody has to choose something before it can be added."""
        return (
            not self.owner.sure
            or self.due.kind is Kind.OPEN
            or self.due_question is not None
            or not all(each.sure for each in self.supporters)
        )

    @property
    def tells(self) -> bool:
        """Whether it has an owner or a date and does not read like somebody's own answer."""
        told = bool(self.owner.people) or self.due.kind is not Kind.NONE
        return told and _ANSWER.search(self.source) is None


@dataclass(frozen=True, kw_only=True)
class PastedList:
    """Everything that was pasted: each line that is not blank is in one of the three."""

    actions: tuple[ProposedAction, ...]
    headings: tuple[Line, ...]
    unread: tuple[Line, ...]

    @property
    def is_convincing(self) -> bool:
        """Whether it is a list of actions even where nobody said so."""
        return sum(action.tells for action in self.actions) >= 2


@dataclass(frozen=True, kw_only=True)
class Reading:
    """What every step of the reading leans on."""

    directory: Directory
    on: date
    nation: Nation = Nation.ENGLAND
