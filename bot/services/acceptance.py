"""Whether an item is somebody's: accepted by its owner, or settled by the secretariat."""

from __future__ import annotations

from bot.domain.messages import Bold, message, say
from bot.domain.people import Role
from bot.domain.register import ActionItem
from bot.services import waits
from bot.services.answering import tell
from bot.services.intake import Desk
from storage import audit, items


def accept(desk: Desk, item: ActionItem) -> None:
    """The owner says the item is theirs."""
    items.accept(desk.session, item, by_id=desk.person.id, now=desk.now)
    waits.settle(
        desk.session,
        desk.directory,
        kind="acceptance",
        subject_id=item.id,
        by_id=desk.person.id,
        outcome="accepted",
        now=desk.now,
    )
    tell(
        desk,
        message(say("Thank you: ", Bold(f"{item.ref} {item.title}"), " is yours.")),
        subject={"items": [item.id]},
    )
    audit.record(
        desk.session,
        "accepted",
        f"item:{item.id}",
        group_id=desk.group.id,
        by_id=desk.person.id,
        now=desk.now,
    )


def decline(desk: Desk, item: ActionItem) -> None:
    """The owner says it is not theirs: the secretariat settles it; nothing changes meanwhile."""
    waits.settle(
        desk.session,
        desk.directory,
        kind="acceptance",
        subject_id=item.id,
        by_id=desk.person.id,
        outcome="declined",
        now=desk.now,
    )
    _put(desk, item)
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
    audit.record(
        desk.session,
        "disowned",
        f"item:{item.id}",
        group_id=desk.group.id,
        by_id=desk.person.id,
        now=desk.now,
    )


def _put(desk: Desk, item: ActionItem) -> None:
    waits.open_wait(
        desk.session,
        desk.directory,
        kind="ownership",
        subject_id=item.id,
        item_id=item.id,
        role=Role.SECRETARIAT,
        message=message(
            say(
                Bold(desk.person.label),
                " says that ",
                Bold(f"{item.ref} {item.title}"),
                " is not theirs. It stays with them, and they are still reminded, until you "
                "give it to somebody else.",
            )
        ),
        subject={"items": [item.id]},
        now=desk.now,
    )
