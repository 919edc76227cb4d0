"""Told to end: in order where that can be done in seconds, at once where it is said twice."""

from __future__ import annotations

import logging
import os
import select
import signal
import threading

logger = logging.getLogger(__name__)

SIGNALS = (signal.SIGTERM, signal.SIGINT)
HANGS = 3.0
"""Seconds that a call to Slack may take once the end has been asked for."""
PATIENCE = 7.0
"""Seconds after which the process goes, whatever still hangs: the outbox is made for that."""


class Ending:
    """SIGTERM or SIGINT; from the first on, nothing new is begun."""

    def __init__(self) -> None:
        self._asked = threading.Event()

    def listen(self) -> None:
        """Heed the signals from now on; for the main thread."""
        reading, writing = os.pipe()
        os.set_blocking(writing, False)
        # The number goes down the pipe at once, whatever the main thread is waiting for.
        signal.set_wakeup_fd(writing, warn_on_full_buffer=False)
        for number in SIGNALS:
            signal.signal(number, lambda *_: None)
        threading.Thread(target=self._watch, args=(reading,), name="ending", daemon=True).start()

    def wait(self) -> None:
        """Until the first of them."""
        self._asked.wait()

    def _watch(self, reading: int) -> None:
        os.read(reading, 1)
        self._asked.set()
        again = select.select([reading], [], [], PATIENCE)[0]
        if again:
            os._exit(128 + os.read(reading, 1)[0])
        logger.warning("not all ended in time: what was being sent is looked up at the next start")
        os._exit(0)
