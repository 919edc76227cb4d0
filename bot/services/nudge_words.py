"""What a nudge says: each item, its day, what was last said, and who will be told next."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from bot.domain import date_asks
from bot.domain.deadlines import day_and_date
from bot.domain.diaries import Diary, local_day
from bot.domain.ladders import Who
from bot.domain.messages import Bold, Bullets, Button, Buttons, Message, Note, Part, Text
from bot.domain.messages import say as text
from bot.domain.people import Directory, Person, Role
from bot.domain.plans import Outcome
from bot.domain.register import ActionItem, Status, StatusUpdate
from bot.services import asking_days, say
from bot.services.planning import lead_of

WITH_BUTTONS = 12
LISTED = 20
OTHERS = 150
"""Items with buttons of their own, those listed after them, those one button can carry."""
WORDS = 120

_BUTTONS = (
    ("On track", "reply.on_track"),
    ("At risk", "reply.at_risk"),
    ("Done", "reply.done"),
    ("Need more time", "reply.more_time"),
    ("Not mine", "reply.not_mine"),
)
_TITLES = frozenset({"dr", "mr", "mrs", "ms", "miss", "mx", "prof", "professor", "dame", "sir"})
NOON = time(12)


@dataclass(frozen=True, kw_only=True)
class Ask:
    """One item somebody is asked about: `blocks` is the item that waits for this one.

    `for_letter` where it is the last that is asked before a letter is drafted.
    """

    item: ActionItem
    outcome: Outcome
    last: StatusUpdate | None = None
    blocks: ActionItem | None = None
    for_letter: bool = False


def to_owner(asks: Sequence[Ask], *, reader: Person, diary: Diary, now: datetime) -> Message:
    """The one message a person gets on a day; the most urgent first."""
    first, rest = asks[:WITH_BUTTONS], asks[WITH_BUTTONS:]
    how = "How is this one going?" if len(asks) == 1 else f"How are these {len(asks)} going?"
    parts: list[Part] = [text(f"{greeting(reader, now)} {how}")]
    for ask in first:
        parts += _asked(ask, reader=reader, diary=diary, now=now)
    parts += _others(rest, diary=diary, reader=reader, now=now)
    parts.append(Note("A sentence in reply works as well as a button."))
    parts += asking_days.line(reader)
    return Message(parts=tuple(parts))


def greeting(reader: Person, now: datetime) -> str:
    """Good morning, Priya."""
    part = "morning" if now.astimezone(reader.zone).time() < NOON else "afternoon"
    return f"Good {part}, {first_name(reader)}."


def first_name(person: Person) -> str:
    """What a colleague calls them; the whole name where it starts with a title."""
    first = person.name.split()[0]
    return person.name if first.rstrip(".").casefold() in _TITLES else first


def _asked(ask: Ask, *, reader: Person, diary: Diary, now: datetime) -> list[Part]:
    item = ask.item
    lines = sentences(ask, reader=reader, diary=diary, now=now)
    parts: list[Part] = [
        text(Bold(f"{item.ref} {say.shortened(item.title)}"), f". {' '.join(lines)}")
    ]
    if next_told := told_next(ask, diary):
        parts.append(Note(next_told))
    parts.append(answers(item))
    return parts


def answers(item: ActionItem) -> Buttons:
    """One tap: the five answers to a nudge."""
    return Buttons(tuple(_button(item, label, action) for label, action in _BUTTONS))


def _button(item: ActionItem, label: str, action: str) -> Button:
    value = json.dumps({"item": item.id, "v": item.version}, separators=(",", ":"))
    return Button(label=label, action=action, value=value)


def sentences(ask: Ask, *, reader: Person, diary: Diary, now: datetime) -> list[str]:
    """When it is due, what was last said, and why it is asked of this reader."""
    item = ask.item
    today = local_day(reader, now)
    found = [
        _due(item, diary, today),
        _which_day(ask),
        _said(ask, reader=reader, diary=diary, now=now),
    ]
    if item.owner_id != reader.id:
        away = diary.directory.away(item.owner_id, today)
        name = diary.person(item.owner_id).name
        until = f" until {day_and_date(away.until_on)}" if away else ""
        found.append(f"You are covering for {name}{until}.")
    if ask.blocks is not None:
        found.append(f"{ask.blocks.ref} ({say.shortened(ask.blocks.title, 80)}) waits for it.")
    elif item.blocked:
        found.append("Is it still blocked, and what would free it?")
    if ask.for_letter:
        found.append("A letter that reports on it is about to be drafted: what should it say?")
    found += _who_was_told(ask, diary)
    return [sentence for sentence in found if sentence]


def _due(item: ActionItem, diary: Diary, today: date) -> str:
    due_on = item.due_on
    if due_on is None:
        words = f" (“{say.shortened(item.due.words, 60)}”)" if item.due.words else ""
        return f"It has no date yet{words}: when do you expect to finish it?"
    if due_on == today:
        return f"It is due today, {day_and_date(today)}."
    days = diary.national(item.owner_id).working_days(today, due_on)
    when = say.due(item.due)
    if due_on > today:
        left = f"in {say.counted(days, 'working day')}" if days else "before the next working day"
        return f"It is {when}, {left}."
    gone = f"{say.counted(-days, 'working day')} ago" if days else "since the last working day"
    return f"It was {when}, {gone}."


def _which_day(ask: Ask) -> str:
    """What has only a window is asked for a day until the window opens."""
    if ask.item.due_on is None or not date_asks.is_ask(ask.outcome.rung):
        return ""
    return "That is a window: which day do you expect it to be?"


def _said(ask: Ask, *, reader: Person, diary: Diary, now: datetime) -> str:
    last, item = ask.last, ask.item
    if last is None:
        return "Nothing has been said about it yet."
    who = "You" if last.by_id == reader.id else say.named(diary.directory, last.by_id)
    age = say.ago(last.at, today=local_day(reader, now), zone=reader.zone)
    how = "that nothing had changed" if last.status is Status.UNCHANGED else say.standing(item)
    quoted = f": “{say.shortened(last.words, WORDS)}”" if last.words and who == "You" else ""
    return f"{who} last reported {how}, {age}{quoted}{'' if quoted.endswith('.”') else '.'}"


def _who_was_told(ask: Ask, diary: Diary) -> list[str]:
    if ask.outcome.is_ask or not ask.outcome.rung.escalates:
        return []
    on = ask.outcome.due_on
    involved = [who for who in ask.outcome.rung.involves if who is not Who.OWNER]
    return [_told(who, names(diary.directory, ask.item, who, on)) for who in involved]


def _told(who: Who, name: str) -> str:
    if who is Who.SECRETARIAT:
        return "I have asked the secretariat to step in."
    return f"I have copied in {name}." if who is Who.LEAD else f"I have told {name}."


def told_next(ask: Ask, diary: Diary) -> str | None:
    """Who will be told next, and when: without it nobody else is told at all."""
    outcome = ask.outcome
    if outcome.tells is None or outcome.tells_on is None:
        return None
    involved = [who for who in outcome.tells.involves if who is not Who.OWNER]
    will = say.listed(
        _will(who, names(diary.directory, ask.item, who, outcome.tells_on)) for who in involved
    )
    day = day_and_date(outcome.tells_on)
    return f"Unless it is done, blocked or has a new date by then, {will} on {day}."


def _will(who: Who, name: str) -> str:
    if who is Who.SECRETARIAT:
        return "the secretariat will be asked to step in"
    return f"{name}, will be {'copied in' if who is Who.LEAD else 'told'}"


def names(directory: Directory, item: ActionItem, who: Who, on: date) -> str:
    """Whom a rung involves, by office and name."""
    if who is Who.LEAD:
        lead = lead_of(directory, item)
        body = directory.people[item.owner_id].body
        return f"{directory.people[lead].label}, who leads for {body}" if lead else "the lead"
    found = chairs(directory, item, on)
    office = "the chair" if len(found) <= 1 else "the chairs"
    return f"{office}, {say.listed(p.label for p in found)}" if found else office


def chairs(directory: Directory, item: ActionItem, on: date) -> tuple[Person, ...]:
    """The chair, or the deputy where the chair owns the item."""
    for role in (Role.CHAIR, Role.DEPUTY_CHAIR):
        found = tuple(p for p in directory.holders(role, on) if p.id != item.owner_id)
        if found:
            return found
    return ()


def _others(rest: Sequence[Ask], *, diary: Diary, reader: Person, now: datetime) -> list[Part]:
    if not rest:
        return []
    today = local_day(reader, now)
    rows = tuple(
        (
            Bold(ask.item.ref),
            f" {say.shortened(ask.item.title, 80)}. {_due(ask.item, diary, today)}",
        )
        for ask in rest[:LISTED]
    )
    more = len(rest) - len(rows)
    numbers = [ask.item.id for ask in rest[:OTHERS]]
    button = Button(
        label="Answer the others",
        action="nudge.others",
        value=json.dumps({"items": numbers}, separators=(",", ":")),
    )
    tail: list[Part] = [text(f"And {say.counted(more, 'more', 'more')}.")] if more else []
    return [text("These too:"), Bullets(rows), *tail, Buttons((button,))]


def as_text(message: Message) -> str:
    """The same for an e-mail: paragraphs and nothing to press."""
    paragraphs = []
    for part in message.parts:
        match part:
            case Text(spans):
                paragraphs.append("".join(s if isinstance(s, str) else s.text for s in spans))
            case Bullets(rows):
                for row in rows:
                    line = "".join(s if isinstance(s, str) else s.text for s in row)
                    paragraphs.append(f"- {line}")
            case Note(words) if not words.startswith(("A sentence in reply", *asking_days.SAID)):
                paragraphs.append(words)
            case _:
                pass
    return "\n\n".join(paragraphs)
