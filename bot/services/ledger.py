"""The ledger: which letter told which audience of what, and what it promised in doing so."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from bot.domain.deadlines import Deadline, Kind
from bot.domain.drafts import StoredLetter, Version, cited
from bot.domain.facts import CommitmentFact, DateChangeFact, EvidenceFact, Fact, Position
from bot.domain.letters import Letter, Paragraph, Table
from storage import ledger
from storage.database import Session


def enter(
    session: Session,
    letter: StoredLetter,
    version: Version,
    *,
    on: date,
    at: datetime,
    now: datetime,
    by_id: int,
) -> None:
    """Enter a letter that has gone: what it told, dates it gave anew, statements, promises kept."""
    used = cited(version.letter)
    for fact, promise in version.sheet.of(CommitmentFact):
        if fact.number in used and promise.told_settled_on is None:
            _promise(session, letter, version, fact, promise, on=on, at=at, now=now, by_id=by_id)
    for fact, change in version.sheet.of(DateChangeFact):
        if fact.number in used and change.decided_on is not None and not change.told:
            ledger.tell(
                session,
                letter,
                told=change.reason,
                date_change_id=_number(fact, "date_change"),
                latest_on=change.new_on,
                at=at,
                now=now,
                by_id=by_id,
            )
    stated = enumerate(_stated(version), 1)
    for position, (words, evidence_id) in stated:
        ledger.state(
            session,
            letter,
            ref=f"S-{letter.number}.{position}",
            words=words,
            on=on,
            evidence_id=evidence_id,
        )


def untold(session: Session, group_id: int, date_change_id: int, audience: str) -> bool:
    """Whether a moved date is untold to an audience, whoever else was told."""
    return ledger.untold(session, group_id, date_change_id, audience)


def _by(day: date, words: str | None) -> Deadline:
    return Deadline(words=words or "", kind=Kind.FIRM, earliest=None, latest=day)


def _promise(
    session: Session,
    letter: StoredLetter,
    version: Version,
    fact: Fact,
    promise: CommitmentFact,
    *,
    on: date,
    at: datetime,
    now: datetime,
    by_id: int,
) -> None:
    first = _number(fact, "commitment")
    ledger.tell(
        session,
        letter,
        told=promise.position.value,
        commitment_id=first,
        latest_on=promise.due_on,
        settled=promise.position is Position.COMPLETE,
        at=at,
        now=now,
        by_id=by_id,
    )
    if promise.kept_by_this:
        ledger.keep(session, letter, first, on=on, at=at, now=now)
    given = promise.told_latest_on or promise.latest
    if promise.due_on is not None and promise.due_on != given:
        ledger.restate(
            session,
            letter,
            first,
            words=_row_words(version.letter, fact.number),
            deadline=_by(promise.due_on, promise.due_words),
            on=on,
        )


def _row_words(letter: Letter, number: int) -> str:
    """The words in which the letter's table answers a promise: position, reason and new date."""
    for section in letter.sections:
        for part in section.parts:
            if isinstance(part, Table):
                for row in part.rows:
                    if number in row.facts:
                        return " ".join(row.cells[2:])
    return ""


def _stated(version: Version) -> Iterator[tuple[str, int]]:
    """The sentences that rest on evidence which somebody found to hold, with its number."""
    proofs = {
        fact.number: _number(fact, "evidence")
        for fact, evidence in version.sheet.of(EvidenceFact)
        if evidence.holds
    }
    for section in version.letter.sections:
        for part in section.parts:
            for sentence in part.sentences if isinstance(part, Paragraph) else ():
                found = [proofs[n] for n in sentence.facts if n in proofs]
                if found:
                    yield sentence.text, found[0]


def _number(fact: Fact, table: str) -> int:
    """The number of the first entry of a table that a fact rests on."""
    prefix = f"{table}:"
    return next(int(s.removeprefix(prefix)) for s in fact.sources if s.startswith(prefix))
