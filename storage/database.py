"""The database: one way to write, one way to read, on SQLite and on PostgreSQL."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.exc import OperationalError
from sqlmodel import Session

import storage.rows  # noqa: F401  every table is known before any session opens
from bot.domain.errors import TransientError, UserError
from storage import audit

PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON")
"""`secure_delete`: what is deleted or overwritten is overwritten in the file, not only let go."""


class DatabaseError(TransientError):
    """The database could not be reached or written; nothing of the transaction was kept."""


class Database:
    """Transactions that are durable when they return, and snapshots that never hold a writer up.

    On SQLite one writer at a time goes in, queued in the process; on PostgreSQL rows are locked.
    """

    def __init__(self, url: str, *, removals: Path | None = None) -> None:
        self.url = _driver(url)
        self._removals = removals
        self.is_sqlite = self.url.startswith("sqlite")
        self._writing = threading.Lock()
        if self.is_sqlite:
            self._writer = _sqlite(self.url, begin="BEGIN IMMEDIATE", query_only=False)
            self._reader = _sqlite(self.url, begin="BEGIN", query_only=True)
        else:
            self._writer = _postgresql(self.url)
            self._reader = self._writer.execution_options(
                isolation_level="REPEATABLE READ", postgresql_readonly=True
            )

    @property
    def engine(self) -> sa.Engine:
        """The writing engine, for migrations."""
        return self._writer

    @property
    def path(self) -> Path | None:
        """The file, where the database is one."""
        name = sa.make_url(self.url).database
        return Path(name) if self.is_sqlite and name else None

    @property
    def removals(self) -> Path:
        """Where removals are noted outside the database, for a restored backup to repeat."""
        beside = self.path or Path(sa.make_url(self.url).database or "followthrough")
        return self._removals or beside.with_name(f"{beside.name}.removals.jsonl")

    @contextlib.contextmanager
    def transaction(self) -> Iterator[Session]:
        """Write: commits when the block ends, rolls back when it raises. Durable on return."""
        gate = self._writing if self.is_sqlite else contextlib.nullcontext()
        with (
            plainly(),
            gate,
            Session(self._writer, expire_on_commit=False) as session,
            session.begin(),
        ):
            session.connection()  # BEGIN IMMEDIATE now, not at the first statement
            yield session
            audit.write(session)

    @contextlib.contextmanager
    def snapshot(self) -> Iterator[Session]:
        """Read one consistent state; writing is refused."""
        with plainly(), Session(self._reader, autoflush=False) as session, session.begin():
            session.connection()
            yield session

    @contextlib.contextmanager
    def alone(self) -> Iterator[None]:
        """Keep every other writer of this process out, for work that allows no transaction."""
        with self._writing:
            yield

    def dispose(self) -> None:
        """Close every pooled connection."""
        self._writer.dispose()
        self._reader.dispose()


def _driver(url: str) -> str:
    for prefix in ("postgresql://", "postgres://"):
        if url.startswith(prefix):
            return "postgresql+psycopg://" + url.removeprefix(prefix)
    if not url.startswith(("sqlite:///", "postgresql+psycopg://")):
        raise UserError(
            "DATABASE_URL must start with sqlite:/// (a file) or postgresql:// (a server)."
        )
    return url


def _sqlite(url: str, *, begin: str, query_only: bool) -> sa.Engine:
    engine = sa.create_engine(
        url,
        hide_parameters=True,
        poolclass=sa.QueuePool,
        pool_size=16,
        max_overflow=48,
        connect_args={"check_same_thread": False, "timeout": 30.0},
    )

    @event.listens_for(engine, "connect")
    def connected(connection: Any, _record: Any) -> None:
        # The driver's own BEGIN comes too late: it let reads before writes be lost.
        connection.isolation_level = None
        for pragma in PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")
        if query_only:
            connection.execute("PRAGMA query_only=ON")

    @event.listens_for(engine, "begin")
    def began(connection: sa.Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine


def _postgresql(url: str) -> sa.Engine:
    return sa.create_engine(
        url, hide_parameters=True, pool_size=16, max_overflow=48, pool_pre_ping=True
    )


@contextlib.contextmanager
def plainly() -> Iterator[None]:
    """Say in one sentence what a database's failure means and how to mend it."""
    try:
        yield
    except OperationalError as error:
        raise DatabaseError(_sentence(str(error.orig))) from error


def _sentence(reason: str) -> str:
    first = reason.strip().splitlines()[0] if reason.strip() else "no reason given"
    if "disk is full" in reason or "No space left" in reason or "disk I/O" in reason:
        return f"The database's disk is full ({first}): free some space; nothing was lost."
    if "no such table" in reason or "UndefinedTable" in reason:
        return f"The database has no tables yet ({first}): run `python -m bot init FILE` first."
    if "unable to open" in reason or "readonly" in reason:
        return (
            f"The database file cannot be opened ({first}): check that the folder in "
            "DATABASE_URL exists and may be written."
        )
    return (
        f"The database did not answer ({first}): check DATABASE_URL and that the server runs; "
        "nothing was lost."
    )


__all__ = ["Database", "DatabaseError", "Session"]
