"""Asking that words be removed: which, why, and in how many places they stand (rule 7)."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from bot.domain.deadlines import long_date
from bot.domain.errors import UserError
from bot.domain.forms import Field, FieldError, FieldKind, Form
from bot.domain.messages import Bold, Button, Buttons, Message, Note, message, say
from bot.domain.people import LONDON, Role
from bot.domain.register import ActionItem
from bot.domain.removals import SHORTEST, TELLING, matcher, repeats, words_of
from bot.domain.text import GuardedText
from bot.services import holds, intake, waits
from bot.services.answering import tell
from bot.services.intake import Arrival, Desk
from bot.services.say import counted, listed, shortened
from storage import items, removable, removals, removing
from storage.database import Database
from storage.removable import Wanted
from storage.removing import Found, Search

KIND = "removal"
REFERENCE = re.compile(r"[A-Za-z]{1,3}-\d{1,4}")
SHOWN = 75
"""Slack: characters of a choice."""
MOST = 100
AGREEING = (Role.SECRETARIAT, Role.CHAIR, Role.DEPUTY_CHAIR)


def button(item: ActionItem) -> Button:
    """The button that opens the form for an item's texts."""
    return Button(label="Remove words", action="removal.open", value=json.dumps({"item": item.ref}))


def form(database: Database, arrival: Arrival, about: str, *, now: datetime) -> Form:
    """What is asked: one of an item's texts, or words to look for everywhere; and the reason.

    `about` is the item's reference, or else the words.
    """
    ref = about.strip() if REFERENCE.fullmatch(about.strip()) else ""
    with intake.reading(database, arrival, now=now) as desk:
        _may_ask(desk)
        texts = _texts(desk, ref)
        return Form(
            callback="removal.ask",
            title="Remove words",
            submit="Ask for it",
            intro=(
                say(
                    "Somebody else must agree. What was said stays counted (status, dates, who "
                    "and when); its words then read “removed on” and the date, for good."
                ),
            ),
            fields=(*_which(texts), *_words_and_reason(None if ref else about.strip())),
        )


def _which(texts: tuple[tuple[str, str], ...]) -> tuple[Field, ...]:
    if not texts:
        return ()
    return (
        Field(
            name="subject",
            label="Which text?",
            kind=FieldKind.CHOICE,
            optional=True,
            choices=texts,
        ),
    )


def _words_and_reason(words: str | None) -> tuple[Field, Field]:
    return (
        Field(
            name="words",
            label="Or the exact words, wherever they stand",
            kind=FieldKind.LINES,
            value=words,
            hint="They are looked for in everything I keep, and are kept themselves only until "
            "somebody else has agreed or refused.",
            optional=True,
        ),
        Field(
            name="reason",
            label="Why must they go?",
            kind=FieldKind.LINES,
            hint="This stays, so say it without repeating them.",
        ),
    )


def _texts(desk: Desk, ref: str) -> tuple[tuple[str, str], ...]:
    if not ref:
        return ()
    item = items.by_ref(desk.session, desk.group.id, ref.upper())
    if item is None:
        raise UserError(f"There is no item {ref}: `/status all` lists them.")
    found = removable.of_item(desk.session, item.id)[:MOST]
    if not found:
        raise UserError(f"Nobody's words are kept with {item.ref}: say `remove` and the words.")
    return tuple((one.subject, shortened(_label(desk, one), SHOWN)) for one in found)


def _label(desk: Desk, one: removable.Removable) -> str:
    who = desk.directory.people.get(one.by_id) if one.by_id else None
    day = long_date(one.at.astimezone(LONDON).date())
    return f"{one.kind}, {who.name if who else 'the bot'}, {day}: {one.text}"


def ask(
    database: Database,
    arrival: Arrival,
    *,
    subject: str,
    words: GuardedText,
    reason: GuardedText,
    now: datetime,
) -> None:
    """Put it to somebody else. Raises FieldError where there is nothing to remove, or for good."""
    with intake.once(database, arrival, now=now) as desk:
        if desk is None:
            return
        _may_ask(desk)
        wanted = _wanted(desk, subject, words)
        found = removing.look(desk.session, search(desk.group.id, wanted, on=desk.today))
        _refuse(wanted, found, reason, where="words" if not subject else "subject")
        number = removals.ask(
            desk.session,
            group_id=desk.group.id,
            subject=subject or "exact words",
            reason=reason.text.strip(),
            wanted=wanted.values,
            places=len(found.places),
            by_id=desk.person.id,
            now=now,
        )
        _put(desk, number, reason.text.strip(), len(found.places))
        desk.audited("removal asked for", f"removal:{number}", places=len(found.places))


