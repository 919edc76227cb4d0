"""Replies in words: understood by rules, recorded where clear, asked back where not."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.messages import Part, say
from bot.domain.register import ActionItem
from bot.domain.replies import AskedItem, Known, Reading, read_reply
from bot.domain.text import GuardedText
from bot.services import (
    date_changes,
    date_decisions,
    finding,
    intake,
    questions,
    recording,
    remarks,
    snoozing,
    updates,
)
from bot.services.answering import may_change
from bot.services.intake import Arrival, Desk
from bot.services.pasting import taking
from storage import items, outbox
from storage import updates as rows
from storage.database import Database

REFERENCE = re.compile(r"\b([A-Za-z]{1,4}[-‐‑–]?\d{1,5})\b")
MOST_NAMED = 40
"""References looked up of one message: each is a read."""


@dataclass(frozen=True, kw_only=True)
class Said:
    """A message to the bot. `edits` is the key of the message it is an edit of."""

    arrival: Arrival
    text: GuardedText
    edits: str | None = None


def text(database: Database, said: Said, *, now: datetime) -> None:
    """Take a message once: record what is clear, ask what is not, keep the rest as a remark."""
    with intake.once(database, said.arrival, now=now) as desk:
        if desk is None:
            return
        if _is_list(desk, said):
            return
        change_id = desk.answered.subject.get("change") if desk.answered else None
        if change_id is not None and desk.answered and desk.answered.subject.get("asked_by"):
            remarks.pass_on(desk, said.text, int(desk.answered.subject["asked_by"]))
            date_decisions.settle_question(desk, int(change_id), "answered")
            return
        asked = _asked(desk)
        put = remarks.on_others(desk, said.text, _named(desk, said.text), asked)
        reading = read_reply(
            said.text,
            on=desk.today,
            asked=[
                AskedItem(ref=item.ref, title=item.title, due=item.due, order=n)
                for n, item in enumerate(_mentioned(desk, said.text, asked), start=1)
            ],
            nation=desk.person.nation,
            known=_known(desk),
        )
        _apply(desk, reading, said, remarked=put)


def _known(desk: Desk) -> Known:
    """What the group's tables say on this day to whoever answers."""
    directory = desk.directory
    meetings = [one.on for one in directory.meetings if one.on > desk.today]
    return Known(
        next_meeting=min(meetings, default=None),
        recesses=directory.recesses,
        calendar=directory.national_calendar(desk.person.nation),
    )


def _is_list(desk: Desk, said: Said) -> bool:
    """Whether it was a list of actions that the secretariat pasted, which is taken as one."""
    if said.edits is not None:
        return taking.again(desk, said.text, said.edits)
    if not taking.is_list(desk, said.text):
        return False
    taking.take(desk, said.text, source_key=desk.arrival.key)
    return True


def deleted(database: Database, arrival: Arrival, *, source_key: str, now: datetime) -> None:
    """Somebody deleted their Slack message: noted; what it recorded stands until undone."""
    with intake.once(database, arrival, now=now) as desk:
        if desk is None:
            return
        found = rows.from_source(desk.session, source_key)
        desk.audited(
            "message deleted",
            f"message:{source_key}",
            updates=[said.id for said in found],
        )


def _asked(desk: Desk) -> list[ActionItem]:
    """What they are answering: the items of our message, else all that is theirs today."""
    named = desk.answered.subject.get("items", []) if desk.answered else []
    if named:
        found = [items.get(desk.session, int(number)) for number in named]
        return [item for item in found if item.is_open and may_change(desk, item)]
    covered = [
        cover.person_id
        for cover in desk.directory.covers
        if cover.cover_id == desk.person.id and cover.from_on <= desk.today <= cover.until_on
    ]
    theirs = items.owned(desk.session, [desk.person.id, *covered])
    order = outbox.last_items(desk.session, desk.person.id)
    return sorted(theirs, key=lambda i: order.index(i.id) if i.id in order else len(order))


