"""Somebody's words: kept once, with the key of their digest, and expungeable (rule 7)."""

from __future__ import annotations

import secrets
from collections.abc import Iterable

from sqlmodel import Session, col, select

from bot.domain.audit import digest
from bot.domain.text import GuardedText
from storage.rows import TextRow

AT_ONCE = 10_000
"""Numbers in one statement: neither database takes any number of them."""


def keep(session: Session, text: GuardedText, *, group_id: int) -> TextRow:
    """Keep guarded words; the row's `digest` is what the audit chain holds of them."""
    key = secrets.token_hex(16)
    row = TextRow(group_id=group_id, body=text.text, key=key, digest=digest(text.text, key))
    session.add(row)
    session.flush()
    return row


def read(session: Session, numbers: Iterable[int | None]) -> dict[int, str]:
    """The words with these numbers; removed ones say when they were removed."""
    wanted = [n for n in numbers if n is not None]
    found: dict[int, str] = {}
    for start in range(0, len(wanted), AT_ONCE):
        chosen = col(TextRow.id).in_(wanted[start : start + AT_ONCE])
        rows = session.exec(select(TextRow).where(chosen))
        found.update({row.id: _shown(row) for row in rows if row.id is not None})
    return found


def guarded(session: Session, number: int | None) -> GuardedText:
    """One text that has been through the guard before, as it may be shown."""
    return GuardedText(read(session, [number]).get(number or 0, ""))


def _shown(row: TextRow) -> str:
    return f"[removed on {row.removed_on:%-d %B %Y}]" if row.removed_on else row.body
