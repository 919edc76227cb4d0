"""Many people ask at once, and each has an answer within Slack's three seconds.

Among the long tests, because there it has the machine to itself.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
import yaml

from bot.rehearsal import Answer, Workspace
from bot.services import group_file
from bot.services.group_file import GroupFile
from tests.conversations.conftest import (
    CHAIR,
    CLEARANCE,
    OWNER,
    SAMPLE,
    SECRETARY,
    Running,
)

AT_ONCE = 64
ITEMS = 300
USERS = (SECRETARY, CHAIR, OWNER, "UDANIEL", "UGRACE", "UMARTIN", "UELIN", "UFIONA")
ASKED = ("", "A-04", "overdue", "all")


@pytest.fixture(scope="session")
def sample() -> GroupFile:
    """The sample group with a register of three hundred items."""
    tree = yaml.safe_load(SAMPLE.read_text())
    answered = ["C-1", "C-3", "C-4", "C-5", "C-6"]
    owners = ["Aisha Rahman", "Daniel Kerr", "Grace Adeyemi", "Elin Hughes", "Fiona Mackay"]
    tree["items"] += [
        {
            "ref": f"A-{n}",
            "title": f"Step {n} of the programme",
            "owner": owners[n % len(owners)],
            "answers": [answered[n % len(answered)]],
            "due": f"{1 + n % 28} July 2022",
        }
        for n in range(len(tree["items"]) + 1, ITEMS + 1)
    ]
    return group_file.read(json.dumps(tree, default=str), today=Workspace().clock.now().date())


def all_at_once(bot: Running, beside: Callable[[], None]) -> list[Answer]:
    """Sixty-four commands from eight people, and something else, begun in the same moment."""
    barrier = threading.Barrier(AT_ONCE + 1)

    def ask(number: int) -> Answer:
        person = bot.person(USERS[number % len(USERS)])
        barrier.wait()
        return person.command("/status", ASKED[number // len(USERS) % len(ASKED)], wait=True)

    def work() -> None:
        barrier.wait()
        beside()

    with ThreadPoolExecutor(AT_ONCE + 1) as pool:
        working = pool.submit(work)
        answers = list(pool.map(ask, range(AT_ONCE)))
        working.result()
    return answers


@pytest.mark.long
def test_sixty_four_commands_are_answered_in_time_while_a_letter_is_built(
    bot_on_each: Running,
) -> None:
    bot = bot_on_each
    bot.begin()
    secretary = bot.person(SECRETARY)
    assert secretary.command("/draft-update", "phso").error == ""

    answers = all_at_once(bot, lambda: bot.bot.duties.run("drafting"))

    assert [answer.error for answer in answers] == [""] * AT_ONCE
    assert all(answer.text for answer in answers)
    bot.settle()
    assert any(m.files for m in [*secretary.inbox(), *secretary.sees(CLEARANCE)])
