"""The copies of what waits: sent to people or to the secretariat's channel, redrawn in place."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.diaries import Diary
from bot.domain.messages import Message, Text
from bot.domain.outgoing import Audience, Outgoing, Sending
from bot.domain.people import Directory, Person
from bot.domain.waiting_ladders import Holders
from bot.services import wait_words
from storage import by_hand, outbox, payloads, waiting
from storage.database import Session
from storage.waiting import Waiting


@dataclass(frozen=True)
class _Copy:
    """Where one copy goes: somebody's DM, or the channel where there is nobody."""

    person: Person | None
    message: Message


def put_to(
    session: Session,
    diary: Diary,
    one: Waiting,
    holders: Holders,
    message: Message,
    *,
    rung: int,
    now: datetime,
) -> list[int]:
    """Owe everybody a copy; the numbers of those that are new.

    What happens now is told at once; a later step waits for the reader's next morning at work.
    """
    owed = []
    for copy in _copies(diary.directory, one, holders, message):
        outgoing = _outgoing(diary.directory, one, copy, rung=rung)
        due_at = diary.opening(copy.person, now) if rung and copy.person else now
        if number := outbox.enqueue(session, outgoing, due_at=due_at, now=now):
            owed.append(number)
    return owed


def _copies(directory: Directory, one: Waiting, holders: Holders, message: Message) -> list[_Copy]:
    if holders.secretariat:
        return _to_secretariat(directory, one, holders.people, message)
    return [_Copy(person, message) for person in holders.people]


def _to_secretariat(
    directory: Directory, one: Waiting, people: tuple[Person, ...], message: Message
) -> list[_Copy]:
    """Once to its channel where it has one, else to each."""
    if directory.group.clearance_channel_id is not None:
        return [_Copy(None, wait_words.with_take_button(message, one.id))]
    if len(people) > 1:
        message = wait_words.with_take_button(message, one.id)
    return [_Copy(person, message) for person in people]


def _outgoing(directory: Directory, one: Waiting, copy: _Copy, *, rung: int) -> Outgoing:
    group = directory.group
    outgoing = Outgoing(
        key=f"wait:{one.id}:{rung}:{copy.person.id if copy.person else 'channel'}",
        group_id=group.id,
        team_id=group.team_id,
        message=copy.message,
        subject={**one.payload.get("subject", {}), "waiting": one.id},
    )
    if copy.person is not None:
        return replace(outgoing, person_id=copy.person.id, audience=Audience.MEMBERS)
    return replace(outgoing, channel_id=group.clearance_channel_id, audience=Audience.CLEARANCE)


def redraw(
    session: Session,
    directory: Directory,
    one: Waiting,
    line: Text,
    *,
    mark: str,
    over: bool,
    now: datetime,
) -> None:
    """Every copy that went out says this from now on; one that has not is taken back if `over`."""
    for number in one.payload.get("copies", []):
        place = outbox.place(session, number)
        if over and outbox.cancel(session, place.key, now=now):
            continue
        if place.state not in ("owed", "sending", "sent"):
            continue
        strip = wait_words.without_buttons if over else wait_words.without_take_button
        outgoing = Outgoing(
            key=f"wait:{one.id}:{mark}:{number}",
            group_id=directory.group.id,
            team_id=directory.group.team_id,
            kind=Sending.UPDATE,
            person_id=place.person_id,
            target_id=number,
            message=Message(parts=(*strip(place.message).parts, line)),
            audience=Audience.MEMBERS if place.person_id else Audience.CLEARANCE,
            subject=place.subject,
        )
        outbox.enqueue(session, outgoing, due_at=now, now=now)


def reword(session: Session, one: Waiting, said: Message, *, now: datetime) -> None:
    """The thing itself has changed: every copy of it says so, sent or not."""
    waiting.amend(session, one, {**one.payload, "message": payloads.dump(said)})
    for number in one.payload.get("copies", []):
        shown = said
        if any(b.action == "wait.take" for b in wait_words.buttons_of(_shown(session, number))):
            shown = wait_words.with_take_button(said, one.id)
        key = f"wait:{one.id}:anew:{number}:{now.isoformat()}"
        by_hand.reword(session, number, shown, key=key, now=now)


def _shown(session: Session, number: int) -> Message:
    return outbox.place(session, number).message
