"""Who cleared which version of a letter, and the reasons given for findings that stand."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session, col

from bot.domain.drafts import Answer, Clearance, StoredLetter, Version
from storage import entries
from storage.rows import ClearanceRow, FindingAnswerRow


def answer(
    session: Session,
    letter: StoredLetter,
    finding_key: str,
    reason: str,
    *,
    by_id: int,
    now: datetime,
) -> None:
    """Keep a named person's reason for letting a finding stand."""
    row = FindingAnswerRow(
        group_id=letter.group_id,
        letter_id=letter.id,
        finding_key=finding_key,
        reason=reason,
        by_id=by_id,
        at=now,
        recorded_at=now,
    )
    entries.add(session, row)


def answers(session: Session, letter_id: int) -> dict[str, Answer]:
    """The latest reasons given for letting findings stand, by the finding's key."""
    rows = entries.standing(session, FindingAnswerRow, col(FindingAnswerRow.letter_id) == letter_id)
    return {row.finding_key: Answer(reason=row.reason, by_id=row.by_id) for row in rows}


def add(
    session: Session,
    letter: StoredLetter,
    version: Version,
    *,
    person_id: int,
    role: str,
    cleared: bool,
    reason: str,
    now: datetime,
) -> None:
    """Enter that somebody cleared a version, or sent it back."""
    row = ClearanceRow(
        group_id=letter.group_id,
        version_id=version.id,
        person_id=person_id,
        role=role,
        sha256=version.sha256,
        cleared=cleared,
        reason=reason,
        by_id=person_id,
        at=now,
        recorded_at=now,
    )
    entries.add(session, row)


def of_version(session: Session, version_id: int) -> list[Clearance]:
    """What clearers have said of a version, the first first."""
    rows = entries.standing(session, ClearanceRow, col(ClearanceRow.version_id) == version_id)
    names = Clearance.__dataclass_fields__
    return [Clearance(**{name: getattr(row, name) for name in names}) for row in rows]
