"""The second pass of a removal: what a database keeps of deleted rows goes too.

SQLite is written anew and its log cut off. PostgreSQL's tables are written anew; its archived
log and its replicas' copies age out by their own rules (docs/running-safely.md).
"""

from __future__ import annotations

from collections.abc import Iterable

import sqlalchemy as sa

from bot.domain.errors import TransientError
from storage import texts
from storage.database import Database, plainly


def run(database: Database) -> None:
    """Write every table that may hold words anew. Raises TransientError while somebody reads."""
    with plainly():
        if database.is_sqlite:
            _sqlite(database)
        else:
            _postgresql(database, texts.erased())


def _sqlite(database: Database) -> None:
    with database.alone(), database.engine.connect() as connection:
        # Begun by hand: VACUUM may not run inside a transaction, which our engine always opens.
        raw = connection.connection
        raw.execute("VACUUM")
        cursor = raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        busy = cursor.fetchone()[0]
        cursor.close()
    if busy:
        raise TransientError("The log could not be cut off while the database is being read.")


def _postgresql(database: Database, tables: Iterable[str]) -> None:
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        for name in tables:
            connection.execute(sa.text(f'VACUUM (FULL, ANALYZE) "{name}"'))