def _may_ask(desk: Desk) -> None:
    if not desk.is_a(Role.SECRETARIAT):
        raise UserError("Only the secretariat can ask that words be removed: tell them why.")
    holds.refuse(desk.session, desk)


def _wanted(desk: Desk, subject: str, words: GuardedText) -> Wanted:
    exact = words.text.strip()
    if bool(subject) == bool(exact):
        raise FieldError("words", "Choose one of the texts or write the words, and only one.")
    if exact:
        if len(exact) < SHORTEST or not words_of(exact):
            raise FieldError("words", "Write more of the words: so few stand in too many places.")
        return Wanted(texts=(exact,), everywhere=True)
    found = removable.wanted(desk.session, desk.group.id, subject)
    if found is None or not found.texts:
        raise FieldError("subject", "That text is not there any more.")
    return found


def search(group_id: int, wanted: Wanted, *, on: date) -> Search:
    """How these words are looked for; a few of them in a letter are no quotation."""
    quotable = wanted.texts[: 1 if wanted.rows else None]
    if not wanted.everywhere:
        quotable = tuple(text for text in quotable if len(words_of(text)) > TELLING)
    return Search(
        group_id=group_id,
        matcher=matcher(wanted.texts, everywhere=wanted.everywhere),
        on=on,
        items=frozenset(wanted.items),
        texts=frozenset(wanted.rows),
        published=matcher(quotable, whole=True),
    )


def _refuse(wanted: Wanted, found: Found, reason: GuardedText, *, where: str) -> None:
    if not reason.text.strip():
        raise FieldError("reason", "Give the reason: it stays when the words are gone.")
    if repeats(reason.text, wanted.texts):
        raise FieldError("reason", "That repeats the words: say why without them.")
    for_good(found, where=where)
    if not found.places:
        raise FieldError(where, "Those words stand nowhere in what I keep.")


def for_good(found: Found, *, where: str) -> None:
    """Raises FieldError where the words stand in what has been sent or published."""
    if found.for_good:
        papers = listed(dict.fromkeys(found.for_good))
        raise FieldError(
            where,
            f"Those words stand in {papers}: what was sent or published is not changed. Ask "
            "whoever received it, and send a correction if one is due.",
        )


def _put(desk: Desk, number: int, reason: str, places: int) -> None:
    others = desk.directory.holders(Role.SECRETARIAT, desk.today)
    chairs = desk.directory.holders(Role.CHAIR, desk.today)
    role = Role.SECRETARIAT
    if all(person.id == desk.person.id for person in others):
        alone = all(person.id == desk.person.id for person in chairs)
        role = Role.DEPUTY_CHAIR if alone else Role.CHAIR
    waits.open_wait(
        desk.session,
        desk.directory,
        kind=KIND,
        subject_id=number,
        role=role,
        message=_question(desk, number, reason, places),
        subject={"removal": number},
        now=desk.now,
    )
    tell(
        desk,
        message(
            say(
                f"They stand in {counted(places, 'place')}. I have asked for somebody else's "
                "agreement; until then nothing is removed. A message that somebody wrote in "
                "Slack is theirs to delete."
            )
        ),
        subject={},
    )


def _question(desk: Desk, number: int, reason: str, places: int) -> Message:
    value = json.dumps({"removal": number})
    return message(
        say(
            Bold(desk.person.label),
            f" asks to remove somebody's words. They stand in {counted(places, 'place')}. "
            f"The reason: {reason}",
        ),
        Note("Nobody can bring them back, not from a backup either."),
        Buttons(
            (
                Button(label="Show the words", action="removal.show", value=value),
                Button(
                    label="Remove them",
                    action="removal.agree",
                    value=value,
                    style="danger",
                    confirm="Remove these words for good?",
                ),
                Button(label="Keep them", action="removal.refuse", value=value),
            )
        ),
    )


def opened(value: Mapping[str, Any]) -> str:
    """The item whose texts a button is about."""
    return str(value.get("item", ""))
