"""Deciding a new date: agreed, refused or asked back, by whom rule 4 names and nobody else."""

from __future__ import annotations

from datetime import date, datetime

from bot.domain.commitments import Commitment
from bot.domain.deadlines import long_date
from bot.domain.errors import UserError
from bot.domain.forms import Field, FieldError, FieldKind, Form
from bot.domain.messages import Bold, message, say
from bot.domain.outgoing import Outgoing
from bot.domain.people import Role
from bot.domain.register import ActionItem, DateChange, Decision
from bot.domain.text import GuardedText
from bot.services import drafting, intake, planning, promises, waits
from bot.services.date_wording import outcome_words
from bot.services.intake import Arrival, Desk
from storage import date_changes as rows
from storage import items, outbox
from storage.database import Database

DECISIONS: dict[str, tuple[Decision, bool]] = {
    "agree_now": (Decision.AGREED, True),
    "agree_next": (Decision.AGREED, False),
    "refuse": (Decision.REFUSED, False),
    "ask": (Decision.ASKED, False),
}
QUESTION = "date_question"


def reason_form(
    database: Database, arrival: Arrival, *, change_id: int, decision: str, now: datetime
) -> Form:
    """The form for a refusal's reason, or for the question to the owner.

    Raises UserError for whoever may not decide it.
    """
    with intake.reading(database, arrival, now=now) as desk:
        item = items.get(desk.session, _item_of(desk, change_id))
        change = rows.look(desk.session, change_id)
        if change is None or item.group_id != desk.group.id:
            raise UserError("There is no such request any more.")
        _may_decide(desk, item, change)
        refusing = decision == "refuse"
        return Form(
            callback=f"date.{decision}",
            title="Refuse the new date" if refusing else "Ask the owner",
            submit="Refuse" if refusing else "Ask",
            private={"change": change_id},
            fields=(
                Field(
                    name="reason",
                    label="Why" if refusing else "What do you want to know?",
                    kind=FieldKind.LINES,
                ),
            ),
        )


def _item_of(desk: Desk, change_id: int) -> int:
    found = rows.item_of(desk.session, change_id)
    if found is None:
        raise UserError("There is no such request any more.")
    return found


def decide(
    database: Database,
    arrival: Arrival,
    *,
    change_id: int,
    decision: str,
    reason: GuardedText | None = None,
    now: datetime,
) -> None:
    """Agree, refuse or ask back. Only whom rule 4 names, or their stand-in, and never the owner."""
    verdict, write_now = DECISIONS[decision]
    if verdict in {Decision.REFUSED, Decision.ASKED} and not reason:
        raise FieldError("reason", "Say why, or what you want to know.")
    with intake.once(database, arrival, now=now) as desk:
        if desk is None:
            return
        item = items.lock(desk.session, _item_of(desk, change_id))
        change = rows.get(desk.session, change_id)
        if change is None or item.group_id != desk.group.id:
            raise UserError("There is no such request any more.")
        _may_decide(desk, item, change)
        if change.decision not in {Decision.PENDING, Decision.ASKED}:
            raise UserError(f"That was settled already: {outcome_words(desk.directory, change)}.")
        said = reason.text if reason else ""
        if verdict is Decision.ASKED:
            _ask_owner(desk, item, change, said)
        else:
            close(desk, item, change, verdict, reason=said, write_now=write_now)


def _may_decide(desk: Desk, item: ActionItem, change: DateChange) -> None:
    decider = Role(change.decider)
    allowed = {
        Role.SECRETARIAT: (Role.SECRETARIAT, Role.CHAIR, Role.DEPUTY_CHAIR),
        Role.CHAIR: (Role.CHAIR, Role.DEPUTY_CHAIR),
    }.get(decider, (decider,))
    if desk.person.id in {item.owner_id, change.asked_by} or not desk.is_a(*allowed):
        raise UserError(
            f"The {decider.value.replace('_', ' ')} decides that, and never the item's owner or "
            "whoever asked."
        )


