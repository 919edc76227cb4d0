"""What the bot would read in a date or a reply, for the command line; touches no database."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from bot.domain import dates
from bot.domain.calendars import Nation, Recess
from bot.domain.deadlines import Deadline, Kind
from bot.domain.errors import UserError
from bot.domain.guard import guard
from bot.domain.people import Role
from bot.domain.register import Status
from bot.domain.replies import AskedItem, ProposedUpdate, Reading, read_reply, to_json
from bot.services.group_file import GroupFile
from bot.services.group_file.contents import ItemPart, PersonPart

Json = Mapping[str, Any]

DATE_FIELDS = frozenset(
    {
        "text",
        "on",
        "nation",
        "current",
        "next_meeting",
        "published_on",
        "received_on",
        "recesses",
    }
)
_YEARS = range(1900, 2200)
REPLY_FIELDS = frozenset({"text", "on", "from", "asked"})


def a_date(line: Json) -> dict[str, Any]:
    """The Deadline that is read, as JSON values; UserError where the line cannot be used."""
    _known(line, DATE_FIELDS)
    read = dates.read(
        _text(line),
        on=_day(line, "on"),
        nation=_nation(line.get("nation")),
        current=_maybe_day(line, "current"),
        next_meeting=_maybe_day(line, "next_meeting"),
        published_on=_maybe_day(line, "published_on"),
        received_on=_maybe_day(line, "received_on"),
        recesses=_recesses(line.get("recesses")),
    )
    return read.to_json()


def a_reply(line: Json, file: GroupFile) -> dict[str, Any]:
    """What would be recorded, asked, redacted or refused; UserError for an unusable line."""
    _known(line, REPLY_FIELDS)
    on, said = _day(line, "on"), guard(_text(line))
    person = _person(file, str(line.get("from") or ""))
    asked = [_item(file, ref) for ref in line.get("asked") or ()]
    theirs = [item for item in asked if _may_change(file, item, person.name, on)]
    if asked and not theirs:
        refs = ", ".join(item.ref for item in asked)
        refused = f"Only its owner, their cover or the secretariat can change {refs}."
        return dict(to_json(Reading(remark=said.text, refused=refused), said))
    shown = [
        AskedItem(ref=item.ref, title=item.title, due=file.readings.due[item.ref], order=n)
        for n, item in enumerate(theirs, start=1)
    ]
    reading = read_reply(said, on=on, asked=shown, nation=person.nation)
    updates = tuple(_with_approval(file, update) for update in reading.updates)
    return dict(to_json(dataclasses.replace(reading, updates=updates), said))


def no_date(words: str, sentence: str) -> dict[str, Any]:
    """The answer to a line that cannot be used: never "no date", but a question."""
    asked = Deadline(
        words=words, kind=Kind.OPEN, question=sentence, explanation=f"Open: {sentence}"
    )
    return asked.to_json()


def no_reply(words: str, sentence: str) -> dict[str, Any]:
    """The answer to a line that cannot be used: nothing recorded, and why."""
    said = guard(words)
    return dict(to_json(Reading(remark="", refused=sentence), said))


def answers(
    text: Iterable[str],
    defaults: Json,
    read: Callable[[Json], dict[str, Any]],
    unread: Callable[[str, str], dict[str, Any]],
) -> Iterator[tuple[dict[str, Any], str | None]]:
    """An answer to each JSON line, in order, and what is wrong with the line if anything is.

    What a line leaves out is taken from the defaults; blank lines are no lines.
    """
    for number, line in enumerate(text, start=1):
        if not line.strip():
            continue
        words = ""
        try:
            found = _object(line, number)
            words = str(found.get("text") or "")
            answer = read({**defaults, **found})
        except UserError as error:
            yield unread(words, str(error)), str(error)
        else:
            yield answer, None


def _object(line: str, number: int) -> Json:
    try:
        found = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise UserError(f"Line {number} is not JSON: give one object a line.") from error
    if not isinstance(found, dict):
        raise UserError(f"Line {number} is not a JSON object: give one object a line.")
    return found


def _known(line: Json, fields: frozenset[str]) -> None:
    unknown = sorted(set(line) - fields)
    if unknown:
        raise UserError(f"{unknown[0]!r} is not known here: use {', '.join(sorted(fields))}.")


def _text(line: Json) -> str:
    text = line.get("text")
    if not isinstance(text, str):
        raise UserError("A line needs its `text`, in quotation marks.")
    return text


def _day(line: Json, name: str) -> date:
    try:
        day = date.fromisoformat(str(line.get(name)))
    except ValueError as error:
        raise UserError(f"{name!r} must be a day such as 2022-05-10.") from error
    if day.year not in _YEARS:
        raise UserError(f"{name!r} must be a day of our times, such as 2022-05-10.")
    return day


def _maybe_day(line: Json, name: str) -> date | None:
    return None if line.get(name) is None else _day(line, name)


def _nation(name: object) -> Nation:
    try:
        return Nation(str(name or Nation.ENGLAND.value))
    except ValueError as error:
        known = ", ".join(nation.value for nation in Nation)
        raise UserError(f"There is no nation {name!r}: choose from {known}.") from error


def _recesses(found: object) -> tuple[Recess, ...]:
    listed = [] if found is None else found
    if not isinstance(listed, list) or not all(isinstance(each, dict) for each in listed):
        raise UserError("'recesses' must be a list of objects with name, rises and returns.")
    recesses = []
    for each in listed:
        rises, returns = _day(each, "rises"), _day(each, "returns")
        if returns <= rises:
            raise UserError("A recess returns after the day on which the House rises.")
        recesses.append(Recess(name=str(each.get("name", "")), rises=rises, returns=returns))
    return tuple(recesses)


def _person(file: GroupFile, name: str) -> PersonPart:
    wanted = " ".join(name.split()).casefold()
    for person in file.contents.people:
        if person.name.casefold() == wanted:
            return person
    raise UserError(f"There is nobody called {name!r} in the group file: give a name from it.")


def _item(file: GroupFile, ref: object) -> ItemPart:
    for item in file.contents.items:
        if item.ref.casefold() == str(ref).strip().casefold():
            return item
    raise UserError(f"There is no item {ref} in the group file: give references from it.")


def _may_change(file: GroupFile, item: ItemPart, name: str, on: date) -> bool:
    keeps = any(
        role.person.casefold() == name.casefold()
        and role.role is Role.SECRETARIAT
        and role.from_on <= on
        and (role.until_on is None or on <= role.until_on)
        for role in file.contents.roles
    )
    return item.owner.casefold() == name.casefold() or keeps


def _with_approval(file: GroupFile, update: ProposedUpdate) -> ProposedUpdate:
    """Rule 4: who decides what the owner alone may not do."""
    item = _item(file, update.item)
    promised = [file.readings.promised[r] for r in item.answers if r in file.readings.promised]
    if update.status is Status.WITHDRAWN:
        decider = Role.CHAIR if promised else Role.SECRETARIAT
    elif update.proposed_due is not None:
        last = [p.latest for p in promised if p.latest is not None]
        past = bool(promised) and (not last or update.proposed_due > min(last))
        decider = Role.CHAIR if past else Role.SECRETARIAT
    else:
        return update
    return dataclasses.replace(update, needs_approval_of=decider.value)
