"""What a keeper typed or chose, as people, dates and references; the unclear is asked back."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, time

from bot.domain.deadlines import NO_DEADLINE, Deadline, Kind
from bot.domain.errors import UserError
from bot.domain.forms import FieldError
from bot.domain.people import LONDON, Person, Role
from bot.domain.register import ActionItem
from bot.services import date_changes, finding, say
from bot.services.answering import may_change
from bot.services.intake import Desk
from bot.services.keeping.linking import COMMITMENT, RECOMMENDATION, WAITS_ON
from storage import commitments, items

Link = tuple[str, int]
SEPARATOR = re.compile(r"\s*[,;\n]\s*|\s+and\s+")
MOST_NAMES = 5
KEEPERS = "Only the group's secretariat adds action items, gives them away or rewords them."


def secretariat(desk: Desk) -> None:
    """UserError for anybody but the secretariat."""
    if not desk.is_a(Role.SECRETARIAT):
        raise UserError(KEEPERS)


def keeper(desk: Desk, item: ActionItem) -> None:
    """Rule 5: the secretariat, for what is somebody else's; the chair, for what it owns."""
    if desk.person.id == item.owner_id and desk.is_a(Role.SECRETARIAT):
        raise UserError(
            f"You own {item.ref}, and nobody decides what they own: somebody else of the "
            "secretariat, or the chair, can do it."
        )
    if desk.person.id == item.owner_id or not gives(desk, item):
        raise UserError(KEEPERS)


def gives(desk: Desk, item: ActionItem) -> bool:
    """Whether they may give it away: who keeps it, and the secretariat what is its own.

    Nothing is decided by that: a new owner has yet to accept, what they own somebody else judges,
    and nobody judges evidence that they gave or a date that they asked for.
    """
    of_secretariat = desk.directory.has_role(item.owner_id, Role.SECRETARIAT, on=desk.today)
    chairs = (Role.CHAIR, Role.DEPUTY_CHAIR) if of_secretariat else ()
    return desk.is_a(Role.SECRETARIAT, *chairs)


def giver(desk: Desk, item: ActionItem) -> None:
    """UserError for whoever may not give it away."""
    if not gives(desk, item):
        raise UserError(KEEPERS)


def changer(desk: Desk, item: ActionItem) -> None:
    """Rule 5: the owner, their cover or the secretariat."""
    if not may_change(desk, item):
        owner = desk.directory.people[item.owner_id].label
        raise UserError(f"Only {owner}, their cover or the secretariat can change {item.ref}.")


def found(desk: Desk, ref: str) -> ActionItem:
    """The item with this reference. UserError where there is none."""
    for form in finding.references(ref):
        item = items.by_ref(desk.session, desk.group.id, form)
        if item is not None:
            return item
    raise UserError(f"There is no action item {ref.strip()} here: `status all` lists them.")


def person(desk: Desk, text: str, *, field: str) -> Person:
    """The one person whom these words name, or whose number was chosen."""
    typed = text.strip().removeprefix("@").strip()
    if typed.isdigit() and int(typed) in desk.directory.people:
        return desk.directory.people[int(typed)]
    people = finding.people(desk.directory, f"<@{typed}>") or finding.people(desk.directory, typed)
    if len(people) == 1:
        return people[0]
    if not people:
        raise FieldError(
            field,
            f"I know nobody called “{say.shortened(typed, 60)}” in this group: give the name as "
            "the register has it, or have them added first.",
        )
    names = " or ".join(who.label for who in people[:MOST_NAMES])
    raise FieldError(field, f"Which do you mean: {names}? Give the whole name.")


def persons(desk: Desk, text: str, *, field: str) -> list[int]:
    """Everybody whom a list names."""
    names = [name for name in SEPARATOR.split(text.strip()) if name]
    return [person(desk, name, field=field).id for name in names]


def due(desk: Desk, text: str, item: ActionItem | None = None, *, field: str) -> Deadline:
    """The Deadline that words name; no words, no deadline. An open one is asked back."""
    if not text.strip():
        return NO_DEADLINE
    read = date_changes.read_date(desk, text.strip(), item)
    if read.latest is None or read.kind in {Kind.OPEN, Kind.NONE}:
        question = read.question or "Which day do you mean? For example: by 30 September."
        raise FieldError(field, question)
    return read


def answered(desk: Desk, text: str, *, field: str) -> list[Link]:
    """The recommendations and promises of a list of references."""
    named = [ref for ref in SEPARATOR.split(text.strip()) if ref]
    if not named:
        return []
    promised = {
        p.ref.upper(): (COMMITMENT, p.id) for p in commitments.of_group(desk.session, desk.group.id)
    }
    asked = {
        r.ref.upper(): (RECOMMENDATION, r.id)
        for r in commitments.recommendations(desk.session, desk.group.id)
    }
    return [_link(ref, {**asked, **promised}, field) for ref in named]


def _link(ref: str, known: dict[str, Link], field: str) -> Link:
    forms = [ref.upper(), *(form.upper() for form in finding.references(ref))]
    for form in forms:
        if form in known:
            return known[form]
    raise FieldError(
        field,
        f"There is no recommendation or promise “{say.shortened(ref, 40)}” on the register: "
        "give its reference, for example R-1 or C-1.",
    )


def blockers(desk: Desk, text: str, *, field: str) -> list[Link]:
    """The items of a list of references."""
    named = [ref for ref in SEPARATOR.split(text.strip()) if ref]
    try:
        return [(WAITS_ON, found(desk, ref).id) for ref in named]
    except UserError as error:
        raise FieldError(field, str(error)) from error


def said_at(desk: Desk, on: date, *, field: str) -> datetime:
    """When something was said, from its day; now where that is today. Never in the future."""
    if on > desk.today:
        raise FieldError(field, "That day has not come yet: give the day on which it was said.")
    if on == desk.today:
        return desk.now
    return datetime.combine(on, time(12), tzinfo=LONDON)


def link_of(text: str, *, field: str) -> str:
    """A whole address, or nothing."""
    typed = text.strip()
    if typed and not typed.lower().startswith(("https://", "http://")):
        raise FieldError(field, "Give the whole address, starting with https://.")
    return typed


def refs(links: Sequence[tuple[str, int, str]], *kinds: str) -> str:
    """The references of these links, as they are typed."""
    return ", ".join(ref for kind, _number, ref in links if kind in kinds)