def _ask_owner(desk: Desk, item: ActionItem, change: DateChange, question: str) -> None:
    rows.decide(
        desk.session,
        change,
        Decision.ASKED,
        group_id=desk.group.id,
        by_id=desk.person.id,
        reason=question,
        write_now=False,
        now=desk.now,
    )
    settle_question(desk, change.id, "asked again")
    asked_id = _asked(desk, item, change)
    waits.open_wait(
        desk.session,
        desk.directory,
        kind=QUESTION,
        subject_id=change.id,
        item_id=item.id,
        person_id=asked_id,
        message=message(
            say(
                Bold(desk.person.label),
                " asks about the new date for ",
                Bold(f"{item.ref} {item.title}"),
                f": {question}",
            ),
            say("Answer in this thread and I will pass it on."),
        ),
        subject={"change": change.id, "asked_by": desk.person.id, "items": [item.id]},
        now=desk.now,
    )
    _audited(desk, item, change, Decision.ASKED)


def settle_question(desk: Desk, change_id: int, outcome: str) -> None:
    """What was asked back about a request waits no longer."""
    waits.settle(
        desk.session,
        desk.directory,
        kind=QUESTION,
        subject_id=change_id,
        by_id=desk.person.id,
        outcome=outcome,
        now=desk.now,
    )


def _asked(desk: Desk, item: ActionItem, change: DateChange) -> int:
    """Whoever asked for it, while they may still change the item; else its owner now."""
    theirs = change.asked_by is not None and desk.directory.may_change(
        item.owner_id, change.asked_by, desk.today
    )
    return change.asked_by if theirs and change.asked_by is not None else item.owner_id


def close(
    desk: Desk,
    item: ActionItem,
    change: DateChange,
    verdict: Decision,
    *,
    reason: str,
    write_now: bool = False,
) -> None:
    """Enter the decision; an agreed date is in force, planned anew and told, in one commit."""
    rows.decide(
        desk.session,
        change,
        verdict,
        group_id=desk.group.id,
        by_id=desk.person.id,
        reason=reason,
        write_now=write_now,
        now=desk.now,
    )
    broken = promises.broken_by(desk, item, change.new)
    item = _in_force(desk, item, change, moved=verdict is Decision.AGREED and change.moves)
    settled = rows.get(desk.session, change.id)
    outcome = outcome_words(desk.directory, settled) if settled else verdict.value
    waits.settle(
        desk.session,
        desk.directory,
        kind="date_change",
        subject_id=change.id,
        by_id=desk.person.id,
        outcome=outcome,
        now=desk.now,
    )
    settle_question(desk, change.id, outcome)
    if verdict is not Decision.WITHDRAWN:
        _tell_owner(desk, item, change, outcome)
    if write_now:
        _write_now(desk, item, change, broken)
    _audited(desk, item, change, verdict)


def _in_force(desk: Desk, item: ActionItem, change: DateChange, *, moved: bool) -> ActionItem:
    """The item as it stands after the decision, its nudges planned anew where its date moved."""
    if moved:
        rows.move(desk.session, change, group_id=desk.group.id, by_id=desk.person.id, now=desk.now)
    item = items.refresh(desk.session, item.id)
    planning.replan(desk.session, desk.directory, item, now=desk.now, fresh=moved)
    return item


def _tell_owner(desk: Desk, item: ActionItem, change: DateChange, outcome: str) -> None:
    stands = long_date(item.due_on) if item.due_on else "no date"
    for person_id in sorted({item.owner_id, change.asked_by or item.owner_id}):
        outbox.enqueue(
            desk.session,
            Outgoing(
                key=f"date-decided:{change.id}:{person_id}",
                group_id=desk.group.id,
                team_id=desk.group.team_id,
                person_id=person_id,
                message=message(
                    say(Bold(f"{item.ref} {item.title}"), f": {outcome}. Its date is {stands}.")
                ),
                subject={"items": [item.id]},
            ),
            due_at=desk.now,
            now=desk.now,
        )


def _write_now(desk: Desk, item: ActionItem, change: DateChange, broken: list[Commitment]) -> None:
    """DAO 02/20: whoever was promised is written to at once, with the reason and the new date."""
    drafting.ask_letter(
        desk.session,
        desk.directory,
        audiences=drafting.audiences_of(desk.session, desk.directory, broken),
        by_id=desk.person.id,
        reason=f"{item.ref} moves to {_day(change.new.latest)}",
        now=desk.now,
    )


def _day(day: date | None) -> str:
    return long_date(day) if day else "another date"


def _audited(desk: Desk, item: ActionItem, change: DateChange, verdict: Decision) -> None:
    desk.audited(f"date change {verdict.value}", f"item:{item.id}", change=change.id)
