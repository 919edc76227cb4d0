"""Dropped spreadsheets: fetched and read between transactions, reported, then taken in."""

from __future__ import annotations

import base64
import hashlib
import logging
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot import logs
from bot.documents import sheets_in
from bot.domain.errors import TransientError, UserError, unquoted
from bot.domain.guard import guard
from bot.domain.messages import Message, message, say
from bot.domain.outgoing import Audience, Outgoing, Sending
from bot.domain.people import LONDON, Directory, Person, Role
from bot.domain.sheets import tables
from bot.domain.sheets.proposals import Report
from bot.domain.sheets.tables import Table
from bot.services import importing
from bot.services.fetching import Files
from bot.services.keeping import owning
from bot.services.spreadsheets import words
from storage import audit, outbox, people, sheet_wishes
from storage.database import Database, Session
from storage.sheet_wishes import State, Wish

logger = logging.getLogger(__name__)

BATCH = 10
LEASE = timedelta(minutes=5)
TRIES = 3
GIVE_UP = timedelta(days=1)
LATER = "I could not get it from Slack for a whole day: drop it here again."
UNREADABLE = (
    "I have tried to read it several times and could not: save it anew as .xlsx and drop that "
    "here, or give it to whoever runs me."
)
NOBODY = "Only the secretariat imports a spreadsheet, and you are not of it any more."


@dataclass(frozen=True, kw_only=True)
class _Read:
    """A file as it was just read."""

    name: str
    table: Table
    sha256: str


def sweep(database: Database, files: Files, *, now: datetime) -> int:
    """Report on each file that was dropped, take in what was confirmed; how many were dealt with.

    Fetching and reading happen outside any transaction; safe to run twice or late.
    """
    with database.snapshot() as session:
        due = sheet_wishes.due(session, now=now, limit=BATCH)
    return sum(_deal(database, files, number, now=now) for number in due)


def _deal(database: Database, files: Files, number: int, *, now: datetime) -> bool:
    with database.transaction() as session:
        wish = sheet_wishes.begin(session, number, now=now, until=now + LEASE)
    if wish is None:
        return False
    try:
        if wish.tries > TRIES:
            raise UserError(UNREADABLE)
        read = _read(files, wish)
        wish = replace(wish, file_name=wish.file_name or read.name)
        if wish.state is State.CONFIRMED and read.sha256 == wish.sha256:
            return _take(database, wish, read, now=now)
        why = words.FILE_CHANGED if wish.state is State.CONFIRMED else ""
        return _report(database, wish, read, why=why, now=now)
    except TransientError as error:
        return _put_off(database, wish, error, now=now)
    except UserError as error:
        return _refuse(database, wish, str(error), now=now)


def _read(files: Files, wish: Wish) -> _Read:
    fetched = files.fetch(wish.team_id, wish.file_id)
    name = guard(fetched.name).text
    table = tables.find(sheets_in.read(fetched.content, name))
    return _Read(name=name, table=table, sha256=hashlib.sha256(fetched.content).hexdigest())


def _report(database: Database, wish: Wish, read: _Read, *, why: str, now: datetime) -> bool:
    with database.snapshot() as session:
        directory = people.directory(session, wish.group_id)
        report = importing.compared(session, directory, read.table, now=now)
    told = words.told(wish, report, why=why)
    with database.transaction() as session:
        if not _still(session, wish):
            return False
        directory = people.directory(session, wish.group_id)
        _reader(directory, wish, now=now)
        _reported(session, directory, wish, report, told, sha256=read.sha256, now=now)
    return True


def _take(database: Database, wish: Wish, read: _Read, *, now: datetime) -> bool:
    """Import what was reported, in one transaction; another report where it is another now."""
    with database.transaction() as session:
        if not _still(session, wish):
            return False
        directory = people.directory(session, wish.group_id)
        by, sha256 = _reader(directory, wish, now=now), read.sha256
        report = importing.compared(session, directory, read.table, now=now)
        if report.fingerprint != wish.fingerprint:
            told = words.told(wish, report, why=words.REGISTER_CHANGED)
            _reported(session, directory, wish, report, told, sha256=sha256, now=now)
            return True
        touched = importing.enter(session, directory, report, by=by, sha256=sha256, now=now)
        sheet_wishes.settle(session, wish)
        said = words.taken(wish, report, touched, started=owning.started(directory))
        _tell(session, directory, wish, said, key="taken", now=now)
    logger.info("spreadsheet imported", extra=logs.about(group=directory.group.key))
    return True


