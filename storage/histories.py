"""Everything entered about items, as at T and as known at K, for positions and facts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from sqlmodel import Session, col, select

from bot.domain.register import (
    Confidence,
    DateChange,
    Decision,
    Evidence,
    History,
    Status,
    StatusUpdate,
    Terms,
)
from storage import deadlines, entries, words
from storage.entries import END_OF_TIME
from storage.rows import (
    DateChangeRow,
    DateDecisionRow,
    EvidenceRow,
    ItemDeadlineRow,
    ItemLinkRow,
    ItemRow,
    ItemTermsRow,
    UpdateRow,
    VerificationRow,
)
from storage.rows.base import Entry

E = TypeVar("E", bound=Entry)
L = TypeVar("L", bound=Entry)
T = TypeVar("T")
AT_ONCE = 500
"""Items that one statement names."""


def batched(values: Sequence[T]) -> Iterator[list[T]]:
    """As many at a time as one statement names."""
    for first in range(0, len(values), AT_ONCE):
        yield list(values[first : first + AT_ONCE])


def of_item(session: Session, item_id: int, **clocks: datetime) -> History:
    """The history of one item."""
    row = session.get_one(ItemRow, item_id)
    return _load(session, [row], **clocks)[0]


def of_items(session: Session, item_ids: Iterable[int], **clocks: datetime) -> list[History]:
    """The histories of these items, by number."""
    wanted = list(item_ids)
    chosen = [
        row
        for numbers in batched(wanted)
        for row in session.exec(select(ItemRow).where(col(ItemRow.id).in_(numbers)))
    ]
    chosen.sort(key=lambda row: row.number)
    return [one for rows in batched(chosen) for one in _load(session, rows, **clocks)]


def of_group(session: Session, group_id: int, **clocks: datetime) -> list[History]:
    """The histories of all items of a group that existed at T and were known at K."""
    chosen = select(ItemRow).where(col(ItemRow.group_id) == group_id)
    found = list(session.exec(chosen.order_by(col(ItemRow.number))))
    return _load(session, found, True, **clocks)


def _load(
    session: Session,
    items: list[ItemRow],
    whole: bool = False,
    /,
    *,
    at: datetime = END_OF_TIME,
    known_at: datetime = END_OF_TIME,
) -> list[History]:
    reader = _Reader(session=session, items=items, whole=whole, at=at, known_at=known_at)
    terms = reader.by_item(ItemTermsRow, col(ItemTermsRow.item_id))
    due = reader.by_item(ItemDeadlineRow, col(ItemDeadlineRow.item_id))
    links = reader.by_item(ItemLinkRow, col(ItemLinkRow.item_id))
    updates = reader.by_item(UpdateRow, col(UpdateRow.item_id))
    said = words.read(session, [row.words_id for rows in updates.values() for row in rows])
    changes = reader.with_latest(
        DateChangeRow,
        col(DateChangeRow.item_id),
        DateDecisionRow,
        col(DateDecisionRow.date_change_id),
    )
    evidence = reader.with_latest(
        EvidenceRow, col(EvidenceRow.item_id), VerificationRow, col(VerificationRow.evidence_id)
    )
    return [
        History(
            item_id=item.id,
            group_id=item.group_id,
            ref=item.ref,
            raised_on=item.raised_on,
            version=item.version,
            terms=[_terms(row) for row in terms[item.id]],
            deadlines=[(row.at, deadlines.load(row.deadline_json)) for row in due[item.id]],
            updates=[_update(row, said) for row in updates[item.id]],
            date_changes=[_change(*pair) for pair in changes[item.id]],
            evidence=[_evidence(*pair) for pair in evidence[item.id]],
            commitments=[r.target_id for r in links[item.id] if r.kind == "commitment"],
            recommendations=[r.target_id for r in links[item.id] if r.kind == "recommendation"],
            waits_on=[r.target_id for r in links[item.id] if r.kind == "waits_on"],
        )
        for item in items
        if item.id is not None and terms[item.id]
    ]


@dataclass(frozen=True, kw_only=True)
class _Reader:
    """Reads the entries about some items, by both clocks.

    Chosen items are named in the statement, however few of their group they are; a whole group
    is not spelled out in it.
    """

    session: Session
    items: list[ItemRow]
    whole: bool
    at: datetime
    known_at: datetime

    def by_item(self, kind: type[E], column: Any) -> dict[int, list[E]]:
        """The entries of a kind by the item that `column` names."""
        chosen = self._of_groups(kind)
        if not self.whole:
            chosen = column.in_([item.id for item in self.items])
        found: dict[int, list[E]] = defaultdict(list)
        for row in self._standing(kind, chosen):
            found[getattr(row, column.key)].append(row)
        return found

    def with_latest(
        self, kind: type[E], column: Any, later: type[L], about: Any
    ) -> dict[int, list[tuple[E, L | None]]]:
        """The same, each with the latest entry of another kind about it, which `about` names."""
        found = self.by_item(kind, column)
        chosen = self._of_groups(later)
        if not self.whole:
            chosen = about.in_([row.id for rows in found.values() for row in rows])
        latest = {getattr(row, about.key): row for row in self._standing(later, chosen)}
        pairs: dict[int, list[tuple[E, L | None]]] = defaultdict(list)
        for item_id, rows in found.items():
            pairs[item_id] = [(row, latest.get(row.id)) for row in rows]
        return pairs

    def _of_groups(self, kind: type[E]) -> Any:
        return col(kind.group_id).in_({item.group_id for item in self.items})

    def _standing(self, kind: type[E], chosen: Any) -> list[E]:
        return entries.standing(self.session, kind, chosen, at=self.at, known_at=self.known_at)


def _number(row: Entry) -> int:
    if row.id is None:
        raise AssertionError("A stored entry has a number.")
    return row.id


def _terms(row: ItemTermsRow) -> Terms:
    return Terms(
        at=row.at,
        title=row.title,
        owner_id=row.owner_id,
        supporters=tuple(row.supporters),
        accepted_at=row.accepted_at,
        publish=row.publish,
    )


def _update(row: UpdateRow, said: dict[int, str]) -> StatusUpdate:
    return StatusUpdate(
        id=_number(row),
        item_id=row.item_id,
        at=row.at,
        recorded_at=row.recorded_at,
        by_id=row.by_id,
        status=Status(row.status),
        confidence=Confidence(row.confidence) if row.confidence else None,
        completed_on=row.completed_on,
        percent=row.percent,
        blocker=row.blocker,
        ask=row.ask,
        publish=row.publish,
        words=said.get(row.words_id or 0, ""),
        channel=row.channel,
        supersedes_id=row.supersedes_id,
    )


def _change(row: DateChangeRow, decision: DateDecisionRow | None) -> DateChange:
    return DateChange(
        id=_number(row),
        item_id=row.item_id,
        at=row.at,
        recorded_at=row.recorded_at,
        asked_by=row.by_id,
        old_latest_on=row.old_latest_on,
        new=deadlines.load(row.deadline_json),
        reason=row.reason,
        decider=row.decider,
        decision=Decision(decision.decision) if decision else Decision.PENDING,
        decided_by=decision.by_id if decision else None,
        decided_at=decision.at if decision else None,
        write_now=decision.write_now if decision else False,
        decision_reason=decision.reason if decision else "",
    )


def _evidence(row: EvidenceRow, check: VerificationRow | None) -> Evidence:
    return Evidence(
        id=_number(row),
        item_id=row.item_id,
        at=row.at,
        by_id=row.by_id,
        title=row.title,
        url=row.url,
        verified_by=check.by_id if check else None,
        verified_at=check.at if check else None,
        holds=check.holds if check else None,
    )
