"""Digests that had no keys go with the migration that brings the keys."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.script import ScriptDirectory

from storage import migrate, sheets
from storage.database import Database
from storage.types import JsonType, UtcDateTime
from tests.databases import PostgresServer, SqliteFiles
from tests.storage.test_database import NOW, a_group

KEYED = "0007"
UNKEYED = "2bb80d537b1da3e3"


@pytest.fixture(params=["sqlite", "postgresql"])
def own(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A database of its own, whose schema this test may change."""
    files: SqliteFiles = request.getfixturevalue("sqlite_files")
    server: PostgresServer | None = None
    url = files.new_url(tmp_path)
    if request.param == "postgresql":
        server = request.getfixturevalue("postgres")
        url = server.new_url()
    database = Database(url)
    yield database
    database.dispose()
    if server is not None:
        server.drop(url)


def test_what_older_imports_kept_without_keys_is_dropped(own: Database) -> None:
    group = a_group(own)
    settings = migrate.config(own)
    before = ScriptDirectory.from_config(settings).get_revision(KEYED).down_revision
    assert isinstance(before, str)
    command.downgrade(settings, before)
    old = sa.table(
        "sheet_import",
        *(sa.column(name) for name in ("group_id", "sha256")),
        sa.column("imported_at", UtcDateTime()),
        sa.column("said", JsonType),
    )
    said = {"A-01": {"update": UNKEYED}}
    with own.transaction() as session:
        row = sa.insert(old).values(group_id=group, sha256=UNKEYED, imported_at=NOW, said=said)
        session.connection().execute(row)

    migrate.upgrade(own)

    assert migrate.differences(own) == []
    with own.snapshot() as session:
        assert sheets.last_said(session, group) == {}
        (kept,) = session.connection().execute(sa.text("SELECT * FROM sheet_import")).all()
    assert UNKEYED not in str(kept)
