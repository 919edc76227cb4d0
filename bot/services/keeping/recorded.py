"""One message to an owner for all that somebody else recorded or changed for them at once."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.diaries import Diary, local_day
from bot.domain.messages import (
    Bold,
    Button,
    Buttons,
    Message,
    Note,
    Part,
    Quote,
    Text,
    bullets,
    message,
)
from bot.domain.messages import say as text
from bot.domain.outgoing import Outgoing
from bot.domain.people import Directory, Person, Role
from bot.domain.register import ActionItem
from bot.services import introductions, say
from bot.services.keeping import owning
from storage import outbox
from storage.database import Session

WITH_BUTTONS = 12
LISTED = 30


@dataclass(frozen=True, kw_only=True)
class Recorded:
    """One thing done to an item for its owner, as the item stands after it.

    `said` follows the item and a colon: "due by 30 September 2022 now". `quote` are the words
    recorded, `update_id` the update where it is one, `theirs` where the item has become the
    reader's, who is then asked whether it is.
    """

    item: ActionItem
    said: str
    quote: str = ""
    update_id: int | None = None
    theirs: bool = False


def tell_owner(
    session: Session,
    directory: Directory,
    owner_id: int,
    changes: Sequence[Recorded],
    *,
    by: Person | None,
    now: datetime,
    key: str,
) -> None:
    """Owe an owner one message about all of these, with a way to say that it is not right.

    Whoever covers for them today hears of it now, and they themselves once they are back. `by`
    is whoever did it, nobody where it came from the command line. Nobody is told what they did
    themselves, nor before the group has started, nor without an account; what has become theirs
    is in the introduction of whoever has yet to have it. `key` names the transaction: the same
    one is told once.
    """
    owner = directory.people[owner_id]
    if not owning.started(directory) or (by and owner_id == by.id):
        return
    diary = Diary(directory=directory)
    known = [one for one in changes if owner.introduced_at is not None or not one.theirs]
    _owe(session, diary, owner, owner, known, by=by, now=now, key=f"{owner_id}:{key}")
    cover = diary.asked(owner_id, local_day(owner, now))
    if cover is not None and cover.id not in {owner_id, by.id if by else None}:
        put = [_for_cover(one, owner) for one in changes]
        _owe(session, diary, cover, owner, put, by=by, now=now, key=f"{owner_id}:{key}:cover")


def _for_cover(one: Recorded, owner: Person) -> Recorded:
    """Whose it is, only its owner says; whoever covers hears that it has come."""
    if not one.theirs:
        return one
    return replace(one, theirs=False, said=f"{owner.label}’s now, {say.due(one.item.due)}")


def _owe(
    session: Session,
    diary: Diary,
    reader: Person,
    owner: Person,
    told: Sequence[Recorded],
    *,
    by: Person | None,
    now: datetime,
    key: str,
) -> None:
    if not told or not reader.accounts:
        return
    outgoing = Outgoing(
        key=f"recorded:{key}",
        group_id=diary.directory.group.id,
        team_id=diary.directory.group.team_id,
        person_id=reader.id,
        message=_message(told, _opening(diary.directory, reader, owner, by, now), by),
        subject={"items": list(dict.fromkeys(one.item.id for one in told))},
    )
    outbox.enqueue(session, outgoing, due_at=diary.opening(reader, now), now=now)


def _opening(
    directory: Directory, reader: Person, owner: Person, by: Person | None, now: datetime
) -> Text:
    who = Bold(_who(directory, by, now))
    if reader.id == owner.id:
        return text("Recorded for you by ", who, ":")
    return text("Recorded by ", who, f" for {owner.label}, for whom you stand in:")


def _message(told: Sequence[Recorded], opening: Text, by: Person | None) -> Message:
    by_item: dict[int, list[Recorded]] = defaultdict(list)
    for one in told:
        by_item[one.item.id].append(one)
    shown = list(by_item.values())
    parts: list[Part] = [opening]
    for about in shown[:WITH_BUTTONS]:
        parts += _of_item(about, by)
    if rest := shown[WITH_BUTTONS:]:
        parts.append(bullets(*(_line(one) for about in rest[:LISTED] for one in about)))
        left = len(rest) - LISTED
        more = (
            f" And {say.counted(left, 'more item')}: `status mine` lists them." if left > 0 else ""
        )
        parts.append(Note(f"Say in words if one of these is not right.{more}"))
    return message(*parts)


def _who(directory: Directory, by: Person | None, now: datetime) -> str:
    """Whose hand it was, and by what right."""
    if by is None:
        return "the secretariat"
    today = local_day(by, now)
    for role in (Role.SECRETARIAT, Role.CHAIR, Role.DEPUTY_CHAIR):
        if directory.has_role(by.id, role, on=today):
            return f"{by.name} ({role.value.replace('_', ' ')})"
    return by.label


def _line(one: Recorded) -> tuple[str | Bold, ...]:
    return Bold(one.item.ref), f" {say.shortened(one.item.title)}: {one.said}"


def _of_item(about: Sequence[Recorded], by: Person | None) -> list[Part]:
    parts: list[Part] = []
    for one in about:
        parts.append(text(*_line(one), ". Is it yours?" if one.theirs else "."))
        if one.quote:
            parts.append(Quote(one.quote))
    return [*parts, Buttons(tuple(_buttons(about, {"by": by.id} if by else {})))]


def _buttons(about: Sequence[Recorded], by: Mapping[str, int]) -> list[Button]:
    """Whether it is theirs; that they did not say so; that it is not right: each at most once."""
    item = about[-1].item
    if any(one.theirs for one in about):
        return list(introductions.yours(item).buttons)
    updates = [one.update_id for one in about if one.update_id is not None]
    if updates:
        value = {"item": item.id, "update": updates[-1], **by}
        return [_object("That is not what I said", value)]
    return [_object("This is not right", {"item": item.id, "v": item.version, **by})]


def _object(label: str, value: Mapping[str, int]) -> Button:
    return Button(
        label=label, action="recorded.object", value=json.dumps(value, separators=(",", ":"))
    )
