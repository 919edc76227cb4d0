"""Findings left to stand: each answered by a named person, for a reason that is kept."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from bot.domain.drafts import StoredLetter, Version, unanswered
from bot.domain.errors import UserError
from bot.domain.forms import Field, FieldError, FieldKind, Form
from bot.domain.people import Role
from bot.domain.text import GuardedText
from bot.services import clearing, draft_files, intake
from bot.services.intake import Arrival, Desk
from storage import clearances, letters
from storage.database import Database

MOST = 20
"""Findings asked about in one form; the rest follow once these are answered."""


def form(database: Database, arrival: Arrival, value: dict[str, object], *, now: datetime) -> Form:
    """One field for each finding that still blocks; those left empty still block.

    Raises UserError for anybody but the secretariat and the chair, and where nothing blocks.
    """
    with intake.reading(database, arrival, now=now) as desk:
        _refuse_others(desk)
        version = letters.version(desk.session, int(str(value["version"])))
        letter = letters.look(desk.session, version.letter_id)
        if letter.group_id != desk.group.id:
            raise UserError("That letter belongs to another group.")
        blocking = unanswered(version, clearances.answers(desk.session, letter.id))[:MOST]
        if not blocking:
            raise UserError("Nothing keeps this version from clearance any more.")
        return Form(
            callback="letter.answer",
            title="Leave findings to stand",
            submit="Keep reasons",
            fields=tuple(
                Field(
                    name=found.key,
                    label=found.message,
                    kind=FieldKind.LINES,
                    hint=f"{found.mending} Or say why it stands; leave empty to mend it.",
                    optional=True,
                )
                for found in blocking
            ),
            private={**value, "findings": [found.key for found in blocking]},
        )


def answer(
    database: Database,
    arrival: Arrival,
    *,
    version_id: int,
    sha: str,
    reasons: Mapping[str, GuardedText],
    now: datetime,
) -> None:
    """Keep the reasons under the name of who gave them; empty ones say nothing.

    Once nothing blocks, whoever answered is brought the button that submits.
    """
    with intake.once(database, arrival, now=now) as desk:
        if desk is None:
            return
        _refuse_others(desk)
        given = {key: reason.text for key, reason in reasons.items() if reason}
        if not given:
            raise FieldError(next(iter(reasons)), "Give a reason for at least one finding.")
        letter, version = clearing.current(desk, version_id, sha)
        if not set(given) <= {found.key for found in version.findings}:
            raise UserError("That finding is not in this version: look at its latest findings.")
        for key, reason in given.items():
            clearances.answer(desk.session, letter, key, reason, by_id=desk.person.id, now=now)
        _bring_cover(desk, letter, version)
        clearing.audited(desk, "finding answered", letter, version)


def _refuse_others(desk: Desk) -> None:
    if not desk.is_a(Role.SECRETARIAT, Role.CHAIR):
        raise UserError("A finding is answered by the secretariat or the chair: ask them to.")


def _bring_cover(desk: Desk, letter: StoredLetter, version: Version) -> None:
    answers = clearances.answers(desk.session, letter.id)
    cover = draft_files.cover(letter, version, answers, desk.directory)
    key = f"letter:{version.id}:{desk.arrival.key}:{desk.person.id}"
    clearing.owe(desk, letter, key, cover, desk.person.id)
