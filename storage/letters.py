"""Letters, their versions, clearances and what happened to them; only ever added to."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, col, func, select

from bot.domain import codec
from bot.domain.drafts import Event, Happened, StoredLetter, Version
from bot.domain.errors import UserError
from bot.domain.facts import FactSheet
from bot.domain.letters import Letter
from bot.domain.verification.findings import Finding
from storage import entries
from storage.rows import (
    LetterEventRow,
    LetterPartyRow,
    LetterRow,
    VersionRow,
)

KNOWN = {event.value for event in Event}


def get(session: Session, letter_id: int) -> StoredLetter:
    """The letter, locked, with everything that happened to it. Raises UserError for none."""
    row = session.exec(
        select(LetterRow)
        .where(col(LetterRow.id) == letter_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).first()
    if row is None:
        raise UserError("There is no such letter: ask for a draft with `/draft-update`.")
    return _letter(session, row)


def look(session: Session, letter_id: int) -> StoredLetter:
    """The letter as a snapshot sees it, not locked."""
    return _letter(session, session.get_one(LetterRow, letter_id))


def current(session: Session, group_id: int, audience: str) -> StoredLetter | None:
    """The letter to this audience that is neither sent nor abandoned."""
    rows = session.exec(
        select(LetterRow)
        .where(
            col(LetterRow.group_id) == group_id,
            col(LetterRow.audience) == audience,
            col(LetterRow.imported).is_(False),
        )
        .order_by(col(LetterRow.id).desc())
    )
    return next((one for row in rows if not (one := _letter(session, row)).closed), None)


def next_number(session: Session, group_id: int) -> int:
    """The number of the group's next letter."""
    highest = session.exec(
        select(func.max(LetterRow.number)).where(col(LetterRow.group_id) == group_id)
    ).one()
    return 1 + (highest or 0)


def insert(
    session: Session, *, group_id: int, audience: str, reference: str, number: int
) -> StoredLetter:
    """A letter that somebody wants written."""
    row = LetterRow(group_id=group_id, audience=audience, reference=reference, number=number)
    session.add(row)
    session.flush()
    return _letter(session, row)


def add_event(
    session: Session,
    letter: StoredLetter,
    event: Event,
    *,
    by_id: int | None,
    now: datetime,
    at: datetime | None = None,
    version: Version | None = None,
    note: str = "",
) -> int:
    """Enter that something happened to a letter; the entry's number."""
    row = LetterEventRow(
        group_id=letter.group_id,
        letter_id=letter.id,
        event=event.value,
        version_id=version.id if version else None,
        sha256=version.sha256 if version else None,
        note=note,
        by_id=by_id,
        at=at or now,
        recorded_at=now,
    )
    return entries.add(session, row)


def wished_for(session: Session, group_id: int) -> list[int]:
    """Letters for which somebody wants a draft that has not been made, by number."""
    asked = _last_events(session, group_id, Event.ASKED)
    drafted = _last_events(session, group_id, Event.DRAFTED, Event.SENT, Event.ABANDONED)
    return sorted(number for number, id in asked.items() if id > drafted.get(number, 0))


def to_be_finished(session: Session, group_id: int) -> list[int]:
    """Letters that are cleared and whose files for sending have not been made, by number."""
    cleared = _last_events(session, group_id, Event.CLEARED)
    later = _last_events(session, group_id, Event.FINAL, Event.SENT_BACK, Event.DRAFTED, Event.SENT)
    return sorted(number for number, id in cleared.items() if id > later.get(number, 0))


def to_be_shown(session: Session, group_id: int) -> list[int]:
    """Letters submitted for clearance whose files have not gone to the clearers, by number."""
    submitted = _last_events(session, group_id, Event.SUBMITTED)
    later = _last_events(session, group_id, Event.SHOWN, Event.SENT_BACK, Event.SENT)
    return sorted(number for number, id in submitted.items() if id > later.get(number, 0))


