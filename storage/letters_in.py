"""Recommendations, letters that were sent, and what they promised and stated: entering them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, func, select

from bot.domain.deadlines import Deadline
from storage import commitments, deadlines, entries
from storage.rows import (
    CommitmentRow,
    LetterEventRow,
    LetterPartyRow,
    LetterRow,
    RecommendationRow,
    RecommendationWordsRow,
    StatementRow,
)


@dataclass(frozen=True, kw_only=True)
class Party:
    """An addressee or signatory of a letter, in the names of its date."""

    kind: str
    name: str
    lines: tuple[str, ...]
    post_id: int | None = None
    person_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class Words:
    """What the register holds of a recommendation."""

    words: str
    title: str
    source: str
    page: str | None
    bodies: tuple[int, ...]
    confirmed_by: str | None
    confirmed_on: date | None
    response: str


def recommendation(session: Session, *, group_id: int, ref: str) -> int:
    """A new recommendation; its number. Its words are a dated fact."""
    row = RecommendationRow(group_id=group_id, ref=ref)
    session.add(row)
    session.flush()
    return _number(row.id)


def hold(
    session: Session,
    recommendation_id: int,
    words: Words,
    *,
    group_id: int,
    at: datetime,
    now: datetime,
) -> None:
    """These are the words held as published, from `at` on."""
    row = RecommendationWordsRow(
        group_id=group_id,
        recommendation_id=recommendation_id,
        at=at,
        recorded_at=now,
        **{**words.__dict__, "bodies": list(words.bodies)},
    )
    entries.add(session, row)


def held_by_person(session: Session, recommendation_id: int) -> bool:
    """Whether it was a person who last entered a recommendation's words or confirmation."""
    mine = col(RecommendationWordsRow.recommendation_id) == recommendation_id
    rows = entries.standing(session, RecommendationWordsRow, mine)
    return bool(rows) and rows[-1].by_id is not None


def letter(
    session: Session,
    *,
    group_id: int,
    audience: str,
    reference: str,
    parties: Sequence[Party],
    at: datetime,
    now: datetime,
) -> int:
    """A letter that was sent at `at`, before the register knew of it; its number."""
    last = select(func.max(LetterRow.number)).where(col(LetterRow.group_id) == group_id)
    row = LetterRow(
        group_id=group_id,
        audience=audience,
        reference=reference,
        number=1 + (session.exec(last).one() or 0),
        imported=True,
    )
    session.add(row)
    session.flush()
    letter_id = _number(row.id)
    for position, party in enumerate(parties):
        session.add(
            LetterPartyRow(
                group_id=group_id,
                letter_id=letter_id,
                position=position,
                **{**party.__dict__, "lines": list(party.lines)},
            )
        )
    sent = LetterEventRow(
        group_id=group_id, letter_id=letter_id, event=commitments.SENT, at=at, recorded_at=now
    )
    entries.add(session, sent)
    return letter_id


def commitment(
    session: Session,
    *,
    group_id: int,
    letter_id: int,
    ref: str,
    words: str,
    deadline: Deadline,
    promised_on: date,
    to_bodies: Sequence[int],
    paragraph: int | None = None,
    standing: bool = False,
    restates_id: int | None = None,
    recommendations: Sequence[int] = (),
) -> int:
    """What a letter promised, in its words; its number."""
    row = CommitmentRow(
        group_id=group_id,
        letter_id=letter_id,
        ref=ref,
        words=words,
        promised_on=promised_on,
        to_bodies=list(to_bodies),
        paragraph=paragraph,
        standing=standing,
        restates_id=restates_id,
        recommendations=list(recommendations),
        **deadlines.columns(deadline),
    )
    session.add(row)
    session.flush()
    return _number(row.id)


def statement(
    session: Session,
    *,
    group_id: int,
    letter_id: int,
    ref: str,
    words: str,
    said_on: date,
    paragraph: int | None = None,
    evidence_id: int | None = None,
) -> int:
    """What a letter said is so; no evidence means that none is held."""
    row = StatementRow(
        group_id=group_id,
        letter_id=letter_id,
        ref=ref,
        words=words,
        said_on=said_on,
        paragraph=paragraph,
        evidence_id=evidence_id,
    )
    session.add(row)
    session.flush()
    return _number(row.id)


def found_later(
    session: Session, letter_id: int, ref: str, *, group_id: int, at: datetime, now: datetime
) -> None:
    """A promise or statement that was found in a letter after the letter was entered."""
    row = LetterEventRow(
        group_id=group_id,
        letter_id=letter_id,
        event=commitments.ENTERED,
        note=ref,
        at=at,
        recorded_at=now,
    )
    entries.add(session, row)


def _number(number: int | None) -> int:
    if number is None:
        raise AssertionError("A row has a number once it is flushed.")
    return number
