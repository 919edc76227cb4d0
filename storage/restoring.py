"""A backup into an empty database: migrated, with what was removed since removed again."""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic.script import ScriptDirectory
from sqlmodel import SQLModel

from bot.domain.errors import UserError
from bot.domain.removals import from_marks
from storage import (
    audit,
    backup,
    erasing,
    groups,
    migrate,
    removal_record,
    removals,
    removing,
    restorations,
)
from storage.database import Database, Session, plainly

Lines = Mapping[int, removal_record.Line]


@dataclass(frozen=True, kw_only=True)
class Restored:
    """When the backup was made, and how many removals were repeated."""

    made_at: datetime
    again: int


def restore(file: Path, target: Database, *, noted: Sequence[Path], now: datetime) -> Restored:
    """Fill an empty database from a backup; whole, or not at all.

    `noted` are the records of removals; none where nothing was removed since. Raises UserError
    where the file is no backup, is of a newer schema, or the database is not empty.
    """
    made_at = check(file)
    lines: Lines | None = None
    if noted:
        lines = {line["number"]: line for one in noted for line in removal_record.read(one)}
    refuse_full(target)
    if target.path is not None:
        with _in_its_place(target.path) as partial:
            shutil.copyfile(file, partial)
            again = _ready(partial, lines, made_at=made_at, now=now)
    else:
        with tempfile.TemporaryDirectory() as folder, backup.plainly_writing(Path(folder)):
            partial = Path(folder) / "restoring.db"
            partial.touch(0o600)
            shutil.copyfile(file, partial)
            again = _ready(partial, lines, made_at=made_at, now=now)
            _move(partial, target)
    return Restored(made_at=made_at, again=again)


def check(file: Path) -> datetime:
    """When a backup was made. Raises UserError where the file is not one, or is damaged."""
    if not file.is_file():
        raise UserError(f"There is no file {file}: check its name.")
    try:
        with contextlib.closing(
            sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)
        ) as c:
            made_at = c.execute(f"SELECT made_at FROM {backup.LABEL}").fetchone()[0]
            (version,) = c.execute("SELECT version_num FROM alembic_version").fetchone()
            whole = c.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    except sqlite3.DatabaseError as error:
        raise UserError(
            f"{file} is no backup, or is damaged: name a file that `backup` made."
        ) from error
    if not whole:
        raise UserError(f"{file} is damaged: use another copy of it, or an older backup.")
    if version not in _revisions():
        raise UserError(
            f"{file} was made by a newer version of this program (schema {version}): install "
            "that version first."
        )
    return datetime.fromisoformat(made_at)


def _revisions() -> set[str]:
    found = ScriptDirectory(str(migrate.HERE))
    return {script.revision for script in found.walk_revisions()}


def refuse_full(target: Database) -> None:
    """Raises UserError where the database holds anything."""
    if target.path is not None and not target.path.exists():
        return
    with plainly(), target.engine.connect() as connection:
        there = set(sa.inspect(connection).get_table_names())
        for table in SQLModel.metadata.sorted_tables:
            if table.name in there and connection.execute(sa.select(table).limit(1)).first():
                raise UserError(
                    "The database in DATABASE_URL is not empty: name an empty one, or move that "
                    "one away first."
                )
    target.dispose()


@contextlib.contextmanager
def _in_its_place(path: Path) -> Iterator[Path]:
    with backup.plainly_writing(path):
        for empty in (path, Path(f"{path}-wal"), Path(f"{path}-shm")):
            empty.unlink(missing_ok=True)
        with backup.in_place_of(path) as partial:
            yield partial


def _ready(copy: Path, lines: Lines | None, *, made_at: datetime, now: datetime) -> int:
    """Bring a copy of a backup to where it may run: how many removals were repeated."""
    with contextlib.closing(sqlite3.connect(str(copy), isolation_level=None)) as connection:
        connection.execute(f"DROP TABLE {backup.LABEL}")
    database = Database(f"sqlite:///{copy}")
    try:
        migrate.upgrade(database)
        with database.transaction() as session:
            again = _again(session, lines, now=now)
            restorations.begin(session, made_at=made_at, now=now)
            for group in groups.every(session):
                audit.record(
                    session,
                    "restored from a backup",
                    f"group:{group.id}",
                    group_id=group.id,
                    by_id=None,
                    now=now,
                    made_at=made_at.isoformat(),
                    removed_again=again,
                )
        erasing.run(database)
    finally:
        backup.close(database)
    return again


def _again(session: Session, lines: Lines | None, *, now: datetime) -> int:
    if lines is None:
        return 0
    done = {one.id for one in removals.agreed(session)}
    if not done <= set(lines):
        raise UserError(
            "The record of removals is older than the backup, or of another register: name the "
            "right one with --removals FILE."
        )
    known = {group.key: group.id for group in groups.every(session)}
    new = [line for number, line in sorted(lines.items()) if number not in done]
    for line in new:
        if line["group"] not in known:
            raise UserError(
                f"The record of removals is of a group {line['group']!r} that is not in the "
                "backup: name the right one with --removals FILE."
            )
        _repeat(session, line, known[line["group"]], now=now)
    return len(new)


def _repeat(session: Session, line: removal_record.Line, group_id: int, *, now: datetime) -> None:
    kept: Mapping[str, Any] = line["marks"]
    search = removing.Search(
        group_id=group_id,
        matcher=from_marks(kept),
        on=date.fromisoformat(line["removed_on"]),
        items=frozenset(kept["items"]),
        texts=frozenset(kept["texts"]),
    )
    removals.forget(session, line["number"])
    removing.remove(session, search)
    removals.again(
        session, {**removal_record.row(line, group_id=group_id, now=now), "erased_at": now}
    )
    audit.record(
        session,
        "words removed again",
        f"removal:{line['number']}",
        group_id=group_id,
        by_id=None,
        now=now,
    )


def _move(copy: Path, target: Database) -> None:
    """Every row into a database on a server, in one transaction."""
    source = Database(f"sqlite:///{copy}")
    migrate.upgrade(target)
    try:
        with source.snapshot() as session, target.transaction() as into:
            backup.copy_tables(session, into)
            for table in SQLModel.metadata.sorted_tables:
                if "id" in table.columns and isinstance(table.c.id.type, sa.Integer):
                    highest = into.connection().execute(sa.select(sa.func.max(table.c.id))).scalar()
                    place = sa.func.pg_get_serial_sequence(table.name, "id")
                    into.connection().execute(
                        sa.select(sa.func.setval(place, highest or 1, highest is not None))
                    )
    finally:
        source.dispose()
