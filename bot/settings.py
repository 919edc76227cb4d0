"""Environment and `.env` into one frozen Settings; what is missing or wrong is one sentence."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit

from pydantic import ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.domain.errors import UserError

SLACK = "https://slack.com/api/"


class Settings(BaseSettings):
    """Every setting, under the name of its environment variable in small letters."""

    model_config = SettingsConfigDict(
        env_file=".env", extra="ignore", frozen=True, env_ignore_empty=True
    )

    slack_bot_token: str = ""
    slack_app_token: str = ""
    slack_signing_secret: str = ""
    slack_api_url: str = SLACK
    database_url: str = "sqlite:///followthrough.db"
    removals_file: str = ""
    llm_base_url: str = ""
    llm_api_key: str = ""
    llm_model: str = ""
    https_proxy: str = ""
    no_proxy: str = ""
    ssl_cert_file: str = ""
    clock_url: str = ""
    heartbeat_url: str = ""
    log_format: str = ""

    @property
    def in_rehearsal(self) -> bool:
        """Whether Slack is a server on the loopback, where time may be set."""
        return is_loopback(self.slack_api_url)


def read() -> Settings:
    """The settings of this process; UserError where one cannot be used."""
    try:
        settings = Settings()
    except ValidationError as error:
        names = ", ".join(str(fault["loc"][0]).upper() for fault in error.errors())
        raise UserError(f"Cannot read {names}: give plain text, in the environment or .env.") from (
            error
        )
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(f"Cannot read .env ({error}): make it readable, as UTF-8 text.") from error
    check(settings)
    return settings


def check(settings: Settings) -> None:
    """UserError where a setting is none that could work."""
    for name in ("slack_api_url", "clock_url", "heartbeat_url"):
        address = getattr(settings, name)
        if address and urlsplit(address).scheme not in ("http", "https"):
            raise UserError(
                f"{name.upper()} is {address!r}: give a whole address, such as {SLACK}."
            )
    if settings.log_format not in ("", "json"):
        raise UserError(f"LOG_FORMAT is {settings.log_format!r}: make it json, or leave it out.")
    if settings.https_proxy and not _is_proxy(settings.https_proxy):
        # Not quoted: it may hold a password.
        raise UserError(
            "HTTPS_PROXY is no proxy's address: write http://HOST:PORT or https://HOST:PORT, with "
            "NAME:PASSWORD@ before the host where it asks for them."
        )
    if settings.clock_url and not settings.in_rehearsal:
        raise UserError(
            "CLOCK_URL is for rehearsals only: remove it, or point SLACK_API_URL at a "
            "rehearsal server on 127.0.0.1."
        )


def _is_proxy(address: str) -> bool:
    try:
        found = urlsplit(address)
        return found.scheme in ("http", "https") and bool(found.hostname) and found.port != 0
    except ValueError:
        return False


def is_loopback(address: str) -> bool:
    """Whether an address leads to this machine alone."""
    host = urlsplit(address).hostname or ""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def need(settings: Settings, name: str, what: str) -> str:
    """A setting that this command cannot do without; UserError names it."""
    value: str = getattr(settings, name)
    if not value:
        raise UserError(f"{name.upper()} is not set: put {what} in the environment or in .env.")
    return value
