"""Verifying: somebody other than the owner says whether evidence shows completion (rule 2)."""

from __future__ import annotations

from datetime import datetime

from bot.domain.errors import UserError
from bot.domain.forms import Field, FieldError, FieldKind, Form
from bot.domain.messages import Bold, Part, Quote, message, say
from bot.domain.outgoing import Outgoing
from bot.domain.people import Role
from bot.domain.register import ActionItem, Delivery
from bot.domain.text import GuardedText
from bot.services import evidence, intake, planning, waits
from bot.services.intake import Arrival, Desk
from storage import evidence as rows
from storage import items, outbox
from storage.database import Database

JUDGES = (Role.SECRETARIAT, Role.CHAIR, Role.DEPUTY_CHAIR)


def reason_form(database: Database, arrival: Arrival, *, evidence_id: int, now: datetime) -> Form:
    """What is asked of whoever finds that evidence does not show completion.

    Raises UserError for whoever may not judge it, and where somebody has.
    """
    with intake.reading(database, arrival, now=now) as desk:
        held = _known(desk, rows.look(desk.session, evidence_id))
        _may_judge(desk, items.get(desk.session, held.item_id), held)
        return Form(
            callback="evidence.reject",
            title="What is missing",
            submit="Tell the owner",
            fields=(
                Field(
                    name="reason",
                    label="What does the evidence not show?",
                    kind=FieldKind.LINES,
                    hint="The owner reads this, and is asked for more evidence.",
                ),
            ),
            private={"evidence": evidence_id},
        )


def judge(
    database: Database,
    arrival: Arrival,
    *,
    evidence_id: int,
    holds: bool,
    reason: GuardedText | None = None,
    now: datetime,
) -> None:
    """Somebody other than the owner says whether the evidence shows completion.

    Raises FieldError where it does not and nothing says why.
    """
    if not holds and not reason:
        raise FieldError("reason", "Say what is missing, so that the owner can mend it.")
    with intake.once(database, arrival, now=now) as desk:
        if desk is None:
            return
        held = _known(desk, rows.get(desk.session, evidence_id))
        item = items.lock(desk.session, held.item_id)
        _may_judge(desk, item, held)
        said = reason.text.strip() if reason else ""
        rows.judge(desk.session, held, holds=holds, reason=said, by_id=desk.person.id, now=now)
        item = items.refresh(desk.session, item.id)
        planning.replan(desk.session, desk.directory, item, now=now, fresh=False)
        _settle(desk, item, evidence_id, holds=holds)
        _tell_owner(desk, item, evidence_id, holds=holds, reason=said)


def _known(desk: Desk, held: rows.Held | None) -> rows.Held:
    if held is None or held.group_id != desk.group.id:
        raise UserError("There is no such evidence.")
    return held


def _may_judge(desk: Desk, item: ActionItem, held: rows.Held) -> None:
    """Rule 5: whom `evidence.judge_of` names, or who stands above them; never the owner."""
    first = JUDGES.index(evidence.judge_of(desk, item, held.by_id))
    if desk.person.id in {item.owner_id, held.by_id} or not desk.is_a(*JUDGES[first:]):
        raise UserError(
            "Evidence is verified by the secretariat, or by a chair where the secretariat owns "
            "the item or gave the evidence, and never by the item's owner or whoever gave it."
        )
    if held.judged:
        raise UserError("That evidence has been looked at already.")


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
    desk.audited(
        "evidence verified" if holds else "evidence refused",
        f"item:{item.id}",
        evidence=evidence_id,
    )


def _tell_owner(
    desk: Desk, item: ActionItem, evidence_id: int, *, holds: bool, reason: str
) -> None:
    """The word back; a claim whose evidence was refused owes evidence again."""
    answer = (
        " is verified complete. Thank you: I will not ask about it again."
        if item.verified
        else ": the evidence was looked at and shows completion."
        if holds
        else ": the evidence was looked at and does not show completion yet. What else is there?"
    )
    parts: list[Part] = [say(Bold(f"{item.ref} {item.title}"), answer)]
    if reason:
        parts.append(Quote(reason))
    claimed = not holds and item.delivery is Delivery.COMPLETE
    if claimed and evidence.want(desk, item, *parts):
        return
    outbox.enqueue(
        desk.session,
        Outgoing(
            key=f"verified:{evidence_id}",
            group_id=desk.group.id,
            team_id=desk.group.team_id,
            person_id=item.owner_id,
            message=message(*parts),
            subject={"items": [item.id]},
        ),
        due_at=desk.now,
        now=desk.now,
    )
