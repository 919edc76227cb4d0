"""Evidence: a claim of completion is one until somebody else has looked (rule 2)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.domain.errors import UserError
from bot.domain.forms import Field, FieldError, Form
from bot.domain.messages import Bold, Button, Buttons, Link, Message, Part, Span, message, say
from bot.domain.people import Role
from bot.domain.register import ActionItem, Delivery
from bot.domain.text import GuardedText
from bot.services import intake, waits
from bot.services.answering import may_change, tell
from bot.services.intake import Arrival, Desk
from bot.services.keeping import recorded
from storage import evidence as rows
from storage import histories, items, waiting
from storage.database import Database


def owe(desk: Desk, item: ActionItem) -> None:
    """A claim has been made: its owner owes evidence, or somebody else a look at what is held."""
    history = histories.of_item(desk.session, item.id)
    if history.evidence_verified is not None:
        return
    unjudged = [e for e in history.evidence if e.holds is None]
    if unjudged:
        last = unjudged[-1]
        _ask_to_verify(desk, item, last.id, last.title, last.url, given_by=last.by_id)
        return
    want(
        desk,
        item,
        say(
            "Thank you. What shows that ",
            Bold(f"{item.ref} {item.title}"),
            " is complete? A link is enough. Until somebody else has looked at it, letters "
            "can only say that it is reported complete.",
        ),
    )


def want(desk: Desk, item: ActionItem, *parts: Part) -> bool:
    """Ask the owner, or their cover, for a link, on the evidence ladder; once at a time."""
    if waiting.unsettled(desk.session, desk.group.id, kind="evidence", subject_id=item.id):
        return False
    waits.open_wait(
        desk.session,
        desk.directory,
        kind="evidence",
        subject_id=item.id,
        item_id=item.id,
        person_id=desk.directory.acting_owner(item.owner_id, desk.today).id,
        message=message(*parts, Buttons((add_button(item),))),
        subject={"items": [item.id]},
        now=desk.now,
    )
    return True


def add_button(item: ActionItem) -> Button:
    """The button that opens the form for a link."""
    value = json.dumps({"item": item.id, "v": item.version})
    return Button(label="Add evidence", action="evidence.add", value=value)


def reconsider(desk: Desk, item: ActionItem) -> None:
    """A claim was taken back: nothing is owed for it any more."""
    if item.delivery is Delivery.COMPLETE:
        return
    history = histories.of_item(desk.session, item.id)
    owed = [("evidence", item.id), *(("verification", e.id) for e in history.evidence)]
    for kind, subject in owed:
        waits.settle(
            desk.session,
            desk.directory,
            kind=kind,
            subject_id=subject,
            by_id=desk.person.id,
            outcome="the claim was taken back",
            now=desk.now,
        )


def form(database: Database, arrival: Arrival, value: Mapping[str, Any], *, now: datetime) -> Form:
    """The form that asks for a link and its title."""
    with intake.reading(database, arrival, now=now) as desk:
        item = items.get(desk.session, int(value["item"]))
        _their_own(desk, item)
        return Form(
            callback="evidence.add",
            title="Evidence",
            submit="Add",
            private={"item": item.id, "v": item.version},
            intro=(say("What shows that ", Bold(f"{item.ref} {item.title}"), " is complete?"),),
            fields=(
                Field(name="link", label="Link", hint="https://… to the page or document"),
                Field(name="title", label="What it is", hint="The title of the document"),
            ),
        )


def _their_own(desk: Desk, item: ActionItem) -> None:
    if item.group_id != desk.group.id or not may_change(desk, item):
        raise UserError("Only its owner, their cover or the secretariat can add evidence to it.")


def add(
    database: Database,
    arrival: Arrival,
    *,
    item_id: int,
    link: GuardedText,
    title: GuardedText,
    now: datetime,
) -> None:
    """Attach a link to an item and ask somebody else to look at it."""
    if not link.text.strip().lower().startswith(("https://", "http://")):
        raise FieldError("link", "Give the whole address, starting with https://.")
    with intake.once(database, arrival, now=now) as desk:
        if desk is None:
            return
        item = items.lock(desk.session, item_id)
        _their_own(desk, item)
        attach(desk, item, url=link.text.strip(), title=title.text.strip())
        added = f"evidence added: {title.text.strip() or link.text.strip()}"
        recorded.tell_owner(
            desk.session,
            desk.directory,
            item.owner_id,
            [recorded.Recorded(item=item, said=added)],
            by=desk.person,
            now=now,
            key=arrival.key,
        )
        tell(
            desk,
            message(
                say(
                    "Thank you. I have kept that for ",
                    Bold(f"{item.ref} {item.title}"),
                    " and asked somebody other than its owner to look at it.",
                )
            ),
            subject={"items": [item.id]},
        )


def attach(desk: Desk, item: ActionItem, *, url: str, title: str) -> int:
    """Keep the evidence; where completion is claimed, somebody else is asked to verify it."""
    number = rows.add(
        desk.session,
        group_id=desk.group.id,
        item_id=item.id,
        title=title or url,
        url=url,
        by_id=desk.person.id,
        now=desk.now,
    )
    waits.settle(
        desk.session,
        desk.directory,
        kind="evidence",
        subject_id=item.id,
        by_id=desk.person.id,
        outcome="evidence was added",
        now=desk.now,
    )
    if item.delivery is Delivery.COMPLETE:
        _ask_to_verify(desk, item, number, title or url, url, given_by=desk.person.id)
    desk.audited("evidence added", f"item:{item.id}", evidence=number)
    return number


def _ask_to_verify(
    desk: Desk,
    item: ActionItem,
    evidence_id: int,
    title: str,
    url: str | None,
    *,
    given_by: int | None,
) -> None:
    """Somebody else is asked to look, once for each piece of evidence."""
    found = waiting.unsettled(
        desk.session, desk.group.id, kind="verification", subject_id=evidence_id
    )
    if found:
        return
    waits.open_wait(
        desk.session,
        desk.directory,
        kind="verification",
        subject_id=evidence_id,
        item_id=item.id,
        role=judge_of(desk, item, given_by),
        message=_does_it_show(desk, item, evidence_id, Link(title, url) if url else Bold(title)),
        subject={"items": [item.id]},
        now=desk.now,
    )


def _does_it_show(desk: Desk, item: ActionItem, evidence_id: int, shown: Span) -> Message:
    value = json.dumps({"evidence": evidence_id})
    return message(
        say(
            Bold(desk.directory.people[item.owner_id].label),
            " reports ",
            Bold(f"{item.ref} {item.title}"),
            " complete, and gives this as evidence: ",
            shown,
            ". Does it show that?",
        ),
        Buttons(
            (
                Button(label="It shows it", action="evidence.verify", value=value, style="primary"),
                Button(label="It does not", action="evidence.reject", value=value),
            )
        ),
    )


def judge_of(desk: Desk, item: ActionItem, given_by: int | None) -> Role:
    """Rule 5: the secretariat; the chair for what it owns or gave; then the deputy chair."""
    interested = {item.owner_id, given_by}
    for role in (Role.SECRETARIAT, Role.CHAIR):
        if not any(p.id in interested for p in desk.directory.holders(role, desk.today)):
            return role
    return Role.DEPUTY_CHAIR
