"""What may be asked to be removed: each text that somebody wrote about an item, and its copies."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from storage.rows import (
    DateChangeRow,
    DateDecisionRow,
    EvidenceRow,
    QuestionRow,
    RemarkRow,
    TextRow,
    UpdateRow,
    VerificationRow,
)
from storage.rows.base import Entry

SPOKEN: tuple[tuple[type[Any], str], ...] = (
    (UpdateRow, "Update"),
    (RemarkRow, "Remark"),
    (QuestionRow, "Question"),
    (DateChangeRow, "Date change"),
)


@dataclass(frozen=True, kw_only=True)
class Removable:
    """One text: `subject` names it, `kind` says what it was."""

    subject: str
    kind: str
    by_id: int | None
    at: datetime
    text: str


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """The text and what was made of it, with the items and rows it was said of."""

    texts: tuple[str, ...]
    items: tuple[int, ...] = ()
    rows: tuple[int, ...] = ()
    everywhere: bool = False

    @property
    def values(self) -> dict[str, Any]:
        """As JSON values."""
        return {
            "texts": list(self.texts),
            "items": list(self.items),
            "rows": list(self.rows),
            "everywhere": self.everywhere,
        }

    @staticmethod
    def of(values: Mapping[str, Any]) -> Wanted:
        """What `values` was made of."""
        return Wanted(
            texts=tuple(values["texts"]),
            items=tuple(values["items"]),
            rows=tuple(values["rows"]),
            everywhere=bool(values["everywhere"]),
        )


def of_item(session: Session, item_id: int) -> list[Removable]:
    """Every text about an item that still stands, the latest first."""
    found = [*_spoken(session, item_id), *_reasons(session, item_id), *_evidence(session, item_id)]
    once = {one.subject: one for one in found}
    return sorted(once.values(), key=lambda one: one.at, reverse=True)


def _spoken(session: Session, item_id: int) -> list[Removable]:
    found = []
    for table, kind in SPOKEN:
        for row in _rows(session, table, item_id):
            text = session.get(TextRow, row.words_id) if row.words_id else None
            if text is not None and text.body:
                found.append(_one(f"words:{text.id}", kind, row, text.body))
    return found


def _reasons(session: Session, item_id: int) -> list[Removable]:
    changes = _rows(session, DateChangeRow, item_id)
    found = [
        _one(f"date_change:{r.id}", "Reason for a date", r, r.reason)
        for r in changes
        if r.reason and r.words_id is None
    ]
    answers: tuple[tuple[type[Any], str, Sequence[Any], str], ...] = (
        (DateDecisionRow, "date_change_id", changes, "Decision"),
        (VerificationRow, "evidence_id", _rows(session, EvidenceRow, item_id), "Verification"),
    )
    for table, column, owners, kind in answers:
        numbers = [row.id for row in owners]
        rows = session.exec(select(table).where(col(getattr(table, column)).in_(numbers)))
        name = str(table.__tablename__)
        found += [_one(f"{name}:{r.id}", kind, r, r.reason) for r in rows if r.reason]
    return found


def _evidence(session: Session, item_id: int) -> list[Removable]:
    return [
        _one(f"evidence:{row.id}", "Evidence", row, row.title)
        for row in _rows(session, EvidenceRow, item_id)
        if row.title
    ]


def _rows(session: Session, table: type[Any], item_id: int) -> Sequence[Any]:
    return session.exec(select(table).where(col(table.item_id) == item_id)).all()


def _one(subject: str, kind: str, row: Entry, text: str) -> Removable:
    return Removable(subject=subject, kind=kind, by_id=row.by_id, at=row.at, text=text)


def wanted(session: Session, group_id: int, subject: str) -> Wanted | None:
    """A text of this group by its name, with what was made of it; nothing where it is not there."""
    table, _, number = subject.partition(":")
    kinds: dict[str, type[Any]] = {
        "words": TextRow,
        "date_change": DateChangeRow,
        "date_decision": DateDecisionRow,
        "evidence": EvidenceRow,
        "evidence_verification": VerificationRow,
    }
    row = session.get(kinds[table], int(number)) if table in kinds and number.isdigit() else None
    if row is None or row.group_id != group_id:
        return None
    if isinstance(row, TextRow):
        return _of_words(session, row)
    shown = isinstance(row, EvidenceRow)
    texts = [row.title, row.url, row.file_name] if shown else [row.reason]
    item_id = getattr(row, "item_id", None)
    return Wanted(texts=tuple(text for text in texts if text), items=(item_id,) if item_id else ())


def _of_words(session: Session, row: TextRow) -> Wanted:
    """One message about several items was kept once for each."""
    same = select(TextRow.id).where(
        col(TextRow.group_id) == row.group_id, col(TextRow.body) == row.body
    )
    numbers = [number for number in session.exec(same) if number is not None]
    texts, items = [row.body], set()
    for table, _kind in SPOKEN:
        for entry in session.exec(select(table).where(col(table.words_id).in_(numbers))):
            items.add(entry.item_id)
            texts += [getattr(entry, name, None) or "" for name in ("blocker", "ask", "reason")]
    return Wanted(
        texts=tuple(_unique(texts)),
        items=tuple(sorted(number for number in items if number is not None)),
        rows=tuple(numbers),
    )


def _unique(texts: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(text for text in texts if text))
