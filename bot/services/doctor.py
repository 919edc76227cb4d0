"""What a healthy installation looks like from inside: database, time, calendars, groups."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.domain.calendars import Nation, bank_holidays
from bot.domain.errors import TransientError, UserError
from bot.domain.people import Directory, Group, Role
from bot.services import audit_rounds
from storage import groups, migrate, people, sweeps
from storage.database import Database

ROOM = 500 * 1024 * 1024
"""Bytes: less than this is soon full."""
FEW_HOLIDAYS = 5
"""Every nation has eight or more in a year: a year with fewer is one nobody has entered."""
YEARS = 10


class State(StrEnum):
    """What a check found."""

    OK = "ok"
    LOOK = "look"
    WRONG = "wrong"


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One check: what was found, and where that is not well, how to mend it."""

    check: str
    state: State
    found: str
    mend: str = ""

    @property
    def line(self) -> str:
        """As it is printed."""
        mend = f" {self.mend}" if self.mend else ""
        return f"{self.state.value:<6}{self.check}: {self.found}{mend}"


def ok(check: str, found: str) -> Finding:
    """All is well."""
    return Finding(check=check, state=State.OK, found=found)


def look(check: str, found: str, mend: str) -> Finding:
    """It works, and somebody should look at it."""
    return Finding(check=check, state=State.LOOK, found=found, mend=mend)


def wrong(check: str, found: str, mend: str = "") -> Finding:
    """It does not work."""
    sentence = found if found.endswith(".") else f"{found}."
    return Finding(check=check, state=State.WRONG, found=sentence, mend=mend)


def database(opened: Database, *, now: datetime) -> Iterator[Finding]:
    """Room for it, its tables, and that it can be read and written."""
    if opened.path is not None:
        room = _room(opened.path)
        yield room
        if room.state is State.WRONG:
            return
        if not opened.path.exists():
            yield look(
                "database",
                f"{opened.path} does not exist yet.",
                "Load a group: python -m bot init FILE.",
            )
            return
    try:
        behind = migrate.missing(opened)
    except TransientError as error:
        yield wrong("database", str(error))
        return
    if behind:
        yield look(
            "database",
            f"{behind} migrations have not been run.",
            "`python -m bot serve` and `init` run them by themselves; back the database up first.",
        )
        return
    try:
        with opened.transaction() as session:
            sweeps.trial(session, now=now)
    except TransientError as error:
        yield wrong("database", str(error))
        return
    yield ok("database", "it can be read and written, and its tables are up to date.")


def _room(path: Path) -> Finding:
    folder = path.resolve().parent
    if not folder.is_dir():
        return wrong("disk", f"{folder} does not exist.", "Make it, or correct DATABASE_URL.")
    free = shutil.disk_usage(folder).free
    text = f"{free // 1024**2:,} MB are free in {folder}."
    if free < ROOM:
        return look("disk", text, "Free some space before it is full: then nothing is recorded.")
    return ok("disk", text)


def calendars(today: date) -> Iterator[Finding]:
    """Time zones, and bank holidays a year ahead."""
    try:
        ZoneInfo("Europe/London")
    except ZoneInfoNotFoundError:
        yield wrong(
            "time zones",
            "Europe/London is not known here.",
            "Install the requirements again: the tzdata package is one of them.",
        )
        return
    yield ok("time zones", "Europe/London is known.")
    yield holidays(today, {nation: known_until(nation, today) for nation in Nation})


def known_until(nation: Nation, today: date) -> int:
    """The last year whose bank holidays are known, a few years ahead at most; 0 for none."""
    years = range(today.year, today.year + YEARS)
    known = [year for year in years if len(bank_holidays(nation, year)) >= FEW_HOLIDAYS]
    return max(known, default=0)


def holidays(today: date, known: dict[Nation, int]) -> Finding:
    """Whether every nation's bank holidays are known for a year to come."""
    wanted = (today + timedelta(days=365)).year
    short = sorted(nation.value for nation, last in known.items() if last < wanted)
    if short:
        return look(
            "bank holidays",
            f"those of {', '.join(short)} are not known up to {wanted}.",
            "Upgrade the holidays package (make lock), or add the days to the group file.",
        )
    return ok("bank holidays", f"known for all four nations, to {min(known.values())} at least.")


def ledger(opened: Database) -> Finding:
    """What the last audits of the reminders found."""
    with opened.snapshot() as session:
        number = audit_rounds.total(session)
    if number:
        return look(
            "reminders",
            f"{number} differ from what the register says was due.",
            "`python -m bot audit verify` lists them; the secretariat has been told.",
        )
    return ok("reminders", "what was asked agrees with the register, as last audited.")


def chosen(opened: Database, group_key: str | None) -> list[Directory]:
    """The groups to look at. UserError where there is none with this key."""
    with opened.snapshot() as session:
        every = [g for g in groups.every(session) if group_key in (None, g.key)]
        if group_key is not None and not every:
            raise UserError(f"There is no group {group_key!r}: check its key.")
        return [people.directory(session, group.id) for group in every]


def group(directory: Directory, *, today: date) -> Iterator[Finding]:
    """Whether a group can work: started, with somebody to write to."""
    which = f"group {directory.group.key}"
    yield _started(which, directory.group)
    secretaries = directory.holders(Role.SECRETARIAT, today)
    if any(person.accounts for person in secretaries):
        yield ok(f"{which}, secretariat", f"{len(secretaries)} in it.")
    else:
        yield wrong(
            f"{which}, secretariat",
            "nobody in it has a Slack account, so nobody hears what the bot cannot settle.",
            "Give one of them an account in the group file, and run init FILE --apply.",
        )
    without = [person for person in directory.people.values() if not person.accounts]
    if without:
        yield look(
            f"{which}, people",
            f"{len(without)} of {len(directory.people)} have no Slack account.",
            "They cannot be written to: add their accounts, or have the secretariat ask them.",
        )
    else:
        yield ok(f"{which}, people", f"all {len(directory.people)} have a Slack account.")


def _started(which: str, found: Group) -> Finding:
    if found.started_at is None:
        return look(
            which,
            "it has not been started: nobody is written to.",
            "The secretariat types /followthrough start and presses Start.",
        )
    return ok(which, f"started on {found.started_at:%d %B %Y}.")


@contextlib.contextmanager
def closing(opened: Database) -> Iterator[Database]:
    """A database, closed afterwards."""
    try:
        yield opened
    finally:
        opened.dispose()
