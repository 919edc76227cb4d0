"""Removing words: somebody else agrees, they go from everywhere, and then their bytes (rule 7)."""

from __future__ import annotations

import logging
from datetime import datetime

from bot.domain.drafts import Event
from bot.domain.errors import TransientError, UserError
from bot.domain.forms import Form
from bot.domain.messages import Bold, Quote, message, say
from bot.domain.outgoing import Audience, Outgoing
from bot.domain.people import LONDON, Role
from bot.domain.removals import marks
from bot.services import clearance_waits, holds, intake, removal_requests, waits
from bot.services.intake import Arrival, Desk
from bot.services.removal_requests import AGREEING, KIND
from bot.services.say import counted, named
from storage import (
    erasing,
    groups,
    letters,
    outbox,
    people,
    redrawing,
    removal_record,
    removals,
    removing,
)
from storage.database import Database
from storage.removable import Wanted
from storage.removals import Removal
from storage.removing import Found

logger = logging.getLogger(__name__)


def show(database: Database, arrival: Arrival, *, removal_id: int, now: datetime) -> Form:
    """The words themselves, for the secretariat's eyes, kept nowhere."""
    with intake.once(database, arrival, now=now) as desk:
        if desk is None:
            raise UserError("That was opened already.")
        _may_see(desk)
        removal = _open(desk, removal_id)
        texts = Wanted.of(removal.wanted).texts
        return Form(
            callback="removal.seen",
            title="The words",
            submit="Close",
            intro=(say("These are asked to be removed:"), *(Quote(text) for text in texts[:5])),
            fields=(),
        )


def seen(database: Database, arrival: Arrival, *, now: datetime) -> None:
    """The form with the words was closed by its button: nothing changes."""
    with intake.reading(database, arrival, now=now) as desk:
        _may_see(desk)


def _may_see(desk: Desk) -> None:
    if not desk.is_a(Role.SECRETARIAT):
        raise UserError("Only the secretariat is shown the words: ask them what they are.")


def agree(database: Database, arrival: Arrival, *, removal_id: int, now: datetime) -> None:
    """Somebody else agrees: the words go from everywhere, in Slack too, in one transaction."""
    with intake.once(database, arrival, now=now) as desk:
        if desk is None:
            return
        removal = _theirs_to_settle(desk, removal_id)
        wanted, on = Wanted.of(removal.wanted), now.astimezone(LONDON).date()
        search = removal_requests.search(desk.group.id, wanted, on=on)
        removals.settle(
            desk.session,
            removal,
            outcome=removals.AGREED,
            by_id=desk.person.id,
            now=now,
            removed_on=on,
            marks=marks(search.matcher, items=wanted.items, texts=wanted.rows),
        )
        found = removing.remove(desk.session, search)
        removal_requests.for_good(found, where="words")
        removals.counted(desk.session, removal, len(found.places))
        _redraw(desk, removal, found)
        _draft_again(desk, found)
        _settled(desk, removal, f"removed from {counted(len(found.places), 'place')}")
        desk.audited(
            "words removed",
            f"removal:{removal.id}",
            asked_by=removal.by_id,
            places=len(found.places),
            tables=removing.tables(found),
        )


def refuse(database: Database, arrival: Arrival, *, removal_id: int, now: datetime) -> None:
    """Somebody else keeps the words; the request forgets them."""
    with intake.once(database, arrival, now=now) as desk:
        if desk is None:
            return
        removal = _theirs_to_settle(desk, removal_id, held=False)
        removals.settle(
            desk.session, removal, outcome=removals.REFUSED, by_id=desk.person.id, now=now
        )
        _settled(desk, removal, "kept as they are")
        desk.audited("removal refused", f"removal:{removal.id}", asked_by=removal.by_id)


