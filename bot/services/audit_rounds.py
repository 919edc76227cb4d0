"""Once a day the ledger is audited: the secretariat hears of each difference once."""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from bot import logs
from bot.domain import waiting_ladders
from bot.domain.messages import Bold, Message, bullets, message
from bot.domain.messages import say as text
from bot.domain.people import LONDON, Role
from bot.services import auditing, say, waits
from storage import audit, groups, people, sweeps
from storage.database import Database, Session
from storage.sweeps import Ran

logger = logging.getLogger(__name__)

KIND = waiting_ladders.LEDGER
PREFIX = "audit:"
KEPT = 500
"""Differences that are remembered from one day to the next, so that each is told once."""
SHOWN = 10
NOTHING = "nothing differs any more"
NEWER = "a newer list took its place"


@dataclass(frozen=True, kw_only=True)
class _Found:
    """How many differences there are, the first of them, and short digests of more."""

    count: int
    shown: tuple[str, ...]
    known: tuple[str, ...]


def sweep(database: Database, *, now: datetime) -> int:
    """Audit every started group once a day; how many differences were found. Safe to run twice."""
    with database.snapshot() as session:
        started = [g.id for g in groups.every(session) if g.started_at is not None]
        waiting = [n for n in started if _last_day(session, n) != _day(now)]
    return sum(_audit(database, group_id, now=now) for group_id in waiting)


def total(session: Session) -> int:
    """How many differences the last audit of every group found: a figure to alarm on."""
    return sum(_remembered(ran)[0] for ran in sweeps.of_prefix(session, PREFIX))


def _day(now: datetime) -> date:
    return now.astimezone(LONDON).date()


def _last_day(session: Session, group_id: int) -> date | None:
    ran = sweeps.read(session, f"{PREFIX}{group_id}")
    return _day(ran.ran_at) if ran else None


def _audit(database: Database, group_id: int, *, now: datetime) -> int:
    found = _counted(auditing.differences(database, group_id, now=now))
    with database.transaction() as session:
        groups.lock(session, group_id)
        if _last_day(session, group_id) == _day(now):
            return 0  # another process was as quick
        before = sweeps.read(session, f"{PREFIX}{group_id}")
        count, known = _remembered(before)
        note = json.dumps({"count": found.count, "known": found.known})
        sweeps.ran(session, f"{PREFIX}{group_id}", now=now, note=note)
        if set(found.known) - known or found.count > count:
            _tell(session, group_id, found, now=now)
        elif count and not found.count:
            _close(session, group_id, NOTHING, now=now)
    if found.count:
        logger.warning("the ledger differs", extra=logs.about(group=group_id, found=found.count))
    return found.count


def _remembered(before: Ran | None) -> tuple[int, set[str]]:
    """How many differences there were last time, and which."""
    if before is None:
        return 0, set()
    note = json.loads(before.note)
    return int(note["count"]), set(note["known"])


def _counted(differences: Iterable[str]) -> _Found:
    count, shown, known = 0, list[str](), list[str]()
    for line in differences:
        count += 1
        if len(shown) < SHOWN:
            shown.append(line)
        if len(known) < KEPT:
            known.append(hashlib.sha256(line.encode()).hexdigest()[:12])
    return _Found(count=count, shown=tuple(shown), known=tuple(known))


def _tell(session: Session, group_id: int, found: _Found, *, now: datetime) -> None:
    _close(session, group_id, NEWER, now=now)
    opened = waits.open_wait(
        session,
        people.directory(session, group_id),
        kind=KIND,
        subject_id=group_id,
        role=Role.SECRETARIAT,
        message=_message(found),
        now=now,
    )
    audit.record(
        session,
        "ledger differs",
        f"waiting:{opened.id}",
        group_id=group_id,
        by_id=None,
        now=now,
        count=found.count,
    )


def _close(session: Session, group_id: int, outcome: str, *, now: datetime) -> None:
    directory = people.directory(session, group_id)
    waits.settle(
        session, directory, kind=KIND, subject_id=group_id, by_id=None, outcome=outcome, now=now
    )


def _message(found: _Found) -> Message:
    more = found.count - len(found.shown)
    rest = f" The first {len(found.shown)}:" if more else ""
    return message(
        text(
            Bold("Reminders need checking."),
            " What was asked does not agree with the register in "
            f"{say.counted(found.count, 'place')}.{rest}",
        ),
        bullets(*((line,) for line in found.shown)),
        text(
            "Where a reminder is missing, please ask the owner yourself; `/status nudges A-12` "
            "shows what was asked about an item. Then tell whoever runs the bot: "
            "`python -m bot audit verify` lists everything."
        ),
    )
