"""Transactions and snapshots, on both databases."""

from __future__ import annotations

import threading
from datetime import UTC, date, datetime

import pytest
from sqlalchemy.exc import DBAPIError
from sqlmodel import select

from bot.domain.audit import first_break
from storage import audit, migrate
from storage.database import Database, DatabaseError
from storage.rows import GroupRow

NOW = datetime(2022, 5, 10, 9, 0, tzinfo=UTC)


def a_group(database: Database) -> int:
    with database.transaction() as session:
        row = GroupRow(
            key="imaging",
            name="Imaging",
            sponsor="Board",
            ends_on=date(2023, 3, 31),
            created_at=NOW,
        )
        session.add(row)
        session.flush()
        assert row.id is not None
        return row.id


def test_the_migrations_make_the_tables_that_the_rows_declare(database: Database) -> None:
    assert migrate.differences(database) == []


def test_an_instant_comes_back_aware_and_in_utc(database: Database) -> None:
    a_group(database)

    with database.snapshot() as session:
        assert session.exec(select(GroupRow)).one().created_at == NOW


def test_a_naive_instant_is_refused(database: Database) -> None:
    naive = NOW.replace(tzinfo=None)

    with pytest.raises(Exception, match="naive"), database.transaction() as session:
        session.add(
            GroupRow(key="x", name="x", sponsor="x", ends_on=date(2023, 1, 1), created_at=naive)
        )


def test_a_transaction_that_raises_leaves_nothing(database: Database) -> None:
    group = a_group(database)

    with pytest.raises(ValueError, match="halfway"), database.transaction() as session:
        audit.record(session, "tried", "x", group_id=group, by_id=None, now=NOW)
        raise ValueError("halfway")

    with database.snapshot() as session:
        assert list(audit.chain(session, group)) == []


def test_a_snapshot_cannot_write(database: Database) -> None:
    a_group(database)

    with (
        pytest.raises((DatabaseError, DBAPIError), match=r"(?i)read"),
        database.snapshot() as session,
    ):
        session.exec(select(GroupRow)).one().name = "changed"
        session.flush()


def test_eight_threads_that_read_then_write_lose_nothing(database: Database) -> None:
    group = a_group(database)

    def work() -> None:
        for _ in range(10):
            with database.transaction() as session:
                audit.record(session, "did", "x", group_id=group, by_id=None, now=NOW)

    # The first link makes the head; the others lock it.
    with database.transaction() as session:
        audit.record(session, "began", "x", group_id=group, by_id=None, now=NOW)
    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)

    with database.snapshot() as session:
        links = list(audit.chain(session, group))
        head = audit.head(session, group)
    assert [link.seq for link in links] == list(range(1, 82))
    assert first_break(links) is None
    assert head == links[-1].hash


def test_a_database_that_is_not_there_is_one_clear_sentence() -> None:
    database = Database("sqlite:////no/such/folder/followthrough.db")

    with pytest.raises(DatabaseError, match="DATABASE_URL"), database.transaction():
        pass
