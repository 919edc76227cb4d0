"""Calls of Slack's Web API, and what each failure means for whoever made them."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlsplit

import httpx
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackRequestError
from slack_sdk.web import SlackResponse

from bot.domain.errors import PermanentError, TransientError
from bot.services.parcels import UncertainError
from bot.services.undelivered import GoneError
from bot.slack import reaching

Json = dict[str, Any]

NEVER_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError)
# Slack says of these that some of the work may have been done.
PERHAPS_DONE = frozenset(
    {"internal_error", "fatal_error", "request_timeout", "service_unavailable", "team_added_to_org"}
)
# The installation is at fault, not the message: it waits until somebody has mended that.
TO_BE_MENDED = {
    "invalid_auth": "{token} is not valid: copy it again from the app's page",
    "not_authed": "{token} is missing: copy it from the app's page",
    "account_inactive": "{token} belongs to an app that was removed: install it again",
    "token_revoked": "{token} has been revoked: install the app again",
    "token_expired": "{token} has expired: install the app again",
    "missing_scope": "the app lacks a scope: install it again from app.yaml",
    "not_allowed_token_type": "this is the wrong kind of token: the bot's begins with xoxb-, the "
    "app's with xapp-",
    "ekm_access_denied": "the workspace's keys are withheld: ask its administrators",
}
REASONS = {
    "user_disabled": "their Slack account is deactivated: add another, or give their items away",
    "user_not_found": "their Slack account is not known here: correct it",
    "user_not_visible": "they share no channel with us yet: invite them to one",
    "cannot_dm_bot": "that account is a bot's: correct it",
    "channel_not_found": "the conversation is gone, or the bot is not in it: invite it",
    "not_in_channel": "the bot is not in that channel: invite it",
    "is_archived": "that conversation is archived: name another channel",
    "restricted_action": "the workspace does not let the bot write there: ask its administrators",
}
GONE = frozenset({"user_disabled", "user_not_found", "users_not_found", "user_deleted"})
MEND_AFTER = 60.0


def call(client: WebClient, method: str, *, repeatable: bool = True, **arguments: Any) -> Json:
    """Slack's answer as a dictionary; TransientError, PermanentError, or UncertainError.

    A repeatable call never leaves a doubt: made twice it does what once does.
    """
    data = answer(client, method, repeatable=repeatable, **arguments).data
    return dict(data) if isinstance(data, dict) else {}


def answer(
    client: WebClient, method: str, *, repeatable: bool = True, **arguments: Any
) -> SlackResponse:
    """The same with its headers."""
    # As a form: not every method takes JSON, and every one takes JSON within a form.
    params = {name: _encoded(value) for name, value in arguments.items() if value is not None}
    try:
        return client.api_call(method, params=params)
    except SlackApiError as error:
        raise _refused(method, error, repeatable=repeatable) from error
    except (httpx.TransportError, SlackRequestError) as error:
        raise unreached(client, method, error, repeatable=repeatable) from error


def _encoded(value: Any) -> Any:
    return json.dumps(value) if isinstance(value, (dict, list)) else value


def unreached(client: WebClient, method: str, error: Exception, *, repeatable: bool) -> Exception:
    """What a broken connection means."""
    kind, host = type(error).__name__, urlsplit(client.base_url).hostname or ""
    # Certificates and proxies come before the request: nothing of it has been sent.
    if why := reaching.reason(error, host=host, proxy=client.proxy):
        return TransientError(f"Slack could not be reached for {method}: {why}.")
    if repeatable or isinstance(error, NEVER_SENT):
        return TransientError(
            f"Slack could not be reached for {method} ({kind}): check the network, HTTPS_PROXY and "
            "SLACK_API_URL."
        )
    return UncertainError(f"{method} got no answer ({kind})")


def _refused(method: str, error: SlackApiError, *, repeatable: bool) -> Exception:
    status, name = error.response.status_code, str(error.response.get("error", ""))
    if status == 429 or name in ("ratelimited", "rate_limited"):
        wait = float(error.response.headers.get("Retry-After", 30))
        return TransientError(f"Slack asks to wait {wait:.0f} s before {method}.", retry_after=wait)
    if status >= 500 or name in PERHAPS_DONE:
        if repeatable:
            return TransientError(f"Slack failed at {method} ({name or status}).")
        return UncertainError(f"{method} failed at Slack ({name or status})")
    if name in TO_BE_MENDED:
        token = "SLACK_APP_TOKEN" if method.startswith("apps.") else "SLACK_BOT_TOKEN"
        mending = TO_BE_MENDED[name].format(token=token)
        return ToBeMendedError(name, f"{method}: {mending}.", retry_after=MEND_AFTER)
    if status != 200:
        return TransientError(f"Something other than Slack answered {method} ({status}).")
    kind = AccountGoneError if name in GONE else SlackRefusedError
    return kind(name, REASONS.get(name, f"Slack refuses {method} ({name})"))


class ToBeMendedError(TransientError):
    """The installation is at fault; `name` is Slack's word for how."""

    def __init__(self, name: str, message: str, *, retry_after: float) -> None:
        super().__init__(message, retry_after=retry_after)
        self.name = name


class SlackRefusedError(PermanentError):
    """Slack understood and said no; `name` is its word for it."""

    def __init__(self, name: str, message: str) -> None:
        super().__init__(message)
        self.name = name


class AccountGoneError(SlackRefusedError, GoneError):
    """Whoever it is for is not at this account any more."""


def pages(
    client: WebClient, method: str, key: str, *, most: int = 50, **arguments: Any
) -> list[Any]:
    """Every entry under `key`, page after page."""
    found: list[Any] = []
    cursor: str | None = None
    for _ in range(most):
        answer = call(client, method, cursor=cursor, **arguments)
        found += answer.get(key) or []
        cursor = _next(answer)
        if not cursor:
            return found
    raise TransientError(f"{method} did not end after {most} pages.")


def _next(answer: Mapping[str, Any]) -> str | None:
    return (answer.get("response_metadata") or {}).get("next_cursor") or None


ClientFor = Callable[[str | None], WebClient]
