"""Where words may stand: every text column of the schema, and what it is to a removal.

A new column is in no list until somebody says which; the test of this module names it.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

import sqlalchemy as sa
from sqlmodel import AutoString, SQLModel

import storage.rows  # noqa: F401  every table is in the metadata


class Holds(StrEnum):
    """What a text column holds."""

    WORDS = "words"
    """Plain text in which people's words stand, whole or quoted."""
    VALUES = "values"
    """JSON with such text in it."""
    WRITTEN = "written"
    """The same, written out as a string."""
    PUBLISHED = "published"
    """What a sent letter or a published report says: it cannot be changed any more."""
    DIGESTS = "digests"
    """Digests of people's words with the keys that make them: erased with what they are of."""
    NEVER = "never"
    """Keys, kinds, hashes, names and addresses: nobody's words."""


WORDS: dict[str, tuple[str, ...]] = {
    "words": ("body",),
    "action_item": ("title", "due_words", "status_words"),
    "item_terms": ("title",),
    "item_deadline": ("due_words",),
    "status_update": ("blocker", "ask"),
    "date_change": ("reason", "due_words"),
    "date_decision": ("reason",),
    "evidence": ("title", "url", "file_name"),
    "evidence_verification": ("reason",),
    "sheet_wish": ("file_name",),
    "question": ("question", "answer"),
    "provider_return": ("answer",),
    "waiting": ("outcome",),
    "export_wish": ("form",),
    "finding_answer": ("reason",),
    "clearance": ("reason",),
    "letter_event": ("note",),
    "pause": ("reason",),
    "hold": ("reason",),
    "occurrence": ("due_words",),
    "calendar_entry": ("name",),
}
VALUES: dict[str, tuple[str, ...]] = {
    "outbox": ("payload",),
    "waiting": ("payload",),
    "question": ("options",),
    "letter_version": ("findings",),
    "policy": ("value",),
    "action_item": ("ladder",),
    "removal": ("wanted",),
}
WRITTEN: dict[str, tuple[str, ...]] = {
    "action_item": ("deadline_json",),
    "item_deadline": ("deadline_json",),
    "date_change": ("deadline_json",),
    "occurrence": ("deadline_json",),
    "letter_version": ("facts", "letter"),
}
PUBLISHED: dict[str, tuple[str, ...]] = {
    "commitment": ("words", "due_words", "deadline_json"),
    "statement": ("words",),
    "recommendation_words": ("words", "title", "source"),
    "letter_party": ("name", "lines"),
}
DIGESTS: dict[str, tuple[str, ...]] = {
    "sheet_import": ("said", "sha256", "key"),
}
NEVER: dict[str, tuple[str, ...]] = {
    "account": ("team_id", "user_id"),
    "action_item": ("claimed", "delivery", "due_kind", "due_precision", "letters", "ref"),
    "audit": ("action", "detail", "hash", "previous", "subject", "words_digest"),
    "audit_head": ("hash",),
    "body": ("key",),
    "body_name": ("name", "short"),
    "cadence": ("rule",),
    "calendar_entry": ("kind", "nation"),
    "calendar_task": ("kind", "nations", "people"),
    "clearance": ("role", "sha256"),
    "commitment": ("due_kind", "due_precision", "recommendations", "ref", "to_bodies"),
    "conversation": ("channel_id", "kind", "person_user_id", "seen_ts", "team_id"),
    "date_change": ("decider", "due_kind", "due_precision"),
    "date_decision": ("decision",),
    "evidence": ("file_sha256", "opened_by"),
    "finding_answer": ("finding_key",),
    "item_deadline": ("due_kind", "due_precision"),
    "item_ladder": ("ladder",),
    "item_link": ("kind",),
    "item_terms": ("supporters",),
    "letter": ("audience", "reference"),
    "letter_due": ("audience", "breaks"),
    "letter_event": ("event", "sha256"),
    "letter_party": ("kind",),
    "letter_version": ("as_at", "author_kind", "prompt", "prompt_sha256", "sha256"),
    "nudge": ("outcome", "reason", "rung", "told_rung"),
    "occurrence": ("due_kind", "due_precision"),
    "outbox": (
        *("audience", "channel_id", "error", "file_id", "key", "kind", "lease", "state"),
        *("subject", "team_id", "thread_ts", "ts"),
    ),
    "pasted_list": ("settled", "source_key"),
    "person": ("email", "name"),
    "policy": ("name",),
    "post": ("key",),
    "post_holder": ("name", "salutation"),
    "post_title": ("address", "title"),
    "recommendation": ("ref",),
    "recommendation_words": ("bodies", "confirmed_by", "page", "response"),
    "removal": ("marks", "outcome", "reason", "subject"),
    "role": ("role", "title"),
    "sheet_wish": (
        *("channel_id", "file_id", "fingerprint", "sha256", "source_key", "state", "team_id"),
    ),
    "standing_buttons": ("said",),
    "statement": ("ref",),
    "status_update": ("channel", "confidence", "source_key", "status"),
    "sweep_run": ("name", "note"),
    "taken": ("key", "kind"),
    "task_group": ("channel_id", "clearance_channel_id", "key", "name", "sponsor", "team_id"),
    "telling": ("audience", "told"),
    "waiting": ("kind", "role"),
    "words": ("digest", "key"),
    "working_pattern": ("nation", "title", "weekdays", "zone"),
}
"""A removal's own reason stays: it may not repeat the words, and says why they went."""

_LISTS: dict[Holds, dict[str, tuple[str, ...]]] = {
    Holds.WORDS: WORDS,
    Holds.VALUES: VALUES,
    Holds.WRITTEN: WRITTEN,
    Holds.PUBLISHED: PUBLISHED,
    Holds.DIGESTS: DIGESTS,
    Holds.NEVER: NEVER,
}


def classified() -> dict[tuple[str, str], Holds]:
    """What each column holds, by table and name. Raises ValueError for one that is listed twice."""
    found: dict[tuple[str, str], Holds] = {}
    for holds, tables in _LISTS.items():
        for table, names in tables.items():
            for name in names:
                if (table, name) in found:
                    raise ValueError(f"{table}.{name} is listed twice: keep one.")
                found[table, name] = holds
    return found


def of_schema() -> set[tuple[str, str]]:
    """Every column that could hold text."""
    texts = (sa.String, sa.JSON, AutoString)
    return {
        (table.name, column.name)
        for table in SQLModel.metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, texts)
    }


def searched() -> Iterator[tuple[sa.Table, dict[str, Holds]]]:
    """The tables in which words are looked for, each with its columns and what they hold."""
    by_table: dict[str, dict[str, Holds]] = {}
    for (table, name), holds in classified().items():
        if holds not in (Holds.NEVER, Holds.DIGESTS):
            by_table.setdefault(table, {})[name] = holds
    for table, names in by_table.items():
        yield SQLModel.metadata.tables[table], names


def erased() -> list[str]:
    """The tables of which a removal may leave dead bytes, by name."""
    return sorted({table for (table, _), holds in classified().items() if holds is not Holds.NEVER})
