"""Slack's own client: over kept connections, through the right proxy, without retries.

slack_sdk makes a connection and, without a shared SSLContext, reads every certificate for each
call, and it takes HTTPS_PROXY without heeding NO_PROXY; httpx does both rightly.
"""

from __future__ import annotations

import ssl
from typing import Any
from urllib.request import Request

import httpx
from slack_sdk import WebClient

TIMEOUT = 10


class Client(WebClient):
    """A WebClient whose requests go through httpx; anything but an answer raises httpx's error."""

    def __init__(
        self, token: str | None, *, base_url: str, context: ssl.SSLContext, proxy: str | None
    ) -> None:
        super().__init__(
            token=token, base_url=base_url, timeout=TIMEOUT, ssl=context, retry_handlers=[]
        )
        self.proxy = (
            proxy  # set afterwards: the constructor takes None for "look in the environment"
        )
        self.http = httpx.Client(verify=context, proxy=proxy, timeout=TIMEOUT, trust_env=False)

    def _perform_urllib_http_request_internal(self, url: str, req: Request) -> dict[str, Any]:
        headers = {name: str(value) for name, value in req.headers.items()}
        content = req.data if isinstance(req.data, bytes) else None
        response = self.http.request(req.get_method(), url, content=content, headers=headers)
        # slack_sdk looks for this one header in either spelling.
        found = dict(response.headers) | (
            {"Retry-After": response.headers["retry-after"]}
            if "retry-after" in response.headers
            else {}
        )
        return {"status": response.status_code, "headers": found, "body": response.text}

    def close(self) -> None:
        """Let the connections go."""
        self.http.close()


def proxy_for(host: str, *, https_proxy: str, no_proxy: str) -> str | None:
    """The proxy to reach a host through: none where NO_PROXY names it or a domain it is in."""
    names = [name.strip().lstrip(".").lower() for name in no_proxy.split(",") if name.strip()]
    bypassed = any(n == "*" or f".{host.lower()}".endswith(f".{n}") for n in names)
    return None if bypassed or not https_proxy else https_proxy


def context(ssl_cert_file: str) -> ssl.SSLContext:
    """One for every client: certificates are read once."""
    return ssl.create_default_context(cafile=ssl_cert_file or None)
