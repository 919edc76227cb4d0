"""The ledger: what a sent letter promised anew, stated, told and kept."""

from __future__ import annotations

from datetime import date, datetime

from sqlmodel import Session, col, select

from bot.domain.deadlines import Deadline
from bot.domain.drafts import StoredLetter
from storage import deadlines, entries
from storage.rows import CommitmentRow, OccurrenceRow, StatementRow, TellingRow


def tell(
    session: Session,
    letter: StoredLetter,
    *,
    told: str,
    at: datetime,
    now: datetime,
    by_id: int | None,
    commitment_id: int | None = None,
    date_change_id: int | None = None,
    item_id: int | None = None,
    latest_on: date | None = None,
    settled: bool = False,
) -> None:
    """Enter that a letter told its audience this of a promise, a moved date or an item."""
    entries.add(
        session,
        TellingRow(
            group_id=letter.group_id,
            letter_id=letter.id,
            audience=letter.audience,
            commitment_id=commitment_id,
            date_change_id=date_change_id,
            item_id=item_id,
            told=told,
            latest_on=latest_on,
            settled=settled,
            at=at,
            recorded_at=now,
            by_id=by_id,
        ),
    )


def restate(
    session: Session,
    letter: StoredLetter,
    commitment_id: int,
    *,
    words: str,
    deadline: Deadline,
    on: date,
) -> None:
    """Enter the new date that a letter gave for an earlier promise, which keeps its own."""
    first = session.get_one(CommitmentRow, commitment_id)
    session.add(
        CommitmentRow(
            group_id=letter.group_id,
            letter_id=letter.id,
            ref=f"{first.ref}/{letter.number}",
            words=words,
            promised_on=on,
            to_bodies=list(first.to_bodies),
            restates_id=first.id,
            recommendations=list(first.recommendations),
            **deadlines.columns(deadline),
        )
    )
    session.flush()


def state(
    session: Session, letter: StoredLetter, *, ref: str, words: str, on: date, evidence_id: int
) -> None:
    """Enter what a letter said is so, with its evidence."""
    session.add(
        StatementRow(
            group_id=letter.group_id,
            letter_id=letter.id,
            ref=ref,
            words=words,
            said_on=on,
            evidence_id=evidence_id,
        )
    )
    session.flush()


def keep(
    session: Session,
    letter: StoredLetter,
    commitment_id: int,
    *,
    on: date,
    at: datetime,
    now: datetime,
) -> None:
    """Enter that a letter kept a standing promise on this day."""
    entries.add(
        session,
        OccurrenceRow(
            group_id=letter.group_id,
            commitment_id=commitment_id,
            kept_by_letter_id=letter.id,
            at=at,
            recorded_at=now,
            **deadlines.columns(Deadline.on(on)),
        ),
    )


def untold(session: Session, group_id: int, date_change_id: int, audience: str) -> bool:
    """Whether no letter has told this audience of a moved date."""
    mine = col(TellingRow.group_id) == group_id
    found = session.exec(
        select(TellingRow.id).where(
            mine,
            col(TellingRow.date_change_id) == date_change_id,
            col(TellingRow.audience) == audience,
        )
    ).first()
    return found is None
