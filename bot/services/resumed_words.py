"""The one message that somebody gets when a pause ends: what waits, what was said, their items."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.diaries import Diary, local_day
from bot.domain.messages import Bold, Buttons, Message, Note, Part, bullets, say
from bot.domain.people import Person
from bot.domain.register import ActionItem
from bot.services import decisions, nudge_words, off_switch, waiting_lists
from bot.services import say as words
from bot.services.decisions import Context
from storage import commitments, histories, reports
from storage.database import Session
from storage.pauses import Held, Pause
from storage.waiting import Waiting

WHOLE = 5
LISTED = 25
NOTES = 6
"""With their buttons, by a line each, and the messages that were held, as they were."""
BLOCKS = 12
"""Parts of held messages: Slack takes fifty blocks in all."""


@dataclass(frozen=True, kw_only=True)
class Missed:
    """What somebody was not told while the group was paused."""

    notes: tuple[Held, ...]
    waits: tuple[Waiting, ...]
    items: tuple[ActionItem, ...]


def compose(
    session: Session, diary: Diary, reader: Person, missed: Missed, pause: Pause, *, now: datetime
) -> Message:
    """Why they hear of all this together, then what waits on them, the rest after it."""
    since = off_switch.moment(pause.since_at)
    hello = f"{nudge_words.greeting(reader, now)} I was paused from {since} and am at work again."
    return Message(
        parts=(
            say(f"{hello} This is what you would have heard from me meanwhile."),
            *_waits(session, diary, reader, missed.waits, now=now),
            *_notes(missed.notes),
            *_items(diary, reader, missed.items, now=now),
        )
    )


def _waits(
    session: Session, diary: Diary, reader: Person, waits: Sequence[Waiting], *, now: datetime
) -> list[Part]:
    if not waits:
        return []
    directory, today = diary.directory, local_day(reader, now)
    about = {each.item_id for each in waits if each.item_id is not None}
    context = Context(
        directory=directory,
        histories={h.item_id: h for h in histories.of_items(session, about)},
        promises=commitments.of_group(session, directory.group.id),
        answered=reports.answered(session, directory.group.id),
        today=today,
        zone=reader.zone,
    )
    parts: list[Part] = [say(Bold(f"Waiting on you ({len(waits)})"))]
    for each in waits[:WHOLE]:
        parts += decisions.parts(context, each)
    rest = waits[WHOLE : WHOLE + LISTED]
    if rest:
        lines = waiting_lists.lines(session, directory, rest, today=today, zone=reader.zone)
        parts += [say("And these; open my Home tab to settle them:"), bullets(*lines)]
    left = len(waits) - WHOLE - len(rest)
    return [*parts, Note(f"and {left} more: `status waiting`")] if left > 0 else parts


def _notes(notes: Sequence[Held]) -> list[Part]:
    """The held messages as they were, or only how they begin where there are too many."""
    if not notes:
        return []
    shown = notes[:NOTES]
    whole: list[Part] = [part for held in shown for part in held.message.parts]
    if len(whole) > BLOCKS:
        whole = [p for held in shown for p in held.message.parts[:2] if not isinstance(p, Buttons)]
    left = len(notes) - len(shown)
    more: list[Part] = [Note(f"and {left} older: `status mine` shows how your items stand")]
    return [say(Bold("Meanwhile")), *whole, *(more if left else [])]


def _items(
    diary: Diary, reader: Person, items: Sequence[ActionItem], *, now: datetime
) -> list[Part]:
    if not items:
        return []
    today = local_day(reader, now)
    parts: list[Part] = [say(Bold(f"Your items that have come due for a word ({len(items)})"))]
    for item in items[:WHOLE]:
        line = words.item_line(item, diary.directory, today=today, zone=reader.zone, owner=False)
        parts += [say(*line), nudge_words.answers(item)]
    rest = items[WHOLE : WHOLE + LISTED]
    if rest:
        parts.append(
            bullets(
                *(
                    words.item_line(i, diary.directory, today=today, zone=reader.zone, owner=False)
                    for i in rest
                )
            )
        )
    return [*parts, Note("A sentence in reply works as well as a button.")]
