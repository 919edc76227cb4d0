"""What fact sheets need besides positions: tellings, reminders sent, and numbers of entries.

Everything is read by both clocks. A reminder counts from when Slack had taken it, which is
entered once and never changes; so a sheet of the past reads the same at any later time.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlmodel import Session, col, select

from bot.domain.commitments import Telling
from storage import deadlines, entries, groups
from storage.rows import (
    DateDecisionRow,
    ItemDeadlineRow,
    ItemTermsRow,
    NudgeRow,
    OccurrenceRow,
    OutboxRow,
    PolicyRow,
    TellingRow,
    VerificationRow,
)


@dataclass(frozen=True, kw_only=True)
class Occurrence:
    """One dated occurrence of a standing promise."""

    commitment_id: int
    latest_on: date | None
    kept_by_letter_id: int | None


@dataclass(kw_only=True)
class EntryNumbers:
    """The entries behind a position, by item, date change or evidence, as `table:number`."""

    items: dict[int, tuple[str, ...]] = field(default_factory=dict)
    changes: dict[int, tuple[str, ...]] = field(default_factory=dict)
    evidence: dict[int, tuple[str, ...]] = field(default_factory=dict)


def tellings(session: Session, group_id: int, *, at: datetime, known_at: datetime) -> list[Telling]:
    """What letters told, to whom, the oldest first."""
    mine = col(TellingRow.group_id) == group_id
    return [
        Telling(
            letter_id=row.letter_id,
            audience=row.audience,
            at=row.at,
            commitment_id=row.commitment_id,
            date_change_id=row.date_change_id,
            item_id=row.item_id,
            told=row.told,
            latest_on=row.latest_on,
            settled=row.settled,
        )
        for row in entries.standing(session, TellingRow, mine, at=at, known_at=known_at)
    ]


def asked(
    session: Session, group_id: int, *, at: datetime, known_at: datetime
) -> dict[int, list[datetime]]:
    """When reminders about each item had reached somebody, each message once, oldest first."""
    rows = session.exec(
        select(NudgeRow.item_id, OutboxRow.id, OutboxRow.settled_at)
        .join(OutboxRow, col(OutboxRow.id) == col(NudgeRow.outbox_id))
        .where(
            col(NudgeRow.group_id) == group_id,
            col(OutboxRow.state) == "sent",
            col(OutboxRow.settled_at) <= min(at, known_at),
        )
    )
    found: dict[int, dict[int, datetime]] = defaultdict(dict)
    for item_id, outbox_id, settled_at in rows:
        if outbox_id is not None and settled_at is not None:
            found[item_id][outbox_id] = settled_at
    return {item_id: sorted(sent.values()) for item_id, sent in found.items()}


def occurrences(
    session: Session, group_id: int, *, at: datetime, known_at: datetime
) -> list[Occurrence]:
    """The dated occurrences of standing promises, in the order of their entry."""
    mine = col(OccurrenceRow.group_id) == group_id
    return [
        Occurrence(
            commitment_id=row.commitment_id,
            latest_on=deadlines.load(row.deadline_json).latest,
            kept_by_letter_id=row.kept_by_letter_id,
        )
        for row in entries.standing(session, OccurrenceRow, mine, at=at, known_at=known_at)
    ]


def policy(
    session: Session, group_id: int, *, at: datetime, known_at: datetime
) -> dict[str, tuple[Any, str]]:
    """The settings in force, by name, each with the entry that says so."""
    mine = (col(PolicyRow.group_id) == group_id) & (col(PolicyRow.name) != groups.FILE)
    rows = entries.standing(session, PolicyRow, mine, at=at, known_at=known_at)
    return {row.name: (row.value, f"policy:{row.id}") for row in rows}


def entry_numbers(
    session: Session, group_id: int, *, at: datetime, known_at: datetime
) -> EntryNumbers:
    """The entries that say what items, date changes and evidence are."""
    clocks = {"at": at, "known_at": known_at}
    found = EntryNumbers()
    terms = entries.standing(
        session, ItemTermsRow, col(ItemTermsRow.group_id) == group_id, **clocks
    )
    due = entries.standing(
        session, ItemDeadlineRow, col(ItemDeadlineRow.group_id) == group_id, **clocks
    )
    latest = _latest("item_terms", ((row.item_id, row.id) for row in terms))
    dated = _latest("item_deadline", ((row.item_id, row.id) for row in due))
    found.items = {key: latest[key] + dated.get(key, ()) for key in latest}
    decisions = entries.standing(
        session, DateDecisionRow, col(DateDecisionRow.group_id) == group_id, **clocks
    )
    found.changes = _latest("date_decision", ((r.date_change_id, r.id) for r in decisions))
    checks = entries.standing(
        session, VerificationRow, col(VerificationRow.group_id) == group_id, **clocks
    )
    found.evidence = _latest("evidence_verification", ((r.evidence_id, r.id) for r in checks))
    return found


def _latest(table: str, pairs: Iterable[tuple[int, int | None]]) -> dict[int, tuple[str, ...]]:
    return {key: (f"{table}:{number}",) for key, number in pairs}
