"""Whether an item is somebody's: accepted by its owner, declined, settled by the secretariat."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.domain.errors import UserError
from bot.domain.forms import Field, FieldKind, Form
from bot.domain.messages import Bold, Part, Quote, message, say
from bot.domain.people import Role
from bot.domain.register import ActionItem
from bot.domain.text import GuardedText
from bot.services import intake, wait_words, waits
from bot.services.answering import fresh, may_change, retire, tell
from bot.services.intake import Arrival, Desk
from bot.services.say import listed
from storage import items, waiting, words
from storage.database import Database

OTHERS = "others"
REASONS = {
    OTHERS: "It is somebody else’s work",
    "left": "I have changed post, or am leaving",
    "never": "I did not agree to it",
    "unclear": "It is not clear what is asked of me",
    "other": "Another reason",
}
OWNERSHIP = "ownership"


def accept(desk: Desk, item: ActionItem) -> None:
    """The owner says the item is theirs, also where they had said that it was not."""
    _accepted(desk, item)
    tell(
        desk,
        message(say("Thank you: ", Bold(f"{item.ref} {item.title}"), " is yours.")),
        subject={"items": [item.id]},
    )
    desk.audited("accepted", f"item:{item.id}")


def accept_several(desk: Desk, found: Sequence[ActionItem]) -> None:
    """The same of several at once, with one word back."""
    for item in found:
        _accepted(desk, item)
    refs = listed(item.ref for item in found)
    verb = "is" if len(found) == 1 else "are"
    tell(
        desk,
        message(say("Thank you: ", Bold(refs), f" {verb} yours.")),
        subject={"items": [item.id for item in found]},
    )
    for item in found:
        desk.audited("accepted", f"item:{item.id}")


def _accepted(desk: Desk, item: ActionItem) -> None:
    items.accept(desk.session, item, by_id=desk.person.id, now=desk.now)
    for kind in ("acceptance", OWNERSHIP):
        _settle(desk, item, kind, "accepted")


def form(database: Database, arrival: Arrival, value: Mapping[str, Any], *, now: datetime) -> Form:
    """Why it is not theirs; UserError for whoever may not say so, or once they have."""
    with intake.reading(database, arrival, now=now) as desk:
        item = items.get(desk.session, int(value["item"]))
        if item.group_id != desk.group.id or not may_change(desk, item):
            raise UserError("Only its owner, their cover or the secretariat can say that.")
        _not_twice(desk, item)
        return Form(
            callback="owner.decline",
            title="Not mine",
            submit="Tell the secretariat",
            private={
                "item": item.id,
                "v": int(value["v"]),
                "place": [arrival.channel_id, arrival.answers_ts],
            },
            intro=(say(Bold(f"{item.ref} {item.title}"), ": why is it not yours?"),),
            fields=(
                Field(
                    name="why",
                    label="Reason",
                    kind=FieldKind.CHOICE,
                    value=OTHERS,
                    choices=tuple(REASONS.items()),
                ),
                Field(
                    name="words",
                    label="Anything else, such as whose it is",
                    kind=FieldKind.LINES,
                    optional=True,
                ),
            ),
        )


def declined(
    database: Database,
    arrival: Arrival,
    value: Mapping[str, Any],
    *,
    why: str,
    text: GuardedText,
    now: datetime,
) -> None:
    """The form was sent in: the secretariat settles whose it is, knowing why."""
    channel_id, answers_ts = value["place"]
    arrival = replace(arrival, channel_id=channel_id, answers_ts=answers_ts)
    with intake.once(database, arrival, now=now) as desk:
        if desk is None:
            return
        item = fresh(desk, value)
        _not_twice(desk, item)
        decline(desk, item, why=why if why in REASONS else None, text=text)
        retire(desk, item.id)


def decline(
    desk: Desk, item: ActionItem, *, why: str | None = None, text: GuardedText | None = None
) -> None:
    """The owner says it is not theirs: the secretariat settles it; nothing changes meanwhile."""
    _settle(desk, item, "acceptance", "declined")
    kept = words.keep(desk.session, text, group_id=desk.group.id) if text else None
    reason = f" Reason: {REASONS[why]}." if why else ""
    settle_whose(
        desk,
        item,
        say(
            Bold(desk.person.label),
            " says that ",
            Bold(f"{item.ref} {item.title}"),
            f" is not theirs.{reason} It stays with them, and they are still reminded, until you "
            "give it to somebody else.",
        ),
        *([Quote(text.text)] if text else []),
    )
    tell(
        desk,
        message(
            say(
                "I have told the secretariat that ",
                Bold(f"{item.ref} {item.title}"),
                " is not yours. They will settle whose it is.",
            )
        ),
        subject={"items": [item.id]},
    )
    desk.audited("disowned", f"item:{item.id}", words=kept, why=why)


def settle_whose(desk: Desk, item: ActionItem, *parts: Part) -> None:
    """Put to the secretariat whose an item is; until they settle it nothing changes."""
    said = wait_words.whose(message(*parts), item.id, item.owner_id)
    waits.open_wait(
        desk.session,
        desk.directory,
        kind=OWNERSHIP,
        subject_id=item.id,
        item_id=item.id,
        role=Role.SECRETARIAT,
        message=said,
        subject={"items": [item.id]},
        now=desk.now,
    )


def _not_twice(desk: Desk, item: ActionItem) -> None:
    if waiting.unsettled(desk.session, desk.group.id, kind=OWNERSHIP, subject_id=item.id):
        raise UserError(f"The secretariat has been told about {item.ref}, and settles whose it is.")


def _settle(desk: Desk, item: ActionItem, kind: str, outcome: str) -> None:
    waits.settle(
        desk.session,
        desk.directory,
        kind=kind,
        subject_id=item.id,
        by_id=desk.person.id,
        outcome=outcome,
        now=desk.now,
    )
