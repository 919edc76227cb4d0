"""Status updates, remarks and questions: what people said, only ever added to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from bot.domain.register import StatusUpdate
from storage import entries
from storage.rows import (
    LetterEventRow,
    QuestionRow,
    RemarkRow,
    TextRow,
    UpdateRow,
    VersionRow,
)


def add(
    session: Session,
    update: StatusUpdate,
    *,
    group_id: int,
    words: TextRow | None,
    source_key: str | None,
    interim_on: Any = None,
    said_on: Any = None,
) -> int:
    """Add what was said; its number. `update.id` is not used."""
    return entries.add(
        session,
        UpdateRow(
            group_id=group_id,
            item_id=update.item_id,
            at=update.at,
            recorded_at=update.recorded_at,
            by_id=update.by_id,
            supersedes_id=update.supersedes_id,
            status=update.status.value,
            confidence=update.confidence.value if update.confidence else None,
            completed_on=update.completed_on,
            percent=update.percent,
            blocker=update.blocker,
            ask=update.ask,
            interim_on=interim_on,
            publish=update.publish,
            words_id=words.id if words else None,
            channel=update.channel,
            said_on=said_on,
            source_key=source_key,
        ),
    )


def retract(session: Session, update_id: int, *, by_id: int, now: datetime) -> None:
    """Take an update back by an entry that supersedes it; nothing is erased."""
    row = session.get_one(UpdateRow, update_id)
    entries.add(
        session,
        UpdateRow(
            group_id=row.group_id,
            item_id=row.item_id,
            at=now,
            recorded_at=now,
            by_id=by_id,
            supersedes_id=update_id,
            retracts=True,
            status=row.status,
        ),
    )


@dataclass(frozen=True, kw_only=True)
class Said:
    """An update as it stands in the table: whose, of what, and whether something replaced it."""

    id: int
    item_id: int
    group_id: int
    by_id: int | None
    at: datetime
    recorded_at: datetime
    superseded: bool
    retracts: bool
    status: str


def find(session: Session, update_id: int) -> Said | None:
    """The update with this number."""
    row = session.get(UpdateRow, update_id)
    return _said(session, row) if row else None


def from_source(session: Session, source_key: str) -> list[Said]:
    """The updates that one message made, by item."""
    rows = session.exec(
        select(UpdateRow).where(col(UpdateRow.source_key) == source_key).order_by(col(UpdateRow.id))
    )
    return [_said(session, row) for row in rows]


def _said(session: Session, row: UpdateRow) -> Said:
    if row.id is None:
        raise AssertionError("A stored update has a number.")
    mine = select(UpdateRow).where(col(UpdateRow.item_id) == row.item_id)
    stands = {one.id for one in entries.surviving(session.exec(mine))}
    return Said(
        id=row.id,
        item_id=row.item_id,
        group_id=row.group_id,
        by_id=row.by_id,
        at=row.at,
        recorded_at=row.recorded_at,
        superseded=row.id not in stands,
        retracts=row.retracts,
        status=row.status,
    )


def said_in_slack(
    session: Session, group_id: int, *, by_id: int, since: datetime | None
) -> list[Said]:
    """What somebody has said in Slack since then and still stands, the latest first."""
    chosen = (
        select(UpdateRow)
        .where(
            col(UpdateRow.group_id) == group_id,
            col(UpdateRow.by_id) == by_id,
            col(UpdateRow.channel) == "slack",
            col(UpdateRow.retracts).is_(False),
        )
        .order_by(col(UpdateRow.id).desc())
    )
    if since is not None:
        chosen = chosen.where(col(UpdateRow.recorded_at) >= since)
    found = (_said(session, row) for row in session.exec(chosen))
    return [said for said in found if not said.superseded]


def in_a_cleared_letter(session: Session, group_id: int, recorded_at: datetime) -> bool:
    """Whether a letter that was cleared or sent was drafted after this was recorded."""
    found = session.exec(
        select(VersionRow.id)
        .join(LetterEventRow, col(LetterEventRow.version_id) == col(VersionRow.id))
        .where(
            col(VersionRow.group_id) == group_id,
            col(VersionRow.recorded_at) >= recorded_at,
            col(LetterEventRow.event).in_(["cleared", "sent"]),
        )
    ).first()
    return found is not None


def remark(
    session: Session,
    words: TextRow,
    *,
    group_id: int,
    item_id: int | None,
    by_id: int,
    now: datetime,
) -> int:
    """Keep words that change nothing (rule 5)."""
    return entries.add(
        session,
        RemarkRow(
            group_id=group_id,
            item_id=item_id,
            words_id=words.id or 0,
            at=now,
            recorded_at=now,
            by_id=by_id,
        ),
    )


@dataclass(frozen=True, kw_only=True)
class Question:
    """What was asked back: of whom, with which answers, about which words, said when."""

    id: int
    person_id: int
    item_id: int | None
    words_id: int | None
    question: str
    options: Sequence[Mapping[str, Any]]
    said_at: datetime
    source_key: str | None
    answer: str | None


def ask(
    session: Session,
    *,
    group_id: int,
    person_id: int,
    question: str,
    options: Sequence[Mapping[str, Any]],
    words: TextRow | None,
    source_key: str,
    now: datetime,
) -> int:
    """Keep a question with its answers; `options` are (label, updates) as JSON values."""
    return entries.add(
        session,
        QuestionRow(
            group_id=group_id,
            person_id=person_id,
            question=question,
            options={"source": source_key, "choices": [dict(option) for option in options]},
            words_id=words.id if words else None,
            at=now,
            recorded_at=now,
        ),
    )


def question(session: Session, question_id: int) -> Question | None:
    """The question with this number, and its answer where it has one."""
    row = session.exec(
        select(QuestionRow).where(col(QuestionRow.id) == question_id).with_for_update()
    ).first()
    if row is None or row.id is None:
        return None
    return Question(
        id=row.id,
        person_id=row.person_id,
        item_id=row.item_id,
        words_id=row.words_id,
        question=row.question,
        options=row.options["choices"],
        said_at=row.at,
        source_key=row.options.get("source"),
        answer=row.answer,
    )


def answered(session: Session, question_id: int, *, answer: str, now: datetime) -> None:
    """Close a question with the answer that was chosen."""
    row = session.get_one(QuestionRow, question_id)
    row.answer, row.answered_at = answer, now
    session.add(row)
