"""What is wrong at the start is one sentence that says how to mend it, and exit code 1."""

from __future__ import annotations

import re
import resource
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.rehearsal import RehearsalServer
from storage import groups
from storage.database import Database
from tests.conversations.commands import Serving, environment, free_port, run
from tests.conversations.conftest import SAMPLE
from tests.databases import SqliteFiles

LOGGED = re.compile(r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+\+00:00 (INFO|WARNING|ERROR) ")


def sentence(done: subprocess.CompletedProcess[str]) -> str:
    """The one line on stderr that is no log line."""
    assert "Traceback" not in done.stderr + done.stdout
    assert done.returncode == 1, done.stderr
    said = [line for line in done.stderr.splitlines() if line and not LOGGED.match(line)]
    assert len(said) == 1, done.stderr
    assert said[0].endswith(".")
    return said[0]


@pytest.fixture
def url(sqlite_files: SqliteFiles, tmp_path: Path) -> str:
    """A migrated, empty database."""
    return sqlite_files.new_url(tmp_path)


@pytest.fixture
def env(slack: RehearsalServer, url: str) -> dict[str, str]:
    """An environment in which the bot would start."""
    return environment(slack.workspace, url)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("group: [", "group.yaml, line 1"),
        ("group:\n  kee: x\n", "kee"),
        ("- just\n- a list\n", "holds no group"),
    ],
)
def test_a_group_file_that_cannot_be_read(
    env: dict[str, str], tmp_path: Path, text: str, found: str
) -> None:
    (tmp_path / "group.yaml").write_text(text)

    done = run("init", "group.yaml", env=env, folder=tmp_path)

    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert found in done.stderr


def test_a_group_file_that_is_not_there(env: dict[str, str], tmp_path: Path) -> None:
    assert "nowhere.yaml" in sentence(run("init", "nowhere.yaml", env=env, folder=tmp_path))


@pytest.mark.parametrize("arguments", [("serve",), ("serve", "--http", "127.0.0.1:0"), ("sweep",)])
def test_a_token_that_is_not_valid(
    env: dict[str, str], tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    done = run(*arguments, env=env | {"SLACK_BOT_TOKEN": "xoxb-wrong"}, folder=tmp_path)

    assert "SLACK_BOT_TOKEN is not valid: copy it again" in sentence(done)


def test_an_app_token_that_is_not_valid(env: dict[str, str], tmp_path: Path) -> None:
    done = run("serve", env=env | {"SLACK_APP_TOKEN": "xapp-wrong"}, folder=tmp_path)

    said = sentence(done)
    assert "SLACK_APP_TOKEN is not valid: copy it again" in said
    assert "SLACK_BOT_TOKEN" not in said


def test_a_token_that_is_missing(env: dict[str, str], tmp_path: Path) -> None:
    done = run("serve", env=env | {"SLACK_APP_TOKEN": ""}, folder=tmp_path)

    assert sentence(done).startswith("SLACK_APP_TOKEN is not set: put ")


@pytest.mark.parametrize("arguments", [("serve",), ("sweep",), ("init", str(SAMPLE))])
def test_a_database_in_a_folder_that_is_not_there(
    env: dict[str, str], tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    broken = env | {"DATABASE_URL": f"sqlite:///{tmp_path}/nowhere/followthrough.db"}

    said = sentence(run(*arguments, env=broken, folder=tmp_path))

    assert "check that the folder in DATABASE_URL exists" in said


@pytest.mark.parametrize("arguments", [("serve",), ("init", str(SAMPLE))])
def test_a_database_server_that_does_not_run(
    env: dict[str, str], tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    broken = env | {"DATABASE_URL": f"postgresql://bot:secret@127.0.0.1:{free_port()}/bot"}

    said = sentence(run(*arguments, env=broken, folder=tmp_path))

    assert "check DATABASE_URL and that the server runs" in said
    assert "secret" not in said


@pytest.mark.parametrize("arguments", [("serve",), ("serve", "--http", "127.0.0.1:0")])
def test_slack_out_of_reach(
    env: dict[str, str], tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    closed = env | {"SLACK_API_URL": f"http://127.0.0.1:{free_port()}/api/"}

    said = sentence(run(*arguments, env=closed, folder=tmp_path))

    assert "check the network, HTTPS_PROXY and SLACK_API_URL" in said


def test_an_address_that_is_taken_or_is_none(
    slack: RehearsalServer, env: dict[str, str], tmp_path: Path
) -> None:
    taken = slack.workspace.base_url.removeprefix("http://").rstrip("/")

    for address in (taken, "nowhere"):
        said = sentence(run("serve", "--http", address, env=env, folder=tmp_path))
        assert said.startswith(f"Cannot listen at {address} (")


def test_a_full_disk(env: dict[str, str], url: str, tmp_path: Path) -> None:
    """No file may grow past 64 KiB: a write meets what it meets on a full disk."""
    size = 64 * 1024

    def no_room() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    done = run("init", str(SAMPLE), env=env, folder=tmp_path, before=no_room)

    said = sentence(done)
    assert "disk is full" in said
    assert "free some space; nothing was lost" in said
    database = Database(url)
    with database.snapshot() as session:
        assert groups.every(session) == []
    database.dispose()


@pytest.fixture
def serving(env: dict[str, str], tmp_path: Path) -> Iterator[Serving]:
    """A bot that holds the database."""
    folder = tmp_path / "first"
    folder.mkdir()
    first = Serving(env=env, folder=folder)
    yield first
    first.close()


def test_a_second_bot_on_the_same_file(
    serving: Serving, env: dict[str, str], tmp_path: Path
) -> None:
    serving.wait_until_ready()

    said = sentence(run("serve", env=env, folder=tmp_path))

    assert said.startswith("Another bot is running on ")
    assert "stop that one first" in said
