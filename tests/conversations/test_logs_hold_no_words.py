"""A marked word goes in by every way there is, while things fail, and is in no log line."""

from __future__ import annotations

import io
import logging
from collections.abc import Callable, Iterator

import pytest
import sqlalchemy as sa

from bot import logs
from bot.rehearsal import words
from tests.conversations.conftest import (
    CHANNEL,
    IMPATIENT,
    OWNER,
    PATIENT,
    SECRETARY,
    Running,
)
from tests.conversations.forging import Hand, carries

MARK = "zebracrossing"
LIBRARIES = ("", "bot", "storage", "slack_bolt", "slack_sdk", "httpx", "apscheduler")
THE_WORKSPACE_S = ("uvicorn", "websockets", "asyncio")


@pytest.fixture
def written() -> Iterator[Callable[[], str]]:
    """All that is logged in both forms, with every logger told to say all it can."""
    stream = io.StringIO()
    handlers: list[logging.Handler] = []
    levels = {name: logging.getLogger(name).level for name in LIBRARIES}
    for form in (logs.Plain(), logs.Json()):
        handlers.append(logging.StreamHandler(stream))
        handlers[-1].setFormatter(form)
        handlers[-1].addFilter(lambda record: not record.name.startswith(THE_WORKSPACE_S))
        logging.getLogger().addHandler(handlers[-1])
    for name in LIBRARIES:
        logging.getLogger(name).setLevel(logging.DEBUG)
    yield stream.getvalue
    for handler in handlers:
        logging.getLogger().removeHandler(handler)
    for name, level in levels.items():
        logging.getLogger(name).setLevel(level)


def mark_names(bot: Running) -> None:
    with bot.database.engine.begin() as connection:
        for place in ("person.name", "action_item.title", "item_terms.title", "task_group.name"):
            table, column = place.split(".")
            statement = sa.text(f"UPDATE {table} SET {column} = {column} || :more")
            connection.execute(statement, {"more": f" {MARK}"})


def test_no_line_holds_what_people_write_or_are_called(
    bot_on_each: Running, written: Callable[[], str]
) -> None:
    bot = bot_on_each
    mark_names(bot)
    bot.begin()
    aisha, hand = bot.person(OWNER), Hand(bot, OWNER)
    # Whatever is said a second time breaks the database, whose message quotes it.
    with bot.database.engine.begin() as connection:
        connection.execute(sa.text("CREATE UNIQUE INDEX once ON words (body)"))
    bot.slack.ack_timeout = IMPATIENT
    for _ in range(2):
        aisha.tell(f"A-04 is on track, {MARK}")
        aisha.command("/followthrough", f"pause {MARK} until {MARK}")
    aisha.tell(f"one of them is at risk, {MARK}")
    a04 = carries(bot, "A-04")
    hand.submit("date.request", a04, {"date": MARK, "reason": MARK})
    hand.submit("date.request", a04, {"date": "30 September 2022", "reason": f"late, {MARK}"})
    hand.submit("evidence.add", a04, {"link": f"https://a.example/{MARK}", "title": MARK})
    with bot.database.engine.begin() as connection:
        connection.execute(sa.text("DROP INDEX once"))
    bot.slack.ack_timeout = PATIENT
    aisha.mention(CHANNEL, f"A-04 is done, {MARK}")
    aisha.edit(aisha.tell(f"A-07 is on track, {MARK}"), f"A-07 is at risk, {MARK}")
    for kind in ("500_after_acceptance", "drop_before", "429"):
        bot.slack.faults.add(method="chat.postMessage", kind=kind)
    bot.settle()
    bot.slack.workspace.deactivate(OWNER)
    bot.person(SECRETARY).command("/followthrough", f"pause {MARK}")
    bot.advance(minutes=2)
    bot.advance(days=1)

    found = written()
    assert MARK in "".join(words(m) for m in bot.person(SECRETARY).inbox())
    assert "event=sent " in found
    assert "event=event_failed " in found
    assert "IntegrityError at " in found
    assert [line for line in found.splitlines() if MARK in line] == []
