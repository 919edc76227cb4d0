"""The off switch as people meet it: typed, pressed, answered in, and turned on again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from bot.rehearsal import words
from bot.rehearsal.running import Running
from tests.conversations.commands import environment, run
from tests.conversations.crowds import (
    CHAIR,
    SECRETARY,
    at_work,
    begin,
    crowd,
    inbox,
    nudges_to,
    owner,
    served,
    utc,
)
from tests.databases import SqliteFiles

DAY = date(2022, 5, 16)
DUES = [date(2022, 6, 1), date(2022, 6, 1), date(2022, 8, 31)]


@pytest.fixture
def url(sqlite_files: SqliteFiles, tmp_path: Path) -> str:
    return sqlite_files.new_url(tmp_path)


@pytest.fixture
def bot(url: str) -> Iterator[Running]:
    """Three owners, two of whom are to be reminded on Wednesday 18 May 2022."""
    file = crowd(DUES, today=DAY)
    with served(file, utc(DAY, 9)) as slack:
        begin(slack, url, file)
        with at_work(slack, url) as running:
            yield running


def new(bot: Running, user_id: str, before: int) -> list[str]:
    return inbox(bot.slack, user_id)[before:]


def test_a_pause_from_the_command_to_the_one_message_after_it(bot: Running) -> None:
    secretary, first = bot.person(SECRETARY), owner(1)
    before = {who: len(inbox(bot.slack, who)) for who in (SECRETARY, CHAIR, first)}
    answer = bot.person(CHAIR).command("/followthrough", "pause the dates are wrong until 31 May")
    bot.settle()
    assert "until 9:00 on Tuesday 31 May 2022" in answer.text
    assert "has paused" in new(bot, SECRETARY, before[SECRETARY])[0]

    bot.advance(days=4)
    bot.person(first).tell("on track, the draft is with reviewers")
    bot.settle()
    assert [nudges_to(bot.slack, n) for n in (1, 2)] == [[], []]
    [echo] = new(bot, first, before[first])
    assert "on track" in echo
    assert "I am paused until 9:00 on Tuesday 31 May 2022." in echo
    assert "dates are wrong" not in echo

    bot.advance(days=3)
    said = secretary.command("/followthrough", "resume").text
    bot.settle()
    bot.advance(hours=1)
    assert "3 people get one message each." in said
    # What waited for them and the reminder that came due are one message.
    [only] = new(bot, owner(2), 1)
    assert "Waiting on you (1)" in only
    assert "Your items that have come due for a word (1)" in only
    assert [len(new(bot, owner(n), 1)) for n in (1, 3)] == [2, 1]
    bot.advance(days=1)
    assert len(nudges_to(bot.slack, 2)) == 1


def test_the_button_on_the_home_tab_asks_why_and_turns_it_on_again(bot: Running) -> None:
    chair = bot.person(CHAIR)
    chair.open_home()
    bot.settle()
    home = chair.home()
    assert home is not None
    assert chair.press(home, "pause.open") == ""
    [modal] = bot.slack.workspace.modals[CHAIR]
    refused = chair.submit(modal, {"reason": "an election", "until": "when the minister decides"})
    assert "until" in refused.errors
    assert chair.submit(modal, {"reason": "an election", "until": ""}).errors == {}
    bot.settle()
    home = chair.home()
    assert home is not None
    assert "Paused: an election." in words(home)

    assert chair.press(home, "pause.resume") == ""
    bot.settle()
    home = chair.home()
    assert home is not None
    assert "Paused" not in words(home)


def test_the_command_line_pauses_while_the_bot_is_served(
    bot: Running, url: str, tmp_path: Path
) -> None:
    env = environment(bot.slack.workspace, url, SLACK_BOT_TOKEN="")
    done = run("pause", "wrong dates", "--until", "31 May 2022", env=env, folder=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Whoever runs me has paused A large group: wrong dates." in done.stdout
    bot.settle()
    assert "wrong dates" in inbox(bot.slack, SECRETARY)[-1]

    assert run("pause", "--resume", env=env, folder=tmp_path).returncode == 0
    refused = run("pause", "--resume", env=env, folder=tmp_path)
    assert (refused.returncode, refused.stdout) == (1, "")
    assert refused.stderr.startswith("I am not paused")
