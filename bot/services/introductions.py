"""How an owner first hears of the bot: once each, with their items and "Is this yours?"."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.domain import waiting_ladders
from bot.domain.diaries import Diary, local_day
from bot.domain.messages import (
    Bold,
    Button,
    Buttons,
    Heading,
    Message,
    Note,
    Part,
    bullets,
    message,
)
from bot.domain.messages import say as text
from bot.domain.outgoing import Outgoing
from bot.domain.people import Directory, Person, Role
from bot.domain.register import ActionItem
from bot.services import email_words, say
from storage import founding, groups, items, outbox, payloads, people, waiting
from storage.database import Database, Session

MOST_WITH_BUTTONS = 12
KIND = "acceptance"
ALL_MINE = "handover.accept"
MOST_OF_A_BUTTON = 2_000
"""Slack: the characters that a button carries."""


def owners(session: Session, directory: Directory) -> dict[Person, list[ActionItem]]:
    """Everybody who owns an open item, by name, with their items by deadline."""
    owned: dict[int, list[ActionItem]] = defaultdict(list)
    for item in items.owned(session, list(directory.people)):
        owned[item.owner_id].append(item)
    found = sorted((directory.people[number] for number in owned), key=lambda who: who.name)
    return {who: owned[who.id] for who in found}


def introduce(session: Session, directory: Directory, *, now: datetime) -> list[Person]:
    """Owe every owner, not yet introduced, their introduction; who they are.

    It comes in their own morning on a working day, or at once while they are at work, and
    begins to wait for "Is this yours?" from then. To somebody without an account the
    secretariat sends it: it begins to wait once they have.
    """
    new = []
    for person, owned in owners(session, directory).items():
        if person.introduced_at is None:
            due_at = opening(directory, person, now)
            _owe(session, directory, person, owned, due_at=due_at, now=now)
            founding.introduced(session, person.id, now=now)
            new.append(person)
    return new


def opening(directory: Directory, person: Person, now: datetime) -> datetime:
    """When an introduction goes: to the secretariat at once, where it is theirs to send."""
    return Diary(directory=directory).opening(person, now) if person.accounts else now


def sweep(database: Database, *, now: datetime) -> int:
    """Introduce who came to own an item, or got an account, after Start; how many.

    Safe to run twice or late.
    """
    with database.snapshot() as session:
        started = [g.id for g in groups.every(session) if g.started_at is not None]
    return sum(_sweep_group(database, group_id, now=now) for group_id in started)


def _sweep_group(database: Database, group_id: int, *, now: datetime) -> int:
    with database.snapshot() as session:
        everybody = people.directory(session, group_id).people.values()
        if all(who.introduced_at is not None for who in everybody):
            return 0
    with database.transaction() as session:
        if groups.paused(session, group_id, now=now) is not None:
            return 0
        return len(introduce(session, people.directory(session, group_id), now=now))


def _owe(
    session: Session,
    directory: Directory,
    person: Person,
    owned: Sequence[ActionItem],
    *,
    due_at: datetime,
    now: datetime,
) -> None:
    group = directory.group
    said = email_words.first_ask(owned)
    if person.accounts:
        said = introduction(directory, person, owned, now=due_at)
    again = outbox.by_key(session, f"intro:{person.id}") is not None
    outgoing = Outgoing(
        key=f"intro:{person.id}:{now.isoformat()}" if again else f"intro:{person.id}",
        group_id=group.id,
        team_id=group.team_id,
        person_id=person.id,
        message=said,
        subject={"items": [item.id for item in owned]},
    )
    outbox.enqueue(session, outgoing, due_at=due_at, now=now)
    for item in owned:
        _wait(session, directory, person, item, since=due_at)


def _wait(
    session: Session, directory: Directory, person: Person, item: ActionItem, *, since: datetime
) -> None:
    """The introduction is the first ask; the ladder's later steps have words of their own."""
    day = local_day(person, since)
    next_on = None
    if person.accounts:
        next_on = waiting_ladders.next_day(KIND, 0, day, day, directory.calendar(person))
    if found := waiting.unsettled(session, directory.group.id, kind=KIND, subject_id=item.id):
        if found[0].next_on is None and found[0].rung == 0:
            waiting.begin(session, found[0], since=since, next_on=next_on)
        return
    ask = message(
        text("Is ", Bold(f"{item.ref} {item.title}"), f", {say.due(item.due)}, yours?"),
        yours(item),
    )
    subject = {"items": [item.id]}
    waiting.open_one(
        session,
        group_id=directory.group.id,
        kind=KIND,
        subject_id=item.id,
        now=since,
        next_on=next_on,
        item_id=item.id,
        person_id=person.id,
        payload={"message": payloads.dump(ask), "subject": subject, "copies": []},
    )


def introduction(
    directory: Directory, person: Person, owned: Sequence[ActionItem], *, now: datetime
) -> Message:
    """Who runs this, who keeps and sees the answers, and what is theirs."""
    group = directory.group
    today = local_day(person, now)
    secretariat = say.listed(p.label for p in directory.holders(Role.SECRETARIAT, today))
    return message(
        Heading(shortened_heading(group.name)),
        text(
            f"Hello {person.name}. I am Followthrough, and I keep the action register of the "
            f"group for its secretariat, {secretariat}, who run me. I will remind you before "
            "your deadlines, here and only here."
        ),
        bullets(
            "The secretariat keeps your answers. They and the chair see your words; members of "
            "the group see items, owners, dates and how each stands.",
            "Whatever you write may be published, or disclosed under the Freedom of Information "
            "Act.",
            "Please write nothing about patients, or about anybody’s health: no names, no numbers.",
        ),
        text(f"You are down as the owner of {say.counted(len(owned), 'action item')}:"),
        *_items(owned),
        *all_yours(owned),
        Note("You can also answer in your own words, now or at any time."),
    )


def shortened_heading(name: str) -> str:
    """A group's name as a heading can bear it."""
    return say.shortened(name, 140)


def _items(owned: Sequence[ActionItem]) -> tuple[Part, ...]:
    parts: list[Part] = []
    for item in owned[:MOST_WITH_BUTTONS]:
        parts += [text(*_line(item), ". Is this yours?"), yours(item)]
    if rest := owned[MOST_WITH_BUTTONS:]:
        parts.append(text("And these; say in words if one is not yours:"))
        parts.append(bullets(*(_line(item) for item in rest)))
    return tuple(parts)


def _line(item: ActionItem) -> tuple[str | Bold, ...]:
    return Bold(item.ref), f" {say.shortened(item.title)}, {say.due(item.due)}"


def yours(item: ActionItem) -> Buttons:
    """The two answers to whether an item is theirs."""
    value = json.dumps(_shown(item), separators=(",", ":"))
    return Buttons(
        (
            Button(label=f"Yes, {item.ref} is mine", action="intro.mine", value=value),
            Button(label="Not mine", action="intro.not_mine", value=value),
        )
    )


def all_yours(found: Sequence[ActionItem]) -> tuple[Buttons, ...]:
    """One answer for several items at once; none where a button cannot carry them all."""
    value = json.dumps({"items": [[i.id, i.version] for i in found]}, separators=(",", ":"))
    if len(found) < 2 or len(value) > MOST_OF_A_BUTTON:
        return ()
    return (Buttons((Button(label="All of these are mine", action=ALL_MINE, value=value),)),)


def _shown(item: ActionItem) -> Mapping[str, int]:
    return {"item": item.id, "v": item.version}
