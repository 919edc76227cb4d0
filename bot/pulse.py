"""A dead man's switch: an address outside is told every five minutes while all is well."""

from __future__ import annotations

import logging
import ssl

import httpx

from bot.domain.clock import Clock
from bot.services import heartbeat
from storage.database import Database

logger = logging.getLogger(__name__)

TIMEOUT = 10.0


class Pulse:
    """Tells `HEARTBEAT_URL`; whoever stands behind it alarms when it is not told."""

    def __init__(
        self,
        url: str,
        database: Database,
        clock: Clock,
        context: ssl.SSLContext,
        proxy: httpx.Proxy | None,
    ) -> None:
        self._url, self._database, self._clock = url, database, clock
        self._http = httpx.Client(verify=context, proxy=proxy, timeout=TIMEOUT, trust_env=False)

    def beat(self) -> bool:
        """Tell it, unless something is wrong; whether it was told."""
        found = heartbeat.look(self._database, now=self._clock())
        if not found.well:
            logger.warning("heartbeat withheld: %s", found.line)
            return False
        try:
            status = self._http.get(self._url).status_code
        except httpx.HTTPError as error:
            # Its text may hold the address, which is a secret of whoever watches.
            logger.warning("heartbeat not told (%s)", type(error).__name__)
            return False
        if status >= 400:
            logger.warning("heartbeat not told (HTTP %d)", status)
        return status < 400

    def close(self) -> None:
        """Let the connection go."""
        self._http.close()
