"""Words taken out of every column in which they stand, of one group."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, SQLModel, col, select

from bot.domain import codec, drafts
from bot.domain.letters import Letter
from bot.domain.removals import Matcher, Sieve, marker
from storage import leaves, sheets, texts
from storage.rows import LetterEventRow, LetterRow
from storage.texts import Holds

BATCH = 500
FILE = '"content"'
BESIDE = ("item_id", "subject", "words_id")
"""Columns that say what a row is about."""
WHOLE = ("letter", "register")
"""Subjects of files that are about everything."""


@dataclass(frozen=True, kw_only=True)
class Search:
    """What is looked for: `items` are those that the words were said of, `texts` their rows.

    `published` finds them, whole, in what cannot be changed any more.
    """

    group_id: int
    matcher: Matcher
    on: date
    items: frozenset[int] = frozenset()
    texts: frozenset[int] = frozenset()
    published: Matcher | None = None


@dataclass(kw_only=True)
class Found:
    """Where they stand, by table and row; and where they stand for good."""

    places: list[tuple[str, int]] = field(default_factory=list)
    for_good: list[str] = field(default_factory=list)

    def of(self, table: str) -> list[int]:
        """The rows of one table."""
        return [number for name, number in self.places if name == table]


def look(session: Session, search: Search) -> Found:
    """Where the words stand; nothing is changed."""
    return _run(session, search, write=False)


def remove(session: Session, search: Search) -> Found:
    """Take the words out wherever they may be changed; where that was.

    With them goes what imported spreadsheets said of the same items: a digest of the words.
    """
    found = _run(session, search, write=True)
    sheets.forget(session, search.group_id, _about(session, search, found))
    return found


def _about(session: Session, search: Search, found: Found) -> set[int]:
    """The items of which the words were said, or among whose texts they stood."""
    said = {*found.of("words"), *search.texts}
    items = {*found.of("action_item"), *search.items}
    for table in SQLModel.metadata.sorted_tables:
        if not {"id", "item_id"} <= set(table.columns.keys()):
            continue
        where: sa.ColumnElement[bool] = table.c.id.in_(found.of(table.name))
        if "words_id" in table.columns:
            where |= table.c.words_id.in_(said)
        items.update(session.connection().scalars(sa.select(table.c.item_id).where(where)))
    return items - {None}


def _run(session: Session, search: Search, *, write: bool) -> Found:
    found = Found()
    sent = _sent_versions(session, search.group_id)
    for table, columns in texts.searched():
        for row in _candidates(session, table, columns, search):
            frozen = sent.get(row["id"]) if table.name == "letter_version" else None
            if _stands_for_good(row, columns, search, frozen=frozen is not None):
                found.for_good.append(_name(session, row, frozen))
            new = _redacted(table.name, row, columns, search, frozen=frozen is not None)
            if new:
                found.places.append((table.name, row["id"]))
                if write:
                    session.connection().execute(
                        sa.update(table).where(table.c.id == row["id"]).values(**new)
                    )
    session.expire_all()
    return found


def _candidates(
    session: Session, table: sa.Table, columns: Mapping[str, Holds], search: Search
) -> Iterator[dict[str, Any]]:
    """The rows in which the words may stand, a batch at a time; the others are only sieved."""
    beside = [name for name in BESIDE if name in table.columns]
    extra = [name for name in ("letter_id", "removed_on", "state") if name in table.columns]
    names = list(dict.fromkeys(["id", *columns, *beside, *extra]))
    numbers = _sieved(session, table, columns, search)
    for start in range(0, len(numbers), BATCH):
        chosen = table.c.id.in_(numbers[start : start + BATCH])
        statement = sa.select(*(table.c[name] for name in names)).where(chosen)
        rows = session.connection().execute(statement.order_by(table.c.id)).mappings().all()
        yield from map(dict, rows)


def _sieved(
    session: Session, table: sa.Table, columns: Mapping[str, Holds], search: Search
) -> list[int]:
    sieve = Sieve(*(m for m in (search.matcher, search.published) if m is not None))
    kept = [sa.cast(table.c[name], sa.Text) for name in columns]
    statement = sa.select(table.c.id, *kept).where(_of_group(table, search))
    rows = session.connection().execute(
        statement.order_by(table.c.id).execution_options(yield_per=BATCH)
    )
    return [
        number
        for number, *values in rows
        # What stands in a file is packed: it has to be opened.
        if any(FILE in value or sieve.passes(value) for value in values if value)
    ]


def _of_group(table: sa.Table, search: Search) -> sa.ColumnElement[bool]:
    column = table.c.group_id
    mine = column == search.group_id
    return mine | column.is_(None) if column.nullable else mine


def _redacted(
    table: str,
    row: Mapping[str, Any],
    columns: Mapping[str, Holds],
    search: Search,
    *,
    frozen: bool,
) -> dict[str, Any]:
    """The new values of a row's columns; none where the words are not in it."""
    stands, near = marker(search.on), _is_near(table, row, search)

    def change(text: str) -> str:
        return search.matcher.redact(text, stands, near=near)

    new: dict[str, Any] = {}
    for name, holds in columns.items():
        value = row[name]
        if value is None or holds is Holds.PUBLISHED or (frozen and name != "facts"):
            continue
        after = _CHANGES[holds](value, change)
        if after != value:
            new[name] = after
    return _finished(table, row, new, change, search)


