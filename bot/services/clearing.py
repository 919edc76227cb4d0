"""Clearing a letter by its hash: submitted by one person, cleared by every other who must."""

from __future__ import annotations

from datetime import datetime

from bot.domain.drafts import Event, StoredLetter, Version, same_hash, unanswered
from bot.domain.errors import UserError
from bot.domain.forms import Field, FieldError, FieldKind, Form
from bot.domain.messages import Bold, Message, message, say
from bot.domain.people import Person, Role
from bot.domain.text import GuardedText
from bot.services import clearance_waits, draft_files, intake, letter_waits
from bot.services.intake import Desk
from bot.services.sending import record_published, record_received, record_sent, sent_form
from storage import clearances, letters, letters_due, outbox
from storage.database import Database

__all__ = [
    "clear",
    "record_published",
    "record_received",
    "record_sent",
    "send_back",
    "send_back_form",
    "sent_form",
    "submit",
]


class StaleVersionError(UserError):
    """A newer version stands in the place of the one that was shown."""


def submit(
    database: Database, arrival: intake.Arrival, *, version_id: int, sha: str, now: datetime
) -> None:
    """Put a version before its clearers; whoever submits it is its author and may not clear it.

    Raises UserError where a finding still blocks, or for anybody but the secretariat.
    """
    with intake.once(database, arrival, now=now) as desk:
        if desk is None:
            return
        if not desk.is_a(Role.SECRETARIAT):
            raise UserError("Only the secretariat submits a letter for clearance: ask them to.")
        letter, version = current(desk, version_id, sha)
        if clearance_waits.asked_of(letter, version.id):
            raise UserError(
                f"Version {version.number} was submitted already; it waits for its clearers."
            )
        _refuse_blocked(desk, letter, version)
        if desk.person.id in clearance_waits.clearers(desk.session, desk.directory, now=now):
            raise UserError(
                "You must clear this letter, so you may not submit it: ask somebody else in the "
                "secretariat to submit it."
            )
        letters.add_event(
            desk.session, letter, Event.SUBMITTED, by_id=desk.person.id, now=now, version=version
        )
        asked = clearance_waits.open_all(
            desk.session, desk.directory, letter, version, by_id=desk.person.id, now=now
        )
        if not asked:
            raise UserError(
                "Nobody holds the role of chair or signatory today, so nobody could clear this "
                "letter: give somebody the role first."
            )
        _nothing_owed(desk, letter, f"version {version.number} was submitted")
        audited(desk, "submitted for clearance", letter, version)


def clear(
    database: Database, arrival: intake.Arrival, *, version_id: int, sha: str, now: datetime
) -> None:
    """Clear exactly the version with this hash. Raises StaleVersionError where another stands."""
    with intake.once(database, arrival, now=now) as desk:
        if desk is None:
            return
        letter, version = current(desk, version_id, sha)
        _refuse_bystander(desk, letter, version)
        _refuse_blocked(desk, letter, version)
        _enter(desk, letter, version, cleared=True, reason="")
        outcome = f"{desk.person.name} cleared version {version.number}."
        _settle(desk, letter, version, outcome)
        left = _still_to_clear(desk, letter, version)
        if not left:
            letters.add_event(
                desk.session, letter, Event.CLEARED, by_id=None, now=now, version=version
            )
        _tell_secretariat(desk, letter, version, _progress(left, outcome))
        if not left and not letters_due.later(desk.session, letter, on=desk.today):
            letter_waits.to_send(desk.session, desk.directory, letter, now=now)
        audited(desk, "cleared", letter, version)


def send_back_form(
    database: Database, arrival: intake.Arrival, value: dict[str, object], *, now: datetime
) -> Form:
    """What is asked of somebody who sends a version back."""
    with intake.reading(database, arrival, now=now) as desk:
        version = letters.version(desk.session, int(str(value["version"])))
        _refuse_bystander(desk, letters.look(desk.session, version.letter_id), version)
        return Form(
            callback="letter.send_back",
            title="Send the letter back",
            submit="Send back",
            fields=(
                Field(
                    name="reason",
                    label="What must change, and why?",
                    kind=FieldKind.LINES,
                    hint="The secretariat reads this, and keeps it with the version.",
                ),
            ),
            private=value,
        )


def send_back(
    database: Database,
    arrival: intake.Arrival,
    *,
    version_id: int,
    sha: str,
    reason: GuardedText,
    now: datetime,
) -> None:
    """Send a version back with a reason; it cannot be cleared any more. Raises FieldError."""
    with intake.once(database, arrival, now=now) as desk:
        if desk is None:
            return
        if not reason:
            raise FieldError("reason", "Say what must change, so that the secretariat can mend it.")
        letter, version = current(desk, version_id, sha)
        _refuse_bystander(desk, letter, version)
        _enter(desk, letter, version, cleared=False, reason=reason.text)
        letters.add_event(
            desk.session,
            letter,
            Event.SENT_BACK,
            by_id=desk.person.id,
            now=now,
            version=version,
            note=reason.text,
        )
        outcome = f"{desk.person.name} sent version {version.number} back."
        clearance_waits.void(
            desk.session, desk.directory, letter, now=now, by_id=desk.person.id, outcome=outcome
        )
        _tell_secretariat(desk, letter, version, f"{outcome} Their reason: {reason.text}")
        _nothing_owed(desk, letter, outcome)
        letter_waits.sent_back(desk, letter, version)
        audited(desk, "sent back", letter, version)


