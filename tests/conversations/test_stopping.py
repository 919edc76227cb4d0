"""Told to end, the bot ends in order and in seconds; nothing is lost, and nothing said twice."""

from __future__ import annotations

import signal
import socket
import time
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from sqlmodel import col, select

from bot.domain.messages import message, say
from bot.domain.outgoing import Outgoing
from bot.rehearsal import RehearsalServer, Workspace
from storage import outbox
from storage.rows import OutboxRow
from tests.conversations.commands import Serving, environment, free_port, until
from tests.conversations.conftest import BOT, CHANNEL
from tests.conversations.crowds import opened
from tests.databases import PostgresServer, SqliteFiles


@pytest.fixture
def slack() -> Iterator[RehearsalServer]:
    """A workspace with one channel."""
    workspace = Workspace()
    workspace.add_channel(CHANNEL, "imaging", members=[BOT])
    with RehearsalServer(workspace, close_grace=0.1) as server:
        yield server


@pytest.fixture
def kind(request: pytest.FixtureRequest) -> str:
    """Of which kind the database is: SQLite, unless a test says otherwise."""
    return str(getattr(request, "param", "sqlite"))


@pytest.fixture
def url(kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database."""
    if kind == "sqlite":
        files: SqliteFiles = request.getfixturevalue("sqlite_files")
        return files.new_url(tmp_path)
    server: PostgresServer = request.getfixturevalue("postgres")
    return server.lent_url()


@pytest.fixture
def env(slack: RehearsalServer, url: str) -> dict[str, str]:
    """What the bot is told."""
    return environment(slack.workspace, url)


def owe(url: str, many: int, *, now: datetime) -> list[str]:
    """So many messages are owed to the channel; what they say."""
    with opened(url) as database, database.transaction() as session:
        for number in range(many):
            owed = Outgoing(
                key=f"word:{number}",
                group_id=None,
                channel_id=CHANNEL,
                message=message(say(f"Word {number}")),
            )
            outbox.enqueue(session, owed, due_at=now, now=now)
    return [f"Word {number}" for number in range(many)]


def said(slack: RehearsalServer) -> list[str]:
    """What stands in the channel, in order."""
    return [message.text for message in slack.workspace.messages[CHANNEL]]


def states(url: str) -> Counter[str]:
    """How many messages are in which state."""
    with opened(url) as database, database.snapshot() as session:
        return Counter(session.exec(select(col(OutboxRow.state))))


def ended(bot: Serving) -> float:
    """SIGTERM, and the seconds until it has gone with exit code 0."""
    asked = time.monotonic()
    assert bot.end() == 0, bot.log()
    return time.monotonic() - asked


@pytest.mark.parametrize(
    ("kind", "over_http", "many"),
    [("sqlite", False, 200), ("sqlite", True, 60), ("postgresql", False, 60)],
    indirect=["kind"],
)
def test_what_is_owed_when_it_ends_arrives_once_after_the_next_start(
    slack: RehearsalServer,
    env: dict[str, str],
    url: str,
    tmp_path: Path,
    over_http: bool,
    many: int,
) -> None:
    words = owe(url, many, now=slack.workspace.clock.now())
    arguments = ("--http", f"127.0.0.1:{free_port()}") if over_http else ()
    held = slack.faults.add(method="chat.postMessage", kind="hold_before", skip=20)
    first = Serving(*arguments, env=env, folder=tmp_path)
    held.wait_until_reached(30)

    first.ask()
    until(lambda: " ending" in first.log(), first.log)
    held.release()
    assert first.wait() == 0
    assert states(url) == {"sent": 21, "owed": many - 21}
    assert "gave back 29" in first.log()

    second = Serving(*arguments, env=env, folder=tmp_path)
    until(lambda: states(url) == {"sent": many}, second.log)
    ended(second)
    assert said(slack) == words


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"], indirect=True)
def test_where_slack_hangs_it_ends_all_the_same(
    slack: RehearsalServer, env: dict[str, str], url: str, tmp_path: Path
) -> None:
    words = owe(url, 30, now=slack.workspace.clock.now())
    held = slack.faults.add(method="chat.postMessage", kind="hold_before", skip=5)
    first = Serving(env=env, folder=tmp_path)
    held.wait_until_reached(30)

    assert ended(first) < 10
    # One may have arrived; the others certainly have not.
    assert states(url) == {"sent": 5, "sending": 1, "owed": 24}
    held.release()

    # On a file what it left is known to be nobody's; on a server its lease must end first.
    slack.workspace.clock.advance(outbox.LEASE)
    second = Serving(env=env, folder=tmp_path)
    until(lambda: states(url) == {"sent": 30}, second.log)
    ended(second)
    assert Counter(said(slack)) == dict.fromkeys(words, 1)


def test_a_second_signal_ends_it_at_once(
    slack: RehearsalServer, env: dict[str, str], url: str, tmp_path: Path
) -> None:
    owe(url, 1, now=slack.workspace.clock.now())
    held = slack.faults.add(method="chat.postMessage", kind="hold_before")
    bot = Serving(env=env, folder=tmp_path)
    held.wait_until_reached(30)

    bot.ask(signal.SIGINT)
    until(lambda: " ending" in bot.log(), bot.log)
    asked = time.monotonic()
    bot.ask()

    assert bot.wait() == 128 + signal.SIGTERM
    assert time.monotonic() - asked < 2


def test_sigint_ends_it_in_order_over_http_too(env: dict[str, str], tmp_path: Path) -> None:
    bot = Serving("--http", f"127.0.0.1:{free_port()}", env=env, folder=tmp_path)
    bot.wait_until_ready()

    bot.ask(signal.SIGINT)

    assert bot.wait() == 0
    assert "Traceback" not in bot.log()


@pytest.mark.parametrize("over_http", [False, True])
def test_systemd_hears_when_it_is_ready_alive_and_ending(
    env: dict[str, str], tmp_path: Path, over_http: bool
) -> None:
    arguments = ("--http", f"127.0.0.1:{free_port()}") if over_http else ()
    told = env | {"NOTIFY_SOCKET": str(tmp_path / "notify"), "HOME": str(tmp_path / "home")}
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as supervisor:
        supervisor.bind(str(tmp_path / "notify"))
        supervisor.settimeout(30)
        bot = Serving(*arguments, env=told, folder=tmp_path)
        heard = {supervisor.recv(100), supervisor.recv(100)}
        assert heard == {b"READY=1", b"WATCHDOG=1"}
        ended(bot)
        supervisor.settimeout(0)
        while b"STOPPING=1" not in heard:
            heard.add(supervisor.recv(100))

    assert heard == {b"READY=1", b"WATCHDOG=1", b"STOPPING=1"}
    assert bot.log().count(" ending ") == 1
    assert not (tmp_path / "home").exists()
