"""The bot is killed at each step of the send, and in the end everybody has one message."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pytest

from bot.rehearsal import RehearsalServer
from tests.conversations.crowds import (
    begin,
    crowd,
    inbox,
    owner,
    served,
    until,
    utc,
)
from tests.conversations.processes import Process, nobody_else_writes, process
from tests.databases import SqliteFiles

DAY = date(2022, 5, 16)
DUE = date(2022, 5, 31)  # ten working days after the morning on which all are written to


@dataclass(frozen=True)
class Step:
    """Where the process stands when it dies.

    `skip` calls go well before; with `answered` the answer has arrived and no commit can end;
    with `lands` what it had asked for still happens at Slack.
    """

    words: str
    method: str
    kind: str
    skip: int = 0
    answered: bool = False
    lands: bool = False


STEPS = [
    Step("reading on", "conversations.history", "hold_before"),
    Step("before the conversation is opened", "conversations.open", "hold_before"),
    Step("once the conversation is opened", "conversations.open", "hold_after"),
    Step("before the call", "chat.postMessage", "hold_before"),
    Step("while the call is on its way", "chat.postMessage", "hold_before", lands=True),
    Step("after acceptance, before the answer", "chat.postMessage", "hold_after", skip=1),
    Step("while looking up what may have been sent", "conversations.history", "hold_after"),
    Step("after the answer, before the commit", "chat.postMessage", "hold_after", answered=True),
    Step("after the commit, before the next", "conversations.open", "hold_before", skip=2),
]


def die_at(bot: Process, step: Step) -> None:
    """Start it, and kill it as it stands at this step."""
    slack = bot.slack
    fault = slack.faults.add(method=step.method, kind=step.kind, skip=step.skip)
    bot.start()
    fault.wait_until_reached(60)
    if step.answered:
        with nobody_else_writes(bot.url):
            asked = bot.clock.asked
            fault.release()
            # It asks for the time of the commit once it has the answer.
            bot.clock.wait_until_asked_after(asked)
            bot.kill()
        return
    bot.kill()
    if step.lands:
        before = len(slack.calls)
        fault.release()
        until(lambda: len(slack.calls) > before, "call at Slack")


def run(slack: RehearsalServer, bot: Process, steps: list[Step], size: int) -> None:
    """Die at each step, then live; everybody has been written to once, and stays so."""
    before = {n: len(inbox(slack, owner(n))) for n in range(1, size + 1)}
    slack.advance(days=1)
    for step in steps:
        die_at(bot, step)
    for _ in range(2):
        slack.advance(minutes=1)
        bot.start()
        bot.wait_until_idle()
        bot.kill()

    new = {n: inbox(slack, owner(n))[count:] for n, count in before.items()}
    assert {n: len(texts) for n, texts in new.items()} == dict.fromkeys(new, 1)
    assert all("It is due Tuesday 31 May 2022" in text for (text,) in new.values())


def killed_at(steps: list[Step], size: int, files: SqliteFiles, folder: Path) -> None:
    url = files.new_url(folder)
    file = crowd([DUE] * size, today=DAY)
    with served(file, utc(DAY, 8, 5)) as slack:
        begin(slack, url, file)
        with process(slack, url, folder) as bot:
            run(slack, bot, steps, size)


def test_killed_at_every_step_it_writes_to_everybody_once(
    sqlite_files: SqliteFiles, tmp_path: Path
) -> None:
    killed_at(STEPS, 20, sqlite_files, tmp_path)


@pytest.mark.long
def test_killed_at_every_step_and_place_it_writes_to_two_hundred_once(
    sqlite_files: SqliteFiles, tmp_path: Path
) -> None:
    steps = [
        replace(step, skip=step.skip + further)
        for further, step in itertools.product((0, 3, 7), STEPS)
    ]
    killed_at(steps, 200, sqlite_files, tmp_path)
