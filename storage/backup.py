"""A consistent copy of the whole register in one SQLite file, made while the bot runs."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
import sqlite3
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa
from sqlmodel import SQLModel

from bot.domain.errors import UserError
from storage import migrate
from storage.database import Database, Session, plainly

LABEL = "followthrough_backup"
"""The table that makes a file a backup: when it was made, and of which schema."""
BATCH = 500


def make(database: Database, file: Path, *, now: datetime) -> None:
    """Copy the database as it stands at one moment; the file is whole or is not there.

    Only its owner may read it. Raises UserError where it exists, or cannot be written.
    """
    if database.path is not None and not database.path.exists():
        raise UserError(f"There is no database {database.path}: check DATABASE_URL.")
    with plainly_writing(file), in_place_of(file) as partial:
        if database.is_sqlite:
            _copy_file(database, partial)
        else:
            _copy_rows(database, partial)
        _label(partial, now)
        _fsync(partial)


@contextlib.contextmanager
def in_place_of(file: Path) -> Iterator[Path]:
    """A private new file beside it, which takes its name only when the block has ended well."""
    if file.exists():
        raise UserError(f"{file} exists already: name a new file, or move that one away.")
    if not file.parent.is_dir():
        raise UserError(f"There is no folder {file.parent}: make it, or name another.")
    partial = file.with_name(f".{file.name}.{secrets.token_hex(4)}.partial")
    os.close(os.open(partial, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    try:
        yield partial
        os.link(partial, file)  # unlike a renaming, this overwrites nothing
        _fsync(file.parent)
    finally:
        for left in (partial, Path(f"{partial}-wal"), Path(f"{partial}-shm")):
            left.unlink(missing_ok=True)


def _copy_file(database: Database, partial: Path) -> None:
    # It leaves out the free pages, in which something removed might still stand.
    with contextlib.closing(sqlite3.connect(str(database.path), timeout=30)) as source:
        source.execute("VACUUM INTO ?", (str(partial),))


def _copy_rows(database: Database, partial: Path) -> None:
    target = Database(f"sqlite:///{partial}")
    try:
        migrate.upgrade(target)
        with database.snapshot() as session, target.transaction() as into:
            _same_schema(session, into)
            copy_tables(session, into)
    finally:
        close(target)


def copy_tables(source: Session, target: Session) -> None:
    """Every row of every table, in an order that keeps references whole."""
    for table in SQLModel.metadata.sorted_tables:
        rows = source.connection().execute(
            sa.select(table).execution_options(yield_per=BATCH, stream_results=True)
        )
        for batch in rows.mappings().partitions(BATCH):
            target.connection().execute(sa.insert(table), [dict(row) for row in batch])


def _same_schema(source: Session, target: Session) -> None:
    numbers = [
        session.connection().exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
        for session in (source, target)
    ]
    if numbers[0] != numbers[1]:
        raise UserError(
            f"The database is of schema {numbers[0]} and this program of {numbers[1]}: back up "
            "with the program that runs on it, or start this one on it first."
        )


def _label(partial: Path, now: datetime) -> None:
    with contextlib.closing(sqlite3.connect(str(partial), isolation_level=None)) as copy:
        copy.execute("PRAGMA journal_mode=DELETE")
        copy.execute(f"CREATE TABLE {LABEL} (made_at TEXT NOT NULL)")
        copy.execute(f"INSERT INTO {LABEL} VALUES (?)", (now.isoformat(),))


def close(database: Database) -> None:
    """Leave a SQLite database as one file."""
    with database.engine.connect() as connection:
        connection.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    database.dispose()


def _fsync(path: Path) -> None:
    number = os.open(path, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


@contextlib.contextmanager
def plainly_writing(file: Path) -> Iterator[None]:
    """Say in one sentence why a file could not be written."""
    try:
        with plainly():
            yield
    except sqlite3.OperationalError as error:
        raise UserError(_why(file, str(error))) from error
    except OSError as error:
        reason = os.strerror(error.errno or errno.EIO)
        raise UserError(_why(file, reason)) from error


def _why(file: Path, reason: str) -> str:
    if "full" in reason or "No space" in reason or "too large" in reason or "disk I/O" in reason:
        return (
            f"There is no room for {file} ({reason}): free some space, or name a file on another "
            "disk. Nothing was left behind."
        )
    return f"{file} cannot be written ({reason}): check that its folder exists and may be written."
