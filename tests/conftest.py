"""Fixtures that every test may ask for; the loopback is the only network there is."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from storage.database import Database
from tests.clock import FakeClock
from tests.databases import PostgresServer, SqliteFiles, postgres_server

# How long an example takes says something of the machine, and nothing of the code.
settings.register_profile("ours", deadline=None)
settings.load_profile("ours")

# What a commit waits for is the disk. SQLite asks for the same here, and memory has nothing to
# wait for; what a killed process leaves is as safe as on a disk, and no test cuts the power.
IN_MEMORY = Path("/dev/shm")
ROOM = 512 * 1024**2
if os.access(IN_MEMORY, os.W_OK) and shutil.disk_usage(IN_MEMORY).free > ROOM:
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(IN_MEMORY))

# Python 3.11 before .8 and 3.12 before .2 can lose count while they parse source, and pytest's own
# tracebacks parse whole files: instead of the failing test it then reports an INTERNALERROR
# (python/cpython#106905). Python's own tracebacks don't, and end in the same compared values.
LOSES_COUNT = sys.version_info < (3, 11, 8) or (3, 12) <= sys.version_info < (3, 12, 2)

LOOPBACK = ("127.", "::1", "localhost")


def _only_the_loopback(event: str, arguments: tuple[Any, ...]) -> None:
    if event != "socket.connect":
        return
    address = arguments[1]
    if isinstance(address, tuple) and not str(address[0]).startswith(LOOPBACK):
        raise PermissionError(f"Tests reach the loopback only, not {address[0]}.")


sys.addaudithook(_only_the_loopback)


def pytest_configure(config: pytest.Config) -> None:
    """A failing test is always told of."""
    if LOSES_COUNT and config.option.tbstyle == "auto":
        config.option.tbstyle = "native"


@pytest.fixture(scope="session")
def sqlite_files(tmp_path_factory: pytest.TempPathFactory) -> SqliteFiles:
    """One migrated SQLite file to copy."""
    return SqliteFiles(tmp_path_factory.mktemp("sqlite"))


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """One PostgreSQL server for the run."""
    yield from postgres_server()


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """The address of a migrated, empty database: once on SQLite, once on PostgreSQL."""
    if request.param == "sqlite":
        files: SqliteFiles = request.getfixturevalue("sqlite_files")
        return files.lent_url()
    server: PostgresServer = request.getfixturevalue("postgres")
    return server.lent_url()


@pytest.fixture(scope="session")
def opened() -> dict[str, Database]:
    """What is lent to one test after another: its connections end, what SQLAlchemy knows stays."""
    return {}


@pytest.fixture
def database(database_url: str, opened: dict[str, Database]) -> Iterator[Database]:
    """A migrated, empty database."""
    if database_url not in opened:
        opened[database_url] = Database(database_url)
    yield opened[database_url]
    opened[database_url].dispose()


@pytest.fixture
def clock() -> FakeClock:
    """Thursday 12 May 2022, ten o'clock in London."""
    return FakeClock(datetime(2022, 5, 12, 9, 0, tzinfo=UTC))
