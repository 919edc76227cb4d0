"""What owners say of their items: recorded, echoed with Undo, and taken back by an entry."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from bot.domain.deadlines import long_date
from bot.domain.errors import UserError
from bot.domain.messages import (
    Bold,
    Button,
    Buttons,
    Message,
    Note,
    Part,
    Quote,
    Span,
    message,
    say,
)
from bot.domain.people import Role
from bot.domain.register import (
    STATUS_WORDS,
    ActionItem,
    Confidence,
    Delivery,
    Status,
    StatusUpdate,
)
from bot.domain.text import GuardedText
from bot.services import acceptance, date_changes, evidence, intake, planning, snoozing, waits
from bot.services.answering import fresh, redraw, retire, standing, tell
from bot.services.intake import Arrival, Desk
from storage import histories, items, words
from storage import updates as rows
from storage.database import Database

OBJECTION, CHANGE = "objection", "correction"
"""What an owner says of a recorded update, or of another change, that is not right."""

PRESSES: dict[str, Status] = {
    "reply.on_track": Status.ON_TRACK,
    "reply.at_risk": Status.AT_RISK,
    "reply.done": Status.COMPLETE,
}


@dataclass(frozen=True, kw_only=True)
class Said:
    """One thing said of one item, before it is an entry; `at` only where it was said earlier.

    `by_id`, `channel` and `said_on` where somebody else records what was said outside Slack.
    """

    status: Status
    confidence: Confidence | None = None
    completed_on: date | None = None
    percent: int | None = None
    blocker: str | None = None
    ask: str | None = None
    interim_on: date | None = None
    publish: bool = True
    evidence: str | None = None
    at: datetime | None = None
    by_id: int | None = None
    channel: str = "slack"
    said_on: date | None = None


def press(
    database: Database, arrival: Arrival, *, action: str, value: Mapping[str, Any], now: datetime
) -> None:
    """One tap on a nudge or an introduction. A stale button changes nothing and says why."""
    with intake.once(database, arrival, now=now) as desk:
        if desk is None:
            return
        item = fresh(desk, value)
        if action in PRESSES:
            update_id = record(desk, item, Said(status=PRESSES[action]))
            echo(desk, [(items.get(desk.session, item.id), update_id)])
        elif action == "intro.mine":
            acceptance.accept(desk, item)
        elif action in {"reply.not_mine", "intro.not_mine"}:
            acceptance.decline(desk, item)
        else:
            raise UserError("That button is not known any more: answer in words instead.")
        retire(desk, item.id)


def record(
    desk: Desk,
    item: ActionItem,
    said: Said,
    *,
    text: GuardedText | None = None,
    supersedes_id: int | None = None,
    source_key: str | None = None,
) -> int:
    """Enter what was said of an item that the person may change; the number of the update.

    A claim of completion starts the evidence ladder (rule 2).
    """
    kept = words.keep(desk.session, text, group_id=desk.group.id) if text else None
    update = _entry(desk, item, said, supersedes_id)
    update_id = rows.add(
        desk.session,
        update,
        group_id=desk.group.id,
        words=kept,
        source_key=source_key or desk.arrival.key,
        interim_on=said.interim_on,
        said_on=said.said_on,
    )
    if supersedes_id is not None:
        _no_longer_objected(desk, supersedes_id, "it was corrected")
    _follow(desk, item, said)
    desk.audited(
        "updated",
        f"item:{item.id}",
        at=update.at,
        words=kept,
        update=update_id,
        status=said.status.value,
        supersedes=supersedes_id,
    )
    return update_id


def _follow(desk: Desk, was: ActionItem, said: Said) -> None:
    """What an update leads to: a new plan, and evidence to look at, to want or to want no more."""
    item = items.refresh(desk.session, was.id)
    planning.replan(desk.session, desk.directory, item, now=desk.now, fresh=False)
    if said.evidence:
        evidence.attach(desk, item, url=said.evidence, title=said.evidence)
    elif item.delivery is Delivery.COMPLETE and said.status is Status.COMPLETE:
        evidence.owe(desk, item)
    if was.delivery is Delivery.COMPLETE:
        evidence.reconsider(desk, item)


def _entry(desk: Desk, item: ActionItem, said: Said, supersedes_id: int | None) -> StatusUpdate:
    return StatusUpdate(
        id=0,
        item_id=item.id,
        at=said.at or desk.now,
        recorded_at=desk.now,
        by_id=said.by_id or desk.person.id,
        status=said.status,
        confidence=said.confidence,
        completed_on=said.completed_on,
        percent=said.percent,
        blocker=said.blocker,
        ask=said.ask,
        publish=said.publish,
        channel=said.channel,
        supersedes_id=supersedes_id,
    )


def echo(
    desk: Desk,
    recorded: list[tuple[ActionItem, int]],
    *,
    also: tuple[Part, ...] = (),
    text: GuardedText | None = None,
) -> None:
    """Say back what was recorded, with Undo for each item, to whoever said it."""
    parts: list[Part] = []
    buttons: list[Button] = []
    for item, update_id in recorded:
        history = histories.of_item(desk.session, item.id)
        update = next(u for u in history.updates if u.id == update_id)
        parts.append(say("Recorded for ", Bold(f"{item.ref} {item.title}"), ": ", *_said(update)))
        buttons.append(
            Button(
                label="Undo" if len(recorded) == 1 else f"Undo {item.ref}",
                action="reply.undo",
                value=json.dumps({"update": update_id}),
            )
        )
    if text:
        parts.append(Quote(text.text))
    parts.extend(also)
    buttons += _to_be_asked_again(desk, recorded, also)
    parts.extend(Buttons(tuple(buttons[n : n + 5])) for n in range(0, len(buttons), 5))
    tell(desk, Message(parts=tuple(parts)), subject={"items": [item.id for item, _ in recorded]})


def _to_be_asked_again(
    desk: Desk, recorded: list[tuple[ActionItem, int]], also: tuple[Part, ...]
) -> list[Button]:
    """After one "on track": when to ask again, unless they have said."""
    wished = any(
        button.action == "snooze.undo"
        for part in also
        if isinstance(part, Buttons)
        for button in part.buttons
    )
    if len(recorded) != 1 or wished or recorded[0][0].claimed is not Confidence.GREEN:
        return []
    button = snoozing.offer(desk, recorded[0][0])
    return [button] if button else []


def _said(update: StatusUpdate) -> tuple[Span, ...]:
    said = STATUS_WORDS[update.status]
    if update.completed_on:
        said += f" on {long_date(update.completed_on)}"
    if update.percent is not None:
        said += f", {update.percent}% done"
    if update.confidence:
        said += f", {update.confidence.value.replace('_', '/')}"
    if update.blocker:
        said += f", waiting on {update.blocker}"
    if update.ask:
        said += f", asks for {update.ask}"
    return (Bold(said), ".")


def undo(database: Database, arrival: Arrival, *, update_id: int, now: datetime) -> None:
    """Take one named update back, once, until it is superseded or in a cleared letter."""
    with intake.once(database, arrival, now=now) as desk:
        if desk is None:
            return
        said = undoable(desk, update_id)
        item = take_back(desk, said)
        tell(
            desk,
            message(
                say("Undone. ", Bold(f"{item.ref} {item.title}"), f" stands as: {standing(item)}.")
            ),
            subject={"items": [item.id]},
        )
        redraw(desk, lambda shown: _without_undo(shown, update_id))


def undoable(desk: Desk, update_id: int, *, settling: bool = False) -> rows.Said:
    """The update, its item locked. UserError where it is not theirs to undo, or not any more.

    Whoever is `settling` an objection to it has their right from that.
    """
    said = rows.find(desk.session, update_id)
    if said is None or said.group_id != desk.group.id:
        raise UserError("There is no such update to undo.")
    item = items.lock(desk.session, said.item_id)
    said = rows.find(desk.session, update_id) or said
    if not settling and said.by_id != desk.person.id and not desk.is_a(Role.SECRETARIAT):
        raise UserError("Only whoever said it, or the secretariat, can undo it.")
    latest = histories.of_item(desk.session, item.id).last_word
    if said.superseded or said.retracts or latest is None or latest.id != update_id:
        raise UserError(
            f"It has been undone or overtaken already. {item.ref} stands as: {standing(item)}."
        )
    if rows.in_a_cleared_letter(desk.session, desk.group.id, said.recorded_at):
        raise UserError(
            "A letter that rests on this update has been cleared: say what is right now "
            "instead, and the letter will follow."
        )
    return said


def take_back(desk: Desk, said: rows.Said) -> ActionItem:
    """Take an update back, with the new date its words asked for; the item as it stands then."""
    rows.retract(desk.session, said.id, by_id=desk.person.id, now=desk.now)
    _no_longer_objected(desk, said.id, "it was taken back")
    item = items.refresh(desk.session, said.item_id)
    item = date_changes.take_back(desk, item, asked_by=said.by_id, at=said.recorded_at)
    evidence.reconsider(desk, item)
    planning.replan(desk.session, desk.directory, item, now=desk.now, fresh=False)
    desk.audited("undone", f"item:{item.id}", update=said.id)
    return item


def _no_longer_objected(desk: Desk, update_id: int, outcome: str) -> None:
    """What somebody said was recorded wrongly is gone."""
    waits.settle(
        desk.session,
        desk.directory,
        kind=OBJECTION,
        subject_id=update_id,
        by_id=desk.person.id,
        outcome=outcome,
        now=desk.now,
    )


def _without_undo(shown: Message, update_id: int) -> Message:
    """The echo once one of its Undo buttons has been pressed."""
    value = json.dumps({"update": update_id})
    parts: list[Part] = []
    for part in shown.parts:
        if isinstance(part, Buttons) and any(b.value == value for b in part.buttons):
            # The day to be asked again goes with what was taken back.
            left = tuple(b for b in part.buttons if b.value != value and b.action != "snooze.open")
            parts += [Buttons(left)] if left else []
            parts.append(Note("Undone."))
        else:
            parts.append(part)
    return Message(parts=tuple(parts))
