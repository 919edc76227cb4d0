"""A database in which everything can be tried again: each try is taken back once it was read."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlmodel import Session

from storage import audit
from storage.database import Database

WRITES = re.compile(r"^\s*(?:INSERT(?:\s+OR\s+\w+)?\s+INTO|UPDATE|DELETE\s+FROM)\s+\"?(\w+)", re.I)
Row = dict[str, Any]
Rows = dict[str, list[tuple[Any, ...]]]


class Trial(Database):
    """A SQLite database on one connection, whose transactions are savepoints.

    `again` forgets all that was written since it was opened, `attempt` what is written inside it.
    """

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self._connection = self.engine.connect()
        self._outer = self._connection.begin()
        self._before: Rows | None = None
        self._touched: set[str] = set()
        event.listen(self.engine, "before_cursor_execute", self._watch)

    def _watch(self, _connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        found = WRITES.match(statement)
        if found:
            self._touched.add(found[1])

    def _session(self, **options: Any) -> Session:
        return Session(self._connection, join_transaction_mode="create_savepoint", **options)

    @contextlib.contextmanager
    def transaction(self) -> Iterator[Session]:
        """As a database's own, inside the attempt."""
        with self._session(expire_on_commit=False) as session, session.begin():
            yield session
            audit.write(session)

    @contextlib.contextmanager
    def snapshot(self) -> Iterator[Session]:
        """As a database's own: writing is refused."""
        self._connection.exec_driver_sql("PRAGMA query_only=ON")
        try:
            with self._session(autoflush=False) as session, session.begin():
                yield session
        finally:
            self._connection.exec_driver_sql("PRAGMA query_only=OFF")

    def again(self) -> None:
        """As it was when it was opened."""
        self._outer.rollback()
        self._outer = self._connection.begin()
        self._before = None

    @contextlib.contextmanager
    def attempt(self) -> Iterator[None]:
        """Whatever is written inside is taken back at its end; `wrote` tells what it was."""
        if self._before is None:
            self._before = {name: self._rows(name) for name in self._names()}
        self._touched.clear()
        nested = self._connection.begin_nested()
        try:
            yield
        finally:
            nested.rollback()

    def wrote(self) -> dict[str, list[Row]]:
        """The rows that are new or changed since the attempt began, by table."""
        assert self._before is not None, "Only an attempt writes what can be told."
        found: dict[str, list[Row]] = {}
        for name in sorted(self._touched):
            known = set(self._before[name])
            columns = self._columns(name)
            rows = [r for r in self._rows(name) if r not in known]
            if rows or len(known) != len(self._rows(name)):
                found[name] = [dict(zip(columns, row, strict=True)) for row in rows]
        return found

    def one(self, statement: str, **values: Any) -> Any:
        """The first row of a query, or its only column."""
        found = self._connection.execute(sa.text(statement), values).first()
        assert found is not None, f"Nothing answers {statement} {values}"
        return found[0] if len(found) == 1 else tuple(found)

    def all(self, statement: str) -> list[Any]:
        """The first column of a query."""
        return [row[0] for row in self._connection.execute(sa.text(statement))]

    def keep(self) -> None:
        """Make what was written so far the state that `again` returns to."""
        self._outer.commit()
        self._outer = self._connection.begin()
        self._before = None

    def dispose(self) -> None:
        """Close it."""
        self._outer.rollback()
        self._connection.close()
        super().dispose()

    def _names(self) -> list[str]:
        return sa.inspect(self._connection).get_table_names()

    def _columns(self, name: str) -> list[str]:
        return list(self._connection.execute(sa.text(f"SELECT * FROM {name} LIMIT 0")).keys())

    def _rows(self, name: str) -> list[tuple[Any, ...]]:
        return [tuple(row) for row in self._connection.execute(sa.text(f"SELECT * FROM {name}"))]
