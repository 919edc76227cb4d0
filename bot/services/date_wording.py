"""What a chair or the secretariat reads when a date is to move, and what is said of it after."""

from __future__ import annotations

import json
from collections.abc import Sequence

from bot.domain.commitments import Commitment
from bot.domain.deadlines import Deadline, day_and_date, long_date
from bot.domain.messages import Bold, Button, Buttons, Message, Note, Part, Quote, bullets, say
from bot.domain.people import Directory
from bot.domain.register import ActionItem, DateChange, Decision
from bot.services.intake import Desk


def decision_message(
    desk: Desk,
    item: ActionItem,
    new: Deadline,
    *,
    change_id: int,
    reason: str,
    promises: Sequence[Commitment],
    slips: int,
    original: Deadline,
    waiting: Sequence[str],
) -> Message:
    """Everything somebody needs to decide: promise, to whom, dates, slips, reason, what waits."""
    now = day_and_date(item.due_on) if item.due_on else "no date"
    first = day_and_date(original.latest) if original.latest else "none was set"
    wanted = day_and_date(new.latest) if new.latest else new.words
    moved = {0: "not moved before", 1: "moved once before"}.get(
        slips, f"moved {slips} times before"
    )
    parts: list[Part] = [
        say(
            Bold(desk.person.label),
            " asks to move ",
            Bold(f"{item.ref} {item.title}"),
            f" from {now} to ",
            Bold(wanted),
            f". Original date: {first}; {moved}.",
        ),
        say("The reason given:"),
        Quote(reason),
    ]
    for promise in promises:
        to = " and ".join(desk.directory.body_name(b, desk.today).name for b in promise.to_bodies)
        parts += [
            say(
                "That is past what was promised to ",
                Bold(to),
                f" on {long_date(promise.promised_on)}:",
            ),
            Quote(promise.words),
        ]
    if waiting:
        parts += [say("These wait on it:"), bullets(*waiting)]
    parts.append(buttons(change_id, broken=bool(promises)))
    if promises:
        parts.append(
            Note("A promise that moves is owed a letter at once, with the reason (DAO 02/20).")
        )
    return Message(parts=tuple(parts))


def buttons(change_id: int, *, broken: bool) -> Buttons:
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
    match change.decision:
        case Decision.AGREED:
            told = "; a letter is being drafted now" if change.write_now else ""
            return f"the move{to} was agreed{by}{on}{told}"
        case Decision.REFUSED:
            return f"the move{to} was refused{by}{on}: {change.decision_reason}"
        case Decision.WITHDRAWN:
            return f"the request to move it{to} was withdrawn{on}"
        case _:
            return f"the move{to} is not decided yet"