def _last_events(session: Session, group_id: int, *events: Event) -> dict[int, int]:
    rows = session.exec(
        select(LetterEventRow.letter_id, func.max(LetterEventRow.id))
        .where(
            col(LetterEventRow.group_id) == group_id,
            col(LetterEventRow.event).in_([event.value for event in events]),
        )
        .group_by(col(LetterEventRow.letter_id))
    )
    return {letter_id: last or 0 for letter_id, last in rows}


def add_version(
    session: Session,
    letter: StoredLetter,
    *,
    sheet: FactSheet,
    text: Letter,
    findings: Sequence[Finding],
    sha256: str,
    author_kind: str,
    by_id: int | None,
    now: datetime,
) -> Version:
    """Keep a version; its number is the next of its letter."""
    number = 1 + (
        session.exec(
            select(func.max(VersionRow.number)).where(col(VersionRow.letter_id) == letter.id)
        ).one()
        or 0
    )
    row = VersionRow(
        group_id=letter.group_id,
        letter_id=letter.id,
        number=number,
        as_at={"as_at": codec.dump(sheet.as_at), "known_at": codec.dump(sheet.known_at)},
        author_kind=author_kind,
        facts=sheet.json,
        letter=codec.text(text),
        findings=codec.dump(tuple(findings)),
        sha256=sha256,
        by_id=by_id,
        at=now,
        recorded_at=now,
    )
    entries.add(session, row)
    return _version(row)


def version(session: Session, version_id: int) -> Version:
    """The version with this number. Raises UserError for none."""
    row = session.get(VersionRow, version_id)
    if row is None:
        raise UserError("There is no such version: ask for a draft with `/draft-update`.")
    return _version(row)


def latest_version(session: Session, letter_id: int) -> Version | None:
    """The newest version of a letter, if it has one."""
    row = session.exec(
        select(VersionRow)
        .where(col(VersionRow.letter_id) == letter_id)
        .order_by(col(VersionRow.number).desc())
    ).first()
    return _version(row) if row else None


def add_parties(session: Session, letter: StoredLetter, text: Letter) -> None:
    """Keep addressees and signatories of a letter that has gone, in the names of its date."""
    addressees = [("addressee", a.name, a.lines) for a in text.addressees]
    signatories = [("signatory", s.name, s.lines) for s in text.signatories]
    for position, (kind, name, lines) in enumerate(addressees + signatories):
        session.add(
            LetterPartyRow(
                group_id=letter.group_id,
                letter_id=letter.id,
                kind=kind,
                position=position,
                name=name,
                lines=list(lines),
            )
        )
    session.flush()


def _letter(session: Session, row: LetterRow) -> StoredLetter:
    if row.id is None:
        raise AssertionError("A stored letter has a number.")
    found = session.exec(
        select(LetterEventRow)
        .where(col(LetterEventRow.letter_id) == row.id, col(LetterEventRow.event).in_(KNOWN))
        .order_by(col(LetterEventRow.id))
    )
    return StoredLetter(
        id=row.id,
        group_id=row.group_id,
        audience=row.audience,
        reference=row.reference,
        number=row.number,
        imported=row.imported,
        happened=tuple(_happened(event) for event in entries.surviving(found)),
    )


def _happened(row: LetterEventRow) -> Happened:
    if row.id is None:
        raise AssertionError("A stored entry has a number.")
    return Happened(
        id=row.id,
        event=Event(row.event),
        at=row.at,
        by_id=row.by_id,
        version_id=row.version_id,
        sha256=row.sha256,
        note=row.note,
    )


def _version(row: VersionRow) -> Version:
    if row.id is None:
        raise AssertionError("A stored version has a number.")
    return Version(
        id=row.id,
        letter_id=row.letter_id,
        number=row.number,
        at=row.at,
        by_id=row.by_id,
        author_kind=row.author_kind,
        sheet=FactSheet.parse(row.facts),
        letter=codec.parse(Letter, row.letter),
        findings=tuple(codec.load(Finding, value) for value in row.findings),
        sha256=row.sha256,
    )
