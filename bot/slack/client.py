"""Slack's own client: over kept connections, through the right proxy, without retries.

slack_sdk makes a connection and, without a shared SSLContext, reads every certificate for each
call, and it takes HTTPS_PROXY without heeding NO_PROXY; httpx does both rightly.
"""

from __future__ import annotations

import contextlib
import socket
import ssl
import weakref
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit
from urllib.request import Request

import httpx
from slack_sdk import WebClient

from bot.slack.reaching import http_proxy, proxy_for

TIMEOUT = 10


class Client(WebClient):
    """A WebClient whose requests go through httpx; anything but an answer raises httpx's error."""

    def __init__(
        self,
        token: str | None,
        *,
        base_url: str,
        context: ssl.SSLContext,
        proxy: str | None,
        no_proxy: str = "",
    ) -> None:
        super().__init__(
            token=token, base_url=base_url, timeout=TIMEOUT, ssl=context, retry_handlers=[]
        )
        self.context = context
        self.host = urlsplit(base_url).hostname or ""
        self._proxy, self._no_proxy = proxy or "", no_proxy
        # Set afterwards: the constructor takes None for "look in the environment".
        self.proxy = self.proxy_to(self.host)
        self._sockets: weakref.WeakSet[socket.socket] = weakref.WeakSet()
        self.http = httpx.Client(
            verify=context,
            proxy=http_proxy(self.proxy, context),
            timeout=TIMEOUT,
            trust_env=False,
        )

    def proxy_to(self, host: str) -> str | None:
        """The proxy through which a host is reached."""
        return proxy_for(host, https_proxy=self._proxy, no_proxy=self._no_proxy)

    def _perform_urllib_http_request_internal(self, url: str, req: Request) -> dict[str, Any]:
        headers = {name: str(value) for name, value in req.headers.items()}
        content = req.data if isinstance(req.data, bytes) else None
        response = self.http.request(
            req.get_method(),
            url,
            content=content,
            headers=headers,
            extensions={"trace": self._note_socket},
        )
        # slack_sdk looks for this one header in either spelling.
        found = dict(response.headers) | (
            {"Retry-After": response.headers["retry-after"]}
            if "retry-after" in response.headers
            else {}
        )
        return {"status": response.status_code, "headers": found, "body": response.text}

    @contextlib.contextmanager
    def stream(self, url: str, headers: Mapping[str, str]) -> Iterator[httpx.Response]:
        """What stands at an address, read by whoever asked; a redirect is only told of."""
        with self.http.stream(
            "GET",
            url,
            headers=dict(headers),
            follow_redirects=False,
            extensions={"trace": self._note_socket},
        ) as response:
            yield response

    def _note_socket(self, event: str, details: Mapping[str, Any]) -> None:
        if event.endswith(("connect_tcp.complete", "start_tls.complete")):
            sock = details["return_value"].get_extra_info("socket")
            if isinstance(sock, socket.socket):
                self._sockets.add(sock)

    def abort(self) -> None:
        """Cut what waits for an answer: it fails at once, in doubt where it may have arrived."""
        for sock in list(self._sockets):
            with contextlib.suppress(OSError):
                socket.socket.shutdown(sock, socket.SHUT_RDWR)

    def close(self) -> None:
        """Let the connections go."""
        self.http.close()


__all__ = ["TIMEOUT", "Client"]
