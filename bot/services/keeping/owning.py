"""Whose an item becomes: asked of its new owner, and no longer of the old one."""

from __future__ import annotations

from datetime import datetime

from bot.domain import waiting_ladders
from bot.domain.diaries import Diary, local_day
from bot.domain.messages import Bold, Message, Quote, message
from bot.domain.messages import say as text
from bot.domain.outgoing import Outgoing
from bot.domain.people import Directory, Person
from bot.domain.register import ActionItem
from bot.services import introductions, planning, say, waits
from storage import outbox, payloads, waiting
from storage.database import Session

ACCEPTANCE = introductions.KIND
SETTLED_BY_GIVING = (ACCEPTANCE, "ownership")


def started(directory: Directory) -> bool:
    """Whether anybody hears of anything yet."""
    return directory.group.started_at is not None


def introduced(person: Person) -> bool:
    """Whether they have had the introduction that asks for what is theirs."""
    return person.introduced_at is not None


def plan(session: Session, directory: Directory, item: ActionItem, *, now: datetime) -> None:
    """A plan of nudges is made at Start; after it, each change makes its own."""
    if started(directory):
        planning.replan(session, directory, item, now=now, fresh=True)


def ask(
    session: Session, directory: Directory, item: ActionItem, *, told: bool, now: datetime
) -> None:
    """It waits on its owner to accept; `told` where another message asks them first.

    Somebody who is yet to be introduced is asked by their introduction.
    """
    owner = directory.people[item.owner_id]
    if not started(directory) or not introduced(owner):
        return
    if waiting.unsettled(session, directory.group.id, kind=ACCEPTANCE, subject_id=item.id):
        return
    ask_of = message(
        text("Is ", Bold(f"{item.ref} {item.title}"), f", {say.due(item.due)}, yours?"),
        introductions.yours(item),
    )
    if told and owner.accounts:
        _await(session, directory, item, owner, ask_of, now=now)
        return
    waits.open_wait(
        session,
        directory,
        kind=ACCEPTANCE,
        subject_id=item.id,
        item_id=item.id,
        person_id=owner.id,
        message=ask_of,
        subject={"items": [item.id]},
        now=now,
    )


def _await(
    session: Session,
    directory: Directory,
    item: ActionItem,
    owner: Person,
    ask_of: Message,
    *,
    now: datetime,
) -> None:
    """It waits from when its owner reads the other message; only later steps say `ask_of`."""
    since = Diary(directory=directory).opening(owner, now)
    day = local_day(owner, since)
    calendar = directory.calendar(owner)
    waiting.open_one(
        session,
        group_id=directory.group.id,
        kind=ACCEPTANCE,
        subject_id=item.id,
        now=since,
        next_on=waiting_ladders.next_day(ACCEPTANCE, 0, day, day, calendar),
        item_id=item.id,
        person_id=owner.id,
        payload={
            "message": payloads.dump(ask_of),
            "subject": {"items": [item.id]},
            "copies": [],
        },
    )


def release(
    session: Session, directory: Directory, item: ActionItem, *, by_id: int | None, now: datetime
) -> None:
    """What its last owner was asked is over; evidence that they owed is the new owner's to give."""
    given = f"{item.ref} was given to {directory.people[item.owner_id].label}"
    for kind in SETTLED_BY_GIVING:
        waits.settle(
            session,
            directory,
            kind=kind,
            subject_id=item.id,
            by_id=by_id,
            outcome=given,
            now=now,
        )
    owed = waiting.unsettled(session, directory.group.id, kind="evidence", subject_id=item.id)
    if not owed:
        return
    waits.settle(
        session,
        directory,
        kind="evidence",
        subject_id=item.id,
        by_id=by_id,
        outcome=given,
        now=now,
    )
    owner = directory.people[item.owner_id]
    waits.open_wait(
        session,
        directory,
        kind="evidence",
        subject_id=item.id,
        item_id=item.id,
        person_id=directory.acting_owner(owner.id, local_day(owner, now)).id,
        message=payloads.load(owed[-1].payload["message"]),
        subject={"items": [item.id]},
        now=now,
    )


def tell_former(
    session: Session,
    directory: Directory,
    item: ActionItem,
    *,
    former_id: int,
    by_id: int | None,
    reason: str,
    now: datetime,
) -> None:
    """Whoever owned it hears that it is somebody else's, and why."""
    former = directory.people[former_id]
    if not started(directory) or not former.accounts or former_id == by_id:
        return
    parts = [
        text(
            Bold(say.named(directory, by_id)),
            " has given ",
            Bold(f"{item.ref} {item.title}"),
            f" to {directory.people[item.owner_id].label}. You are not asked about it any more.",
        )
    ]
    outgoing = Outgoing(
        key=f"given:{item.id}:{item.version}",
        group_id=directory.group.id,
        team_id=directory.group.team_id,
        person_id=former_id,
        message=message(*parts, *([Quote(reason)] if reason else [])),
        subject={"items": [item.id]},
    )
    due_at = Diary(directory=directory).opening(former, now)
    outbox.enqueue(session, outgoing, due_at=due_at, now=now)
