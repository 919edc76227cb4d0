"""Evidence: a claim of completion is one until somebody else has looked (rule 2)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.domain.errors import UserError
from bot.domain.forms import Field, FieldError, Form
from bot.domain.messages import Bold, Button, Buttons, Link, Span, message, say
from bot.domain.outgoing import Outgoing
from bot.domain.people import Role
from bot.domain.register import ActionItem, Delivery
from bot.domain.text import GuardedText
from bot.services import intake, planning, waits
from bot.services.answering import may_change, tell
from bot.services.intake import Arrival, Desk
from storage import audit, histories, items, outbox
from storage import evidence as rows
from storage.database import Database


def owe(desk: Desk, item: ActionItem) -> None:
    """A claim has been made: its owner owes evidence, or somebody else a look at what is held."""
    history = histories.of_item(desk.session, item.id)
    if history.evidence_verified is not None:
        return
    unjudged = [e for e in history.evidence if e.holds is None]
    if unjudged:
        _ask_to_verify(desk, item, unjudged[-1].id, unjudged[-1].title, unjudged[-1].url)
        return
    waits.open_wait(
        desk.session,
        desk.directory,
        kind="evidence",
        subject_id=item.id,
        item_id=item.id,
        person_id=desk.directory.acting_owner(item.owner_id, desk.today).id,
        message=message(
            say(
                "Thank you. What shows that ",
                Bold(f"{item.ref} {item.title}"),
                " is complete? A link is enough. Until somebody else has looked at it, letters "
                "can only say that it is reported complete.",
            ),
            Buttons((add_button(item),)),
        ),
        subject={"items": [item.id]},
        now=desk.now,
    )


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
        _ask_to_verify(desk, item, number, title or url, url)
    audit.record(
        desk.session,
        "evidence added",
        f"item:{item.id}",
        group_id=desk.group.id,
        by_id=desk.person.id,
        now=desk.now,
        evidence=number,
    )
    return number


def _ask_to_verify(
    desk: Desk, item: ActionItem, evidence_id: int, title: str, url: str | None
) -> None:
    """Nobody verifies what they own: the chair looks at what the secretariat owns."""
    owner = desk.directory.people[item.owner_id]
    value = json.dumps({"evidence": evidence_id})
    shown: Span = Link(title, url) if url else Bold(title)
    waits.open_wait(
        desk.session,
        desk.directory,
        kind="verification",
        subject_id=evidence_id,
        item_id=item.id,
        role=judge_of(desk, item),
        message=message(
            say(
                Bold(owner.label),
                " reports ",
                Bold(f"{item.ref} {item.title}"),
                " complete, and gives this as evidence: ",
                shown,
                ". Does it show that?",
            ),
            Buttons(
                (
                    Button(
                        label="It shows it", action="evidence.verify", value=value, style="primary"
                    ),
                    Button(label="It does not", action="evidence.reject", value=value),
                )
            ),
        ),
        subject={"items": [item.id]},
        now=desk.now,
    )


def judge_of(desk: Desk, item: ActionItem) -> Role:
    """Rule 5: the secretariat, but the chair for what the secretariat owns."""
    if desk.directory.has_role(item.owner_id, Role.SECRETARIAT, on=desk.today):
        return Role.CHAIR
    return Role.SECRETARIAT


def judge(
    database: Database,
    arrival: Arrival,
    *,
    evidence_id: int,
    holds: bool,
    reason: GuardedText | None = None,
    now: datetime,
) -> None:
    """Somebody other than the owner says whether the evidence shows completion."""
    with intake.once(database, arrival, now=now) as desk:
        if desk is None:
            return
        held = rows.get(desk.session, evidence_id)
        if held is None or held.group_id != desk.group.id:
            raise UserError("There is no such evidence.")
        item = items.lock(desk.session, held.item_id)
        if desk.person.id in {item.owner_id, held.by_id} or not desk.is_a(
            Role.SECRETARIAT, Role.CHAIR, Role.DEPUTY_CHAIR
        ):
            raise UserError(
                "Evidence is verified by the secretariat or a chair, and never by the item's "
                "owner or whoever gave it."
            )
        if held.judged:
            raise UserError("That evidence has been looked at already.")
        rows.judge(
            desk.session,
            held,
            holds=holds,
            reason=reason.text if reason else "",
            by_id=desk.person.id,
            now=now,
        )
        item = items.refresh(desk.session, item.id)
        planning.replan(desk.session, desk.directory, item, now=now, fresh=False)
        _settle(desk, item, evidence_id, holds=holds)


def _settle(desk: Desk, item: ActionItem, evidence_id: int, *, holds: bool) -> None:
    found = "shows completion" if holds else "does not show completion"
    waits.settle(
        desk.session,
        desk.directory,
        kind="verification",
        subject_id=evidence_id,
        by_id=desk.person.id,
        outcome=f"the evidence {found}",
        now=desk.now,
    )
    answer = (
        " is verified complete. Thank you: I will not ask about it again."
        if holds
        else ": the evidence was looked at and does not show completion yet. What else is there?"
    )
    outbox.enqueue(
        desk.session,
        Outgoing(
            key=f"verified:{evidence_id}",
            group_id=desk.group.id,
            team_id=desk.group.team_id,
            person_id=item.owner_id,
            message=message(
                say(Bold(f"{item.ref} {item.title}"), answer),
                *(() if holds else (Buttons((add_button(item),)),)),
            ),
            subject={"items": [item.id]},
        ),
        due_at=desk.now,
        now=desk.now,
    )
    audit.record(
        desk.session,
        "evidence verified" if holds else "evidence refused",
        f"item:{item.id}",
        group_id=desk.group.id,
        by_id=desk.person.id,
        now=desk.now,
        evidence=evidence_id,
    )
