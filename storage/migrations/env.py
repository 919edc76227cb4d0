"""How Alembic runs: on the engine it is handed, one transaction for all migrations."""

from __future__ import annotations

from typing import Any, Literal

from alembic import context
from sqlmodel import SQLModel
from sqlmodel.sql.sqltypes import AutoString

import storage.rows  # noqa: F401
from storage.types import UtcDateTime


def render(kind: str, item: Any, autogen: Any) -> str | Literal[False]:
    """Write our column types by their own names."""
    if kind != "type":
        return False
    if isinstance(item, UtcDateTime):
        autogen.imports.add("from storage.types import UtcDateTime")
        return "UtcDateTime()"
    if isinstance(item, AutoString):
        return "sa.String()"
    if type(item).__name__ == "JSON":
        autogen.imports.add("from storage.types import JsonType")
        return "JsonType"
    return False


engine = context.config.attributes["engine"]
with engine.connect() as connection:
    context.configure(
        connection=connection,
        target_metadata=SQLModel.metadata,
        render_item=render,
        compare_type=True,
        render_as_batch=True,
    )
    with context.begin_transaction():
        context.run_migrations()
