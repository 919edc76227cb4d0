"""A backup made while people write is whole, and goes into either database."""

from __future__ import annotations

import contextlib
import resource
import sqlite3
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlmodel import func, select

from bot.domain.errors import TransientError, UserError
from bot.domain.guard import guard
from bot.domain.people import Account
from bot.services import chains, replies
from bot.services.intake import Arrival
from storage import audit, backup, groups, migrate, restoring
from storage.database import Database
from storage.rows import ItemRow, UpdateRow
from tests.databases import PostgresServer
from tests.services.desks import FrontDesk
from tests.services.founded import TEAM

WRITERS, BEFORE, AFTER = 4, 10, 10
PACE = 0.02
"""Seconds between two writes of the whole crowd: fifty a second."""
LATER = datetime(2022, 8, 16, 9, 0, tzinfo=UTC)


class Crowd:
    """People who answer all the time, and how many answers were taken."""

    def __init__(self, desk: FrontDesk) -> None:
        self._desk = desk
        self._stop = threading.Event()
        self._lock = threading.Lock()
        self.taken = 0
        self.enough = threading.Event()
        self._threads = [threading.Thread(target=self._write, args=(n,)) for n in range(WRITERS)]

    def __enter__(self) -> Crowd:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join()

    def _write(self, number: int) -> None:
        count = 0
        while not self._stop.wait(PACE * WRITERS) or count < AFTER:
            count += 1
            arrival = Arrival(
                key=f"crowd:{number}:{count}", kind="message", account=Account(TEAM, "UPRIYA")
            )
            said = replies.Said(arrival=arrival, text=guard(f"A-0{1 + number % 2} is on track"))
            replies.text(self._desk.database, said, now=self._desk.now)
            with self._lock:
                self.taken += 1
                if self.taken >= BEFORE:
                    self.enough.set()


@contextlib.contextmanager
def opened(url: str) -> Iterator[Database]:
    found = Database(url)
    try:
        yield found
    finally:
        found.dispose()


@pytest.fixture
def elsewhere(tmp_path: Path, postgres: PostgresServer) -> Iterator[list[str]]:
    """Two empty databases: a file that is not there yet, and one on a server."""
    (tmp_path / "elsewhere").mkdir()
    url = postgres.new_url()
    yield [f"sqlite:///{tmp_path}/elsewhere/register.db", url]
    postgres.drop(url)


def chain_of(database: Database) -> list[str]:
    with database.snapshot() as session:
        (group,) = groups.every(session)
        return [link.hash for link in audit.chain(session, group.id)]


def test_a_backup_made_while_people_write_restores_onto_either_database(
    database: Database, tmp_path: Path, elsewhere: list[str]
) -> None:
    desk = FrontDesk(database)
    file = tmp_path / "copy.backup"
    with Crowd(desk) as crowd:
        assert crowd.enough.wait(60)
        backup.make(database, file, now=desk.now)
    assert crowd.taken >= BEFORE + WRITERS

    every = chain_of(database)
    assert file.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir() if "partial" in path.name] == []
    for url in elsewhere:
        with opened(url) as target:
            restored = restoring.restore(file, target, noted=[], now=LATER)
            assert restored.made_at == desk.now
            assert all(report.whole for report in chains.verify(target, None, now=desk.now))
            *kept, new = chain_of(target)
            assert BEFORE <= len(kept) <= len(every)
            assert kept == every[: len(kept)]
            assert new not in every
            with target.snapshot() as session:
                (group,) = groups.every(session)
                links = list(audit.chain(session, group.id))
                updates = session.exec(select(func.count()).select_from(UpdateRow)).one()
                assert updates == sum(link.action == "updated" for link in links)
            # Numbers go on where they were, on a server too.
            with target.transaction() as session:
                row = session.exec(select(ItemRow)).first()
                assert row is not None
                session.add(ItemRow(**{**row.model_dump(), "id": None, "ref": "A-99"}))


def test_a_database_that_holds_something_is_not_overwritten(
    database: Database, tmp_path: Path
) -> None:
    desk = FrontDesk(database)
    file = tmp_path / "copy.backup"
    backup.make(database, file, now=desk.now)
    before = chain_of(database)

    with pytest.raises(UserError, match="is not empty"):
        restoring.restore(file, database, noted=[], now=LATER)

    assert chain_of(database) == before


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Database]:
    """A register with nothing in it, on SQLite."""
    with opened(f"sqlite:///{tmp_path}/small.db") as database:
        migrate.upgrade(database)
        yield database


def test_a_backup_overwrites_nothing_and_needs_a_folder(small: Database, tmp_path: Path) -> None:
    there = tmp_path / "there"
    there.write_text("mine")

    with pytest.raises(UserError, match="exists already"):
        backup.make(small, there, now=LATER)
    with pytest.raises(UserError, match="There is no folder"):
        backup.make(small, tmp_path / "nowhere" / "copy", now=LATER)

    assert there.read_text() == "mine"


def test_a_full_disk_leaves_no_half_backup(small: Database, tmp_path: Path) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (64 * 1024, hard))
    try:
        with pytest.raises((UserError, TransientError), match=r"room|full"):
            backup.make(small, tmp_path / "copy", now=LATER)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))

    assert not list(tmp_path.glob("*copy*"))


def test_what_is_no_backup_or_too_new_is_refused(small: Database, tmp_path: Path) -> None:
    file, target = tmp_path / "copy", tmp_path / "target.db"
    backup.make(small, file, now=LATER)
    no_backup = tmp_path / "letter.odt"
    no_backup.write_bytes(b"PK" + bytes(2_000))
    with contextlib.closing(sqlite3.connect(file)) as copy, copy:
        copy.execute("UPDATE alembic_version SET version_num = '9999'")

    with opened(f"sqlite:///{target}") as empty:
        for wrong, why in (
            (tmp_path / "nothing", "There is no file"),
            (no_backup, "is no backup"),
            (file, "newer version"),
        ):
            with pytest.raises(UserError, match=why):
                restoring.restore(wrong, empty, noted=[], now=LATER)

    assert not target.exists()
