"""Files that people shared, fetched from where Slack keeps them, with the bot's token.

The token goes to the address that `files.info` gives for a file that Slack keeps itself, and on
only within Slack (on Enterprise Grid, files.slack.com leads to files-origin.slack.com, which asks
who is there); an address elsewhere is followed without it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit

import httpx

from bot.domain.errors import TransientError
from bot.domain.sheets.dropped import LARGEST, READ, TOO_LARGE, ending
from bot.services.fetching import Fetched, FileError
from bot.slack.client import Client
from bot.slack.web import SlackRefusedError, ToBeMendedError, call, unreached

MOST_HOPS = 3
SLACKS_OWN = (".slack.com", ".slack-gov.com")
KEPT_BY_SLACK = frozenset({"hosted", "snippet"})
GONE = frozenset({"file_deleted", "file_not_found"})
TAKEN_AWAY = "It is not in Slack any more: drop it here again."
NOT_OURS = (
    "Slack does not let me see it, which its owner's organisation decides: save a copy, and drop "
    "that here."
)
NO_SCOPE = (
    "I may not read files here: I lack the permission files:read. Whoever runs me installs the "
    "app again from app.yaml; then drop it here again."
)
LED_AWAY = (
    "Slack led me from {first} to {last} for it, where I do not show who I am, and gave me its "
    "sign-in page: send the file to whoever runs me, who can import it."
)
NO_SHEET = "It is no spreadsheet that I can read: save it as .xlsx or .csv, and drop that here."
ELSEWHERE = "It is only a link to a file kept elsewhere: save that as .xlsx, and drop it here."


class SlackFiles:
    """Fetches shared files; `client_for` gives the client of a team."""

    def __init__(self, client_for: Callable[[str | None], Client]) -> None:
        self._client_for = client_for

    def fetch(self, team_id: str | None, file_id: str) -> Fetched:
        """The file, if it is small enough and may be a spreadsheet; FileError, TransientError."""
        client = self._client_for(team_id)
        record = _record(client, file_id)
        name = _name(record)
        if ending(name) not in READ:
            raise FileError(NO_SHEET)
        if int(record.get("size") or 0) > LARGEST:
            raise FileError(f"It {TOO_LARGE}.")
        address = record.get("url_private_download") or record.get("url_private")
        if not address:
            raise FileError(NOT_OURS)
        return Fetched(name=name, content=_Download(client).read(str(address)))


def _record(client: Client, file_id: str) -> Mapping[str, Any]:
    """What Slack says of a file that it keeps itself."""
    try:
        found: Mapping[str, Any] = call(client, "files.info", file=file_id)["file"]
    except SlackRefusedError as error:
        raise FileError(TAKEN_AWAY if error.name in GONE else NOT_OURS) from error
    except ToBeMendedError as error:
        if error.name == "missing_scope":
            raise FileError(NO_SCOPE) from error
        raise
    mode = found.get("mode")
    if mode == "tombstone":
        raise FileError(TAKEN_AWAY)
    if found.get("is_external") or mode == "external":
        raise FileError(ELSEWHERE)
    if mode not in KEPT_BY_SLACK:
        raise FileError(NO_SHEET if mode in ("space", "post", "email") else NOT_OURS)
    return found


def _name(record: Mapping[str, Any]) -> str:
    """Its name, with the ending of what Slack takes it for where it has none of its own."""
    name, kind = str(record.get("name") or "file"), str(record.get("filetype") or "")
    return name if ending(name) else f"{name}.{kind}"


@dataclass(frozen=True)
class _Download:
    """One download over the client's own connections."""

    client: Client

    def read(self, address: str) -> bytes:
        """The bytes, no more of them than may be."""
        here, token = address, self.client.token
        for _ in range(MOST_HOPS):
            self._check(here)
            headers = {"Accept-Encoding": "identity"}
            if token:
                headers["Authorization"] = f"Bearer {token}"
            try:
                with self.client.stream(here, headers) as response:
                    if not response.is_redirect:
                        return _content(response, first=address)
                    there = urljoin(here, response.headers.get("location", ""))
            except httpx.TransportError as error:
                raise unreached(self.client, "a file", error, repeatable=True) from error
            token = token if within_slack(here, there) else None
            here = there
        raise TransientError("Slack led from one address of a file to the next without an end.")

    def _check(self, address: str) -> None:
        """As the Web API itself is reached: over TLS, unless that is not either."""
        if urlsplit(address).scheme not in ("https", urlsplit(self.client.base_url).scheme):
            raise FileError(NOT_OURS)


def within_slack(here: str, there: str) -> bool:
    """Whether an address leads on to the same place, or over TLS from Slack to Slack."""
    if _place(here) == _place(there):
        return True
    return all(
        place.scheme == "https" and place.netloc.endswith(SLACKS_OWN)
        for place in map(urlsplit, (here, there))
    )


def _place(address: str) -> tuple[str, str]:
    found = urlsplit(address)
    return found.scheme, found.netloc


def _content(response: httpx.Response, *, first: str) -> bytes:
    status = response.status_code
    if status in (404, 410):
        raise FileError(TAKEN_AWAY)
    if status in (401, 403):
        raise FileError(NOT_OURS)
    if status != 200:
        wait = response.headers.get("retry-after", "")
        raise TransientError(
            f"Slack did not give a file's bytes ({status}).",
            retry_after=float(wait) if wait.isdigit() else 60.0,
        )
    if response.headers.get("content-type", "").startswith("text/html"):
        raise FileError(_signed_out(first, str(response.url)))
    found = bytearray()
    for piece in response.iter_bytes():
        found += piece
        if len(found) > LARGEST:
            raise FileError(f"It {TOO_LARGE}.")
    return bytes(found)


def _signed_out(first: str, last: str) -> str:
    """Slack's sign-in page stands where the bytes should."""
    if _place(first) == _place(last):
        return NO_SCOPE
    return LED_AWAY.format(first=urlsplit(first).hostname, last=urlsplit(last).hostname)