def sweep(database: Database, *, now: datetime) -> int:
    """The second pass: note what was removed outside, then let the bytes go; how many.

    Safe to run twice or late, as after a crash between the two.
    """
    with database.snapshot() as session:
        unfinished = removals.unfinished(session)
        noted = database.removals.exists() or not database.is_sqlite
        agreed = removals.agreed(session) if unfinished or not noted else []
        keys = {group.id: group.key for group in groups.every(session)}
    if agreed or not noted:
        removal_record.note(database.removals, agreed, keys)
    if not unfinished:
        return 0
    try:
        erasing.run(database)
    except TransientError as error:
        logger.warning("removed words are not erased yet: %s", error)
        return 0
    with database.transaction() as session:
        removals.finished(session, [one.id for one in unfinished], now=now)
    return len(unfinished)


def _open(desk: Desk, removal_id: int) -> Removal:
    removal = removals.locked(desk.session, removal_id)
    if removal is None or removal.group_id != desk.group.id:
        raise UserError("That is not one of this group's requests.")
    if removal.outcome != removals.ASKED:
        raise UserError("That has been settled already.")
    return removal


def _theirs_to_settle(desk: Desk, removal_id: int, *, held: bool = True) -> Removal:
    if not desk.is_a(*AGREEING):
        raise UserError("Only the secretariat or a chair can settle that: ask them.")
    removal = _open(desk, removal_id)
    if removal.by_id == desk.person.id:
        raise UserError("You asked for this, so somebody else must agree or refuse.")
    if held:
        holds.refuse(desk.session, desk)
    return removal


def _redraw(desk: Desk, removal: Removal, found: Found) -> None:
    """What stands in Slack is changed or taken away, through the outbox."""
    for outgoing in redrawing.after(desk.session, found.of("outbox"), removal_id=removal.id):
        outbox.enqueue(desk.session, outgoing, due_at=desk.now, now=desk.now)


def _draft_again(desk: Desk, found: Found) -> None:
    """A draft whose text has changed is cleared by nobody: it is void, and written anew."""
    changed = set(found.of("letter_version"))
    for letter_id in sorted({letters.version(desk.session, n).letter_id for n in changed}):
        letter = letters.get(desk.session, letter_id)
        latest = letters.latest_version(desk.session, letter_id)
        if letter.closed or latest is None or latest.id not in changed:
            continue
        clearance_waits.void(
            desk.session,
            desk.directory,
            letter,
            now=desk.now,
            by_id=desk.person.id,
            outcome="words were removed from it; a new version follows",
        )
        letters.add_event(desk.session, letter, Event.ASKED, by_id=desk.person.id, now=desk.now)


def _settled(desk: Desk, removal: Removal, outcome: str) -> None:
    waits.settle(
        desk.session,
        desk.directory,
        kind=KIND,
        subject_id=removal.id,
        by_id=desk.person.id,
        outcome=outcome,
        now=desk.now,
    )
    for person_id in {removal.by_id, desk.person.id} - {None}:
        said = message(
            say("The words that were asked to be removed are ", Bold(outcome), "."),
        )
        outgoing = Outgoing(
            key=f"removal-settled:{removal.id}:{person_id}",
            group_id=desk.group.id,
            team_id=desk.group.team_id,
            person_id=person_id,
            message=said,
            audience=Audience.MEMBERS,
        )
        outbox.enqueue(desk.session, outgoing, due_at=desk.now, now=desk.now)


def listed(database: Database) -> list[str]:
    """Every request in a line: when, why, by whom, and what became of it; no words."""
    lines = []
    with database.snapshot() as session:
        for group in groups.every(session):
            directory = people.directory(session, group.id)
            for one in removals.every(session, group.id):
                day = f"{one.at.astimezone(LONDON):%Y-%m-%d}"
                who = named(directory, one.by_id)
                lines.append(f"{group.key}  {one.id}  {day}  {_state(one)}  {who}: {one.reason}")
    return lines


def _state(one: Removal) -> str:
    if one.outcome != removals.AGREED:
        return {removals.ASKED: "waits", removals.REFUSED: "refused"}[one.outcome]
    return "removed" if one.erased_at else "removed, its bytes not yet"
