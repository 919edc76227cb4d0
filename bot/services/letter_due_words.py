"""What is said of a letter due: its plan, which step breaks, and whose turn it is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from bot.domain.deadlines import day_and_date
from bot.domain.letter_plans import WORDS, Step
from bot.domain.messages import Bold, Message, Part, bullets, message, say
from bot.domain.outgoing import Audience, Outgoing
from bot.domain.people import LONDON, Directory, Role
from bot.domain.register import ActionItem
from bot.services.say import item_line
from storage import outbox
from storage.database import Session
from storage.letters_due import LetterDue

MOST = 15
LINES = {
    Step.UPDATES: "owners are asked for their last updates",
    Step.DRAFTING: "you draft it and agree the draft",
    Step.CLEARANCE: "it goes to its clearers",
    Step.SENDING: "it goes",
}


def planned(due: LetterDue, broken: str) -> Message:
    """The plan as it was made; what breaks stands first."""
    parts: list[Part] = []
    if broken:
        step = WORDS[due.plan.breaks or Step.SENDING]
        parts.append(
            say(
                Bold(f"The next letter to {due.audience} cannot be planned as it should be. "),
                f"{broken} Agree a later day with whoever it is for, or take days from {step}.",
            )
        )
    parts.append(say(Bold(f"The next letter to {due.audience}"), " is planned so:"))
    lines = [(f"{day_and_date(due.plan.begins(step))}: {words}",) for step, words in LINES.items()]
    return message(*parts, bullets(*lines))


def draft_it(
    due: LetterDue, silent: Sequence[ActionItem], directory: Directory, *, today: date
) -> Message:
    """It is time to draft, and who has given no update."""
    parts: list[Part] = [
        say(
            Bold(f"Please draft the letter to {due.audience}"),
            f": `draft-update {due.audience}`. It is to be with its clearers on "
            f"{day_and_date(due.plan.clear_on)} and to go on {day_and_date(due.plan.send_on)}.",
        )
    ]
    if silent:
        shown = [item_line(one, directory, today=today, zone=LONDON) for one in silent[:MOST]]
        more = f" (and {len(silent) - MOST} more)" if len(silent) > MOST else ""
        parts += [say(f"Asked for a last update, and silent since{more}:"), bullets(*shown)]
    return message(*parts)


def clear_it(due: LetterDue) -> Message:
    """When its clearers will have it."""
    return message(
        say(
            f"A letter to {due.audience} is being drafted. It comes to you to be cleared by ",
            Bold(day_and_date(due.plan.clear_on)),
            f", and is to go on {day_and_date(due.plan.send_on)}.",
        )
    )


def owe(
    session: Session,
    directory: Directory,
    due: LetterDue,
    said: Message,
    roles: Iterable[Role],
    what: str,
    *,
    now: datetime,
) -> None:
    """Tell everybody who holds one of these roles, each once."""
    today, group = now.astimezone(LONDON).date(), directory.group
    told = {person.id for role in roles for person in directory.holders(role, today)}
    for person_id in sorted(told):
        outgoing = Outgoing(
            key=f"letter-due:{due.id}:{what}:{person_id}",
            group_id=group.id,
            team_id=group.team_id,
            person_id=person_id,
            message=said,
            audience=Audience.MEMBERS,
            subject={"letter_due": due.id},
        )
        outbox.enqueue(session, outgoing, due_at=now, now=now)
