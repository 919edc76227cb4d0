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
from storage import audit, items, words
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
    audit.record(
        desk.session,
        "asked back",
        f"question:{question_id}",
        group_id=desk.group.id,
        by_id=desk.person.id,
        now=desk.now,
        words=kept,
    )


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
        if question is None or question.person_id != desk.person.id:
            raise UserError("That question was not put to you.")
        if question.answer is not None:
            raise UserError(f"You answered that already: {question.answer}.")
        choice: Mapping[str, object] = question.options[option]
        label = str(choice["label"])
        said = words.guarded(desk.session, question.words_id)
        chosen = [proposals.load(value) for value in question.options[option]["updates"]]
        allowed = [u for u in chosen if _still_theirs(desk, u)]
        also, recorded = recording.record(desk, allowed, said, corrected={})
        rows.answered(desk.session, question_id, answer=label, now=now)
        redraw(desk, lambda shown: _answered(shown, label))
        waits.settle(
            desk.session,
            desk.directory,
            kind="question",
            subject_id=question_id,
            by_id=desk.person.id,
            outcome=label,
            now=now,
        )
        if not recorded and not also:
            also.append(say("Thank you. Nothing changes on the register."))
        updates.echo(desk, recorded, also=tuple(also))


def _still_theirs(desk: Desk, update: ProposedUpdate) -> bool:
    item = items.by_ref(desk.session, desk.group.id, update.item)
    return item is not None and may_change(desk, item)


def _answered(shown: Message, label: str) -> Message:
    parts = (Note(f"You chose: {label}.") if isinstance(p, Buttons) else p for p in shown.parts)
    return Message(parts=tuple(parts))
