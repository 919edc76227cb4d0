"""What is said when somebody's work goes to somebody else."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date

from bot.domain.forms import Field, FieldKind, Form
from bot.domain.messages import Bold, Button, Buttons, Message, Note, Part, bullets, message
from bot.domain.messages import say as text
from bot.domain.people import Directory, Person, Role
from bot.domain.register import ActionItem
from bot.services import introductions, say
from bot.services.newcomers import MEMBER

ITEMS, ROLES = "items", "roles"
MOST = 100
"""Slack: what one menu offers."""
SHOWN = 12
"""Items with buttons of their own."""


def form(
    directory: Directory,
    giver: Person,
    taker: Person | None,
    owned: Sequence[ActionItem],
    *,
    today: date,
    unknown: str = "",
) -> Form:
    """To whom, with or without roles, from which day."""
    others = sorted((p for p in directory.people.values() if p.id != giver.id), key=_name)
    return Form(
        callback="handover.do",
        title="Hand over",
        submit="Hand over",
        private={"from": giver.id},
        intro=(
            text(
                "What ",
                Bold(giver.label),
                f" has: {say.counted(len(owned), 'open action item')}"
                f"{refs([item.ref for item in owned])}. Items, supporters’ seats, cover for "
                "others and what waits on them go over; what they said stays theirs.",
            ),
        ),
        fields=(
            Field(
                name="to",
                label="To whom",
                kind=FieldKind.CHOICE,
                value=str(taker.id) if taker else None,
                optional=True,
                choices=tuple((str(p.id), p.label) for p in others[:MOST]),
                hint="They are asked to accept each item, and start at the first reminder.",
            ),
            *_new(directory, unknown, today),
            *_more(today),
        ),
    )


def _more(today: date) -> tuple[Field, ...]:
    """Whether roles go over too and when, and why."""
    return (
        Field(
            name="what",
            label="Roles",
            kind=FieldKind.CHOICE,
            value=ITEMS,
            choices=(
                (ITEMS, "Roles stay with them"),
                (ROLES, "Roles go over too (secretariat, chair, signatory, clearer)"),
            ),
        ),
        Field(
            name="from_on",
            label="Roles go over on",
            kind=FieldKind.DAY,
            value=today.isoformat(),
        ),
        Field(name="reason", label="Why", kind=FieldKind.LINES, optional=True),
    )


def _new(directory: Directory, unknown: str, today: date) -> tuple[Field, ...]:
    """Somebody who is not on the register yet."""
    is_id = MEMBER.match(unknown) is not None
    bodies = sorted(
        (directory.body_name(number, today).short, number)
        for number in directory.body_keys.values()
    )
    return (
        Field(
            name="new_name",
            label="Or somebody new: their name",
            value=None if is_id else unknown or None,
            optional=True,
        ),
        Field(
            name="new_body",
            label="The body they work for",
            kind=FieldKind.CHOICE,
            optional=True,
            choices=tuple((str(number), short) for short, number in bodies[:MOST]),
        ),
        Field(
            name="new_account",
            label="Their Slack member id",
            value=unknown if is_id else None,
            hint="From their profile; T012AB3CD:U012AB3CD where they are of another workspace.",
            optional=True,
        ),
    )


def _name(person: Person) -> str:
    return person.name


def refs(found: Sequence[str]) -> str:
    """` (A-01 and A-02)`, or nothing."""
    shown = list(found[:20])
    more = f" and {len(found) - len(shown)} more" if len(found) > len(shown) else ""
    return f" ({say.listed(shown)}{more})" if shown else ""


def ask(by: Person, giver: Person, moved: Sequence[ActionItem]) -> Message:
    """All that came over, to be accepted at once or one by one."""
    parts: list[Part] = [
        text(
            Bold(by.label),
            f" has handed over to you what {giver.label} had: "
            f"{say.counted(len(moved), 'action item')}.",
        )
    ]
    for item in moved[:SHOWN]:
        parts += [text(*_line(item), ". Is this yours?"), introductions.yours(item)]
    if rest := moved[SHOWN:]:
        parts.append(text("And these; say in words if one is not yours:"))
        parts.append(bullets(*(_line(item) for item in rest)))
    parts += introductions.all_yours(moved)
    parts.append(Note("I remind you of each from its first reminder on, as of today."))
    return Message(parts=tuple(parts))


def _line(item: ActionItem) -> tuple[str | Bold, ...]:
    return Bold(item.ref), f" {say.shortened(item.title)}, {say.due(item.due)}"


def done(
    giver: Person,
    taker: Person,
    moved: Sequence[ActionItem],
    supported: Sequence[ActionItem],
    covered: Sequence[int],
    roles: Sequence[Role],
    waited: int,
) -> Message:
    """What went over, for whoever did it."""
    lines = [f"{say.counted(len(moved), 'action item')}{refs([i.ref for i in moved])}"]
    if supported:
        lines.append(f"support of {say.listed(item.ref for item in supported)}")
    if covered:
        lines.append(f"cover for {say.counted(len(covered), 'person', 'people')}")
    if waited:
        lines.append(f"{say.counted(waited, 'thing')} that waited on them")
    if roles:
        lines.append(f"the roles: {say.listed(r.value.replace('_', ' ') for r in roles)}")
    asked = "have been asked to accept the items" if moved else "have been told"
    if moved and not taker.accounts:
        asked = "have no account: what they are asked is yours to send by e-mail"
    return message(
        text(Bold(giver.label), " to ", Bold(taker.label), ": handed over."),
        bullets(*lines),
        text(f"They {asked}."),
    )


def offered(giver: Person, taker: Person | None = None) -> Buttons:
    """The way to it, for the secretariat."""
    to = {"to": taker.id} if taker else {}
    value = json.dumps({"from": giver.id, **to}, separators=(",", ":"))
    label = say.shortened(f"Hand over what {giver.name} has", 70)
    return Buttons((Button(label=label, action="handover.open", value=value),))


def wished(giver: Person, taker: Person | None) -> Message:
    """Somebody asks the secretariat to hand over what is theirs."""
    to = f" to {taker.label}" if taker else ""
    return message(
        text(
            Bold(giver.label),
            f" asks you to hand over what they have{to}. Until you do, ",
            "nothing changes.",
        ),
        offered(giver, taker),
    )


def came_over(giver: Person, original: Message) -> Message:
    """What waited on somebody else until now."""
    return message(text(f"This waited on {giver.label}, and now comes to you:"), *original.parts)
