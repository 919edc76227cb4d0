"""A group of any size in a rehearsal workspace: founded, started, looked at."""

from __future__ import annotations

import contextlib
import json
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime
from typing import Any

from sqlmodel import col, select

from bot.rehearsal import Message, RehearsalServer, Workspace, words
from bot.rehearsal.running import Running, workspace_of
from bot.services import group_file, setup
from bot.services.group_file import GroupFile
from storage.database import Database
from storage.rows import UpdateRow

HOME = "T0HOME"
SECRETARY, CHAIR, LEAD = "USAM", "UHELEN", "ULENA"
PATIENCE = 180.0
"""Seconds, after which what did not come will not come."""


def until(condition: Callable[[], bool], what: str, timeout: float = PATIENCE) -> None:
    """Wait for what another process brings about; TimeoutError says what did not come."""
    pause, deadline = threading.Event(), time.monotonic() + timeout
    while not condition():
        if time.monotonic() > deadline:
            raise TimeoutError(f"Within {timeout:.0f} s there was no {what}.")
        pause.wait(0.02)


def owner(number: int) -> str:
    """The account of an owner, counted from one."""
    return f"UOWNER{number:04d}"


def ref(number: int) -> str:
    """The item of an owner."""
    return f"A-{number:03d}"


def crowd(dues: Sequence[date], *, today: date) -> GroupFile:
    """A group in which each of these days is the deadline of one item of an owner of its own."""
    owners = [f"Owner Number{n:04d}" for n in range(1, len(dues) + 1)]
    named = {"Sam Okafor": SECRETARY, "Helen Marsh": CHAIR, "Lena Ford": LEAD}
    named |= {name: owner(n) for n, name in enumerate(owners, start=1)}
    since = "2022-01-03"
    tree: dict[str, Any] = {
        "sample": True,
        "group": {
            "key": "crowd",
            "name": "A large group",
            "sponsor": "Programme Board",
            "ends_on": "2023-03-31",
            "channel": "C0CROWD",
        },
        "bodies": [
            {
                "key": "nhse",
                "lead": "Lena Ford",
                "names": [{"name": "NHS England", "short": "NHSE"}],
            }
        ],
        "people": [
            {"name": name, "body": "nhse", "accounts": [{"team": HOME, "user": user}]}
            for name, user in named.items()
        ],
        "roles": [
            {"person": "Sam Okafor", "role": "secretariat", "from": since},
            {"person": "Helen Marsh", "role": "chair", "from": since},
        ],
        "items": [
            {"ref": ref(n), "title": f"The work of {ref(n)}", "owner": name, "due": due.isoformat()}
            for n, (name, due) in enumerate(zip(owners, dues, strict=True), start=1)
        ],
    }
    return group_file.read(json.dumps(tree), today=today)


@contextlib.contextmanager
def served(file: GroupFile, start: datetime) -> Iterator[RehearsalServer]:
    """The workspace of a group file, from this instant on."""
    workspace: Workspace = workspace_of(file)
    workspace.clock.set(start)
    with RehearsalServer(workspace, ack_timeout=3.0, close_grace=0.1) as slack:
        yield slack


@contextlib.contextmanager
def at_work(slack: RehearsalServer, url: str) -> Iterator[Running]:
    """The bot in this process, over the same database as any other before and after it."""
    running = Running(slack, url).start()
    try:
        yield running
    finally:
        running.stop()


def begin(slack: RehearsalServer, url: str, file: GroupFile) -> None:
    """Load the group, press Start, and let everybody be introduced."""
    database = Database(url)
    setup.load(database, file, apply=False, now=slack.workspace.clock.now())
    database.dispose()
    with at_work(slack, url) as running:
        press_start(running)


def press_start(running: Running) -> None:
    """The secretary presses Start, and the owners are introduced."""
    secretary = running.person(SECRETARY)
    secretary.command("/followthrough", "start")
    secretary.press(secretary.ephemerals()[-1], "group.start")
    running.settle()


@contextlib.contextmanager
def opened(url: str) -> Iterator[Database]:
    """The database, looked at from outside."""
    database = Database(url)
    try:
        yield database
    finally:
        database.dispose()


def inbox(slack: RehearsalServer, user_id: str) -> list[str]:
    """What somebody has been told by direct message, in order."""
    return [words(message) for message in slack.as_user(user_id).inbox()]


def nudges_to(slack: RehearsalServer, number: int) -> list[Message]:
    """The nudges that an owner has before them."""
    said = slack.as_user(owner(number)).inbox()
    return [
        message for message in said if "is due" in words(message) or "was due" in words(message)
    ]


def sources(url: str) -> list[str]:
    """The keys of the messages from which updates were recorded, once for each update."""
    with opened(url) as database, database.snapshot() as session:
        rows = session.exec(select(UpdateRow.source_key).order_by(col(UpdateRow.id)))
        return [str(key) for key in rows]


def utc(day: date, hour: int, minute: int = 0) -> datetime:
    """An instant."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=UTC)
