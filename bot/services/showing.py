"""Bringing a submitted letter to its clearers, and the cleared one to whoever sends it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.domain.drafts import Event, StoredLetter, Version
from bot.domain.messages import Bold, Button, Buttons, Message, Note, message, say
from bot.services import clearance_waits, draft_files
from storage import audit, letters, outbox, people
from storage.database import Database


def show(database: Database, letter_id: int, *, now: datetime) -> bool:
    """The files of a submitted letter to each of its clearers; False where that was done."""
    with database.snapshot() as session:
        stored = letters.look(session, letter_id)
        submitted = stored.last(Event.SUBMITTED)
        if submitted is None or submitted.version_id is None:
            return False
        version = letters.version(session, submitted.version_id)
    files = draft_files.letter_files(version.letter, reference=stored.reference, what="draft")
    with database.transaction() as session:
        letter = letters.get(session, letter_id)
        if letter.id not in letters.to_be_shown(session, letter.group_id):
            return False
        directory = people.directory(session, letter.group_id)
        for person_id in clearance_waits.asked_of(letter, version.id):
            for file in files:
                key = f"draft:{version.id}:{file.name}:p{person_id}"
                where = {"person_id": person_id}
                draft_files.owe_file(
                    session, directory, letter, file, key=key, where=where, now=now
                )
        letters.add_event(session, letter, Event.SHOWN, by_id=None, now=now, version=version)
        audit.record(
            session,
            "files for clearance made",
            f"letter:{letter.id}",
            group_id=letter.group_id,
            by_id=None,
            now=now,
            version=version.id,
        )
    return True


def finish(database: Database, letter_id: int, *, now: datetime) -> bool:
    """The files of a cleared letter, unmarked, for the secretariat to send; False where done."""
    with database.snapshot() as session:
        stored = letters.look(session, letter_id)
        cleared = stored.last(Event.CLEARED)
        if cleared is None or cleared.version_id is None:
            return False
        version = letters.version(session, cleared.version_id)
    final = replace(version.letter, marking=None)
    files = draft_files.letter_files(final, reference=stored.reference, what="cleared")
    with database.transaction() as session:
        letter = letters.get(session, letter_id)
        if letter.id not in letters.to_be_finished(session, letter.group_id):
            return False
        directory = people.directory(session, letter.group_id)
        for place, where in draft_files.places(directory, to=[], now=now).items():
            for file in files:
                key = f"final:{version.id}:{file.name}:{place}"
                draft_files.owe_file(
                    session, directory, letter, file, key=key, where=where, now=now
                )
            key, said = f"final:{version.id}:{place}", _sending(letter, version)
            outgoing = draft_files.addressed(directory, letter, where, key, said)
            outbox.enqueue(session, outgoing, due_at=now, now=now)
        letters.add_event(session, letter, Event.FINAL, by_id=None, now=now, version=version)
        audit.record(
            session,
            "files for sending made",
            f"letter:{letter.id}",
            group_id=letter.group_id,
            by_id=None,
            now=now,
            version=version.id,
        )
    return True


def _sending(letter: StoredLetter, version: Version) -> Message:
    return message(
        say(
            Bold(f"Letter {letter.reference} is cleared by everybody."),
            " Send it as it stands in the files above, dated the day it goes, then record it here.",
        ),
        Buttons(
            (
                Button(
                    label="Record as sent", action="letter.sent", value=draft_files.pressed(version)
                ),
            )
        ),
        Note("If a fact or a name has changed since, recording stops until the chair decides."),
    )
