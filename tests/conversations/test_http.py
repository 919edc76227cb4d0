"""The bot as a process of its own, reached by signed HTTP and over Socket Mode."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

from bot.rehearsal import RehearsalServer, Workspace, buttons, words
from bot.rehearsal.signed import signature_headers
from bot.services import setup
from bot.services.group_file import GroupFile
from storage.database import Database
from tests.conversations.commands import Serving, environment, free_port, until
from tests.conversations.conftest import OWNER, SECRETARY
from tests.databases import SqliteFiles

Start = Callable[..., Serving]


@pytest.fixture
def slack(workspace: Workspace) -> Iterator[RehearsalServer]:
    """The workspace served, with patience for a busy machine."""
    with RehearsalServer(workspace, ack_timeout=20.0, close_grace=0.1) as server:
        yield server


@pytest.fixture
def start(
    slack: RehearsalServer, sample: GroupFile, sqlite_files: SqliteFiles, tmp_path: Path
) -> Iterator[Start]:
    """Starts the bot on the sample group, with these arguments, and waits until it is ready."""
    running: list[Serving] = []

    def begin(*arguments: str) -> Serving:
        url = sqlite_files.new_url(tmp_path)
        database = Database(url)
        setup.load(database, sample, apply=False, now=slack.workspace.clock.now())
        database.dispose()
        env = environment(slack.workspace, url)
        running.append(Serving(*arguments, env=env, folder=tmp_path))
        running[-1].wait_until_ready()
        return running[-1]

    yield begin
    for each in running:
        each.close()


@pytest.fixture
def by_http(slack: RehearsalServer, start: Start) -> Serving:
    """The bot over signed HTTP."""
    address = f"127.0.0.1:{free_port()}"
    slack.workspace.configure(request_url=f"http://{address}/slack/events")
    return start("--http", address)


def use(slack: RehearsalServer, log: Callable[[], str]) -> None:
    """A command, a button and an event, and what people then read."""
    secretary, owner = slack.as_user(SECRETARY), slack.as_user(OWNER)
    assert "Agree the cauda equina syndrome pathway" in secretary.command("/status", "A-04").text

    secretary.command("/followthrough", "start")
    assert secretary.press(secretary.ephemerals()[-1], "group.start") == ""
    until(lambda: bool(owner.inbox()), log)
    introduction = owner.inbox()[0]
    first = next(b for b in buttons(introduction) if b["action_id"] == "intro.mine")
    assert owner.press(introduction, "intro.mine", value=first["value"]) == ""

    owner.tell("A-04 is on track")
    until(lambda: any("Recorded for A-04" in words(m) for m in owner.inbox()), log)


def test_command_button_and_event_work_over_http(slack: RehearsalServer, by_http: Serving) -> None:
    assert slack.verify_url()

    use(slack, by_http.log)

    assert slack.socket_count == 0


@pytest.mark.usefixtures("by_http")
def test_a_wrong_or_old_signature_is_refused(slack: RehearsalServer) -> None:
    app = slack.workspace.app
    body = json.dumps({"type": "url_verification", "challenge": "c"})
    right = signature_headers(app.signing_secret, body)
    old = right | {"X-Slack-Request-Timestamp": str(int(time.time()) - 3_600)}

    def status(headers: dict[str, str], content: str = body) -> int:
        posted = headers | {"Content-Type": "application/json"}
        url = str(app.request_url)
        return httpx.post(
            url, content=content, headers=posted, timeout=20, trust_env=False
        ).status_code

    assert status(right) == 200
    assert status(signature_headers("another secret", body)) == 401
    assert status(right, body.replace('"c"', '"d"')) == 401
    assert status(old) == 401
    assert status({}) == 401


def test_sigterm_ends_the_server_in_seconds(by_http: Serving) -> None:
    asked = time.monotonic()

    assert by_http.end() == 0
    assert time.monotonic() - asked < 20
    assert "Traceback" not in by_http.log()


def test_the_same_works_over_socket_mode_and_sigterm_ends_it(
    slack: RehearsalServer, start: Start
) -> None:
    bot = start()
    slack.wait_for_sockets(timeout=30)

    use(slack, bot.log)

    assert bot.end() == 0
    assert "ending" in bot.log()
    assert "Traceback" not in bot.log()
