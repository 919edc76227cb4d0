"""Which ladder an item's reminders climb: chosen by the secretariat, by name."""

from __future__ import annotations

from bot.domain import shelves
from bot.domain.errors import UserError
from bot.domain.forms import FieldError
from bot.domain.ladders import Ladder
from bot.domain.messages import Bold, Note, Text
from bot.domain.messages import say as text
from bot.domain.register import ActionItem
from bot.domain.shelves import Shelf
from bot.services import planning, say
from bot.services.intake import Desk
from bot.services.keeping import doing, reading
from bot.services.keeping.recorded import Recorded
from storage import groups, items, ladders

OWN = "its own"
USUAL = ("", OWN, "usual", "the usual")
"""What stands for the ladder that the group uses for such an item."""


def shelf_of(desk: Desk) -> Shelf:
    """The ladders that this group can choose from."""
    return shelves.read(groups.policy(desk.session, desk.group.id))


def choices(desk: Desk, item: ActionItem) -> tuple[tuple[str, str], ...]:
    """Every ladder with its rungs, and leaving the choice to the group's policy."""
    shelf = shelf_of(desk)
    usual = shelf.used(public=ladders.answers_promise(desk.session, item.id))
    return (
        (OWN, f"As the group has it ({usual.name})"),
        *((one.name, say.shortened(f"{one.name}: {one.words}", 75)) for one in _each(shelf)),
    )


def _each(shelf: Shelf) -> list[Ladder]:
    return list(shelf.named.values())


def chosen(desk: Desk, item: ActionItem) -> str:
    """What was chosen for an item until now, as one of `choices`."""
    name = ladders.chosen(desk.session, item.id)
    return name if name is not None and name in shelf_of(desk).named else OWN


def choose(desk: Desk, item: ActionItem, name: str) -> Text:
    """Put an item on another ladder: entered, audited, told to its owner and planned anew."""
    reading.keeper(desk, item)
    wanted = _wanted(desk, name)
    title = Bold(f"{item.ref} {item.title}")
    if wanted == ladders.chosen(desk.session, item.id):
        return text("Nothing was different: ", title, f" {_stands(desk, item)}.")
    ladders.choose(desk.session, item, wanted, by_id=desk.person.id, now=desk.now)
    changed = items.refresh(desk.session, item.id)
    planning.reladder(desk.session, desk.directory, changed, now=desk.now)
    desk.audited("ladder chosen", f"item:{item.id}", ladder=wanted)
    said = _stands(desk, changed)
    doing.tell(desk, item.owner_id, [Recorded(item=changed, said=said)])
    return text("Done. ", title, f" {said}.")


def _wanted(desk: Desk, name: str) -> str | None:
    if name.strip().casefold() in USUAL:
        return None
    try:
        return shelf_of(desk).get(name).name
    except UserError as error:
        raise FieldError("ladder", str(error)) from error


def _stands(desk: Desk, item: ActionItem) -> str:
    ladder = planning.ladder_of(desk.session, item)
    return f"stands on the {ladder.name} ladder: its owner is asked {ladder.words}"


def shown(desk: Desk, item: ActionItem) -> Note:
    """Which ladder it stands on, for its card."""
    ladder = planning.ladder_of(desk.session, item)
    return Note(f"Reminders: the {ladder.name} ladder ({ladder.words}).")
