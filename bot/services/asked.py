"""Was I asked? The ledger of reminders, put into words for whoever may read it."""

from __future__ import annotations

from collections.abc import Mapping

from bot.domain import ladders
from bot.domain.deadlines import day_and_date
from bot.domain.messages import Bold, Message, Span, bullets, message
from bot.domain.messages import say as text
from bot.domain.people import LONDON
from bot.domain.register import ActionItem
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


def of_item(session: Session, item: ActionItem) -> Message:
    """Was somebody asked about this item, when, and if not why: from the ledger."""
    directory = people.directory(session, item.group_id)
    lines = nudges.ledger(session, [item.id]).get(item.id, [])
    heading = text("What was asked about ", Bold(f"{item.ref} {say.shortened(item.title)}"), ":")
    if not lines:
        return message(heading, text("Nothing yet: no reminder of it has come due."))
    ladder = ladders.load(nudges.of_item(session, item.id).ladder)
    rungs = {rung.key: rung.words for rung in ladder.rungs}
    rows: list[tuple[Span, ...]] = []
    for line in lines:
        person = directory.people.get(line.person_id) if line.person_id else None
        zone = person.zone if person else LONDON
        day = line.decided_at.astimezone(zone).date()
        name = say.named(directory, line.person_id)
        rows.append((f"{day_and_date(day)}: {_outcome(line, name, rungs)}",))
    return message(heading, bullets(*rows))


def _outcome(line: Line, name: str, rungs: Mapping[str, str]) -> str:
    what = OUTCOMES[line.outcome]
    if line.outcome == "sent" and line.outbox_state == "failed":
        what = OUTCOMES["failed"]
    elif line.outcome == "sent" and line.outbox_state != "sent":
        what = "is being asked"
    rung = rungs.get(line.rung)
    which = f", {rung}" if rung else ""
    reason = f": {line.reason}" if line.reason else ""
    return f"{name} {what}{which}{reason}."