def _finished(
    table: str,
    row: Mapping[str, Any],
    new: dict[str, Any],
    change: Callable[[str], str],
    search: Search,
) -> dict[str, Any]:
    """What follows from a change, in tables that have rules of their own."""
    if table == "outbox":
        payload = new.get("payload", row["payload"])
        file = payload.get("file")
        if file and any(change(text) != text for text in leaves.readings(file["content"])):
            new["payload"] = {**payload, "file": {**file, "content": ""}}
            if row["state"] == "owed":
                new["state"] = "cancelled"
    if table == "words" and new:
        # Without its key nobody can try words against the digest that the chain keeps.
        new["key"] = ""
        if new["body"] == marker(search.on):
            new["body"], new["removed_on"] = "", search.on
    if table == "evidence" and "url" in new:
        new["url"] = None
    if table == "letter_version" and "letter" in new:
        new["sha256"] = drafts.fingerprint(codec.parse(Letter, new["letter"]))
    return new


def _values(value: Any, change: Callable[[str], str]) -> Any:
    return leaves.changed(value, change)


def _words(value: str, change: Callable[[str], str]) -> str:
    return change(value)


_CHANGES: dict[Holds, Callable[[Any, Callable[[str], str]], Any]] = {
    Holds.WORDS: _words,
    Holds.VALUES: _values,
    Holds.WRITTEN: leaves.written,
}


def _is_near(table: str, row: Mapping[str, Any], search: Search) -> bool:
    """Whether a row is about what the words were said of; drafts and exports are of everything."""
    if table == "letter_version":
        return True
    if table == "words":
        return row["id"] in search.texts
    if table == "action_item":
        return row["id"] in search.items
    subject = row.get("subject")
    about = subject if isinstance(subject, Mapping) else {}
    named = {row.get("item_id"), about.get("item"), *(about.get("items") or ())}
    whole = not about.keys().isdisjoint(WHOLE)
    return whole or bool(named & search.items) or row.get("words_id") in search.texts


def _stands_for_good(
    row: Mapping[str, Any], columns: Mapping[str, Holds], search: Search, *, frozen: bool
) -> bool:
    if search.published is None:
        return False
    fixed = [name for name, holds in columns.items() if holds is Holds.PUBLISHED]
    if frozen:
        fixed.append("letter")
    said: list[str] = []

    def note(text: str) -> str:
        said.append(text)
        return text

    for name in fixed:
        if row[name] is not None:
            leaves.changed(row[name], note)
    matcher = search.published
    return any(matcher.redact(text, "-", near=True) != text for text in said)


def _name(session: Session, row: Mapping[str, Any], frozen: str | None) -> str:
    """What a reader calls it."""
    if frozen is not None:
        return f"letter {frozen}"
    if "letter_id" in row:
        return f"letter {session.get_one(LetterRow, row['letter_id']).reference}"
    return "a published recommendation"


def _sent_versions(session: Session, group_id: int) -> dict[int, str]:
    """The versions that went, with their letter's reference: they stay as they went."""
    rows = session.exec(
        select(LetterEventRow.version_id, LetterRow.reference)
        .join(LetterRow, col(LetterRow.id) == col(LetterEventRow.letter_id))
        .where(col(LetterEventRow.group_id) == group_id, col(LetterEventRow.event) == "sent")
    )
    return {number: reference for number, reference in rows if number is not None}


def tables(found: Found) -> list[str]:
    """The tables that were changed, in the schema's order."""
    names = {name for name, _ in found.places}
    return [table.name for table in SQLModel.metadata.sorted_tables if table.name in names]
