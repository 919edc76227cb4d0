"""What Slack owes the app: each delivery, its tries, and when the next one falls due.

An event is tried three times in all (at once, a minute later, five minutes after that, by
the workspace's clock), then never again; a command or an interaction is tried once.
"""

from __future__ import annotations

import copy
import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from bot.rehearsal.clock import RehearsalClock
from bot.rehearsal.model import Json

EVENT = "events_api"
COMMAND = "slash_commands"
INTERACTION = "interactive"

RETRY_AFTER = (timedelta(minutes=1), timedelta(minutes=5))


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """How one try went: acknowledged, with the body, or not, with Slack's reason."""

    acked: bool
    body: Any = None
    reason: str = ""


@dataclass
class Delivery:
    """One thing for the app; `state` is going, waiting (for its next try), acked or dropped."""

    kind: str
    payload: Json
    done: Callable[[Delivery], None] | None = None
    state: str = "new"
    due_at: datetime | None = None
    outcomes: list[Outcome] = field(default_factory=list)

    @property
    def tries(self) -> int:
        """How many tries have ended."""
        return len(self.outcomes)

    @property
    def acked(self) -> bool:
        """Whether the app has acknowledged it."""
        return self.state == "acked"

    @property
    def answered(self) -> bool:
        """Whether the last try was acknowledged; true already while `done` is called."""
        return bool(self.outcomes) and self.outcomes[-1].acked

    @property
    def body(self) -> Any:
        """What the acknowledgement said, if anything."""
        return self.outcomes[-1].body if self.outcomes else None

    @property
    def reason(self) -> str:
        """Why the last try failed; empty when it did not."""
        return self.outcomes[-1].reason if self.outcomes else ""


class Deliveries:
    """Everything owed to the app. `carrier` makes one try and then calls `finish`."""

    def __init__(
        self, clock: RehearsalClock, *, retry_after: Sequence[timedelta] = RETRY_AFTER
    ) -> None:
        self.clock = clock
        self.retry_after = tuple(retry_after)
        self.carrier: Callable[[Delivery], None] | None = None
        self.all: list[Delivery] = []
        self._going: dict[int, Delivery] = {}
        self._waiting: dict[int, Delivery] = {}
        self._doubled = 0
        self._changed = threading.Condition()

    def twice(self, times: int = 1) -> None:
        """Deliver each of the next `times` events twice."""
        with self._changed:
            self._doubled += times

    def add(self, delivery: Delivery) -> list[Delivery]:
        """Owe it to the app and try at once; itself, and its double if one was asked for."""
        owed = [delivery]
        with self._changed:
            if delivery.kind == EVENT and self._doubled:
                self._doubled -= 1
                owed.append(Delivery(kind=EVENT, payload=copy.deepcopy(delivery.payload)))
            self.all.extend(owed)
        for each in owed:
            self._try(each, at=self.clock.now())
        return owed

    def deliver_due(self) -> None:
        """Try again whatever has fallen due by the workspace's clock."""
        now = self.clock.now()
        with self._changed:
            due = [d for d in self._waiting.values() if d.due_at and d.due_at <= now]
        for delivery in due:
            if delivery.due_at is not None:
                self._try(delivery, at=delivery.due_at)

    def finish(self, delivery: Delivery, outcome: Outcome) -> None:
        """Note how a try went, and plan the next one."""
        delivery.outcomes.append(outcome)
        left = self.retry_after if delivery.kind == EVENT else ()
        last = outcome.acked or delivery.tries > len(left)
        if last and delivery.done is not None:
            delivery.done(delivery)
        with self._changed:
            self._going.pop(id(delivery), None)
            if last:
                delivery.state = "acked" if outcome.acked else "dropped"
            elif delivery.due_at is not None:
                delivery.due_at += left[delivery.tries - 1]
                delivery.state = "waiting"
                self._waiting[id(delivery)] = delivery
            self._changed.notify_all()
        if not last:
            self.deliver_due()

    def wait(self, deliveries: Iterable[Delivery], timeout: float) -> None:
        """Until each has had its try; TimeoutError where that takes longer than `timeout` s."""
        owed = list(deliveries)
        self._until(lambda: not any(d.state == "going" for d in owed), timeout)

    def settle(self, timeout: float) -> None:
        """Until nothing is on its way; TimeoutError where that takes longer than `timeout` s."""
        self._until(lambda: not self._going, timeout)

    def _until(self, done: Callable[[], bool], timeout: float) -> None:
        with self._changed:
            if not self._changed.wait_for(done, timeout):
                raise TimeoutError(
                    f"{len(self._going)} deliveries are still on their way to the bot."
                )

    def _try(self, delivery: Delivery, *, at: datetime) -> None:
        with self._changed:
            if delivery.state not in ("new", "waiting"):
                return
            delivery.state, delivery.due_at = "going", at
            self._waiting.pop(id(delivery), None)
            self._going[id(delivery)] = delivery
        if self.carrier is None:
            self.finish(delivery, Outcome(acked=False, reason="connection_failed"))
        else:
            self.carrier(delivery)
