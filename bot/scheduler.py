"""When the sweeps look: names and triggers, nothing else."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from apscheduler.events import EVENT_JOB_ERROR, EVENT_JOB_EXECUTED
from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler

from bot import logs
from bot.domain.clock import Clock
from bot.domain.errors import in_log
from bot.services.duties import DELIVERY, SWEEPS, Duties

logger = logging.getLogger(__name__)

PULSE = "pulse"
EVERY = 300
"""Seconds between two words to `HEARTBEAT_URL`."""
JOBS = {"coalesce": True, "max_instances": 1, "misfire_grace_time": None}


class Scheduler:
    """A clock only: each minute the sweeps in their order, each second or when woken delivery."""

    def __init__(
        self,
        duties: Duties,
        *,
        wall: Clock,
        pulse: Callable[[], object] | None = None,
        beat: Callable[[], None] = lambda: None,
    ) -> None:
        self._wall = wall
        # One worker for the sweeps keeps them in order; delivery has one of its own.
        names = ("sweeps", DELIVERY, *((PULSE,) if pulse else ()))
        executors = {name: ThreadPoolExecutor(1) for name in names}
        self._scheduler = BackgroundScheduler(
            timezone="UTC", executors=executors, job_defaults=JOBS
        )
        self._scheduler.add_listener(_failed, EVENT_JOB_ERROR)
        self._scheduler.add_listener(_beating(beat), EVENT_JOB_EXECUTED)
        for name in SWEEPS:
            self._add(name, duties.run, (name,), executor="sweeps", seconds=60)
        self._add(DELIVERY, duties.deliver, (), executor=DELIVERY, seconds=1)
        if pulse is not None:
            # The first once the sweeps have had their first round.
            self._add(PULSE, pulse, (), executor=PULSE, seconds=EVERY, after=60)
        self._started = threading.Event()

    def start(self) -> None:
        """Begin, with everything due now."""
        self._scheduler.start()
        self._started.set()

    def wake(self) -> None:
        """Something was written that may be owed: deliver now."""
        if self._started.is_set():
            self._scheduler.modify_job(DELIVERY, next_run_time=self._wall())

    def stop(self) -> None:
        """End once what is running has ended."""
        if self._started.is_set():
            self._started.clear()
            self._scheduler.shutdown(wait=True)

    def _add(
        self,
        name: str,
        work: Callable[..., Any],
        arguments: tuple[Any, ...],
        *,
        executor: str,
        seconds: int,
        after: int = 0,
    ) -> None:
        self._scheduler.add_job(
            work,
            "interval",
            args=arguments,
            seconds=seconds,
            id=name,
            executor=executor,
            next_run_time=self._wall() + timedelta(seconds=after),
        )


def _beating(beat: Callable[[], None]) -> Callable[[Any], None]:
    """Each sweep that has run shows that the bot lives; delivery alone does not."""

    def heard(event: Any) -> None:
        if event.job_id != DELIVERY:
            beat()

    return heard


def _failed(event: Any) -> None:
    lines = str(event.traceback or "").splitlines()
    places = [line.strip() for line in lines if line.lstrip().startswith("File ")]
    where = places[-1] if places else "?"
    ids = logs.about(event="sweep_failed", sweep=event.job_id)
    logger.error("%s failed: %s", event.job_id, in_log(event.exception, where), extra=ids)
