"""Recommendations, and what sent letters promised and stated: read as at T, as known at K.

A letter counts from its "sent" event. What is found in a letter after it was entered has an
"entered" event of its own, which names it, and counts from that.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from typing import TypeVar

from sqlmodel import Session, col, select

from bot.domain.commitments import Commitment, Recommendation, SentLetter, Statement
from bot.domain.people import LONDON
from storage import deadlines, entries
from storage.entries import END_OF_TIME
from storage.rows import (
    CommitmentRow,
    LetterEventRow,
    LetterPartyRow,
    LetterRow,
    RecommendationRow,
    RecommendationWordsRow,
    StatementRow,
)

Found = TypeVar("Found", CommitmentRow, StatementRow)

SENT = "sent"
ENTERED = "entered"


def recommendations(
    session: Session,
    group_id: int,
    *,
    at: datetime = END_OF_TIME,
    known_at: datetime = END_OF_TIME,
) -> list[Recommendation]:
    """The recommendations in the words then held as published, in the order of their entry."""
    mine = col(RecommendationWordsRow.group_id) == group_id
    rows = entries.standing(session, RecommendationWordsRow, mine, at=at, known_at=known_at)
    held = {row.recommendation_id: row for row in rows}
    every = session.exec(
        select(RecommendationRow)
        .where(col(RecommendationRow.group_id) == group_id)
        .order_by(col(RecommendationRow.id))
    )
    return [
        _recommendation(row, held[row.id]) for row in every if row.id is not None and row.id in held
    ]


def of_group(
    session: Session,
    group_id: int,
    *,
    at: datetime = END_OF_TIME,
    known_at: datetime = END_OF_TIME,
) -> list[Commitment]:
    """What letters sent by T, and known of at K, promised, in the order of their entry."""
    rows = _found(session, CommitmentRow, group_id, at=at, known_at=known_at)
    return [_commitment(row) for row in rows]


def statements(
    session: Session,
    group_id: int,
    *,
    at: datetime = END_OF_TIME,
    known_at: datetime = END_OF_TIME,
) -> list[Statement]:
    """What letters sent by T, and known of at K, said is so, in the order of their entry."""
    rows = _found(session, StatementRow, group_id, at=at, known_at=known_at)
    return [_statement(row) for row in rows]


def letters(
    session: Session,
    group_id: int,
    *,
    at: datetime = END_OF_TIME,
    known_at: datetime = END_OF_TIME,
) -> list[SentLetter]:
    """The letters sent by T and known of at K, the oldest first, in the names of their date."""
    sent = _sent(session, group_id, at=at, known_at=known_at)
    parties: dict[int, list[LetterPartyRow]] = defaultdict(list)
    mine = select(LetterPartyRow).where(col(LetterPartyRow.group_id) == group_id)
    for party in session.exec(mine.order_by(col(LetterPartyRow.position))):
        parties[party.letter_id].append(party)
    rows = session.exec(select(LetterRow).where(col(LetterRow.group_id) == group_id))
    found = [
        _letter(row, sent[row.id], parties[row.id])
        for row in rows
        if row.id is not None and row.id in sent
    ]
    return sorted(found, key=lambda letter: (letter.dated_on, letter.id))


def _found(
    session: Session, kind: type[Found], group_id: int, *, at: datetime, known_at: datetime
) -> list[Found]:
    """What letters sent by then held, of one kind, and was known to, in the order of its entry."""
    sent = _sent(session, group_id, at=at, known_at=known_at)
    late = _not_yet_entered(session, group_id, at=at, known_at=known_at)
    rows = session.exec(select(kind).where(col(kind.group_id) == group_id).order_by(col(kind.id)))
    return [row for row in rows if row.letter_id in sent and (row.letter_id, row.ref) not in late]


def _sent(
    session: Session, group_id: int, *, at: datetime, known_at: datetime
) -> dict[int, datetime]:
    """When each letter was sent; a later "sent" of the same letter changes nothing."""
    mine = (col(LetterEventRow.group_id) == group_id) & (col(LetterEventRow.event) == SENT)
    rows = entries.standing(session, LetterEventRow, mine, at=at, known_at=known_at)
    return {row.letter_id: row.at for row in reversed(rows)}


def _not_yet_entered(
    session: Session, group_id: int, *, at: datetime, known_at: datetime
) -> set[tuple[int, str]]:
    """(letter, reference) of what was found in a letter only after T or K."""
    mine = (col(LetterEventRow.group_id) == group_id) & (col(LetterEventRow.event) == ENTERED)
    rows = session.exec(select(LetterEventRow).where(mine))
    return {(row.letter_id, row.note) for row in rows if row.at > at or row.recorded_at > known_at}


def _recommendation(row: RecommendationRow, held: RecommendationWordsRow) -> Recommendation:
    return Recommendation(
        id=held.recommendation_id,
        ref=row.ref,
        words=held.words,
        title=held.title,
        source=held.source,
        page=held.page,
        bodies=tuple(held.bodies),
        confirmed_by=held.confirmed_by,
        confirmed_on=held.confirmed_on,
        response=held.response,
    )


def _commitment(row: CommitmentRow) -> Commitment:
    if row.id is None:
        raise AssertionError("A stored commitment has a number.")
    return Commitment(
        id=row.id,
        ref=row.ref,
        letter_id=row.letter_id,
        words=row.words,
        deadline=deadlines.load(row.deadline_json),
        promised_on=row.promised_on,
        to_bodies=tuple(row.to_bodies),
        paragraph=row.paragraph,
        standing=row.standing,
        restates_id=row.restates_id,
        recommendations=tuple(row.recommendations),
    )


def _statement(row: StatementRow) -> Statement:
    if row.id is None:
        raise AssertionError("A stored statement has a number.")
    return Statement(
        id=row.id,
        ref=row.ref,
        letter_id=row.letter_id,
        words=row.words,
        said_on=row.said_on,
        evidence_id=row.evidence_id,
    )


def _letter(row: LetterRow, sent_at: datetime, parties: list[LetterPartyRow]) -> SentLetter:
    if row.id is None:
        raise AssertionError("A stored letter has a number.")
    return SentLetter(
        id=row.id,
        audience=row.audience,
        reference=row.reference,
        number=row.number,
        dated_on=sent_at.astimezone(LONDON).date(),
        addressees=tuple(p.name for p in parties if p.kind == "addressee"),
        signatories=tuple(p.name for p in parties if p.kind == "signatory"),
    )