def _mentioned(desk: Desk, said: GuardedText, asked: Sequence[ActionItem]) -> list[ActionItem]:
    """What was asked, and whatever else they name by reference and may change."""
    known = {item.ref.upper() for item in asked}
    extra = [
        item
        for item in _named(desk, said)
        if item.ref.upper() not in known and may_change(desk, item)
    ]
    return [*asked, *extra]


def _named(desk: Desk, said: GuardedText) -> list[ActionItem]:
    """What a message names by reference, written as people write them: A-12, a12."""
    written = dict.fromkeys(ref.upper() for ref in REFERENCE.findall(said.text))
    found = (_by_reference(desk, ref) for ref in list(written)[:MOST_NAMED])
    return list({item.id: item for item in found if item is not None}.values())


def _by_reference(desk: Desk, written: str) -> ActionItem | None:
    forms = finding.references(written.replace("‐", "-"))
    found = (items.by_ref(desk.session, desk.group.id, form) for form in forms)
    return next((item for item in found if item is not None), None)


def _apply(desk: Desk, reading: Reading, said: Said, *, remarked: bool) -> None:
    also, recorded = _record(desk, reading, said)
    also += _wishes(desk, reading, recorded)
    # Who was told that their words went to another's owner need not hear that nothing changed.
    if reading.refused and (recorded or not remarked):
        also.append(say(reading.refused))
    # An update keeps the whole of what was said, so that nothing else need be kept.
    understood = bool(recorded or reading.question or also)
    if not remarked and not recorded and (reading.remark or not understood):
        remarks.keep(desk, said.text)
        if not understood:
            also.append(say(*REMARK_KEPT))
    if recorded or also:
        updates.echo(desk, recorded, also=tuple(also), text=said.text)
    if recorded or reading.question:
        questions.close_answered(desk)
    if reading.question:
        questions.ask(
            desk,
            reading,
            said.text,
            source_key=said.edits or desk.arrival.key,
            about=_asked(desk),
        )


def _wishes(desk: Desk, reading: Reading, recorded: Sequence[tuple[ActionItem, int]]) -> list[Part]:
    """Wishes to be asked again, entered after what was said: about the same items, or those named.

    Where neither says which, it is the one item that was asked about, or is asked back.
    """
    parts: list[Part] = []
    for wish in reading.again:
        found = (items.by_ref(desk.session, desk.group.id, ref) for ref in wish.refs)
        about = [item for item in found if item is not None and may_change(desk, item)]
        if not wish.refs:
            asked = [item for item, _update in recorded] or _asked(desk)
            about = asked if recorded or len(asked) == 1 else []
            if not about:
                parts.append(say(*WHICH))
        for item in about:
            parts += snoozing.wished(desk, items.lock(desk.session, item.id), wish.on)
    return parts


def _record(
    desk: Desk, reading: Reading, said: Said
) -> tuple[list[Part], list[tuple[ActionItem, int]]]:
    """Enter what was read; an edit supersedes what its own message made, and nothing later."""
    if said.edits is None:
        return recording.record(desk, reading.updates, said.text, corrected={})
    questions.close_edited(desk, said.edits)
    before = {
        old.item_id: old
        for old in rows.from_source(desk.session, said.edits)
        if not old.superseded and not old.retracts
    }
    left = dict(before)
    also, recorded = recording.record(
        desk, reading.updates, said.text, corrected=left, source_key=said.edits
    )
    for old in before.values():
        if old.item_id in left:
            item = updates.take_back(desk, old)
            also.append(say(f"What you said before about {item.ref} is taken back."))
        else:
            item = items.get(desk.session, old.item_id)
            date_changes.take_back(desk, item, asked_by=old.by_id, at=old.recorded_at)
    return also, [(items.get(desk.session, item.id), number) for item, number in recorded]


WHICH = (
    "Which item shall I ask about again then? Name it, for example: ask me about A-01 again on ",
    "30 September.",
)
REMARK_KEPT = (
    "I could not read a status in that, so I have kept it as a remark and changed nothing. ",
    "You can say, for example: on track; at risk; done; blocked by the supplier; need until ",
    "30 September. Name the item (A-01) where there are several.",
)
