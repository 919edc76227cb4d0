"""What has come in, each thing once: its key, kind and time, never its payload."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col

from storage.rows import TakenRow


def take(session: Session, key: str, *, kind: str, now: datetime) -> bool:
    """Take a thing; false where it was taken before. Written with its effect, in one commit."""
    values = {"key": key, "kind": kind, "at": now}
    on_sqlite = session.get_bind().dialect.name == "sqlite"
    insert = sqlite.insert(TakenRow) if on_sqlite else postgresql.insert(TakenRow)
    statement = insert.values(**values).on_conflict_do_nothing().returning(col(TakenRow.key))
    return session.execute(statement).first() is not None