def current(desk: Desk, version_id: int, sha: str) -> tuple[StoredLetter, Version]:
    """The letter, locked, and its latest version, if that is the one that was shown."""
    version = letters.version(desk.session, version_id)
    letter = letters.get(desk.session, version.letter_id)
    latest = letters.latest_version(desk.session, letter.id)
    if letter.group_id != desk.group.id:
        raise UserError("That letter belongs to another group.")
    if letter.closed:
        raise UserError(f"Letter {letter.reference} is closed: nothing was changed.")
    if latest is None or latest.id != version.id or not same_hash(version, sha):
        stands = latest.number if latest else 0
        raise StaleVersionError(
            f"Version {stands} stands now, so nothing was changed: look at that one."
        )
    return letter, version


def audited(desk: Desk, action: str, letter: StoredLetter, version: Version) -> None:
    """The audit entry of something that was done to a version; the last of its transaction."""
    desk.audited(action, f"letter:{letter.id}", version=version.id, sha256=version.sha256)


def _nothing_owed(desk: Desk, letter: StoredLetter, outcome: str) -> None:
    letter_waits.over(
        desk.session, desk.directory, letter, outcome, by_id=desk.person.id, now=desk.now
    )


def _refuse_blocked(desk: Desk, letter: StoredLetter, version: Version) -> None:
    blocking = unanswered(version, clearances.answers(desk.session, letter.id))
    if blocking:
        more = f" (and {len(blocking) - 1} more)" if len(blocking) > 1 else ""
        raise UserError(
            f"This version cannot be cleared yet{more}: {blocking[0].message} {blocking[0].mending}"
        )


def _refuse_bystander(desk: Desk, letter: StoredLetter, version: Version) -> None:
    submitted = letter.last(Event.SUBMITTED)
    if submitted is None or submitted.version_id != version.id:
        raise UserError("This version has not been submitted for clearance yet.")
    if submitted.by_id == desk.person.id:
        raise UserError("You submitted this version, so somebody else must clear it.")
    if desk.person.id not in clearance_waits.asked_of(letter, version.id):
        raise UserError("This letter is cleared by the chair and its signatories only.")
    given = clearances.of_version(desk.session, version.id)
    if any(not one.cleared for one in given):
        raise UserError("This version was sent back; a new one is needed before anybody clears.")
    if any(one.person_id == desk.person.id for one in given):
        raise UserError("You have cleared this version already; nothing was changed.")


def _enter(
    desk: Desk, letter: StoredLetter, version: Version, *, cleared: bool, reason: str
) -> None:
    held = [role for role in (Role.CHAIR, Role.SIGNATORY, Role.CLEARER) if desk.is_a(role)]
    clearances.add(
        desk.session,
        letter,
        version,
        person_id=desk.person.id,
        role=(held[0] if held else Role.CLEARER).value,
        cleared=cleared,
        reason=reason,
        now=desk.now,
    )


def _settle(desk: Desk, letter: StoredLetter, version: Version, outcome: str) -> None:
    clearance_waits.settle(
        desk.session,
        desk.directory,
        letter,
        version.id,
        desk.person.id,
        by_id=desk.person.id,
        outcome=outcome,
        now=desk.now,
    )


def _still_to_clear(desk: Desk, letter: StoredLetter, version: Version) -> list[Person]:
    done = {c.person_id for c in clearances.of_version(desk.session, version.id) if c.cleared}
    asked = clearance_waits.asked_of(letter, version.id)
    must = set(asked) | set(clearance_waits.clearers(desk.session, desk.directory, now=desk.now))
    return [desk.directory.people[who] for who in sorted(must - done)]


def _progress(left: list[Person], outcome: str) -> str:
    if not left:
        return f"{outcome} Everybody has cleared it; the files for sending follow."
    return f"{outcome} Still to clear: {', '.join(person.name for person in left)}."


def _tell_secretariat(desk: Desk, letter: StoredLetter, version: Version, text: str) -> None:
    said = message(say(Bold(f"Letter {letter.reference}: "), text))
    for person in desk.directory.holders(Role.SECRETARIAT, desk.today):
        key = f"letter:{version.id}:{desk.arrival.key}:{person.id}"
        owe(desk, letter, key, said, person.id)


def owe(desk: Desk, letter: StoredLetter, key: str, said: Message, person_id: int) -> None:
    """Owe one person a message about a letter."""
    outgoing = draft_files.addressed(desk.directory, letter, {"person_id": person_id}, key, said)
    outbox.enqueue(desk.session, outgoing, due_at=desk.now, now=desk.now)
