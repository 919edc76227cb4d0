"""What a chair or the secretariat reads when a date is to move, and what is said of it after."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.commitments import Commitment
from bot.domain.deadlines import Deadline, day_and_date, long_date
from bot.domain.messages import (
    Bold,
    Button,
    Buttons,
    Message,
    Note,
    Part,
    Quote,
    Text,
    bullets,
    say,
)
from bot.domain.people import Directory
from bot.domain.reasons import reported
from bot.domain.register import ActionItem, DateChange, Decision
from bot.services import say as words
from bot.services.intake import Desk

UNFIT = (
    "No letter can give the reason in these words. Have the owner ask again with “because” and "
    "the reason alone: no “I” or “we”, no references."
)


@dataclass(frozen=True, kw_only=True)
class Asking:
    """A request to move a date, with everything that bears on it."""

    change_id: int
    item: ActionItem
    new: Deadline
    reason: str
    promises: Sequence[Commitment]
    slips: int
    original: Deadline
    waiting: Sequence[str]
    answers_promise: bool
    asker: str

    @property
    def moves(self) -> bool:
        """Whether the date would change, or only the words of its reason."""
        return self.new.latest != self.item.due_on


def decision_message(desk: Desk, asking: Asking) -> Message:
    """Everything somebody needs to decide: promise, to whom, dates, slips, reason, what waits."""
    parts: list[Part] = [_wanted(asking), say("The reason given:"), Quote(asking.reason)]
    if asking.answers_promise and reported(asking.reason, asked=asking.new.words) is None:
        parts.append(say(UNFIT))
    if not asking.moves:
        return Message(parts=(*parts, buttons(asking.change_id, broken=False)))
    for promise in asking.promises:
        parts += _past(desk, promise)
    if asking.waiting:
        parts += [say("These wait on it:"), bullets(*asking.waiting)]
    parts.append(buttons(asking.change_id, broken=bool(asking.promises)))
    if asking.promises:
        parts.append(
            Note("A promise that moves is owed a letter at once, with the reason (DAO 02/20).")
        )
    return Message(parts=tuple(parts))


def _wanted(asking: Asking) -> Text:
    item, new = asking.item, asking.new
    now = day_and_date(item.due_on) if item.due_on else "no date"
    title = Bold(f"{item.ref} {item.title}")
    who = Bold(asking.asker)
    if not asking.moves:
        again = f" of {now} in words that a letter can give. The date does not change."
        return say(who, " gives the reason for the date of ", title, again)
    first = day_and_date(asking.original.latest) if asking.original.latest else "none was set"
    wanted = day_and_date(new.latest) if new.latest else new.words
    moved = words.moved_before(asking.slips)
    return say(
        who,
        " asks to move ",
        title,
        f" from {now} to ",
        Bold(wanted),
        f". Original date: {first}; {moved}.",
    )


def _past(desk: Desk, promise: Commitment) -> list[Part]:
    to = " and ".join(desk.directory.body_name(b, desk.today).name for b in promise.to_bodies)
    made = f" on {long_date(promise.promised_on)}:"
    return [say("That is past what was promised to ", Bold(to), made), Quote(promise.words)]


def buttons(change_id: int, *, broken: bool) -> Buttons:
    """What may be decided; whether to write now is asked only where a promise would be missed."""
    value = json.dumps({"change": change_id})
    agree = (
        (
            Button(
                label="Agree and write now", action="date.agree_now", value=value, style="primary"
            ),
            Button(
                label="Agree and tell them in the next letter",
                action="date.agree_next",
                value=value,
            ),
        )
        if broken
        else (Button(label="Agree", action="date.agree_next", value=value, style="primary"),)
    )
    return Buttons(
        (
            *agree,
            Button(label="Refuse", action="date.refuse", value=value),
            Button(label="Ask the owner", action="date.ask", value=value),
        )
    )


def outcome_words(directory: Directory, change: DateChange) -> str:
    """What became of a request, in a few words: "agreed by … on …"."""
    person = directory.people.get(change.decided_by or 0)
    by = f" by {person.label}" if person else ""
    on = f" on {long_date(change.decided_at.date())}" if change.decided_at else ""
    to = f" to {long_date(change.new.latest)}" if change.new.latest else ""
    what = f"the move{to}" if change.moves else "the reason given for the date"
    match change.decision:
        case Decision.AGREED:
            told = "; a letter is being drafted now" if change.write_now else ""
            return f"{what} was agreed{by}{on}{told}"
        case Decision.REFUSED:
            return f"{what} was refused{by}{on}: {change.decision_reason}"
        case Decision.WITHDRAWN:
            if not change.moves:
                return f"{what} was withdrawn{on}"
            return f"the request to move it{to} was withdrawn{on}"
        case _:
            return f"{what} is not decided yet"
