"""A disk that fills up while the bot runs: nothing is lost, and one sentence says so."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
import sqlalchemy as sa

from tests.conversations.conftest import IMPATIENT, OWNER, PATIENT, Running

LONG = "A-04 is on track: " + "the pathway has been drafted and read. " * 80
SPACIOUS = 2**30
MINUTES_OF_RETRIES = 10


def kept(bot: Running) -> list[str]:
    """The words of every update, as the register holds them."""
    with bot.database.engine.connect() as connection:
        found = connection.exec_driver_sql(
            "SELECT body FROM status_update JOIN words ON words.id = status_update.words_id"
        )
        return [str(row[0]) for row in found]


@pytest.fixture
def fill(bot: Running) -> Iterator[Callable[[bool], None]]:
    """A switch that lets the file grow no further, on every connection, and back."""
    pages = {"most": SPACIOUS}

    def began(connection: sa.Connection) -> None:
        connection.exec_driver_sql(f"PRAGMA max_page_count={pages['most']}")

    def switch(full: bool) -> None:
        pages.update(most=1 if full else SPACIOUS)
        bot.slack.ack_timeout = IMPATIENT if full else PATIENT

    sa.event.listen(bot.database.engine, "begin", began)
    yield switch
    sa.event.remove(bot.database.engine, "begin", began)


def test_what_is_said_while_the_disk_is_full_is_taken_once_there_is_room(
    bot: Running, fill: Callable[[bool], None], caplog: pytest.LogCaptureFixture
) -> None:
    bot.begin()
    owner = bot.person(OWNER)
    fill(True)
    told = [owner.tell(f"{LONG}{number}") for number in range(8)]
    bot.slack.advance(timedelta(minutes=MINUTES_OF_RETRIES))
    bot.slack.settle()
    assert len(kept(bot)) < len(told)
    assert owner.command("/status", "mine").text.startswith("Your items")

    fill(False)
    bot.settle()

    assert sorted(kept(bot)) == sorted(f"{LONG}{number}" for number in range(8))
    assert "disk is full" in caplog.text
    assert "free some space; nothing was lost" in caplog.text
    assert "Traceback" not in caplog.text


def test_what_failed_is_read_on_at_once_and_not_only_when_slack_tries_again(
    bot: Running, fill: Callable[[bool], None]
) -> None:
    bot.begin()
    fill(True)
    told = [bot.person(OWNER).tell(f"{LONG}{number}") for number in range(8)]
    assert len(kept(bot)) < len(told)

    fill(False)
    bot.bot.duties.run_all()

    assert len(kept(bot)) == len(told)
