"""What waits on somebody, for whoever may see it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from zoneinfo import ZoneInfo

from bot.domain.messages import Bold, Heading, Message, Note, Part, Span, bullets, message, say
from bot.domain.people import Directory, Role
from bot.services import cards
from bot.services import say as words
from bot.services.intake import Desk
from storage import lists, waiting
from storage.database import Session
from storage.waiting import Waiting

PAGE = 15
KINDS = {
    "date_change": "a new date to decide",
    "verification": "evidence to verify",
    "evidence": "evidence to give",
    "acceptance": "to be accepted by its owner",
    "question": "a question to answer",
    "date_question": "a question about a new date to answer",
    "withdrawal": "whether to set it aside, to be decided",
    "escalation": "an owner to speak to",
    "pass_on": "items to take up with their owner",
    "cadence": "how often a standing promise is kept, to be set",
    "letter_draft": "a letter to draft",
    "letter_send": "a letter to send",
    "pasted": "a pasted list to check and add",
    "clearance": "a letter to clear",
    "ownership": "whose it is, to be settled",
    "draft": "a draft letter to look at",
    "wording": "wording to settle",
    "objection": "recorded wrongly, its owner says",
    "correction": "changed wrongly, its owner says",
    "unreachable": "an e-mail to send to somebody without an account",
    "handover": "what somebody has, to be handed over",
    "seat": "whose account it is, to be confirmed",
    "ledger": "reminders to check against the register",
    "removal": "words to be removed",
}


def of_reader(desk: Desk) -> Message:
    """All that waits for the secretariat; for anybody else what waits on them."""
    every = waiting.unsettled(desk.session, desk.group.id)
    secretariat = desk.is_a(Role.SECRETARIAT)
    mine = every if secretariat else on_reader(desk.directory, every, desk.person.id, desk.today)
    if not mine:
        nothing = "Nothing is waiting." if secretariat else "Nothing is waiting on you."
        return message(say(nothing), cards.footer(desk))
    title = "Waiting" if secretariat else "Waiting on you"
    parts: list[Part] = [
        Heading(f"{title}: {len(mine)}"),
        bullets(
            *lines(
                desk.session,
                desk.directory,
                mine[:PAGE],
                today=desk.today,
                zone=desk.person.zone,
            )
        ),
    ]
    if len(mine) > PAGE:
        parts.append(Note(f"and {len(mine) - PAGE} more; these are the oldest."))
    return Message(parts=(*parts, cards.footer(desk)))


def on_reader(
    directory: Directory, every: Sequence[Waiting], person_id: int, on: date
) -> list[Waiting]:
    """What waits on this person, by name or by a role they hold."""
    return [
        each
        for each in every
        if each.person_id == person_id
        or (each.role is not None and directory.has_role(person_id, Role(each.role), on=on))
    ]


def lines(
    session: Session,
    directory: Directory,
    shown: Sequence[Waiting],
    *,
    today: date,
    zone: ZoneInfo,
) -> list[tuple[Span, ...]]:
    """One line each: what it is about, what is to be done, with whom it lies, and since when."""
    items = lists.named(session, (each.item_id for each in shown if each.item_id is not None))
    found: list[tuple[Span, ...]] = []
    for each in shown:
        item = items.get(each.item_id or 0)
        about: tuple[Span, ...] = (*words.item_name(item), ": ") if item else ()
        kind = KINDS.get(each.kind, each.kind.replace("_", " "))
        age = words.waited(each.since_at, today=today, zone=zone)
        found.append((*about, Bold(kind), f" – with {_with(directory, each)}, {age}"))
    return found


def _with(directory: Directory, each: Waiting) -> str:
    if each.person_id is not None:
        return words.named(directory, each.person_id)
    return f"the {Role(each.role).value.replace('_', ' ')}" if each.role else "nobody in particular"
