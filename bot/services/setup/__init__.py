"""A group file taken in: once in full, then by its differences; nothing is sent."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from bot.domain.audit import canonical
from bot.domain.deadlines import long_date
from bot.domain.errors import UserError
from bot.domain.people import LONDON, Group
from bot.services import say, secretaries
from bot.services.group_file import Contents, GroupFile
from bot.services.setup import entering
from bot.services.setup import letters as entering_letters
from bot.services.setup.changes import STAYS
from bot.services.setup.comparing import compare
from bot.services.setup.entering import Register
from storage import audit, dated, founding, groups, people
from storage.database import Database, Session

__all__ = ["STAYS", "Outcome", "Took", "load"]


class Took(StrEnum):
    """What became of a group file."""

    CREATED = "created"
    UNCHANGED = "unchanged"
    DIFFERENCES = "differences"
    APPLIED = "applied"


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What became of a file: what it found or made, and what it had to leave, a line each."""

    took: Took
    group_id: int
    group_key: str
    lines: tuple[str, ...] = ()
    left: tuple[str, ...] = ()


def load(database: Database, file: GroupFile, *, apply: bool, now: datetime) -> Outcome:
    """Take a group file in, in one transaction.

    A group that is not there yet is created. The same file again changes nothing. A changed
    one answers its differences, and makes them where `apply` says so: never over what is
    frozen, nor over what was changed in Slack since. Raises UserError for a letter from the
    future, and where the group was not made from a file.
    """
    _refuse_the_future(file, now=now)
    with database.transaction() as session:
        group = groups.by_key(session, file.contents.group.key)
        if group is None:
            return _create(session, file, now=now)
        return _compare(session, file, group, apply=apply, now=now)


def _refuse_the_future(file: GroupFile, *, now: datetime) -> None:
    today = now.astimezone(LONDON).date()
    for letter in file.contents.letters:
        if letter.date > today:
            raise UserError(
                f"letters ({letter.reference}): it is dated {long_date(letter.date)}, which is "
                "still to come; only a letter that was sent belongs in the file."
            )


def _create(session: Session, file: GroupFile, *, now: datetime) -> Outcome:
    part = file.contents.group
    group_id = founding.group(
        session,
        key=part.key,
        name=part.name,
        sponsor=part.sponsor,
        ends_on=part.ends_on,
        sample=file.contents.sample,
        channel_id=part.channel,
        clearance_channel_id=part.clearance_channel,
        now=now,
    )
    register = _register(session, group_id, file, now=now, started=False)
    _enter_everything(register)
    _keep(register, "group loaded", {"items": len(file.contents.items)})
    return Outcome(
        took=Took.CREATED, group_id=group_id, group_key=part.key, lines=_counts(file.contents)
    )


def _enter_everything(register: Register) -> None:
    contents = register.file.contents
    for name, value in contents.group.policy.settings().items():
        founding.set_policy(
            register.session,
            name,
            value,
            group_id=register.group_id,
            at=register.beginning,
            now=register.now,
        )
    for body in contents.bodies:
        entering.body(register, body)
    for person in contents.people:
        entering.person(register, person)
    for body in contents.bodies:
        entering.lead(register, body)
    for role in contents.roles:
        register.enter(entering.role_value(register, role), since=role.from_on)
    for day in entering.calendar_days(contents.calendar):
        register.enter(day)
    _enter_the_record(register)


def _enter_the_record(register: Register) -> None:
    contents = register.file.contents
    for asked in contents.recommendations:
        entering.recommendation(register, asked)
    for letter in sorted(contents.letters, key=lambda letter: letter.date):
        entering_letters.letter(register, letter)
    for item in contents.items:
        entering.item(register, item)
    for item in contents.items:
        for link in entering.links(register, item):
            dated.add(
                register.session,
                link,
                group_id=register.group_id,
                at=register.now,
                now=register.now,
            )


def _compare(
    session: Session, file: GroupFile, group: Group, *, apply: bool, now: datetime
) -> Outcome:
    kept = founding.file_of(session, group.id)
    if kept is None:
        raise UserError(
            f"The group {group.key} was not made from a file, so none can be compared with it: "
            "give the file a key of its own."
        )
    old, new = Contents.model_validate(kept), Contents.model_validate(_values(file))
    changes = compare(old, new)
    if not changes:
        return Outcome(took=Took.UNCHANGED, group_id=group.id, group_key=group.key)
    if not apply:
        lines = tuple(change.line for change in changes)
        return Outcome(took=Took.DIFFERENCES, group_id=group.id, group_key=group.key, lines=lines)
    register = _register(session, group.id, file, now=now, started=group.started_at is not None)
    before = people.directory(session, group.id)
    made, left = [], []
    for change in changes:
        reason = change.make(register)
        if reason is None:
            made.append(change.line)
        else:
            left.append(f"{change.line}: {reason}.")
    session.flush()
    today = now.astimezone(LONDON).date()
    secretaries.keep_one(before, people.directory(session, group.id), today)
    _keep(register, "group file applied", {"made": len(made), "left": len(left)})
    return Outcome(
        took=Took.APPLIED,
        group_id=group.id,
        group_key=group.key,
        lines=tuple(made),
        left=tuple(left),
    )


def _register(
    session: Session, group_id: int, file: GroupFile, *, now: datetime, started: bool
) -> Register:
    return Register(
        session=session,
        group_id=group_id,
        now=now,
        beginning=entering.beginning(file, now=now),
        file=file,
        numbers=founding.numbers(session, group_id),
        started=started,
    )


def _keep(register: Register, action: str, counts: dict[str, int]) -> None:
    """Keep the file to compare the next one with, and its hash in the chain."""
    contents = _values(register.file)
    founding.keep_file(register.session, register.group_id, contents, register.now)
    audit.record(
        register.session,
        action,
        f"group:{register.group_id}",
        group_id=register.group_id,
        by_id=None,
        now=register.now,
        sha256=hashlib.sha256(canonical(contents).encode()).hexdigest(),
        counts=counts,
    )


def _values(file: GroupFile) -> dict[str, Any]:
    """A file's contents as JSON keeps them, in which a date and its ISO form are one."""
    return file.contents.model_dump(mode="json")


def _counts(contents: Contents) -> tuple[str, ...]:
    letters = contents.letters
    return (
        say.counted(len(contents.bodies), "body", "bodies"),
        say.counted(len(contents.people), "person", "people"),
        say.counted(len(contents.roles), "role"),
        say.counted(len(contents.recommendations), "recommendation"),
        say.counted(len(letters), "letter"),
        say.counted(sum(len(letter.commitments) for letter in letters), "commitment"),
        say.counted(
            sum(len(letter.statements) for letter in letters),
            "statement of fact",
            "statements of fact",
        ),
        say.counted(len(contents.items), "action item"),
    )
