"""What waits on each clearer of a version: asked at once, settled by clearing or sending back."""

from __future__ import annotations

from datetime import datetime

from bot.domain.drafts import Event, StoredLetter, Version, changed
from bot.domain.messages import (
    Bold,
    Button,
    Buttons,
    Message,
    Note,
    Part,
    bullets,
    message,
    say,
)
from bot.domain.people import LONDON, Directory, Role
from bot.services import draft_files, waits
from storage import clearances, groups, letters
from storage.database import Session

KIND = "clearance"
SHOWN_CHANGES = 6


def clearers(session: Session, directory: Directory, *, now: datetime) -> list[int]:
    """Who must clear: the chair, every signatory, and whoever the policy or a role adds."""
    today = now.astimezone(LONDON).date()
    found = [
        person.id
        for role in (Role.CHAIR, Role.SIGNATORY, Role.CLEARER)
        for person in directory.holders(role, today)
    ]
    named = groups.policy(session, directory.group.id).get("clearers") or []
    added = [directory.by_name(str(name)) for name in named]
    return list(dict.fromkeys([*found, *(person.id for person in added if person)]))


def asked_of(letter: StoredLetter, version_id: int) -> dict[int, int]:
    """Who was asked to clear a version, and the entry that says so."""
    return {
        int(happened.note): happened.id
        for happened in letter.happened
        if happened.event is Event.CLEARANCE_ASKED and happened.version_id == version_id
    }


def open_all(
    session: Session,
    directory: Directory,
    letter: StoredLetter,
    version: Version,
    *,
    by_id: int,
    now: datetime,
) -> list[int]:
    """Ask each clearer; the files follow by the next sweep. Who was asked."""
    people = clearers(session, directory, now=now)
    for person_id in people:
        ask(session, directory, letter, version, person_id, by_id=by_id, now=now)
    return people


def ask(
    session: Session,
    directory: Directory,
    letter: StoredLetter,
    version: Version,
    person_id: int,
    *,
    by_id: int | None,
    now: datetime,
) -> None:
    """Ask one person to clear a version."""
    asked = letters.add_event(
        session,
        letter,
        Event.CLEARANCE_ASKED,
        by_id=by_id,
        now=now,
        version=version,
        note=str(person_id),
    )
    waits.open_wait(
        session,
        directory,
        kind=KIND,
        subject_id=asked,
        message=_request(session, directory, letter, version, person_id),
        now=now,
        person_id=person_id,
        subject={"letter": letter.id},
    )


def settle(
    session: Session,
    directory: Directory,
    letter: StoredLetter,
    version_id: int,
    person_id: int,
    *,
    by_id: int | None,
    outcome: str,
    now: datetime,
) -> None:
    """What waited on one clearer is done with."""
    asked = asked_of(letter, version_id).get(person_id)
    if asked is not None:
        waits.settle(
            session, directory, kind=KIND, subject_id=asked, by_id=by_id, outcome=outcome, now=now
        )


def void(
    session: Session,
    directory: Directory,
    letter: StoredLetter,
    *,
    now: datetime,
    by_id: int | None = None,
    outcome: str = "A newer version takes its place.",
) -> None:
    """Whatever still waits for clearance of an earlier version is done with."""
    for happened in letter.happened:
        if happened.event is Event.CLEARANCE_ASKED:
            waits.settle(
                session,
                directory,
                kind=KIND,
                subject_id=happened.id,
                by_id=by_id,
                outcome=outcome,
                now=now,
            )


def _request(
    session: Session, directory: Directory, letter: StoredLetter, version: Version, person_id: int
) -> Message:
    parts: list[Part] = [
        say(
            Bold(f"Letter {letter.reference}, version {version.number}"),
            f" to {letter.to} waits for you to clear it. The files follow this message.",
        )
    ]
    before = _cleared_before(session, letter, version, person_id)
    if before is not None:
        parts += _difference(before, version)
    answers = clearances.answers(session, letter.id)
    parts += draft_files.left_to_stand(version, answers, directory)
    value = draft_files.pressed(version)
    parts.append(
        Buttons(
            (
                Button(label="Clear", action="letter.clear", value=value, style="primary"),
                Button(label="Send back", action="letter.send_back", value=value),
            )
        )
    )
    note = f"You clear exactly this text (fingerprint {version.sha256[:12]}); any change voids it."
    return message(*parts, Note(note))


def _cleared_before(
    session: Session, letter: StoredLetter, version: Version, person_id: int
) -> Version | None:
    """The latest earlier version that this person was asked about and cleared."""
    earlier = {
        h.version_id
        for h in letter.happened
        if h.event is Event.CLEARANCE_ASKED and h.version_id not in (None, version.id)
    }
    for version_id in sorted((v for v in earlier if v is not None), reverse=True):
        given = clearances.of_version(session, version_id)
        if any(c.person_id == person_id and c.cleared for c in given):
            return letters.version(session, version_id)
    return None


def _difference(before: Version, version: Version) -> list[Part]:
    out, came = changed(before.letter, version.letter)
    lines = [f"Out: {text}" for text in out] + [f"In: {text}" for text in came]
    if not lines:
        return [say(f"No sentence differs from version {before.number}, which you cleared.")]
    more = len(lines) - SHOWN_CHANGES
    parts: list[Part] = [
        say(f"Since version {before.number}, which you cleared, this has changed:"),
        bullets(*lines[:SHOWN_CHANGES]),
    ]
    return [*parts, say(f"And {more} more, in the file.")] if more > 0 else parts
