"""The form that shows what a pasted list was read as, with whatever must be asked."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime

from bot.domain.deadlines import Deadline, Kind
from bot.domain.errors import UserError
from bot.domain.forms import Field, FieldKind, Form
from bot.domain.messages import Bold, Note, Part, bullets, say
from bot.domain.pasted import Named, PastedList, ProposedAction
from bot.domain.people import Directory, Role
from bot.services import intake
from bot.services import say as wording
from bot.services.intake import Arrival, Desk
from bot.services.pasting import taking
from storage import items
from storage import pasted as lists
from storage.database import Database
from storage.pasted import Pasted

MOST = 20
MOST_BLOCKS = 90
MOST_OPTIONS = 2_000
"""Slack: a modal holds 100 blocks, and 250,000 characters in all."""
YES, NO_DATE, AS_READ = "yes", "none", "read"


def form(database: Database, arrival: Arrival, *, list_id: int, now: datetime) -> Form:
    """The next proposals of a list that nobody has settled. UserError where none is left."""
    with intake.reading(database, arrival, now=now) as desk:
        kept = of_desk(desk, lists.get(desk.session, list_id))
        found = taking.read(desk.session, desk, kept)
        left = taking.left_of(found, kept)
        if not left:
            raise UserError("Everything on that list has been settled already.")
        return _form(desk, kept, found, left)


def of_desk(desk: Desk, kept: Pasted | None) -> Pasted:
    """The list, if it is this group's and this person may add to the register."""
    if not desk.is_a(Role.SECRETARIAT):
        raise UserError("Only the secretariat adds to the register.")
    if kept is None or kept.group_id != desk.group.id:
        raise UserError("That list is not one of this group's: paste it again.")
    return kept


def same(action: ProposedAction, taken: Mapping[tuple[str, int], str]) -> str | None:
    """What on the register, or further up, has this title and this owner already."""
    if len(action.owner.people) != 1:
        return None
    return taken.get((plain(action.title), action.owner.people[0]))


def plain(title: str) -> str:
    """A title as titles are compared."""
    return " ".join(re.findall(r"\w+", title.casefold()))


def date_choices(action: ProposedAction) -> tuple[tuple[str, str], ...]:
    """The readings of words about a date that leave something open, and "no date yet"."""
    offered = [(str(n), each.words) for n, each in enumerate(action.due.candidates)]
    if not offered and action.due.kind not in (Kind.OPEN, Kind.NONE):
        offered = [(AS_READ, f"Its deadline: {wording.new_date(action.due)}")]
    return (*offered, (NO_DATE, "No date yet"))


def _form(desk: Desk, kept: Pasted, found: PastedList, left: list[ProposedAction]) -> Form:
    people = choices(desk.directory)
    taken = _taken(desk, found)
    shown: list[ProposedAction] = []
    fields: list[Field] = []
    most = max(1, min(MOST, MOST_OPTIONS // len(people)))
    for action in left[:most]:
        more = _fields(desk, action, people, same(action, taken), number=len(shown) + 1)
        if fields and len(fields) + len(more) > MOST_BLOCKS:
            break
        fields += more
        shown.append(action)
        if len(action.owner.people) == 1:
            key = (plain(action.title), action.owner.people[0])
            taken.setdefault(key, f"line {action.line}")
    return Form(
        callback="pasted.add",
        title="Check and add",
        submit="Add",
        private={
            "group": desk.group.key,
            "list": kept.id,
            "lines": [action.line for action in shown],
        },
        intro=_intro(found, len(shown), len(left)),
        fields=tuple(fields),
    )


def _intro(found: PastedList, shown: int, left: int) -> tuple[Part, ...]:
    parts: list[Part] = [
        say(
            Bold(wording.counted(shown, "action")),
            " to check. Untick what is not to be added; whatever is not clear asks you to choose.",
        )
    ]
    if left > shown:
        parts.append(say(f"{left - shown} more come after these."))
    if found.unread:
        parts.append(say(Bold("Lines in which I found no action:")))
        parts.append(bullets(*(wording.shortened(line.text, 300) for line in found.unread)))
    if found.headings:
        passed = "; ".join(wording.shortened(line.text, 80) for line in found.headings)
        parts.append(Note(f"Passed over as headings: {passed}"))
    return tuple(parts)


def _taken(desk: Desk, found: PastedList) -> dict[tuple[str, int], str]:
    owners = {a.owner.people[0] for a in found.actions if len(a.owner.people) == 1}
    held = items.owned(desk.session, sorted(owners)) if owners else []
    return {(plain(item.title), item.owner_id): item.ref for item in held}


def choices(directory: Directory) -> tuple[tuple[str, str], ...]:
    """Everybody in the group, by name."""
    people = sorted(directory.people.values(), key=lambda person: person.name)
    return tuple((str(person.id), person.label) for person in people)


def _fields(
    desk: Desk,
    action: ProposedAction,
    people: tuple[tuple[str, str], ...],
    twin: str | None,
    *,
    number: int,
) -> list[Field]:
    line = action.line
    fields = [
        Field(
            name=f"add-{line}",
            label=f"{number}. Line {line}",
            kind=FieldKind.TICK,
            choices=((YES, "Add this action"),),
            value=None if twin else YES,
            hint=_as_it_stood(action, twin),
            optional=True,
        ),
        Field(name=f"title-{line}", label="Title", value=action.title, optional=True),
        _owner(action, people),
        Field(
            name=f"due-{line}",
            label="Due, in words",
            value=action.due.words or None,
            hint=_said_back(action.due, desk.today),
            optional=True,
        ),
    ]
    if action.due_question:
        fields.append(_which(action))
    if action.supporters:
        fields.append(_supporters(action, people))
    return fields


def _which(action: ProposedAction) -> Field:
    return Field(
        name=f"which-{action.line}",
        label=action.due_question or "Which date is meant?",
        kind=FieldKind.CHOICE,
        choices=date_choices(action),
        optional=True,
    )


def _as_it_stood(action: ProposedAction, twin: str | None) -> str:
    stood = f"As pasted: {wording.shortened(action.source, 600)}"
    if twin is None:
        return stood
    return f"{twin} has this title and this owner already, so I have unticked it. {stood}"


def _owner(action: ProposedAction, people: tuple[tuple[str, str], ...]) -> Field:
    likely = [str(number) for number in action.owner.people]
    first = [each for each in people if each[0] in likely]
    rest = [each for each in people if each[0] not in likely]
    return Field(
        name=f"owner-{action.line}",
        label="Owner",
        kind=FieldKind.CHOICE,
        choices=(*first, *rest),
        value=likely[0] if len(likely) == 1 else None,
        hint=action.owner.question,
        optional=True,
    )


def _supporters(action: ProposedAction, people: tuple[tuple[str, str], ...]) -> Field:
    sure = [str(each.people[0]) for each in action.supporters if each.sure]
    asked = [_asked(each) for each in action.supporters if not each.sure]
    return Field(
        name=f"with-{action.line}",
        label="Supporters",
        kind=FieldKind.CHOICES,
        choices=people,
        value=",".join(dict.fromkeys(sure)) or None,
        hint=" ".join(asked) or None,
        optional=True,
    )


def _asked(named: Named) -> str:
    return f"“{named.words}” is named too: choose who that is, or leave them out."


def _said_back(due: Deadline, today: date) -> str:
    if due.kind is Kind.NONE:
        return "No date yet. For example: 30 September, or next meeting."
    if due.latest is None:
        return f"I read: {wording.due(due)}."
    past = " That day has passed." if due.latest < today else ""
    return f"I read: {wording.due(due)}.{past}"
