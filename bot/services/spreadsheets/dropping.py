"""Files that come with a message: spreadsheets of the secretariat's are wished for, no others."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.domain.errors import UserError
from bot.domain.messages import Bold, Message, Note, Part, Span, message, say
from bot.domain.people import Role
from bot.domain.sheets.dropped import Dropped
from bot.domain.text import GuardedText
from bot.services import commands, intake
from bot.services.answering import tell
from bot.services.intake import Arrival, Desk, WhichGroupError
from bot.services.pasting import taking
from storage import groups, items, sheet_wishes
from storage.database import Database

EVIDENCE = "I cannot keep files: paste a link to the document, and say which item it is for."
IN_DM = (
    "The secretariat brings a spreadsheet of the register by dropping it in our direct messages."
)
BESIDE = (
    "I took your words as being about the file. For an answer about an item, name it: “A-01 is "
    "on track”."
)
_REFERENCE = re.compile(r"\b([A-Za-z]{1,3}-\d{1,4})\b")


def dropped(
    database: Database,
    arrival: Arrival,
    files: Sequence[Dropped],
    words: GuardedText,
    *,
    now: datetime,
) -> bool:
    """Wish for each spreadsheet, and say what becomes of every file.

    Whether words beside them are left to be taken; those about a spreadsheet are kept nowhere.
    """
    theirs = _groups(database, arrival)
    group = _group_named(words, theirs) or arrival.group_key
    arrival = replace(arrival, key=f"{arrival.key}:files", group_key=group)
    beside = about_them(database, arrival, files, words, now=now)
    try:
        with intake.once(database, arrival, now=now) as desk:
            if desk is not None:
                tell(desk, _take(desk, files, noted=bool(words) and beside), subject={})
    except WhichGroupError as error:
        keys = ", ".join(theirs)
        raise UserError(
            f"You are in several groups ({keys}): drop the file again, and say beside it for "
            f"which, for example `{theirs[0]}: the log`."
        ) from error
    return bool(words) and not beside


def about_them(
    database: Database,
    arrival: Arrival,
    files: Sequence[Dropped],
    words: GuardedText,
    *,
    now: datetime,
) -> bool:
    """Whether words beside files only say what a spreadsheet is.

    They do where the secretariat brings one, and they are no command, answer no message of
    ours, name no item and are no list of actions.
    """
    if not any(file.is_sheet for file in files) or commands.is_command(words.text):
        return False
    try:
        with intake.reading(database, arrival, now=now) as desk:
            return (
                desk.is_a(Role.SECRETARIAT)
                and desk.answered is None
                and not _names_an_item(desk, words)
                and not taking.is_list(desk, words)
            )
    except WhichGroupError:
        return True


def _names_an_item(desk: Desk, words: GuardedText) -> bool:
    refs = dict.fromkeys(ref.upper() for ref in _REFERENCE.findall(words.text))
    return any(items.by_ref(desk.session, desk.group.id, ref) is not None for ref in refs)


def _groups(database: Database, arrival: Arrival) -> list[str]:
    """The keys of the groups that they are in."""
    account = arrival.account
    with database.snapshot() as session:
        return [g.key for g in groups.of_account(session, account.team_id, account.user_id)]


def _group_named(words: GuardedText, theirs: Sequence[str]) -> str | None:
    """The group with whose key the words begin."""
    named = commands.GROUP.match(words.text.strip())
    key = named["key"].lower() if named else None
    return key if key in theirs else None


def _take(desk: Desk, files: Sequence[Dropped], *, noted: bool) -> Message:
    """The wishes, written, and what is said of every file, in their order."""
    parts: list[Part] = []
    wished: list[Dropped] = []
    for number, file in enumerate(files):
        if refusal := _refusal(desk, file):
            parts.append(say(refusal))
            continue
        wished.append(file)
        wish_id = sheet_wishes.add(
            desk.session,
            group_id=desk.group.id,
            person_id=desk.person.id,
            source_key=f"{desk.arrival.key}:{number}",
            team_id=desk.group.team_id,
            channel_id=desk.arrival.channel_id or "",
            file_id=file.file_id,
            file_name=file.name.text,
            now=desk.now,
        )
        desk.audited("spreadsheet dropped", f"sheet:{wish_id}", file=file.file_id, size=file.size)
    if wished:
        parts.insert(0, say(*_reading(wished)))
    if noted:
        parts.append(Note(BESIDE))
    once = dict.fromkeys(parts)
    return message(*once)


def _refusal(desk: Desk, file: Dropped) -> str | None:
    theirs = desk.is_a(Role.SECRETARIAT)
    if not file.is_sheet or not (theirs or file.name):
        return EVIDENCE
    if not theirs:
        return f"Only the secretariat imports a spreadsheet: send it to them. {EVIDENCE}"
    return file.refusal


def _reading(wished: Sequence[Dropped]) -> list[Span]:
    names = [Bold(file.name.text) if file.name else "your file" for file in wished]
    spans: list[Span] = ["I am reading ", names[0]]
    for name in names[1:]:
        spans += [", then ", name]
    comes = "the report comes" if len(wished) == 1 else "a report on each comes"
    return [*spans, f": {comes} here in a minute. Nothing is written until you say so."]
