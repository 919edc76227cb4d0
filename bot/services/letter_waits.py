"""What a letter waits for from the secretariat: a new version, or to be sent."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.domain.drafts import StoredLetter, Version
from bot.domain.messages import Bold, Message, message, say
from bot.domain.people import Directory, Role
from bot.services import waits
from bot.services.intake import Desk
from storage import waiting
from storage.database import Session

MEND, SEND = "wording", "letter_send"


def sent_back(desk: Desk, letter: StoredLetter, version: Version) -> None:
    """It was sent back: the secretariat owes a new version. The reason goes to it alone."""
    said = message(
        say(
            Bold(f"Letter {letter.reference}"),
            f" to {letter.to}: version {version.number} was sent back by {desk.person.label}, so "
            "it needs a new version.",
        )
    )
    _open(desk.session, desk.directory, letter, MEND, said, now=desk.now)


def to_send(session: Session, directory: Directory, letter: StoredLetter, *, now: datetime) -> None:
    """Everybody has cleared it: the secretariat sends it, and says when it has gone."""
    said = message(
        say(
            Bold(f"Letter {letter.reference}"),
            f" to {letter.to} has been cleared by everybody. Once it has gone, press Record as "
            "sent under its final files.",
        )
    )
    _open(session, directory, letter, SEND, said, now=now)


def over(
    session: Session,
    directory: Directory,
    letter: StoredLetter,
    outcome: str,
    *,
    by_id: int | None,
    now: datetime,
    kinds: Sequence[str] = (MEND, SEND),
) -> None:
    """There is a new version, or it has gone: nothing of this waits any more."""
    for kind in kinds:
        waits.settle(
            session,
            directory,
            kind=kind,
            subject_id=letter.id,
            by_id=by_id,
            outcome=outcome,
            now=now,
        )


def not_yet(session: Session, directory: Directory, letter: StoredLetter, *, now: datetime) -> None:
    """There is a newer draft: what was cleared is not to be sent."""
    newer = "a newer version takes its place"
    over(session, directory, letter, newer, by_id=None, now=now, kinds=(SEND,))


def _open(
    session: Session,
    directory: Directory,
    letter: StoredLetter,
    kind: str,
    said: Message,
    *,
    now: datetime,
) -> None:
    if waiting.unsettled(session, letter.group_id, kind=kind, subject_id=letter.id):
        return
    waits.open_wait(
        session,
        directory,
        kind=kind,
        subject_id=letter.id,
        role=Role.SECRETARIAT,
        message=said,
        subject={"letter": letter.id},
        now=now,
    )
