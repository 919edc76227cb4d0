"""Whether an item is somebody's: accepted by its owner, or settled by the secretariat."""

from __future__ import annotations

from bot.domain.messages import Bold, Part, message, say
from bot.domain.people import Role
from bot.domain.register import ActionItem
from bot.services import waits
from bot.services.answering import tell
from bot.services.intake import Desk
from storage import items


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
    desk.audited("accepted", f"item:{item.id}")


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
    settle_whose(
        desk,
        item,
        say(
            Bold(desk.person.label),
            " says that ",
            Bold(f"{item.ref} {item.title}"),
            " is not theirs. It stays with them, and they are still reminded, until you "
            "give it to somebody else.",
        ),
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
    desk.audited("disowned", f"item:{item.id}")


def settle_whose(desk: Desk, item: ActionItem, *parts: Part) -> None:
    """Put to the secretariat whose an item is; until they settle it nothing changes."""
    waits.open_wait(
        desk.session,
        desk.directory,
        kind="ownership",
        subject_id=item.id,
        item_id=item.id,
        role=Role.SECRETARIAT,
        message=message(*parts),
        subject={"items": [item.id]},
        now=desk.now,
    )
