"""What was asked back: put once, with two or three answers, and recorded as chosen."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.domain.errors import UserError
from bot.domain.messages import Button, Buttons, Message, Note, Part, Quote, say
from bot.domain.register import ActionItem
from bot.domain.replies import ProposedUpdate, Reading
from bot.domain.text import GuardedText
from bot.services import intake, proposals, recording, updates, waits
from bot.services.answering import may_change, redraw
from bot.services.intake import Arrival, Desk
from storage import items, waiting, words
from storage import updates as rows
from storage.database import Database


def ask(
    desk: Desk,
    reading: Reading,
    said: GuardedText,
    *,
    source_key: str,
    about: Sequence[ActionItem],
) -> None:
    """Ask back what is not clear, once, with the likely readings as buttons."""
    kept = words.keep(desk.session, said, group_id=desk.group.id)
    choices = [
        {"label": option.label, "updates": [proposals.dump(u) for u in option.updates]}
        for option in reading.options
    ]
    question_id = rows.ask(
        desk.session,
        group_id=desk.group.id,
        person_id=desk.person.id,
        question=reading.question or "",
        options=choices,
        words=kept,
        source_key=source_key,
        now=desk.now,
    )
    waits.open_wait(
        desk.session,
        desk.directory,
        kind="question",
        subject_id=question_id,
        person_id=desk.person.id,
        message=_question(reading, question_id, said),
        subject={"question": question_id, "items": [item.id for item in about]},
        now=desk.now,
    )
    desk.audited("asked back", f"question:{question_id}", words=kept)


def _question(reading: Reading, question_id: int, said: GuardedText) -> Message:
    buttons = tuple(
        Button(
            label=option.label[:75],
            action="question.answer",
            value=json.dumps({"question": question_id, "option": n}),
        )
        for n, option in enumerate(reading.options)
    )
    parts: list[Part] = [Quote(said.text), say(reading.question or "")]
    if buttons:
        parts.append(Buttons(buttons))
    return Message(parts=tuple(parts))


def choose(
    database: Database, arrival: Arrival, *, question_id: int, option: int, now: datetime
) -> None:
    """Record the reading that somebody chose of their own words."""
    with intake.once(database, arrival, now=now) as desk:
        if desk is None:
            return
        question = rows.question(desk.session, question_id)
        if question is None or not _put_to(desk, question):
            raise UserError("That question was not put to you.")
        if question.answer is not None:
            raise UserError(f"That question is closed already: {question.answer}.")
        choice: Mapping[str, object] = question.options[option]
        label = str(choice["label"])
        said = words.guarded(desk.session, question.words_id)
        chosen = [proposals.load(value) for value in question.options[option]["updates"]]
        allowed = [u for u in chosen if _still_theirs(desk, u)]
        also, recorded = recording.record(
            desk, allowed, said, corrected={}, source_key=question.source_key
        )
        redraw(desk, lambda shown: _answered(shown, label))
        _close(desk, question_id, label)
        if not recorded and not also:
            also.append(say("Thank you. Nothing changes on the register."))
        updates.echo(desk, recorded, also=tuple(also))


def close_answered(desk: Desk) -> None:
    """The question whose message was answered in words waits no longer."""
    number = desk.answered.subject.get("question") if desk.answered else None
    asked = rows.question(desk.session, int(number)) if number is not None else None
    if asked is not None and asked.answer is None and asked.person_id == desk.person.id:
        _close(desk, asked.id, "answered in words")


def close_edited(desk: Desk, source_key: str) -> None:
    """A message is read anew: what was asked about its old words waits no longer."""
    for one in waiting.unsettled(desk.session, desk.group.id, kind="question"):
        asked = rows.question(desk.session, one.subject_id)
        if asked is not None and asked.source_key == source_key:
            _close(desk, asked.id, "the message was edited")


def _close(desk: Desk, question_id: int, outcome: str) -> None:
    rows.answered(desk.session, question_id, answer=outcome, now=desk.now)
    waits.settle(
        desk.session,
        desk.directory,
        kind="question",
        subject_id=question_id,
        by_id=desk.person.id,
        outcome=outcome,
        now=desk.now,
    )
    desk.audited("question closed", f"question:{question_id}")


def _put_to(desk: Desk, question: rows.Question) -> bool:
    """Whoever's words it is about, or who took over what waited on them."""
    if question.person_id == desk.person.id:
        return True
    open_ones = waiting.unsettled(
        desk.session, desk.group.id, kind="question", subject_id=question.id
    )
    return any(one.person_id == desk.person.id for one in open_ones)


def _still_theirs(desk: Desk, update: ProposedUpdate) -> bool:
    item = items.by_ref(desk.session, desk.group.id, update.item)
    return item is not None and may_change(desk, item)


def _answered(shown: Message, label: str) -> Message:
    parts = (Note(f"You chose: {label}.") if isinstance(p, Buttons) else p for p in shown.parts)
    return Message(parts=tuple(parts))
