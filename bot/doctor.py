"""`doctor`: every check in its order; each says what is wrong and how to mend it, and no secret."""

from __future__ import annotations

import contextlib
import socket
import ssl
from collections.abc import Iterator
from datetime import datetime
from urllib.parse import urlsplit

import httpx

from bot import bootstrap
from bot.domain.errors import PermanentError, TransientError, UserError
from bot.domain.people import LONDON
from bot.services import doctor
from bot.services.doctor import Finding, look, ok, wrong
from bot.settings import Settings
from bot.slack import doctor as slack_doctor
from bot.slack import reaching
from bot.slack.client import Client
from storage.database import Database

PATIENCE = 10.0
MODEL = ("LLM_BASE_URL", "LLM_API_KEY", "LLM_MODEL")
PORTS = {"http": 80, "https": 443}


def examine(settings: Settings, group_key: str | None, *, now: datetime) -> list[Finding]:
    """Everything, nothing changed. Raises UserError where there is no group with this key."""
    found = [*_machine(settings, now=now)]
    trusted = _trusted(settings)
    if isinstance(trusted, Finding):
        return [*found, trusted, *_inside(settings, group_key, None, now=now)]
    if settings.ssl_cert_file:
        count = trusted.cert_store_stats()["x509_ca"]
        found.append(ok("SSL_CERT_FILE", f"it holds {count} certificate authorities."))
    found += _proxy(settings)
    found += _slack(settings, trusted, now=now)
    found += _model(settings, trusted)
    return [*found, *_inside(settings, group_key, trusted, now=now)]


def _machine(settings: Settings, *, now: datetime) -> Iterator[Finding]:
    yield from doctor.calendars(now.astimezone(LONDON).date())
    if settings.in_rehearsal:
        yield look("rehearsal", "SLACK_API_URL is this machine.", "Remove it for a real workspace.")


def _trusted(settings: Settings) -> ssl.SSLContext | Finding:
    try:
        return reaching.context(settings.ssl_cert_file)
    except UserError as error:
        return wrong("SSL_CERT_FILE", str(error))


def _proxy(settings: Settings) -> Iterator[Finding]:
    """Whether somebody listens there; what it thinks of us, Slack's checks will show."""
    if not settings.https_proxy:
        return
    host = urlsplit(settings.slack_api_url).hostname or ""
    where = urlsplit(settings.https_proxy)
    name = reaching.named(settings.https_proxy)
    if settings.in_rehearsal or not reaching.proxy_for(
        host, https_proxy=settings.https_proxy, no_proxy=settings.no_proxy
    ):
        yield ok("proxy", f"{host} is reached without {name}, as NO_PROXY says.")
        return
    try:
        address = (str(where.hostname), where.port or PORTS[where.scheme])
        socket.create_connection(address, PATIENCE).close()
    except OSError as error:
        yield wrong(
            "proxy",
            f"{name} could not be reached ({error.strerror or type(error).__name__}).",
            f"Check HTTPS_PROXY, or name {host} in NO_PROXY.",
        )
        return
    yield ok("proxy", f"somebody listens at {name}.")


def _slack(settings: Settings, trusted: ssl.SSLContext, *, now: datetime) -> Iterator[Finding]:
    bot, app = settings.slack_bot_token, settings.slack_app_token
    if malformed := slack_doctor.shape("SLACK_BOT_TOKEN", bot, slack_doctor.BOT_PREFIX):
        yield malformed
    else:
        with _closing(settings, bot, trusted) as client:
            yield from slack_doctor.bot_token(client, now=now)
    if not app and settings.slack_signing_secret:
        yield ok("SLACK_APP_TOKEN", "it is not set: the bot is reached by HTTP alone.")
    elif malformed := slack_doctor.shape("SLACK_APP_TOKEN", app, slack_doctor.APP_PREFIX):
        yield malformed
    else:
        with _closing(settings, app, trusted) as client:
            yield slack_doctor.app_token(client)


def _closing(settings: Settings, token: str, trusted: ssl.SSLContext) -> contextlib.closing[Client]:
    return contextlib.closing(bootstrap.client(settings, token, trusted))


def _model(settings: Settings, trusted: ssl.SSLContext) -> Iterator[Finding]:
    """A model is never needed; one that is half set up is a mistake."""
    values = dict(
        zip(MODEL, (settings.llm_base_url, settings.llm_api_key, settings.llm_model), strict=True)
    )
    unset = [name for name, value in values.items() if not value]
    if len(unset) == len(MODEL):
        yield ok("model", "there is none, and none is needed.")
    elif unset:
        yield wrong("model", f"{', '.join(unset)} not set.", "Set all of LLM_*, or none.")
    else:
        yield _asked(settings, trusted)


def _asked(settings: Settings, trusted: ssl.SSLContext) -> Finding:
    base = settings.llm_base_url.rstrip("/")
    host = urlsplit(base).hostname or ""
    proxy = reaching.proxy_for(host, https_proxy=settings.https_proxy, no_proxy=settings.no_proxy)
    headers = {"Authorization": f"Bearer {settings.llm_api_key}"}
    try:
        with httpx.Client(
            verify=trusted,
            proxy=reaching.http_proxy(proxy, trusted),
            timeout=PATIENCE,
            trust_env=False,
        ) as client:
            status = client.get(f"{base}/models", headers=headers).status_code
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        why = reaching.reason(error, host=host, proxy=proxy) or type(error).__name__
        return wrong("model", f"{host} could not be reached: {why}.", "Check LLM_BASE_URL.")
    if status in (401, 403):
        return wrong("model", f"{host} does not take the key ({status}).", "Check LLM_API_KEY.")
    if status >= 400:
        return look(
            "model", f"{host} answers, but not for models ({status}).", "Check LLM_BASE_URL."
        )
    return ok("model", f"{host} answers.")


def _inside(
    settings: Settings, group_key: str | None, trusted: ssl.SSLContext | None, *, now: datetime
) -> Iterator[Finding]:
    """The database, and the groups in it with their channels."""
    try:
        opened = Database(settings.database_url)
    except UserError as error:
        yield wrong("database", str(error))
        return
    with doctor.closing(opened):
        found = list(doctor.database(opened, now=now))
        yield from found
        if all(each.state != "wrong" for each in found) and found[-1].state == "ok":
            yield from _groups(settings, opened, group_key, trusted, now=now)


def _groups(
    settings: Settings,
    opened: Database,
    group_key: str | None,
    trusted: ssl.SSLContext | None,
    *,
    now: datetime,
) -> Iterator[Finding]:
    today = now.astimezone(LONDON).date()
    directories = doctor.chosen(opened, group_key)
    if not directories:
        yield look("groups", "there is none yet.", "Load one: python -m bot init FILE.")
    yield doctor.ledger(opened)
    for directory in directories:
        yield from doctor.group(directory, today=today)
        if trusted is None or not settings.slack_bot_token:
            continue
        with _closing(settings, settings.slack_bot_token, trusted) as client:
            try:
                yield from slack_doctor.channels(client, directory, today=today)
            except (TransientError, PermanentError) as error:
                yield wrong(f"group {directory.group.key}, channels", str(error))
