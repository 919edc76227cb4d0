"""Drafts of letters: wished for at once, built by a sweep, brought only to who may see them."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from datetime import datetime

from bot import logs
from bot.domain import drafts, letter_writing, verification
from bot.domain.commitments import Commitment
from bot.domain.drafts import Draft, Event, StoredLetter, Version
from bot.domain.errors import UserError
from bot.domain.facts import FactSheet
from bot.domain.messages import Message, message, say
from bot.domain.people import LONDON, Directory, Role
from bot.domain.verification.papers import annex, report
from bot.services import (
    clearance_waits,
    draft_files,
    fact_sheets,
    intake,
    letter_waits,
    showing,
)
from storage import audit, fact_reads, groups, letters, people, posts
from storage.database import Database, Session
from storage.entries import END_OF_TIME

logger = logging.getLogger(__name__)

SEES_DRAFTS = (
    Role.SECRETARIAT,
    Role.CHAIR,
    Role.DEPUTY_CHAIR,
    Role.SIGNATORY,
    Role.CLEARER,
)
AUTHOR = "rules"


def ask(database: Database, arrival: intake.Arrival, *, audience: str, now: datetime) -> Message:
    """Record the wish for a draft and say where it will come; the text never comes here.

    Raises UserError for an audience the group does not have, or somebody who may not see drafts.
    """
    with intake.once(database, arrival, now=now) as desk:
        if desk is None:
            return message(say("That was taken already; the draft is on its way."))
        if not desk.is_a(*SEES_DRAFTS):
            raise UserError(
                "Drafts go to the secretariat and those who clear them: ask the secretariat."
            )
        (letter_id,) = ask_letter(
            desk.session,
            desk.directory,
            audiences=[audience],
            by_id=desk.person.id,
            reason="asked for",
            now=now,
        )
        reference = letters.look(desk.session, letter_id).reference
        desk.audited("draft asked for", f"letter:{letter_id}", audience=audience)
    return message(
        say(
            f"I am drafting letter {reference} from the register as it stands now. It comes to "
            "you in a direct message in a minute, with what checking it found."
        )
    )


def ask_letter(
    session: Session,
    directory: Directory,
    *,
    audiences: Sequence[str],
    by_id: int | None,
    reason: str,
    now: datetime,
) -> tuple[int, ...]:
    """Record, in the caller's transaction, that a letter to each audience is wanted; which ones.

    A letter that is being written already is drafted again. The caller records the audit entry.
    """
    group = directory.group
    known = audience_posts(session, group.id)
    found = []
    for audience in dict.fromkeys(audiences):
        if audience not in known:
            names = ", ".join(sorted(known))
            raise fact_sheets.UnknownAudienceError(
                f"There is no audience “{audience}”: this group writes to {names}."
            )
        letter = letters.current(session, group.id, audience) or _new(session, directory, audience)
        letters.add_event(session, letter, Event.ASKED, by_id=by_id, now=now, note=reason)
        found.append(letter.id)
    return tuple(found)


def audience_posts(session: Session, group_id: int) -> dict[str, tuple[str, ...]]:
    """The audiences that a group writes to, and the posts each means."""
    policy = fact_reads.policy(session, group_id, at=END_OF_TIME, known_at=END_OF_TIME)
    return fact_sheets.audiences(policy)


def audiences_of(
    session: Session, directory: Directory, promises: Iterable[Commitment]
) -> list[str]:
    """The audiences whose posts belong to the bodies that these promises were made to."""
    group_id = directory.group.id
    bodies = {body for promise in promises for body in promise.to_bodies}
    of_post = {title.key: title.body_id for title in posts.titles(session, group_id)}
    return [
        audience
        for audience, keys in sorted(audience_posts(session, group_id).items())
        if any(of_post.get(key) in bodies for key in keys)
    ]


def sweep(database: Database, *, now: datetime) -> int:
    """Write every draft that is wished for, and the files of what is cleared; how many.

    Reading, writing and rendering happen outside any transaction; safe to run twice or late.
    """
    with database.snapshot() as session:
        every = groups.every(session)
        wished = [(g.id, n) for g in every for n in letters.wished_for(session, g.id)]
        submitted = [n for g in every for n in letters.to_be_shown(session, g.id)]
        cleared = [n for g in every for n in letters.to_be_finished(session, g.id)]
    made = sum(_draft(database, group_id, letter_id, now=now) for group_id, letter_id in wished)
    made += sum(showing.show(database, letter_id, now=now) for letter_id in submitted)
    return made + sum(showing.finish(database, letter_id, now=now) for letter_id in cleared)


def build(
    database: Database,
    group_key: str | None,
    *,
    audience: str,
    as_at: datetime,
    now: datetime,
) -> Draft:
    """The draft as at T, as known now, for the command line; nothing is written.

    Raises UserError where the group is not named and there are several, or is not there.
    """
    with database.snapshot() as session:
        named = [g for g in groups.every(session) if group_key in (None, g.key)]
        if len(named) != 1:
            raise UserError("Name one group with `--group KEY`: " + _keys(session))
        (group,) = named
        current = letters.current(session, group.id, audience)
        reference = (
            current.reference
            if current
            else _reference(group.key, letters.next_number(session, group.id))
        )
        sheet = _sheet(session, group.id, audience, as_at=as_at, known_at=now)
    return compose(sheet, reference=reference)


def compose(sheet: FactSheet, *, reference: str) -> Draft:
    """The letter from its facts, checked, with the two internal papers that go with it."""
    letter = letter_writing.write(sheet, reference=reference)
    findings = verification.check(letter, sheet)
    return Draft(
        sheet=sheet,
        letter=letter,
        findings=findings,
        annex=annex(letter, sheet),
        report=report(letter, findings, sheet),
    )


def _draft(database: Database, group_id: int, letter_id: int, *, now: datetime) -> bool:
    with database.snapshot() as session:
        wanted = letters.look(session, letter_id)
        sheet = _sheet(session, group_id, wanted.audience, as_at=now, known_at=now)
    draft = compose(sheet, reference=wanted.reference)
    files = draft_files.render(draft, reference=wanted.reference)
    with database.transaction() as session:
        letter = letters.get(session, letter_id)
        wishes = [w for w in letter.wishes if w.id <= max(w.id for w in wanted.wishes)]
        if not wishes or letter.closed:
            return False
        directory = people.directory(session, group_id)
        version = _keep(session, letter, draft, now=now)
        clearance_waits.void(session, directory, letter, now=now)
        letter_waits.not_yet(session, directory, letter, now=now)
        letters.add_event(session, letter, Event.DRAFTED, by_id=None, now=now, version=version)
        draft_files.owe(
            session,
            directory,
            letter,
            version,
            files,
            to=[wish.by_id for wish in wishes if wish.by_id is not None],
            now=now,
        )
        audit.record(
            session,
            "drafted",
            f"letter:{letter.id}",
            group_id=group_id,
            by_id=None,
            now=now,
            version=version.id,
            sha256=version.sha256,
            facts=sheet.sha256,
        )
    ids = logs.about(group=directory.group.key, letter=letter.id, version=version.number)
    logger.info("drafted", extra=ids)
    return True


def _keep(session: Session, letter: StoredLetter, draft: Draft, *, now: datetime) -> Version:
    return letters.add_version(
        session,
        letter,
        sheet=draft.sheet,
        text=draft.letter,
        findings=draft.findings,
        sha256=drafts.fingerprint(draft.letter),
        author_kind=AUTHOR,
        by_id=None,
        now=now,
    )


def _sheet(
    session: Session, group_id: int, audience: str, *, as_at: datetime, known_at: datetime
) -> FactSheet:
    return fact_sheets.read(
        session,
        group_id,
        audience=audience,
        as_at=as_at,
        known_at=known_at,
        dated_on=as_at.astimezone(LONDON).date(),
    )


def _new(session: Session, directory: Directory, audience: str) -> StoredLetter:
    group = directory.group
    number = letters.next_number(session, group.id)
    return letters.insert(
        session,
        group_id=group.id,
        audience=audience,
        reference=_reference(group.key, number),
        number=number,
    )


def _reference(group_key: str, number: int) -> str:
    return f"{group_key.upper()}/{number:02d}"


def _keys(session: Session) -> str:
    return ", ".join(group.key for group in groups.every(session)) or "there is none yet."
