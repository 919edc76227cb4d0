"""What a row says otherwise than the register does, and whether the file or Slack said it last."""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date

from bot.domain.audit import digest
from bot.domain.deadlines import long_date
from bot.domain.people import Directory
from bot.domain.register import STATUS_MEANS, STATUS_WORDS, Confidence, Status
from bot.domain.sheets.columns import Field
from bot.domain.sheets.proposals import Change, Known, Proposal

KEY, DIGITS = 8, 16
"""Bytes of a cell's key, and the digits that are kept of its digest."""
IN_WORDS = (Field.TITLE, Field.UPDATE)
IN_SLACK = "it was changed on the register since; export it again to see how it stands"

Removed = Callable[[int, str], date | None]
"""By an item's number and a text about it: the day on which words in it were removed."""


def none_removed(_item_id: int, _text: str) -> date | None:
    """Nothing has been removed."""
    return None


def said(row: Proposal, directory: Directory) -> dict[Field, str]:
    """What a row says, in words that can be compared; nothing for what it leaves blank."""
    due = row.moves_to or row.due
    found = {
        Field.TITLE: row.title,
        Field.OWNER: _name(directory, row.owner_id),
        Field.SUPPORTERS: _names(directory, row.supporters),
        Field.DUE: long_date(due.latest) if due and due.latest else "",
        Field.STATUS: _status(row.status, row.confidence),
        Field.UPDATE: row.update.text.strip() if row.update else "",
        Field.ANSWERS: ", ".join(sorted(row.answers)),
    }
    return {field: text for field, text in found.items() if text}


def held(known: Known, directory: Directory) -> dict[Field, str]:
    """The same of an item of the register."""
    return {
        Field.TITLE: known.title,
        Field.OWNER: _name(directory, known.owner_id),
        Field.SUPPORTERS: _names(directory, tuple(known.supporters)),
        Field.DUE: long_date(known.due.latest) if known.due.latest else "",
        Field.STATUS: _status(known.status or Status.NOT_STARTED, known.confidence),
        Field.UPDATE: known.words.strip(),
        Field.ANSWERS: ", ".join(sorted(known.answers)),
    }


def compared(
    row: Proposal,
    known: Known,
    *,
    directory: Directory,
    base: Mapping[Field, str] | None,
    version: int | None,
    may_move: bool,
    removed: Removed,
) -> Proposal:
    """The row with what it changes of the item, and what it leaves and why."""
    changes: list[Change] = []
    left = list(row.left)
    kept: set[Field] = set()
    mine, theirs = row.said, held(known, directory)
    if row.update and removed(known.id, row.update.text):
        row = replace(row, update=None)  # nor with a status, nor as the reason of a date
    for field in mine:
        if _same(field, mine[field], theirs[field], known, row):
            continue
        whose = _whose(field, mine, theirs, known, base=base, version=version)
        if whose is None:
            continue
        if whose == "register":
            reason: str | None = f"{field.value}, {IN_SLACK}"
        else:
            reason = _gone(field, mine[field], known, removed)
            reason = reason or _unmovable(field, row, known, may_move)
        if reason is None:
            changes.append(Change(field=field, before=theirs[field], after=mine[field]))
        else:
            left.append(reason)
            kept.add(field)
    return replace(row, changes=tuple(changes), left=tuple(left), left_fields=frozenset(kept))


def _same(field: Field, mine: str, theirs: str, known: Known, row: Proposal) -> bool:
    if field is Field.ANSWERS:
        return set(row.answers) <= known.answers
    if field is Field.STATUS and row.status is Status.NOT_STARTED and known.status is None:
        return True
    if field is Field.STATUS and row.status is known.status:
        implied = STATUS_MEANS[row.status][1] if row.status in STATUS_MEANS else None
        return row.confidence in (None, known.confidence or implied)
    return " ".join(mine.split()) == " ".join(theirs.split())


def _whose(
    field: Field,
    mine: Mapping[Field, str],
    theirs: Mapping[Field, str],
    known: Known,
    *,
    base: Mapping[Field, str] | None,
    version: int | None,
) -> str | None:
    """Who said it last: the file, the register, or the register alone since the last import."""
    if version == known.version:
        return "file"
    if base is not None and field in base:
        if repeats(mine[field], base[field]):
            return None
        return "file" if repeats(theirs[field], base[field]) else "register"
    if version is not None:
        return "register"
    return "register" if field in known.touched else "file"


def _gone(field: Field, text: str, known: Known, removed: Removed) -> str | None:
    """Words that were removed do not come back by an old copy of a file."""
    on = removed(known.id, text) if field in IN_WORDS else None
    if on is None:
        return None
    return f"the {field.value}: words in it were removed on {long_date(on)}; take them out here too"


def _unmovable(field: Field, row: Proposal, known: Known, may_move: bool) -> str | None:
    if field is not Field.DUE:
        return None
    if not may_move:
        return "the due date: say who moves it with `--by NAME`"
    if known.frozen and not row.update:
        if known.due.latest is None:
            return "the due date: say in the update cell how it was agreed"
        return "the due date, which was agreed: say why it moves in the update cell"
    return None


def kept(text: str) -> str:
    """What is kept of a cell to know later whether the file has changed it: a key and a digest.

    Each cell has a key of its own, so that nobody can tell equal cells, or try a guess once what
    is kept of them is erased.
    """
    key = secrets.token_hex(KEY)
    return f"{key}{_keyed(text, key)}"


def repeats(text: str, held: str) -> bool:
    """Whether a cell says again what `kept` was given."""
    key = held[: 2 * KEY]
    return hmac.compare_digest(_keyed(text, key), held[2 * KEY :])


def _keyed(text: str, key: str) -> str:
    return digest(" ".join(text.split()), key)[:DIGITS]


def digests(row: Proposal) -> Iterator[tuple[Field, str]]:
    """What is kept of a row: not what was left, so that a later file can still bring it."""
    for field, text in row.said.items():
        if field not in row.left_fields:
            yield field, kept(text)


def _status(status: Status | None, confidence: Confidence | None) -> str:
    """As both sides say it: a status without a colour of its own has the one that it means."""
    if status is None:
        return ""
    colour = confidence or (STATUS_MEANS[status][1] if status in STATUS_MEANS else None)
    said = f" ({colour.value.replace('_', '/')})" if colour else ""
    return f"{STATUS_WORDS[status]}{said}"


def _name(directory: Directory, person_id: int | None) -> str:
    person = directory.people.get(person_id) if person_id is not None else None
    return person.name if person else ""


def _names(directory: Directory, people: tuple[int, ...]) -> str:
    return ", ".join(sorted(_name(directory, number) for number in people))
