"""What waits for a decision, as whoever decides reads it, with the buttons that decide it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from bot.domain.commitments import Commitment
from bot.domain.deadlines import day_and_date, long_date
from bot.domain.messages import (
    Bold,
    Bullets,
    Button,
    Buttons,
    Link,
    Note,
    Part,
    Quote,
    Span,
    Text,
    say,
)
from bot.domain.people import Directory
from bot.domain.register import DateChange, Evidence, History, position
from bot.services import date_wording, waiting_lists
from bot.services import say as words
from storage import payloads
from storage.reports import Answered
from storage.waiting import Waiting

SAID = 2


@dataclass(frozen=True, kw_only=True)
class Context:
    """What a decision is read against."""

    directory: Directory
    histories: Mapping[int, History]
    promises: Sequence[Commitment]
    answered: Answered
    today: date
    zone: ZoneInfo


def parts(context: Context, each: Waiting) -> list[Part]:
    """One decision: what is asked, by whom, why, what it breaks, and the buttons."""
    history = context.histories.get(each.item_id or 0)
    if history is not None and each.kind == "date_change":
        change = next((c for c in history.date_changes if c.id == each.subject_id), None)
        if change is not None:
            return _date_change(context, each, history, change)
    if history is not None and each.kind == "verification":
        held = next((e for e in history.evidence if e.id == each.subject_id), None)
        if held is not None:
            return _verification(context, each, history, held)
    if each.payload.get("message"):
        return _as_told(context, each)
    return [_plainly(context, each, history)]


def _as_told(context: Context, each: Waiting) -> list[Part]:
    """The message that opened the wait, with its buttons, as short as a list can bear."""
    told = payloads.load(each.payload["message"]).parts
    buttons = [part for part in told if isinstance(part, Buttons)]
    return [*_said(told), *buttons[:1], Note(_waited(context, each))]


def _said(told: Sequence[Part]) -> list[Part]:
    """The first few paragraphs, each with the list that it announces."""
    kept: list[Part] = []
    paragraphs = 0
    for before, part in zip((None, *told), told, strict=False):
        if isinstance(part, Text | Quote) and paragraphs < SAID:
            kept.append(part)
            paragraphs += 1
        elif isinstance(part, Bullets) and kept[-1:] == [before] and _announces(before):
            kept.append(part)
    return kept


def _announces(part: Part | None) -> bool:
    last = part.spans[-1] if isinstance(part, Text) and part.spans else ""
    return isinstance(last, str) and last.endswith(":")


def _waited(context: Context, each: Waiting) -> str:
    return f"Waiting {words.waited(each.since_at, today=context.today, zone=context.zone)}."


def _date_change(
    context: Context, each: Waiting, history: History, change: DateChange
) -> list[Part]:
    item = position(history)
    first = history.original.latest
    original = day_and_date(first) if first else "none"
    slips = words.moved_before(item.slips)
    new = words.new_date(change.new)
    broken = _broken(context, history, change) if change.moves else []
    who = words.named(context.directory, change.asked_by)
    old = day_and_date(change.old_latest_on) if change.old_latest_on else "no date"
    wants: tuple[Span, ...] = (f": {who} asks to move it from {old} to ", Bold(new), ".")
    if not change.moves:
        wants = (f": {who} gives the reason for its date in other words; the date stays {new}.",)
    shown: list[Part] = [
        say(
            *words.item_name(item),
            *wants,
            f" Original date: {original}; {slips}. {_waited(context, each)} The reason given:",
        ),
        Quote(change.reason or "none was given"),
    ]
    if broken:
        shown.append(_promises(context.directory, broken))
    shown.append(date_wording.buttons(change.id, broken=bool(broken)))
    return shown


def _broken(context: Context, history: History, change: DateChange) -> list[Commitment]:
    """The promises that the new date would miss (rule 4)."""
    broken = []
    for promise in context.promises:
        held_to = promise.deadline.latest or context.answered.told.get(promise.id)
        if promise.id not in history.commitments or held_to is None:
            continue
        if change.new.latest is not None and change.new.latest > held_to:
            broken.append(promise)
    return broken


def _promises(directory: Directory, broken: Sequence[Commitment]) -> Text:
    spans: list[Span] = ["That is past what was promised: "]
    for number, promise in enumerate(broken):
        to = words.listed(
            directory.body_name(body, promise.promised_on).name for body in promise.to_bodies
        )
        made = f" to {to} on {long_date(promise.promised_on)}"
        said = f" “{words.shortened(promise.words, 300)}”,{made}"
        spans += ["; " if number else "", Bold(promise.ref), said]
    return say(*spans, ".")


def _verification(context: Context, each: Waiting, history: History, held: Evidence) -> list[Part]:
    item = position(history)
    shown: Span = Link(held.title, held.url) if held.url else Bold(held.title)
    value = json.dumps({"evidence": held.id})
    return [
        say(
            *words.item_name(item),
            f": {context.directory.people[item.owner_id].label} reports it complete. Does ",
            shown,
            f" show that? {_waited(context, each)}",
        ),
        Buttons(
            (
                Button(label="It shows it", action="evidence.verify", value=value, style="primary"),
                Button(label="It does not", action="evidence.reject", value=value),
            )
        ),
    ]


def _plainly(context: Context, each: Waiting, history: History | None) -> Text:
    about: tuple[Span, ...] = (*words.item_name(position(history)), ": ") if history else ()
    kind = waiting_lists.KINDS.get(each.kind, each.kind.replace("_", " "))
    return say(*about, Bold(kind), f". {_waited(context, each)}")
