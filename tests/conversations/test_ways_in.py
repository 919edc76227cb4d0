"""Who is answered, where, and that each thing is taken once."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from bot.rehearsal import Message, RehearsalServer, buttons, words
from bot.services.intake import REFUSAL
from storage import groups, histories, items
from storage.database import Database, Session
from tests.conversations.conftest import (
    CHANNEL,
    IMPATIENT,
    NO_MEMBER,
    OUTSIDE_OWNER,
    OWNER,
    PATIENT,
    SECRETARY,
    Running,
)


def everything(database: Database) -> str:
    """All that is in the database, as text."""
    with database.engine.connect() as connection:
        tables = sa.inspect(connection).get_table_names()
        return "\n".join(
            str(row)
            for table in tables
            for row in connection.execute(sa.text(f"SELECT * FROM {table}"))
        )


def test_a_command_is_answered_in_its_acknowledgement(bot: Running) -> None:
    answer = bot.person(SECRETARY).command("/status", "A-04")

    assert answer.error == ""
    assert not answer.in_channel
    assert "Agree the cauda equina syndrome pathway" in answer.text


def test_the_same_command_answers_in_words_in_a_dm(bot: Running) -> None:
    bot.person(SECRETARY).tell("status A-04")
    bot.settle()

    said = bot.person(SECRETARY).inbox()
    assert len(said) == 1
    assert "Agree the cauda equina syndrome pathway" in words(said[0])


def test_the_same_command_answers_a_mention_by_dm(bot: Running) -> None:
    bot.person(SECRETARY).mention(CHANNEL, "status A-04")
    bot.settle()

    assert len(bot.person(SECRETARY).inbox()) == 1
    assert [m for m in bot.person(SECRETARY).sees(CHANNEL) if m.by_bot] == []


def test_somebody_in_no_group_gets_one_sentence(bot: Running) -> None:
    sid = bot.person(NO_MEMBER)

    assert sid.command("/status", "all").text == REFUSAL
    sid.tell("what is A-04?")
    bot.settle()

    assert [words(m) for m in sid.inbox()] == [REFUSAL]


def test_somebody_in_no_group_is_not_answered_in_a_channel(bot: Running) -> None:
    sid = bot.person(NO_MEMBER)
    sid.mention(CHANNEL, "status")
    bot.settle()

    assert [m for m in sid.sees(CHANNEL) if m.by_bot] == []
    assert sid.inbox() == []


def test_an_external_owner_answers_by_button_and_in_words(bot: Running) -> None:
    bot.begin()
    priya = bot.person(OUTSIDE_OWNER)
    introduction = priya.inbox()[0]

    assert priya.press(introduction, "intro.mine", value=first(introduction, "intro.mine")) == ""
    priya.reply(introduction, "A-01 is on track")
    bot.settle()

    assert sum("Recorded for A-01" in words(m) for m in priya.inbox()) == 1


def test_a_button_pressed_twice_changes_once(bot: Running) -> None:
    bot.begin()
    aisha = bot.person(OWNER)
    aisha.tell("A-04 is on track")
    bot.settle()
    echo = next(m for m in aisha.inbox() if "Recorded for A-04" in words(m))

    aisha.press(echo, "reply.undo", wait=False)
    aisha.press(echo, "reply.undo")
    bot.settle()

    undone = [m for m in aisha.inbox() if "Recorded for A-04" not in words(m)]
    assert sum("taken back" in words(m).lower() for m in undone) <= 1
    with bot.database.snapshot() as session:
        history = histories.of_item(session, _number(session, "A-04"))
    assert sum(update.retracts for update in history.updates) <= 1  # type: ignore[attr-defined]


def test_an_event_delivered_twice_is_taken_once(bot: Running, slack: RehearsalServer) -> None:
    bot.begin()
    aisha = bot.person(OWNER)
    before = len(aisha.inbox())

    slack.twice()
    aisha.tell("A-04 is on track")
    bot.settle()

    assert len(aisha.inbox()) == before + 1


def test_chatter_in_a_channel_is_nowhere(bot: Running, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    aisha = bot.person(OWNER)
    head = aisha.say(CHANNEL, "Lunch, everybody? zebracrossing")
    aisha.reply(head, "yes zebracrossing")
    aisha.edit(head, "Tea, everybody? zebracrossing")
    bot.settle()

    assert "zebracrossing" not in everything(bot.database)
    assert "zebracrossing" not in caplog.text


def test_an_event_that_fails_is_delivered_again(bot: Running, slack: RehearsalServer) -> None:
    bot.begin()
    aisha = bot.person(OWNER)
    _run(bot.database, "ALTER TABLE taken RENAME TO taken_away")

    slack.ack_timeout = IMPATIENT
    aisha.tell("A-04 is on track")
    slack.ack_timeout = PATIENT
    _run(bot.database, "ALTER TABLE taken_away RENAME TO taken")
    slack.advance(minutes=1)
    bot.settle()

    assert sum("Recorded for A-04" in words(m) for m in aisha.inbox()) == 1


def test_the_home_tab_is_drawn_when_it_is_opened(bot: Running) -> None:
    bot.begin()
    aisha = bot.person(OWNER)

    aisha.open_home()
    bot.settle()

    home = aisha.home()
    assert home is not None
    assert "A-04" in words(home)


def test_what_was_said_in_an_outage_is_read_before_anybody_is_asked(
    bot: Running, slack: RehearsalServer
) -> None:
    bot.begin()
    aisha = bot.person(OWNER)
    bot.stop()
    slack.settle()

    aisha.tell("A-04 is on track", wait=False)
    slack.advance(days=3)
    bot.start()
    bot.settle()

    assert sum("Recorded for A-04" in words(m) for m in aisha.inbox()) == 1


def first(message: Message, action: str) -> str:
    """What the first button of this action carries."""
    return str(next(b["value"] for b in buttons(message) if b["action_id"] == action))


def _run(database: Database, statement: str) -> None:
    with database.engine.begin() as connection:
        connection.execute(sa.text(statement))


def _number(session: Session, ref: str) -> int:
    group = groups.every(session)[0]
    item = items.by_ref(session, group.id, ref)
    assert item is not None
    return item.id
