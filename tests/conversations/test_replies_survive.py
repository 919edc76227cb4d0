"""What people answer is recorded once, whatever happens to the bot meanwhile."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.rehearsal import Message, RehearsalServer
from tests.conversations.crowds import (
    HOME,
    LEAD,
    at_work,
    begin,
    crowd,
    inbox,
    nudges_to,
    owner,
    ref,
    served,
    sources,
    utc,
)
from tests.conversations.processes import process
from tests.databases import SqliteFiles

DAY = date(2022, 5, 16)
FAR = date(2022, 8, 31)
SOON = date(2022, 5, 19)
SILENT = 2
"""How many in the outage say nothing, and are escalated for it."""


def key(message: Message) -> str:
    """What a message is taken by."""
    return f"{HOME}:{message.channel}:{message.ts}"


def answer(slack: RehearsalServer, numbers: Iterable[int], *, heard: bool) -> list[Message]:
    """One sentence from each of these owners, a second apart; `heard` waits until it is taken."""
    said = []
    for number in numbers:
        words = f"{ref(number)} is on track"
        said.append(slack.as_user(owner(number)).tell(words, wait=heard))
        slack.workspace.clock.advance(seconds=1)
    return said


def killed_while_answered(
    replies: int, owners: int, kills: int, files: SqliteFiles, folder: Path
) -> None:
    """A third of the replies is heard, a third is on its way at the kill, a third meets nobody."""
    url = files.new_url(folder)
    file = crowd([FAR] * owners, today=DAY)
    numbers = [1 + n % owners for n in range(replies)]
    with served(file, utc(DAY, 8, 5)) as slack:
        begin(slack, url, file)
        before = {n: len(inbox(slack, owner(n))) for n in range(1, owners + 1)}
        said: list[Message] = []
        with process(slack, url, folder) as bot:
            bot.start()
            bot.wait_until_heard()
            for life, part in enumerate(split(numbers, kills)):
                third = len(part) // 3
                said += answer(slack, part[:third], heard=True)
                said += answer(slack, part[third : 2 * third], heard=False)
                bot.kill()
                said += answer(slack, part[2 * third :], heard=False)
                # Every other time longer than Slack tries.
                slack.advance(minutes=10 if life % 2 else 2)
                bot.start()
                bot.wait_until_heard()
            slack.advance(minutes=10)
            bot.wait_until_idle()

        assert Counter(sources(url)) == Counter(key(message) for message in said)
        echoes = {n: len(inbox(slack, owner(n))) - count for n, count in before.items()}
        assert echoes == Counter(numbers)


def split(numbers: list[int], parts: int) -> list[list[int]]:
    """About equal parts."""
    size = -(-len(numbers) // parts)
    return [numbers[start : start + size] for start in range(0, len(numbers), size)]


def outage(replies: int, files: SqliteFiles, folder: Path) -> None:
    """From Friday to Monday the bot is away, and everybody but two claims to be done."""
    url, owners = files.new_url(folder), replies + SILENT
    file = crowd([SOON] * owners, today=DAY)
    with served(file, utc(DAY, 8, 5)) as slack:
        begin(slack, url, file)
        with at_work(slack, url) as running:
            for _ in range(4):
                running.advance(days=1)
        asked = {n: len(nudges_to(slack, n)) for n in range(1, owners + 1)}
        assert all(asked.values())

        said = []
        for number in range(1, replies + 1):
            words = f"{ref(number)} is done: https://example.org/{number}"
            said.append(slack.as_user(owner(number)).tell(words, wait=False))
            slack.advance(timedelta(days=3) / replies)
        with at_work(slack, url) as running:
            running.settle()
            told = inbox(slack, LEAD)

    assert Counter(sources(url)) == Counter(key(message) for message in said)
    assert told
    assert any(ref(owners) in text for text in told)
    assert not any(ref(n) in text for n in range(1, replies + 1) for text in told)
    assert all(len(nudges_to(slack, n)) == asked[n] for n in range(1, replies + 1))


def test_replies_between_kills_are_recorded_once(sqlite_files: SqliteFiles, tmp_path: Path) -> None:
    killed_while_answered(40, 10, 3, sqlite_files, tmp_path)


def test_replies_in_an_outage_are_recorded_once_and_escalate_nobody(
    sqlite_files: SqliteFiles, tmp_path: Path
) -> None:
    outage(20, sqlite_files, tmp_path)


@pytest.mark.long
def test_a_thousand_replies_between_ten_kills_are_recorded_once(
    sqlite_files: SqliteFiles, tmp_path: Path
) -> None:
    killed_while_answered(1000, 200, 10, sqlite_files, tmp_path)


@pytest.mark.long
def test_two_hundred_replies_in_an_outage_are_recorded_once_and_escalate_nobody(
    sqlite_files: SqliteFiles, tmp_path: Path
) -> None:
    outage(200, sqlite_files, tmp_path)
