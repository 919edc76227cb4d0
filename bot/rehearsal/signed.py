"""Signed HTTP instead of Socket Mode: Slack's requests to the app's own address."""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
import time
from typing import Any
from urllib.parse import urlencode

import httpx

from bot.rehearsal.deliveries import EVENT, INTERACTION, Delivery, Outcome
from bot.rehearsal.model import Json
from bot.rehearsal.workspace import Workspace

JSON_TYPE = "application/json"
FORM_TYPE = "application/x-www-form-urlencoded"


def signature_headers(secret: str, body: str) -> dict[str, str]:
    """Slack's v0 signature. Its time is the real one: the app compares it with its own."""
    at = str(int(time.time()))
    digest = hmac.new(secret.encode(), f"v0:{at}:{body}".encode(), hashlib.sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": at, "X-Slack-Signature": f"v0={digest}"}


class SignedHttp:
    """Deliveries by POST; anything but a 2xx in time is no acknowledgement."""

    def __init__(self, workspace: Workspace, *, ack_timeout: float) -> None:
        self._workspace = workspace
        self._client = httpx.AsyncClient(timeout=ack_timeout, trust_env=False, verify=False)

    async def deliver(self, delivery: Delivery) -> Outcome:
        """One try."""
        body, content_type = _body(delivery)
        headers = {"Content-Type": content_type}
        if delivery.kind == EVENT and delivery.tries:
            headers["X-Slack-Retry-Num"] = str(delivery.tries)
            headers["X-Slack-Retry-Reason"] = delivery.reason
        try:
            response = await self._post(body, headers)
        except httpx.TimeoutException:
            return Outcome(acked=False, reason="http_timeout")
        except httpx.HTTPError:
            return Outcome(acked=False, reason="connection_failed")
        if not response.is_success:
            return Outcome(acked=False, reason="http_error")
        return Outcome(acked=True, body=_answer(response))

    async def verify_url(self) -> bool:
        """Whether the app's address answers Slack's challenge."""
        challenge = secrets.token_hex(24)
        body = json.dumps(
            {
                "token": self._workspace.app.verification_token,
                "challenge": challenge,
                "type": "url_verification",
            }
        )
        response = await self._post(body, {"Content-Type": JSON_TYPE})
        if not response.is_success:
            return False
        answer = _answer(response)
        return challenge in (answer.values() if isinstance(answer, dict) else [answer])

    async def close(self) -> None:
        """Let the connections go."""
        await self._client.aclose()

    async def _post(self, body: str, headers: dict[str, str]) -> httpx.Response:
        app = self._workspace.app
        if app.request_url is None:
            raise ValueError("The app has no request_url; set it with workspace.configure.")
        signed = headers | signature_headers(app.signing_secret, body)
        return await self._client.post(app.request_url, content=body.encode(), headers=signed)


def _body(delivery: Delivery) -> tuple[str, str]:
    if delivery.kind == EVENT:
        return json.dumps(delivery.payload), JSON_TYPE
    if delivery.kind == INTERACTION:
        return urlencode({"payload": json.dumps(delivery.payload)}), FORM_TYPE
    return urlencode(delivery.payload), FORM_TYPE


def _answer(response: httpx.Response) -> Any:
    if not response.content:
        return None
    if response.headers.get("content-type", "").startswith(JSON_TYPE):
        found: Json = response.json()
        return found
    return {"text": response.text}
