"""Faults on demand: what goes wrong with which call, and how often; and who called what."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from bot.rehearsal.model import Json

BEFORE = frozenset({"500", "503", "429", "error", "drop_before", "slow", "hold_before"})
AFTER = frozenset({"drop_after_acceptance", "500_after_acceptance", "hold_after"})


@dataclass(frozen=True, kw_only=True)
class Call:
    """One Web API call: its arguments without the token, when (workspace time), the answer.

    `answer` is None where the caller got none.
    """

    method: str
    args: Json
    at: datetime
    status: int
    answer: Json | None

    @property
    def ok(self) -> bool:
        """Whether Slack said yes and the caller heard it."""
        return bool(self.answer and self.answer.get("ok"))


@dataclass
class Fault:
    """What goes wrong with the next `times` calls of `method` (`*`: any), after `skip` of them."""

    method: str
    kind: str
    times: int = 1
    skip: int = 0
    retry_after: int = 30
    seconds: float = 1.0
    error: str = "internal_error"
    matching: Callable[[Json], bool] | None = None
    reached: threading.Event = field(default_factory=threading.Event)
    _released: bool = False
    _wake: list[Callable[[], None]] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def wait_until_reached(self, timeout: float = 10.0) -> None:
        """Until a call stands at this fault; TimeoutError where none comes."""
        if not self.reached.wait(timeout):
            raise TimeoutError(f"No call of {self.method} came within {timeout} s.")

    def release(self) -> None:
        """Let the held calls go on."""
        with self._lock:
            self._released = True
            waiting, self._wake = self._wake, []
        for wake in waiting:
            wake()

    def hold(self, wake: Callable[[], None]) -> None:
        """Call `wake` once released; at once where it has been."""
        with self._lock:
            if not self._released:
                self._wake.append(wake)
                return
        wake()


class Faults:
    """The faults that still lie ahead.

    Kinds: `500`, `503`, `429` (with `retry_after`), `error` (`ok: false` with `error`), `slow`
    (by `seconds`), `drop_before` and `drop_after_acceptance` (the connection closes without
    an answer, nothing done or all done), `500_after_acceptance`, `hold_before` and
    `hold_after` (until `release`).
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._faults: list[Fault] = []

    def add(
        self,
        *,
        method: str = "*",
        kind: str,
        times: int = 1,
        skip: int = 0,
        retry_after: int = 30,
        seconds: float = 1.0,
        error: str = "internal_error",
        matching: Callable[[Json], bool] | None = None,
    ) -> Fault:
        """Make the next calls go wrong; `matching` looks at their arguments."""
        if kind not in BEFORE | AFTER:
            raise ValueError(f"There is no fault {kind!r}; choose from {sorted(BEFORE | AFTER)}.")
        fault = Fault(
            method=method,
            kind=kind,
            times=times,
            skip=skip,
            retry_after=retry_after,
            seconds=seconds,
            error=error,
            matching=matching,
        )
        with self._lock:
            self._faults.append(fault)
        return fault

    def take(self, method: str, args: Json) -> Fault | None:
        """The fault that this call meets, if any; it counts as met."""
        with self._lock:
            for fault in self._faults:
                named = fault.method in ("*", method)
                if not named or (fault.matching is not None and not fault.matching(args)):
                    continue
                if fault.skip > 0:
                    fault.skip -= 1
                elif fault.times > 0:
                    fault.times -= 1
                    return fault
        return None

    def clear(self) -> None:
        """Nothing goes wrong any more; held calls go on."""
        with self._lock:
            faults, self._faults = self._faults, []
        for fault in faults:
            fault.release()
