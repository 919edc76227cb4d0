"""One message to an owner for all that somebody else recorded or changed for them at once."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
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

    `by` is whoever did it, nobody where it came from the command line. Nobody is told what they
    did themselves, nor before the group has started, nor without an account; what has become
    theirs is in the introduction of whoever has yet to have it. `key` names the transaction: the
    same one is told once.
    """
    owner = directory.people[owner_id]
    if not owning.started(directory) or (by and owner_id == by.id) or not owner.accounts:
        return
    told = [one for one in changes if owner.introduced_at is not None or not one.theirs]
    if not told:
        return
    outgoing = Outgoing(
        key=f"recorded:{owner_id}:{key}",
        group_id=directory.group.id,
        team_id=directory.group.team_id,
        person_id=owner_id,
        message=_message(directory, told, by=by, now=now),
        subject={"items": list(dict.fromkeys(one.item.id for one in told))},
    )
    due_at = Diary(directory=directory).opening(owner, now)
    outbox.enqueue(session, outgoing, due_at=due_at, now=now)


def _message(
    directory: Directory, told: Sequence[Recorded], *, by: Person | None, now: datetime
) -> Message:
    by_item: dict[int, list[Recorded]] = defaultdict(list)
    for one in told:
        by_item[one.item.id].append(one)
    shown = list(by_item.values())
    parts: list[Part] = [text("Recorded for you by ", Bold(_who(directory, by, now)), ":")]
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
