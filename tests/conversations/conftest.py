"""The whole bot over Socket Mode, in this process, against a rehearsal workspace.

The workspace has everybody of the sample group, who share its channel, and besides them Sid,
who works in the same place and is in no group, and Max, of an organisation that shares nothing.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot.rehearsal import RehearsalServer, Workspace, running
from bot.services import group_file, setup
from bot.services.group_file import GroupFile
from storage.database import Database
from tests.databases import SqliteFiles

SAMPLE = Path(__file__).parents[2] / "samples" / "diagnostics.yaml"
CHANNEL, CLEARANCE = "C0IMAGING", "C0CLEARANCE"
BOT = "U0FOLLOW01"
CHAIR, SECRETARY, OWNER, OUTSIDE_OWNER = "UHELEN", "USAM", "UAISHA", "UPRIYA"
NO_MEMBER, STRANGER = "USID", "UMAX"
PATIENT, IMPATIENT = 10.0, 0.4
"""Seconds to wait for an acknowledgement: of what works, and of what is meant to fail."""


@pytest.fixture(scope="session")
def sample() -> GroupFile:
    """The group file that ships with the bot."""
    workspace = Workspace()
    return group_file.read_path(SAMPLE, today=workspace.clock.now().date())


@pytest.fixture
def workspace(sample: GroupFile) -> Workspace:
    """Everybody of the sample group in its channel, and two who are in no group."""
    workspace = Workspace()
    for person in sample.contents.people:
        for account in person.accounts:
            if account.team not in workspace.teams:
                workspace.add_team(account.team, account.team)
            workspace.add_user(account.user, person.name, team=account.team)
    members = [a.user for p in sample.contents.people for a in p.accounts]
    workspace.add_user(NO_MEMBER, "Sid Elsewhere")
    workspace.add_team("TOTHER", "Somewhere else")
    workspace.add_user(STRANGER, "Max Strange", team="TOTHER")
    workspace.add_channel(CHANNEL, "imaging", members=[*members, NO_MEMBER, BOT])
    workspace.add_channel(CLEARANCE, "clearance", members=[CHAIR, SECRETARY, BOT], private=True)
    return workspace


@pytest.fixture
def slack(workspace: Workspace) -> Iterator[RehearsalServer]:
    """The workspace served, with patience for a busy machine."""
    with RehearsalServer(workspace, ack_timeout=PATIENT, close_grace=0.1) as server:
        yield server


class Running(running.Running):
    """The bot in this process, and how its group begins."""

    def begin(self) -> None:
        """The secretary presses Start, and the owners are introduced."""
        secretary = self.person(SECRETARY)
        secretary.command("/followthrough", "start")
        secretary.press(secretary.ephemerals()[-1], "group.start")
        self.settle()


@pytest.fixture
def start_bot(slack: RehearsalServer) -> Iterator[Callable[[str], Running]]:
    """The bot on a database of one's choice, whatever that holds."""
    started: list[Running] = []

    def start(database_url: str) -> Running:
        started.append(Running(slack, database_url).start())
        return started[-1]

    yield start
    for each in started:
        each.stop()


@pytest.fixture
def make_bot(
    start_bot: Callable[[str], Running], slack: RehearsalServer, sample: GroupFile
) -> Callable[[str], Running]:
    """The bot on a database of one's choice, with the sample group loaded."""

    def make(database_url: str) -> Running:
        load(database_url, sample, slack.workspace)
        return start_bot(database_url)

    return make


def load(database_url: str, sample: GroupFile, workspace: Workspace) -> None:
    """Take the sample group in, at the workspace's time."""
    database = Database(database_url)
    setup.load(database, sample, apply=False, now=workspace.clock.now())
    database.dispose()


@pytest.fixture(scope="session")
def loaded(
    sample: GroupFile, sqlite_files: SqliteFiles, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """A SQLite file with the sample group, taken in when a workspace begins: to copy."""
    folder = tmp_path_factory.mktemp("loaded")
    url = sqlite_files.new_url(folder)
    load(url, sample, Workspace())
    return folder / "followthrough.db"


@pytest.fixture
def bot(start_bot: Callable[[str], Running], loaded: Path, tmp_path: Path) -> Running:
    """The bot on SQLite, with the sample group loaded."""
    copy = shutil.copy(loaded, tmp_path / loaded.name)
    return start_bot(f"sqlite:///{copy}")


@pytest.fixture
def bot_on_each(make_bot: Callable[[str], Running], database_url: str) -> Running:
    """The bot, once on SQLite and once on PostgreSQL."""
    return make_bot(database_url)
