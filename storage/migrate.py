"""Bring the tables to where the code expects them."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlmodel import SQLModel

from storage.database import Database, plainly

HERE = Path(__file__).parent / "migrations"


def config(database: Database) -> Config:
    """Alembic's settings for this database; there is no ini file."""
    settings = Config()
    settings.set_main_option("script_location", str(HERE))
    settings.attributes["engine"] = database.engine
    return settings


def upgrade(database: Database) -> None:
    """Run every migration that has not run yet; DatabaseError where it cannot be reached."""
    with plainly():
        command.upgrade(config(database), "head")


def missing(database: Database) -> int:
    """How many migrations have not run yet; changes nothing. DatabaseError out of reach."""
    script = ScriptDirectory.from_config(config(database))
    with plainly(), database.engine.connect() as connection:
        heads = MigrationContext.configure(connection).get_current_heads()
    return len(list(script.iterate_revisions(tuple(script.get_heads()), heads or "base")))


def differences(database: Database) -> list[object]:
    """How the migrated tables differ from the rows' declarations: nothing, when all is well."""
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return list(compare_metadata(context, SQLModel.metadata))
