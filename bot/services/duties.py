"""What the bot does by itself: catch up, look after the register, send what is owed."""

from __future__ import annotations

import contextlib
import logging
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from bot import logs
from bot.domain.clock import Clock
from bot.domain.errors import TransientError, unquoted
from bot.services import (
    after_downtime,
    audit_rounds,
    calendars,
    catching_up,
    delivery,
    digests,
    drafting,
    export_files,
    introductions,
    letters_due,
    nudges,
    pausing,
    removals,
    unreachable,
    waits,
)
from bot.services.catching_up import Event, Gap, Reader
from bot.services.fetching import Files
from bot.services.parcels import Sender
from bot.services.spreadsheets import reading as spreadsheets
from storage import deliveries, sweeps
from storage.database import Database

logger = logging.getLogger(__name__)

ASLEEP = timedelta(minutes=5)
ADVANCE = "advance"
AFTER_DOWNTIME = "after_downtime"
DELIVERY = "delivery"
GAP = "gap"
OPEN = "open"
BEAT = timedelta(minutes=1)
"""How often delivery, which looks every second, writes that it is alive."""
READINGS = 3
"""How often to read on at once where a connection comes back meanwhile."""


class Sweep(Protocol):
    """A use-case over rows, safe to run twice or late."""

    def __call__(self, database: Database, *, now: datetime) -> int | None:
        """Do what has come due."""


Duty = Callable[["Duties", datetime], object]


def _over_rows(sweep: Sweep) -> Duty:
    """A sweep that needs nothing but the database."""
    return lambda duties, now: sweep(duties.database, now=now)


def _read_spreadsheets(duties: Duties, now: datetime) -> object:
    return spreadsheets.sweep(duties.database, duties.files, now=now)


# In this order: what people answered is counted before they are asked again.
SWEEPS: Mapping[str, Duty] = {
    AFTER_DOWNTIME: _over_rows(after_downtime.sweep),
    "pausing": _over_rows(pausing.sweep),
    "introductions": _over_rows(introductions.sweep),
    "unreachable": _over_rows(unreachable.sweep),
    "calendars": _over_rows(calendars.sweep),
    "letters_due": _over_rows(letters_due.sweep),
    "nudges": _over_rows(nudges.sweep),
    "waits": _over_rows(waits.sweep),
    "digests": _over_rows(digests.sweep),
    "drafting": _over_rows(drafting.sweep),
    "spreadsheets": _read_spreadsheets,
    "exporting": _over_rows(export_files.sweep),
    "removals": _over_rows(removals.sweep),
    "auditing": _over_rows(audit_rounds.sweep),
    ADVANCE: _over_rows(catching_up.advance),
}


@dataclass(kw_only=True)
class Duties:
    """The sweeps with all that they need; nothing goes out while a gap is open.

    `reports_downtime` is off in a rehearsal, whose clock jumps.
    """

    database: Database
    sender: Sender
    reader: Reader
    files: Files
    hear: Callable[[Event], None]
    gap: Gap
    clock: Clock
    reports_downtime: bool = True
    _beat_at: datetime | None = None
    ending: threading.Event = field(default_factory=threading.Event)
    _rest_until: datetime | None = None
    _reading: threading.Lock = field(default_factory=threading.Lock)

    def claim_orphans(self) -> None:
        """For whoever holds the database alone: what was being sent is looked up at once."""
        delivery.claim_orphans(self.database, now=self.clock())

    def catch_up(self) -> None:
        """Look up what a dead process may have sent, then read on; TransientError if it cannot."""
        mark = self.gap.mark
        while self._send(delivery.recover) >= delivery.BATCH:
            pass
        found = catching_up.sweep(self.database, self.reader, self.hear)
        self.gap.close(mark)
        with self.database.transaction() as session:
            sweeps.ran(session, GAP, now=self.clock())
        logger.info("caught up", extra=logs.about(read=found))

    def deliver(self) -> int:
        """Send what is due, once nothing may have been missed; how many rows were taken."""
        if not self._all_heard():
            return 0
        sent = batch = self._send(delivery.sweep)
        while batch >= delivery.BATCH:
            batch = self._send(delivery.sweep)
            sent += batch
        self._beat()
        return sent

    def _beat(self) -> None:
        now = self.clock()
        if self._beat_at is None or now - self._beat_at >= BEAT:
            with self.database.transaction() as session:
                sweeps.ran(session, DELIVERY, now=now)
            self._beat_at = now

    def _send(self, sweep: Callable[..., int]) -> int:
        return sweep(self.database, self.sender, clock=self.clock, ending=self.ending.is_set)

    def run(self, name: str) -> None:
        """One sweep, unless something may have been missed; its heartbeat is kept."""
        if self.ending.is_set():
            return
        now = self.clock()
        self._notice_sleep(now)
        if not self._all_heard():
            return
        if name != AFTER_DOWNTIME or self.reports_downtime:
            SWEEPS[name](self, now)
        with self.database.transaction() as session:
            sweeps.ran(session, name, now=now)

    def run_all(self) -> None:
        """Every sweep once, then delivery until nothing is due."""
        for name in SWEEPS:
            self.run(name)
        while self.is_due():
            if not self.deliver():
                break
        if self._all_heard():
            self._beat()

    def is_due(self) -> bool:
        """Whether something is owed by now."""
        with self.database.snapshot() as session:
            due_at = deliveries.next_due(session)
        return due_at is not None and due_at <= self.clock()

    def _all_heard(self) -> bool:
        if self.ending.is_set():
            return False
        if not self.gap.is_open:
            return True
        # One thread reads on; the other waits, and then finds the gap closed.
        with self._reading:
            return self._read_on()

    def _read_on(self) -> bool:
        if self._rest_until is not None and self.clock() < self._rest_until:
            return False
        try:
            # At start the connection comes up while the first reading is under way: without
            # a second one the sweep that asked would stand aside for a whole round.
            for _ in range(READINGS):
                if self.gap.is_open:
                    self.catch_up()
        except TransientError as error:
            self._rest_until = self.clock() + timedelta(seconds=min(error.retry_after, 60))
            logger.warning("cannot read on yet: %s", unquoted(str(error)))
            self._note_gap()
            return False
        self._rest_until = None
        return not self.gap.is_open

    def _note_gap(self) -> None:
        """For whoever watches from outside; where the database itself fails they see that too."""
        with contextlib.suppress(TransientError), self.database.transaction() as session:
            sweeps.ran(session, GAP, now=self.clock(), note=OPEN)

    def _notice_sleep(self, now: datetime) -> None:
        """A machine that slept or stood still has missed what its connection brought."""
        with self.database.snapshot() as session:
            ran = sweeps.last(session)
        last = max((ran[name] for name in SWEEPS if name in ran), default=None)
        if last is not None and now - last > ASLEEP:
            self.gap.open()
