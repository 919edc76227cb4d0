"""Words that change nothing: kept, and put to whoever they are about (rule 5)."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.messages import Bold, Note, Quote, message, say
from bot.domain.outgoing import Outgoing
from bot.domain.register import ActionItem
from bot.domain.text import GuardedText
from bot.services.answering import may_change, tell
from bot.services.intake import Desk
from storage import outbox, words
from storage import updates as rows


def on_others(
    desk: Desk, said: GuardedText, named: Sequence[ActionItem], asked: Sequence[ActionItem]
) -> bool:
    """Words about somebody else's item change nothing: kept, and put to its owner (rule 5).

    Whether there were any such words.
    """
    theirs = {item.id for item in asked}
    others = [item for item in named if item.id not in theirs and not may_change(desk, item)]
    for item in others:
        kept = words.keep(desk.session, said, group_id=desk.group.id)
        rows.remark(
            desk.session,
            kept,
            group_id=desk.group.id,
            item_id=item.id,
            by_id=desk.person.id,
            now=desk.now,
        )
        _put_to_owner(desk, item, said)
        tell(
            desk,
            message(
                say(
                    Bold(f"{item.ref} {item.title}"),
                    " is not yours to change: I have kept your words as a remark and put them "
                    "to its owner.",
                )
            ),
            subject={"items": []},
            suffix=f":remark:{item.id}",
        )
        desk.audited("remarked", f"item:{item.id}", words=kept)
    return bool(others)


def _put_to_owner(desk: Desk, item: ActionItem, said: GuardedText) -> None:
    owner = desk.directory.acting_owner(item.owner_id, desk.today)
    outbox.enqueue(
        desk.session,
        Outgoing(
            key=f"remark:{desk.arrival.key}:{item.id}",
            group_id=desk.group.id,
            team_id=desk.group.team_id,
            person_id=owner.id,
            message=message(
                say(
                    Bold(desk.person.label),
                    " says of your item ",
                    Bold(f"{item.ref} {item.title}"),
                    ":",
                ),
                Quote(said.text),
                say("It changes nothing unless you say so."),
            ),
            subject={"items": [item.id]},
        ),
        due_at=desk.now,
        now=desk.now,
    )


def keep(desk: Desk, said: GuardedText) -> None:
    kept = words.keep(desk.session, said, group_id=desk.group.id)
    named = desk.answered.subject.get("items", []) if desk.answered else []
    rows.remark(
        desk.session,
        kept,
        group_id=desk.group.id,
        item_id=int(named[0]) if len(named) == 1 else None,
        by_id=desk.person.id,
        now=desk.now,
    )
    desk.audited("remarked", f"person:{desk.person.id}", words=kept)


def pass_on(desk: Desk, said: GuardedText, to: int) -> None:
    """An owner answers the question of whoever decides their date."""
    keep(desk, said)
    outbox.enqueue(
        desk.session,
        Outgoing(
            key=f"passed:{desk.arrival.key}",
            group_id=desk.group.id,
            team_id=desk.group.team_id,
            person_id=to,
            message=message(
                say(Bold(desk.person.label), " answers:"),
                Quote(said.text),
                Note("The request still waits for you, with its buttons, further up."),
            ),
            subject={},
        ),
        due_at=desk.now,
        now=desk.now,
    )
    tell(desk, message(say("Thank you: I have passed that on.")), subject={})
