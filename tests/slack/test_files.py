"""Files fetched from Slack: the bot's token goes where Slack keeps them, and no further."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest

from bot.domain.errors import TransientError
from bot.domain.sheets.dropped import LARGEST
from bot.services.fetching import FileError
from bot.slack.client import Client
from bot.slack.files import NO_SCOPE, SlackFiles, within_slack
from bot.slack.reaching import context
from tests.slack.small_server import serving

TOKEN = "xoxb-secret"
BYTES = b"Ref,Action\r\n"
CSV = [("Content-Type", "text/csv")]
PAGE = [("Content-Type", "text/html; charset=utf-8")]


class Shelf:
    """A server of files that notes who asked for what, and with which token."""

    def __init__(self) -> None:
        self.url = ""
        self.record: dict[str, Any] = {}
        self.answers: dict[str, tuple[str, list[tuple[str, str]], Any]] = {}
        self.asked: list[tuple[str, str]] = []

    def __call__(self, environ: Any, start_response: Callable[..., Any]) -> Any:
        """The WSGI application."""
        path = environ["PATH_INFO"]
        if path == "/api/files.info":
            start_response("200 OK", [("Content-Type", "application/json")])
            return [json.dumps({"ok": True, "file": self.record}).encode()]
        self.asked.append((path, environ.get("HTTP_AUTHORIZATION", "")))
        status, headers, body = self.answers[path]
        start_response(status, list(headers))  # the server adds to what it is given
        return body

    def holds(self, status: str = "200 OK", headers: Any = CSV, body: Any = (BYTES,)) -> None:
        """What its one file is answered with."""
        self.record = {
            "id": "F1",
            "name": "log.csv",
            "filetype": "csv",
            "mode": "snippet",
            "size": 12,
            "url_private_download": f"{self.url}/log.csv",
        }
        self.answers["/log.csv"] = (status, headers, body)

    def leads_to(self, address: str) -> None:
        """Its one file lies elsewhere."""
        self.holds("302 Found", [("Location", address)], [b""])


@pytest.fixture
def shelves() -> Iterator[tuple[Shelf, Shelf]]:
    """Slack, and another host."""
    with ExitStack() as stack:
        slack, other = Shelf(), Shelf()
        for shelf in (slack, other):
            shelf.url = stack.enter_context(serving(shelf))
            shelf.holds()
        yield slack, other


def fetch(slack: Shelf) -> bytes:
    client = Client(TOKEN, base_url=f"{slack.url}/api/", context=context(""), proxy=None)
    try:
        return SlackFiles(lambda _team: client).fetch("T1", "F1").content
    finally:
        client.close()


def test_the_token_goes_on_within_slack_and_not_beyond(shelves: tuple[Shelf, Shelf]) -> None:
    slack, other = shelves
    shown = f"Bearer {TOKEN}"
    assert fetch(slack) == BYTES
    assert slack.asked == [("/log.csv", shown)]

    slack.answers["/there.csv"] = ("200 OK", CSV, [BYTES])
    slack.leads_to("/there.csv")
    assert fetch(slack) == BYTES
    assert slack.asked[1:] == [("/log.csv", shown), ("/there.csv", shown)]

    slack.leads_to(f"{other.url}/log.csv")
    assert fetch(slack) == BYTES
    assert other.asked == [("/log.csv", "")]
    other.leads_to(f"{slack.url}/there.csv")
    assert fetch(slack) == BYTES
    assert slack.asked[-1] == ("/there.csv", "")


@pytest.mark.parametrize(
    ("there", "within"),
    [
        ("https://files-origin.slack.com/files/a.csv", True),
        ("https://files.slack.com/other/a.csv", True),
        ("http://files-origin.slack.com/files/a.csv", False),
        ("https://files-origin.slack.com.example.org/a.csv", False),
        ("https://notslack.com/a.csv", False),
        ("https://files.slack.com@example.org/a.csv", False),
        ("https://example.org/.slack.com", False),
    ],
)
def test_only_slack_s_own_hosts_are_within_slack(there: str, *, within: bool) -> None:
    assert within_slack("https://files.slack.com/a.csv", there) is within


def test_a_sign_in_page_says_what_is_missing(shelves: tuple[Shelf, Shelf]) -> None:
    slack, other = shelves
    slack.holds(headers=PAGE, body=[b"<!DOCTYPE html>"])
    with pytest.raises(FileError, match="files:read") as found:
        fetch(slack)
    assert str(found.value) == NO_SCOPE

    slack.leads_to(f"{other.url}/log.csv")
    other.holds(headers=PAGE, body=[b"<!DOCTYPE html>"])
    with pytest.raises(FileError, match=r"Slack led me from 127\.0\.0\.1 to 127\.0\.0\.1"):
        fetch(slack)


def test_no_more_is_read_than_a_spreadsheet_may_have(shelves: tuple[Shelf, Shelf]) -> None:
    slack, _ = shelves
    given = 0

    def endless() -> Iterator[bytes]:
        nonlocal given
        for _ in range(1_000):
            given += 1
            yield b"x" * 2**18

    slack.holds(body=endless())
    with pytest.raises(FileError, match="larger than 5 MB"):
        fetch(slack)
    assert given < 3 * LARGEST // 2**18


@pytest.mark.parametrize(
    ("about", "said"),
    [
        ({"size": LARGEST + 1}, "larger than 5 MB"),
        ({"mode": "external", "is_external": True}, "only a link to a file kept elsewhere"),
        ({"mode": "hidden_by_limit"}, "does not let me see it"),
        ({"mode": "tombstone"}, "not in Slack any more"),
        ({"name": "notes", "filetype": "space", "mode": "space"}, "no spreadsheet"),
        ({"name": "plan.pdf"}, "no spreadsheet"),
        ({"url_private_download": "file:///etc/passwd"}, "does not let me see it"),
    ],
)
def test_what_cannot_be_a_small_spreadsheet_of_slack_s_own_is_not_asked_for(
    shelves: tuple[Shelf, Shelf], about: dict[str, Any], said: str
) -> None:
    slack, _ = shelves
    slack.record |= about

    with pytest.raises(FileError, match=said):
        fetch(slack)
    assert slack.asked == []


def test_a_name_without_an_ending_goes_by_slack_s_word_for_it(
    shelves: tuple[Shelf, Shelf],
) -> None:
    slack, _ = shelves
    slack.record |= {"name": "Untitled"}

    assert fetch(slack) == BYTES


def test_a_slack_that_is_busy_is_asked_later(shelves: tuple[Shelf, Shelf]) -> None:
    slack, _ = shelves
    slack.holds("429 Too Many Requests", [("Retry-After", "90")], [b""])
    with pytest.raises(TransientError) as found:
        fetch(slack)
    assert found.value.retry_after == 90
    slack.leads_to("/log.csv")
    with pytest.raises(TransientError, match="without an end"):
        fetch(slack)
