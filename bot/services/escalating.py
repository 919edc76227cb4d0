"""Who else hears of an item: its body's lead, the secretariat, the chair; in private only."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.deadlines import long_date
from bot.domain.diaries import Diary, local_day
from bot.domain.ladders import Who
from bot.domain.messages import Bold, Message, Span, bullets, message
from bot.domain.messages import say as text
from bot.domain.outgoing import Audience, Outgoing
from bot.domain.people import Person, Role
from bot.domain.plans import Entry, Result
from bot.domain.register import ActionItem
from bot.services import nudge_words, say, waits
from bot.services.nudge_words import Ask
from bot.services.planning import lead_of
from storage import outbox, waiting
from storage.database import Session


@dataclass(frozen=True, kw_only=True)
class Escalated:
    """An item whose rung involves others, and when its owner was asked."""

    ask: Ask
    entries: Sequence[Entry]

    @property
    def item(self) -> ActionItem:
        """The item itself."""
        return self.ask.item

    @property
    def asked_on(self) -> list[date]:
        """The days on which its owner or cover was sent a message about it."""
        sent = [e for e in self.entries if e.result is Result.SENT and e.asked_on]
        return sorted({e.asked_on for e in sent if e.asked_on is not None})


def tell(session: Session, diary: Diary, found: Sequence[Escalated], *, now: datetime) -> None:
    """Owe everybody else whom these rungs involve a word, one message for all a reader's items."""
    copies: dict[tuple[int, Who], list[Escalated]] = defaultdict(list)
    for one in found:
        today = local_day(diary.person(one.item.owner_id), now)
        involved = one.ask.outcome.rung.involves
        lead = lead_of(diary.directory, one.item)
        if Who.LEAD in involved and lead is not None:
            copies[lead, Who.LEAD].append(one)
        if Who.CHAIR in involved:
            for chair in nudge_words.chairs(diary.directory, one.item, today):
                copies[chair.id, Who.CHAIR].append(one)
        if Who.SECRETARIAT in involved:
            _ask_secretariat(session, diary, one, now=now)
    for (person_id, who), theirs in copies.items():
        _copy(session, diary, diary.person(person_id), who, theirs, now=now)


def _copy(
    session: Session,
    diary: Diary,
    reader: Person,
    who: Who,
    found: Sequence[Escalated],
    *,
    now: datetime,
) -> None:
    group = diary.directory.group
    said = _for_information(reader, who, found, diary, now=now)
    numbers = [one.item.id for one in found]
    day = local_day(reader, now)
    outgoing = Outgoing(
        key=f"told:{reader.id}:{who.value}:{day.isoformat()}:{numbers[0]}",
        group_id=group.id,
        team_id=group.team_id,
        person_id=reader.id,
        message=said,
        audience=Audience.MEMBERS,
        subject={"items": numbers},
    )
    outbox.enqueue(session, outgoing, due_at=diary.opening(reader, now), now=now)


def _for_information(
    reader: Person, who: Who, found: Sequence[Escalated], diary: Diary, *, now: datetime
) -> Message:
    many = len(found) > 1
    these = "These actions are" if many else "This action is"
    why = "you lead for their owner’s body" if who is Who.LEAD else "you chair the group"
    hello = f"{nudge_words.greeting(reader, now)} {these} past the date, and as {why} you should"
    rows = [_line(one, diary, now=now) for one in found]
    close = (
        "Nothing is asked of you here, but a word with the owner may help."
        if who is Who.LEAD
        else "The secretariat has been asked to act. You may want to take it up yourself."
    )
    return message(text(f"{hello} know. The owner was asked first."), bullets(*rows), text(close))


def _line(one: Escalated, diary: Diary, *, now: datetime) -> tuple[Span, ...]:
    owner = diary.person(one.item.owner_id)
    today = local_day(owner, now)
    line = say.item_line(one.item, diary.directory, today=today, zone=owner.zone)
    if not one.asked_on:
        return line
    return (*line, f" – last asked {long_date(one.asked_on[-1])}")


def _ask_secretariat(session: Session, diary: Diary, one: Escalated, *, now: datetime) -> None:
    item, owner = one.item, diary.person(one.item.owner_id)
    if waiting.unsettled(session, item.group_id, kind="escalation", subject_id=item.id):
        return  # the message to the owner was taken back and goes only now
    asked = say.listed(long_date(day) for day in one.asked_on[-3:])
    said = message(
        text(Bold(f"{item.ref} {say.shortened(item.title)}"), " needs you."),
        bullets(_line(one, diary, now=now)),
        text(
            f"{owner.name} was asked on {asked} and told that you would be asked to step in. "
            "Could you speak to them, and see whether it is done, needs a new date, or is "
            "somebody else’s?"
        ),
    )
    waits.open_wait(
        session,
        diary.directory,
        kind="escalation",
        subject_id=item.id,
        item_id=item.id,
        role=Role.SECRETARIAT,
        message=said,
        subject={"items": [item.id]},
        now=now,
    )


def take_over(
    session: Session, diary: Diary, person: Person, asks: Sequence[Ask], *, why: str, now: datetime
) -> None:
    """A person takes over where another message would not help."""
    today = local_day(person, now)
    rows = [say.item_line(ask.item, diary.directory, today=today, zone=person.zone) for ask in asks]
    request = message(
        text(
            "I have not written to ",
            Bold(person.label),
            f" today ({why}). Could you take these up with them, or with somebody who can act?",
        ),
        bullets(*rows),
    )
    _task(session, diary, person, request, items=[ask.item.id for ask in asks], now=now)


def _task(
    session: Session,
    diary: Diary,
    person: Person,
    request: Message,
    *,
    items: Sequence[int],
    now: datetime,
) -> None:
    waits.open_wait(
        session,
        diary.directory,
        kind="pass_on",
        subject_id=person.id,
        role=Role.SECRETARIAT,
        message=request,
        subject={"items": list(items)},
        now=now,
    )
