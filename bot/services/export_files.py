"""The register as a file in Slack: asked for in a word, written by a sweep, brought by DM.

It holds everybody's words, so it goes to the secretariat and the chairs alone, looked up when it
is asked for, when it is written and when it is sent, and never to where the word was typed.
"""

from __future__ import annotations

import base64
import logging
from datetime import datetime

from bot import logs
from bot.domain.audiences import entitled
from bot.domain.errors import UserError
from bot.domain.messages import Bold, Message, Note, message
from bot.domain.messages import say as text
from bot.domain.outgoing import Audience, Outgoing, Sending
from bot.domain.people import LONDON, Directory, Role
from bot.services import answering, cards, exporting, intake, say
from bot.services.intake import Arrival, Desk
from storage import audit, export_wishes, outbox, people, removals
from storage.database import Database, Session
from storage.export_wishes import Wish

logger = logging.getLogger(__name__)

MAY = (Role.SECRETARIAT, *cards.CHAIRS)
FORMS = {"": "xlsx", "xlsx": "xlsx", "excel": "xlsx", "csv": "csv", "json": "json"}
WHAT = {
    "xlsx": "the actions, everything said and decided about them, and what each column means",
    "csv": "the actions only; `export` brings everything said of them too",
    "json": "the actions, and everything said and decided about them",
}
HANDLE = (
    "This is the group's record, and people's own words are in it: keep it where the group keeps "
    "its records, pass it on to nobody who may not read it, and delete it when you are done. "
    "What is removed from the register later is taken out of this conversation, but not out of a "
    "copy that you have saved."
)


def command(database: Database, arrival: Arrival, words: str, now: datetime) -> Message:
    """The command: record the wish for the register as a file, and say where it will come.

    Raises UserError for another format, or somebody who may not read everybody's words.
    """
    with intake.once(database, arrival, now=now) as desk:
        if desk is None:
            return message(text("That was taken already; the file is on its way."))
        return _asked(desk, words)


def by_button(database: Database, arrival: Arrival, *, now: datetime) -> None:
    """The same by the button on the Home tab; whoever pressed it is answered by DM."""
    with intake.once(database, arrival, now=now) as desk:
        if desk is not None:
            answering.tell(desk, _asked(desk, ""), subject={})


def _asked(desk: Desk, words: str) -> Message:
    form = FORMS.get(words.casefold().removeprefix("as ").strip(" .?!"))
    if form is None:
        raise UserError(
            f"I export xlsx, csv or json, not “{say.shortened(words, 30)}”: say `export`, "
            "`export csv` or `export json`."
        )
    if not desk.is_a(*MAY):
        raise UserError(
            "The whole register, with everybody's words, goes to the secretariat and the chairs "
            "only: ask the secretariat, or say `status` for what you may see."
        )
    number = export_wishes.keep(
        desk.session,
        group_id=desk.group.id,
        person_id=desk.person.id,
        form=form,
        now=desk.now,
    )
    desk.audited("export asked for", f"group:{desk.group.id}", wish=number, form=form)
    return message(
        text(
            f"I am writing the register of {desk.group.name} into a file (.{form}): {WHAT[form]}. "
            "It comes to you in a direct message in a minute, and to nobody else."
        )
    )


def sweep(database: Database, *, now: datetime) -> int:
    """Write the register for everybody who waits for it; how many files. Safe to run twice.

    Reading and writing the file happen outside any transaction that writes.
    """
    with database.snapshot() as session:
        waiting = export_wishes.open_ones(session)
    return sum(_write(database, wish, now=now) for wish in waiting)


def _write(database: Database, wish: Wish, *, now: datetime) -> bool:
    with database.snapshot() as session:
        directory = people.directory(session, wish.group_id)
        removed = removals.settled(session, wish.group_id)
        content = exporting.content(session, directory, wish.form, now=now)
    with database.transaction() as session:
        if removals.settled(session, wish.group_id, lock=True) != removed:
            return False  # Words went meanwhile that the file still holds: the next round.
        if not export_wishes.settle(session, wish, now=now):
            return False
        directory = people.directory(session, wish.group_id)
        if not _may_have_it(directory, wish, now=now):
            _audited(session, wish, "export refused", now=now)
            return False
        outbox.enqueue(session, _outgoing(directory, wish, content, now=now), due_at=now, now=now)
        _audited(session, wish, "register exported", now=now)
    logger.info("exported", extra=logs.about(group=directory.group.key, person=wish.person_id))
    return True


def _may_have_it(directory: Directory, wish: Wish, *, now: datetime) -> bool:
    today = now.astimezone(LONDON).date()
    return wish.person_id in {p.id for p in entitled(directory, Audience.WORDS, today)}


def _outgoing(directory: Directory, wish: Wish, content: bytes, *, now: datetime) -> Outgoing:
    group = directory.group
    local = now.astimezone(LONDON)
    stem = f"{group.key}-register-{local:%Y-%m-%d-%H%M}"
    sample = "SAMPLE " if group.sample else ""
    title = f"{sample}{group.key.upper()} register as at {say.checked(now, LONDON)} ({wish.form})"
    said = message(
        text(Bold(f"{sample}The register of {group.name}"), f" as at {say.checked(now, LONDON)}: "),
        text(f"{WHAT[wish.form]}."),
        Note(HANDLE),
    )
    return Outgoing(
        key=f"export:{wish.id}",
        group_id=group.id,
        team_id=group.team_id,
        kind=Sending.FILE,
        person_id=wish.person_id,
        message=said,
        audience=Audience.WORDS,
        subject={"register": group.id},
        file={
            "name": f"{stem}.{wish.form}",
            "title": title,
            "content": base64.b64encode(content).decode(),
        },
    )


def _audited(session: Session, wish: Wish, action: str, *, now: datetime) -> None:
    audit.record(
        session,
        action,
        f"group:{wish.group_id}",
        group_id=wish.group_id,
        by_id=None,
        now=now,
        wish=wish.id,
        to=wish.person_id,
        form=wish.form,
    )
