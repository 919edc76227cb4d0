"""Whether the bot is at work, for whoever watches it from outside."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.services import audit_rounds
from bot.services.downtime_words import lasting
from bot.services.duties import DELIVERY, GAP, OPEN, SWEEPS
from bot.services.say import counted, listed
from storage import deliveries, sweeps
from storage.database import Database

MAX_AGE = timedelta(minutes=5)
WATCHED = (*SWEEPS, DELIVERY)


@dataclass(frozen=True)
class Pulse:
    """Whether all is well, and one sentence on it.

    `differences` are those between the ledger of reminders and the register: somebody has to
    look at them, but a process that is restarted for them would be no better.
    """

    well: bool
    line: str
    differences: int = 0


def look(database: Database, *, now: datetime, max_age: timedelta = MAX_AGE) -> Pulse:
    """Every sweep and delivery ran lately, nothing owed is long overdue, nothing is unread."""
    with database.snapshot() as session:
        ran = sweeps.last(session)
        gap = sweeps.read(session, GAP)
        due_at = deliveries.next_due(session)
        differences = audit_rounds.total(session)
    if not any(name in ran for name in WATCHED):
        never = "No sweep has ever run: start `python -m bot serve`."
        return Pulse(False, never, differences)
    wrong = [*_late(ran, now, max_age)]
    if gap is not None and gap.note == OPEN:
        wrong.append(
            f"what was said since a gap cannot be read yet (tried {lasting(now - gap.ran_at)} ago)"
        )
    overdue = now - due_at if due_at is not None else timedelta()
    if overdue > max_age:
        wrong.append(f"the oldest message owed has been due for {lasting(overdue)}")
    if wrong:
        return Pulse(
            False, f"Not well: {listed(wrong)}: see the log of `python -m bot serve`.", differences
        )
    oldest = min(ran[name] for name in WATCHED)
    return Pulse(
        True,
        f"Well: every sweep and delivery ran within {lasting(now - oldest)}, and nothing owed is "
        f"overdue.{_differing(differences)}",
        differences,
    )


def _differing(number: int) -> str:
    if not number:
        return ""
    return (
        f" The reminders differ from the register in {counted(number, 'place')}: "
        "`python -m bot audit verify` lists them."
    )


def _late(ran: Mapping[str, datetime], now: datetime, max_age: timedelta) -> list[str]:
    never = [name for name in WATCHED if name not in ran]
    late = {name: now - ran[name] for name in WATCHED if name in ran and now - ran[name] > max_age}
    found = [f"{listed(never)} never ran"] if never else []
    if late:
        found.append(f"{listed(late)} last ran {lasting(min(late.values()))} ago or more")
    return found
