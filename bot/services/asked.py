"""Was I asked? The ledger of reminders, put into words for whoever may read it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.domain import date_asks, ladders
from bot.domain.deadlines import day_and_date
from bot.domain.diaries import local_day
from bot.domain.messages import Bold, Message, Note, Part, Span, bullets, message
from bot.domain.messages import say as text
from bot.domain.people import LONDON, Directory, Person
from bot.domain.register import ActionItem
from bot.domain.rungs import LETTER_KEY
from bot.services import say
from storage import nudges, people
from storage.database import Session
from storage.nudges import Line

OUTCOMES = {
    "sent": "was asked",
    "merged": "was not asked separately",
    "held": "is to be asked later",
    "suppressed": "was not asked",
    "handed_over": "was handed to the secretariat",
    "failed": "could not be reached",
}
BESIDE = {
    date_asks.KEY: "for a firm date",
    ladders.OPENS: "as its window opened",
    LETTER_KEY: "for its last update before a letter",
}
"""What is asked beside a ladder, by how its key begins."""


def of_item(
    session: Session, item: ActionItem, *, reader: Person, person: Person | None = None
) -> Message:
    """Was somebody asked about this item, when, and if not why: from the ledger.

    With a `person` the first sentence says whether it was they; all lines follow in any case.
    """
    directory = people.directory(session, item.group_id)
    lines = nudges.ledger(session, [item.id]).get(item.id, [])
    parts: list[Part] = [text(*_whether(item, lines, person, reader))] if person else []
    parts.append(
        text("What was asked about ", Bold(f"{item.ref} {say.shortened(item.title)}"), ":")
    )
    kept = nudges.of_item(session, item.id)
    if not lines:
        parts.append(text("Nothing yet: no reminder of it has come due."))
    else:
        ladder = ladders.load(kept.ladder)
        rungs = {rung.key: rung.words for rung in ladder.rungs}
        parts.append(bullets(*((_row(directory, line, rungs),) for line in lines)))
        parts.append(Note(f"It stands on the {ladder.name} ladder: {ladder.words}."))
    if kept.next_on is not None and item.is_open:
        parts.append(text(f"It comes due next on {day_and_date(kept.next_on)}."))
    return message(*parts)


def _whether(
    item: ActionItem, lines: Sequence[Line], person: Person, reader: Person
) -> tuple[Span, ...]:
    """Yes and when, or no."""
    who = "you were" if person.id == reader.id else f"{person.label} was"
    days = sorted(
        {
            local_day(person, line.decided_at)
            for line in lines
            if line.person_id == person.id
            and line.outcome == "sent"
            and line.outbox_state == "sent"
        }
    )
    if not days:
        return (Bold("No"), f": {who} not asked about {item.ref}.")
    shown = say.listed(day_and_date(day) for day in days[-3:])
    times = f" {say.counted(len(days), 'time')}, last" if len(days) > 3 else ""
    return (Bold("Yes"), f": {who} asked{times} on {shown}.")


def _row(directory: Directory, line: Line, rungs: Mapping[str, str]) -> str:
    person = directory.people.get(line.person_id) if line.person_id else None
    day = line.decided_at.astimezone(person.zone if person else LONDON).date()
    return f"{day_and_date(day)}: {_outcome(line, say.named(directory, line.person_id), rungs)}"


def _outcome(line: Line, name: str, rungs: Mapping[str, str]) -> str:
    what = OUTCOMES[line.outcome]
    if line.outcome == "sent" and line.outbox_state == "failed":
        what = OUTCOMES["failed"]
    elif line.outcome == "sent" and line.outbox_state != "sent":
        what = "is being asked"
    rung = rungs.get(line.rung) or next(
        (words for key, words in BESIDE.items() if line.rung.startswith(key)), None
    )
    which = f", {rung}" if rung else ""
    reason = f": {line.reason}" if line.reason else ""
    return f"{name} {what}{which}{reason}."
