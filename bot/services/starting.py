"""Start: nothing is sent before the secretariat has seen to whom, when and why, and pressed it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from bot.domain import ladders, nudging, rungs
from bot.domain.deadlines import day_and_date
from bot.domain.diaries import Diary, local_day
from bot.domain.errors import UserError
from bot.domain.messages import (
    Bold,
    Button,
    Buttons,
    Heading,
    Message,
    Note,
    Part,
    Span,
    bullets,
    message,
)
from bot.domain.messages import say as text
from bot.domain.people import LONDON, Directory, Person, Role
from bot.domain.register import ActionItem
from bot.services import answering, intake, introductions, letters_due, planning, say, seats
from bot.services.intake import Arrival, Desk
from storage import audit, edits, founding, groups
from storage.database import Database, Session
from storage.nudges import PlannedItem

STARTED = "group started"
MOST = 40
"""Owners listed in the preview; a message bears fifty blocks, and nobody reads further."""


class AlreadyStartedError(UserError):
    """Somebody pressed Start before."""


def preview(desk: Desk) -> Message:
    """Who would be written to, when and why, with Start; secretariat only.

    Raises UserError for anybody else, AlreadyStartedError once the group has started.
    """
    _may_start(desk)
    owners = introductions.owners(desk.session, desk.directory)
    reached = {who: owned for who, owned in owners.items() if who.accounts}
    unreached = {who: owned for who, owned in owners.items() if not who.accounts}
    return message(
        Heading("Before anything is sent"),
        text(
            f"{desk.group.name} has not started, and nobody has been written to. Start sends "
            f"{say.counted(len(reached), 'owner')} one introduction each, then reminders as "
            "their deadlines come near:"
        ),
        *_reached(desk, reached),
        *_unreached(unreached),
        Buttons((_button(desk.group.id, len(reached)),)),
        Note(f"As of {say.checked(desk.now, LONDON)}. A later change of date moves the reminders."),
    )


def start(database: Database, arrival: Arrival, *, group_id: int, now: datetime) -> None:
    """Start was pressed: owners are introduced and every item's nudges planned, once.

    Raises UserError for anybody but the secretariat, AlreadyStartedError for a second press.
    """
    with intake.once(database, arrival, now=now) as desk:
        if desk is None:
            return
        if desk.group.id != group_id:
            raise UserError("That button belongs to another group: ask me to `start` there.")
        _may_start(desk)
        if not groups.start(desk.session, group_id, now=now):
            begun = groups.get(desk.session, group_id).started_at or now
            raise _already(desk.session, desk.directory, begun)
        _begin(desk)


def _begin(desk: Desk) -> None:
    session, directory, now = desk.session, desk.directory, desk.now
    owners = introductions.owners(session, directory)
    introduced = introductions.introduce(session, directory, now=now)
    for owned in owners.values():
        for item in owned:
            planning.replan(session, directory, item, now=now, fresh=True)
    directory = replace(directory, group=groups.get(session, directory.group.id))
    letters_due.open_next(session, directory, now=now)
    introduced = [person for person in introduced if person.accounts]
    seats.post(desk)
    _answer(desk, introduced)
    audit.record(
        session,
        STARTED,
        f"group:{desk.group.id}",
        group_id=desk.group.id,
        by_id=desk.person.id,
        now=now,
        introduced=[person.id for person in introduced],
    )


def _answer(desk: Desk, introduced: Sequence[Person]) -> None:
    """Say that it has begun, and leave nothing to press a second time."""
    who, when = desk.person.label, say.checked(desk.now, LONDON)
    people = say.counted(len(introduced), "owner")
    answering.tell(
        desk,
        message(
            text(
                f"{desk.group.name} has started. {people} will get their introduction in their "
                "own working hours, and I will remind them from then on."
            )
        ),
        subject={},
    )
    if desk.answered is not None:
        edits.rewrite(
            desk.session,
            desk.answered.id,
            lambda shown: _pressed(shown, f"Started by {who}, {when}."),
            key=f"started:{desk.group.id}",
            now=desk.now,
        )


def _pressed(shown: Message, line: str) -> Message:
    parts: list[Part] = [Note(line) if isinstance(p, Buttons) else p for p in shown.parts]
    return Message(parts=tuple(parts))


def _may_start(desk: Desk) -> None:
    if not desk.is_a(Role.SECRETARIAT):
        names = say.listed(p.label for p in desk.directory.holders(Role.SECRETARIAT, desk.today))
        raise UserError(f"Only the secretariat can start the group: ask {names}.")
    if desk.group.started_at is not None:
        raise _already(desk.session, desk.directory, desk.group.started_at)


def _already(session: Session, directory: Directory, at: datetime) -> AlreadyStartedError:
    who = founding.last_doer(session, directory.group.id, STARTED)
    by = f" by {directory.people[who].label}" if who is not None else ""
    return AlreadyStartedError(
        f"{directory.group.name} was started{by}, {say.checked(at, LONDON)}: nothing more has "
        "been sent now, and `status` shows where it stands."
    )


def _button(group_id: int, number: int) -> Button:
    return Button(
        label="Start",
        action="group.start",
        value=json.dumps({"group": group_id}, separators=(",", ":")),
        style="primary",
        confirm=f"Introduce me to {say.counted(number, 'owner')} and begin to remind them?",
    )


def _reached(desk: Desk, owners: dict[Person, list[ActionItem]]) -> tuple[Part, ...]:
    if not owners:
        return (text("No owner has a Slack account yet."),)
    diary = Diary(directory=desk.directory)
    lines = [_line(desk, person, owned, diary) for person, owned in list(owners.items())[:MOST]]
    parts: list[Part] = [bullets(*lines)]
    if len(owners) > MOST:
        parts.append(text(f"And {say.counted(len(owners) - MOST, 'more owner')}."))
    return tuple(parts)


def _line(
    desk: Desk, person: Person, owned: Sequence[ActionItem], diary: Diary
) -> tuple[Span, ...]:
    opening = diary.opening(person, desk.now)
    at_once = opening == desk.now
    when = "at once" if at_once else say.checked(opening, person.zone)
    # The introduction is that day's message.
    after = diary.next_asked_on(person.id, local_day(person, opening))
    first, item, why = min(
        (_first(desk, item, diary, after) for item in owned),
        key=lambda found: (found[0], found[1].ref),
    )
    refs = say.listed(item.ref for item in owned)
    return (
        Bold(person.label),
        f": introduced {when} to {refs}; first reminder {day_and_date(first)} about "
        f"{item.ref}, {why}.",
    )


def _first(desk: Desk, item: ActionItem, diary: Diary, today: date) -> tuple[date, ActionItem, str]:
    """The day of an item's first reminder, and why that day."""
    ladder = ladders.dump(planning.ladder_of(desk.session, item))
    planned = PlannedItem(item=item, plan=1, ladder=ladder, next_on=None)
    plan = planning.plan_of(planned, diary, now=desk.now)
    day = max(today, nudging.next_on(plan, (), diary, today=today) or today)
    steps = [step for step in rungs.all_steps(plan, (), diary) if step.send_on <= day]
    if not steps:
        return day, item, say.due(item.due)
    words = steps[-1].rung.words
    if item.due_on is None:
        return day, item, f"which has {words}"
    if steps[-1].rung.offset is None or steps[-1].rung.named is not None:
        return day, item, f"which has {say.due(item.due)} and no firm date yet"
    end = "" if words == "on the day" else f" {day_and_date(item.due_on)}"
    return day, item, f"{words}{end}" if end else "on the day it is due"


def _unreached(owners: dict[Person, list[ActionItem]]) -> tuple[Part, ...]:
    """Who cannot be written to: the secretariat tells them, or has them added."""
    if not owners:
        return ()
    lines = [
        (Bold(person.label), f": {say.listed(item.ref for item in owned)}")
        for person, owned in owners.items()
    ]
    return (
        text(
            "These owners have no Slack account in the register, so I cannot write to them. I "
            "will give you the text of an e-mail to each, and ask in the group’s channel whether "
            "any of them is there:"
        ),
        bullets(*lines[:MOST]),
    )