def _reported(
    session: Session,
    directory: Directory,
    wish: Wish,
    report: Report,
    told: words.Told,
    *,
    sha256: str,
    now: datetime,
) -> None:
    """Owe the report, whole in its message or with the rest in a file."""
    kept = sheet_wishes.reported(session, wish, sha256=sha256, fingerprint=report.fingerprint)
    key = f"report:{kept.reports}"
    _tell(session, directory, kept, told.message, key=key, now=now)
    if told.attached is not None:
        _attach(session, directory, kept, told.attached, key=f"{key}:file", now=now)
    if not words.importable(report):
        sheet_wishes.settle(session, kept)
    audit.record(
        session,
        "spreadsheet reported",
        f"sheet:{kept.id}",
        group_id=kept.group_id,
        by_id=None,
        now=now,
        report=kept.reports,
    )


def _refuse(database: Database, wish: Wish, sentence: str, *, now: datetime) -> bool:
    with database.transaction() as session:
        if not _still(session, wish):
            return False
        sheet_wishes.settle(session, wish)
        directory = people.directory(session, wish.group_id)
        _tell(session, directory, wish, words.unread(wish, sentence), key="unread", now=now)
    return True


def _put_off(database: Database, wish: Wish, error: TransientError, *, now: datetime) -> bool:
    ids = logs.about(event="spreadsheet_put_off", sheet=wish.id)
    logger.warning("cannot read a spreadsheet yet: %s", unquoted(str(error)), extra=ids)
    if now - wish.at > GIVE_UP:
        return _refuse(database, wish, LATER, now=now)
    with database.transaction() as session:
        if _still(session, wish):
            until = now + timedelta(seconds=max(30.0, error.retry_after))
            sheet_wishes.put_off(session, wish, until=until)
    return False


def _still(session: Session, wish: Wish) -> bool:
    """Whether nobody else has dealt with it since it was taken up."""
    kept = sheet_wishes.locked(session, wish.id)
    return kept is not None and (kept.state, kept.tries) == (wish.state, wish.tries)


def _reader(directory: Directory, wish: Wish, *, now: datetime) -> Person:
    """Who is told of it and stands behind it. UserError where they may not any more."""
    on = now.astimezone(LONDON).date()
    if not directory.has_role(wish.reader_id, Role.SECRETARIAT, on=on):
        raise UserError(NOBODY)
    return directory.people[wish.reader_id]


def _tell(
    session: Session, directory: Directory, wish: Wish, said: Message, *, key: str, now: datetime
) -> None:
    outbox.enqueue(session, _outgoing(directory, wish, said, key), due_at=now, now=now)


def _attach(
    session: Session, directory: Directory, wish: Wish, content: bytes, *, key: str, now: datetime
) -> None:
    title = f"Report {wish.reports} on {words.named(wish)}"
    file = {
        "name": words.ATTACHED,
        "title": title,
        "content": base64.b64encode(content).decode(),
    }
    owed = _outgoing(directory, wish, message(say(title)), key, file=file)
    outbox.enqueue(session, owed, due_at=now, now=now)


def _outgoing(
    directory: Directory, wish: Wish, said: Message, key: str, file: dict[str, str] | None = None
) -> Outgoing:
    """For the one who asked, in their own conversation."""
    return Outgoing(
        key=f"sheet:{wish.id}:{key}",
        group_id=wish.group_id,
        team_id=directory.group.team_id,
        kind=Sending.FILE if file else Sending.MESSAGE,
        person_id=wish.reader_id,
        message=said,
        audience=Audience.MEMBERS,
        subject={"sheet": wish.id},
        file=file,
    )


__all__ = ["sweep"]
