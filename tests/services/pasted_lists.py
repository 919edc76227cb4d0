"""What the secretary does with a pasted list, and what came of it, for tests."""

from __future__ import annotations

from collections.abc import Mapping

from sqlmodel import col, select

from bot.domain.forms import Form
from bot.domain.guard import guard
from bot.domain.register import ActionItem
from bot.domain.text import GuardedText
from bot.services.pasting import adding, checking
from storage import items
from storage.rows import OutboxRow
from tests.services.desks import FrontDesk

LIST = """Actions from the group's meeting of 15 August 2022
1. Priya Nair to publish the protocol by 30 September
2. Leo to write to the trusts, next week
3. RCR: review the audit template by 14 October
4. Jane Smith to send the vendor's figures – TBC
The group thanked everybody."""


def pasted_by_sam(desk: FrontDesk, text: str = LIST) -> int:
    """Sam pastes a list; its number."""
    desk.says_it(text, by="Sam")
    return desk.waits("pasted")[-1].subject_id


def form_of(desk: FrontDesk, list_id: int, *, by: str = "Sam") -> Form:
    return checking.form(desk.database, desk.arrives(by), list_id=list_id, now=desk.now)


def filled(form: Form, **changed: str) -> dict[str, GuardedText]:
    """The form as it was shown, with these fields changed (`owner_4` is the field `owner-4`)."""
    new = {name.replace("_", "-"): value for name, value in changed.items()}
    return {f.name: guard(new.get(f.name, f.value or "")) for f in form.fields}


def confirms(
    desk: FrontDesk, form: Form, entered: Mapping[str, GuardedText], *, by: str = "Sam"
) -> None:
    adding.confirm(
        desk.database,
        desk.arrives(by),
        list_id=form.private["list"],
        lines=form.private["lines"],
        entered=entered,
        now=desk.now,
    )
    desk.checks()


def register(desk: FrontDesk) -> list[ActionItem]:
    """What stands on the register beside the two items that were there."""
    with desk.database.snapshot() as session:
        found = items.listed(session, desk.group_id)
    return sorted((i for i in found if i.id not in (desk.a01, desk.a02)), key=lambda i: i.ref)


def field(form: Form, name: str) -> tuple[str | None, str | None]:
    """The value and the hint of a field."""
    found = next(f for f in form.fields if f.name == name)
    return found.value, found.hint


def answers(desk: FrontDesk) -> dict[str, str]:
    """What makes every proposal of the list clear."""
    return {
        "owner_5": str(desk.people["Priya"]),
        "which_5": checking.NO_DATE,
        "which_3": "0",
    }


def owed(desk: FrontDesk, first: str) -> list[str]:
    """Everything that somebody was sent, as text."""
    desk.deliver(desk.now)
    with desk.database.snapshot() as session:
        rows = session.exec(
            select(OutboxRow).where(
                col(OutboxRow.person_id) == desk.people[first], col(OutboxRow.kind) == "message"
            )
        ).all()
        return [str(row.payload) for row in rows]
