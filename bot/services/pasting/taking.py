"""A list of actions that somebody pasted: kept, and waiting until they have checked it."""

from __future__ import annotations

import json
import re
from datetime import datetime

from bot.domain import pasted
from bot.domain.errors import UserError
from bot.domain.forms import Field, FieldError, FieldKind, Form
from bot.domain.messages import Bold, Button, Buttons, Message, Note, message, say
from bot.domain.pasted import PastedList, ProposedAction
from bot.domain.people import Role
from bot.domain.text import GuardedText
from bot.services import intake, waits
from bot.services import say as wording
from bot.services.answering import tell
from bot.services.intake import Arrival, Desk
from storage import items, words
from storage import pasted as lists
from storage.database import Database, Session
from storage.pasted import Pasted

KIND = "pasted"
_REFERENCE = re.compile(r"\b([A-Za-z]{1,3}-\d{1,4})\b")
NOTHING = (
    "I found no actions in that. Put one on each line, with who and by when: for example “Priya "
    "Nair to publish the protocol by 30 September”."
)


def is_list(desk: Desk, said: GuardedText) -> bool:
    """Whether words that nobody called a list are one: the one place where that is decided.

    Only from the secretariat, not in answer to a message of ours, with two lines or more that
    have an owner or a date, and none that speaks of an item on the register.
    """
    if desk.answered is not None or "\n" not in said.text or not desk.is_a(Role.SECRETARIAT):
        return False
    if any(
        items.by_ref(desk.session, desk.group.id, ref) is not None
        for ref in dict.fromkeys(_REFERENCE.findall(said.text))
    ):
        return False
    return _read_now(desk, said).is_convincing


def again(desk: Desk, said: GuardedText, source_key: str) -> bool:
    """Whether an edited message was a list: it is read anew while nothing of it is settled."""
    kept = lists.from_source(desk.session, desk.group.id, source_key)
    if kept is None:
        return False
    if kept.settled:
        told = "That list has been added to the register already, so your edit changes nothing."
        tell(desk, message(say(told)), subject={})
        return True
    row = words.keep(desk.session, said, group_id=desk.group.id)
    kept = lists.reread(desk.session, kept, words=row, read_on=desk.today)
    waits.settle(
        desk.session,
        desk.directory,
        kind=KIND,
        subject_id=kept.id,
        by_id=desk.person.id,
        outcome="the message was edited",
        now=desk.now,
    )
    _wait(desk, kept, _read_now(desk, said))
    desk.audited("list pasted", f"pasted:{kept.id}", words=row)
    return True


def take(desk: Desk, said: GuardedText, *, source_key: str) -> Pasted:
    """Keep a list and put it to whoever pasted it. UserError where no action is in it."""
    _may_add(desk)
    found = _read_now(desk, said)
    if not found.actions:
        raise UserError(NOTHING)
    row = words.keep(desk.session, said, group_id=desk.group.id)
    kept = lists.keep(
        desk.session,
        group_id=desk.group.id,
        person_id=desk.person.id,
        words=row,
        source_key=source_key,
        read_on=desk.today,
        now=desk.now,
    )
    _wait(desk, kept, found)
    desk.audited("list pasted", f"pasted:{kept.id}", words=row)
    return kept


def asked(
    database: Database, arrival: Arrival, said: GuardedText, *, now: datetime
) -> Message | Form:
    """`action paste`: with a list, keep it; without, the form to paste it in."""
    if not said:
        return _form_to_paste_in(database, arrival, now=now)
    with intake.once(database, arrival, now=now) as taker:
        if taker is not None:
            take(taker, said, source_key=arrival.key)
    return message(say("I have read your list: it is in our direct messages, to check and add."))


def pasted_in_form(
    database: Database, arrival: Arrival, said: GuardedText, *, now: datetime
) -> None:
    """The form with a list was sent in. FieldError where no action is in it."""
    with intake.once(database, arrival, now=now) as desk:
        if desk is None:
            return
        try:
            take(desk, said, source_key=arrival.key)
        except UserError as error:
            raise FieldError("list", str(error)) from error


def handed_over(
    database: Database, arrival: Arrival, said: GuardedText, *, source_key: str, now: datetime
) -> int:
    """Somebody of the secretariat says that a message is a list; the number of the list.

    The same message again gives the list that it was read as before.
    """
    with intake.once(database, arrival, now=now) as desk:
        if desk is None:
            raise UserError("That was taken already: the list is in our direct messages.")
        kept = lists.from_source(desk.session, desk.group.id, source_key)
        if kept is None or not desk.is_a(Role.SECRETARIAT):
            kept = take(desk, said, source_key=source_key)
        return kept.id


def read(session: Session, desk: Desk, kept: Pasted) -> PastedList:
    """A kept list as it reads today, on the day it was pasted."""
    said = words.guarded(session, kept.words_id)
    person = desk.directory.people[kept.person_id]
    return pasted.read(said.text, desk.directory, on=kept.read_on, nation=person.nation)


def left_of(found: PastedList, kept: Pasted) -> list[ProposedAction]:
    """The proposals that nobody has settled yet."""
    return [action for action in found.actions if action.line not in kept.settled]


def check_button(kept: Pasted, label: str = "Check and add") -> Buttons:
    """What opens the form."""
    value = json.dumps({"list": kept.id}, separators=(",", ":"))
    return Buttons((Button(label=label, action="pasted.check", value=value, style="primary"),))


def _read_now(desk: Desk, said: GuardedText) -> PastedList:
    return pasted.read(said.text, desk.directory, on=desk.today, nation=desk.person.nation)


def _wait(desk: Desk, kept: Pasted, found: PastedList) -> None:
    waits.open_wait(
        desk.session,
        desk.directory,
        kind=KIND,
        subject_id=kept.id,
        person_id=desk.person.id,
        message=_offer(kept, found),
        subject={"pasted": kept.id},
        now=desk.now,
    )


def _offer(kept: Pasted, found: PastedList) -> Message:
    number = wording.counted(len(found.actions), "action")
    unclear = sum(action.unclear for action in found.actions)
    need = "1 needs you" if unclear == 1 else f"{unclear or 'none'} need you"
    parts = [say("I read ", Bold(number), f" in your list; {need}. Nothing is added yet.")]
    if found.unread:
        count = wording.counted(len(found.unread), "line")
        parts.append(say(f"In {count} I found no action: the form shows them."))
    return message(
        *parts,
        check_button(kept),
        Note("Was that an answer about your own items? Say it again in this message’s thread."),
    )


def _form_to_paste_in(database: Database, arrival: Arrival, *, now: datetime) -> Form:
    with intake.reading(database, arrival, now=now) as desk:
        _may_add(desk)
        group_key = desk.group.key
    return Form(
        callback="pasted.list",
        title="Paste actions",
        submit="Read",
        private={"group": group_key},
        fields=(
            Field(
                name="list",
                label="The actions, one on each line",
                kind=FieldKind.LINES,
                hint="With who and by when. A list over 3,000 characters: paste it to me in a DM.",
            ),
        ),
    )


def _may_add(desk: Desk) -> None:
    if not desk.is_a(Role.SECRETARIAT):
        raise UserError("Only the secretariat adds to the register: send them the list.")
