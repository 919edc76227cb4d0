"""What outsiders and mere members get over a real connection, and what everybody else hears of it.

Every single way in is tried in `ways`, by every role; here one of each kind goes the whole way.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
import sqlalchemy as sa

from bot.rehearsal import Workspace, words
from bot.services.intake import REFUSAL
from storage.database import Database
from tests.conversations.conftest import (
    BOT,
    CHANNEL,
    NO_MEMBER,
    OWNER,
    SECRETARY,
    STRANGER,
    Running,
)
from tests.conversations.forging import (
    MACHINERY,
    Hand,
    Rows,
    ask_for_a_removal,
    said_by_bot,
    tables,
)

MEMBER, OUTSIDE_MEMBER = "UGRACE", "UTOM"
OTHER_CHANNEL = "C0ELSEWHERE"
Values = Mapping[str, Any]
CARD = "Agree the cauda equina syndrome pathway"
COMMANDS = {
    "/status": ("A-04", CARD),
    "/draft-update": ("phso", "Drafts go to the secretariat"),
    "/followthrough": ("start", "Only the secretariat can start"),
    "/action": ("add", "Only the group's secretariat"),
}
UNSUBMITTED = "not been submitted"
SECRET = "zebracrossing"


@pytest.fixture
def workspace(workspace: Workspace) -> Workspace:
    """Another channel, in which the stranger's organisation meets the bot."""
    workspace.add_channel(OTHER_CHANNEL, "elsewhere", members=[NO_MEMBER, STRANGER, BOT])
    return workspace


def first(database: Database, statement: str) -> Any:
    with database.engine.connect() as connection:
        found = connection.execute(sa.text(statement)).first()
    assert found is not None, f"Nothing answers {statement}"
    return found[0] if len(found) == 1 else tuple(found)


@pytest.fixture
def values(bot: Running) -> dict[str, Values]:
    """A register in which something of Aisha's waits at every turn, and what its buttons carry."""
    bot.begin()
    aisha = bot.person(OWNER)
    aisha.tell(f"A-04 is done: https://example.org/{SECRET}")
    aisha.tell(f"A-07 needs until 30 November because the {SECRET} is late")
    aisha.tell("please withdraw A-07")
    aisha.tell("one of them is at risk")
    bot.person(SECRETARY).command("/draft-update", "phso")
    bot.person(SECRETARY).tell("Priya Nair to book it by Friday\nTom Ashby to pay by Monday week")
    bot.settle()
    ask_for_a_removal(bot, SECRET)
    bot.advance(minutes=1)
    a04 = first(bot.database, "SELECT id, version FROM action_item WHERE ref = 'A-04'")
    version = first(bot.database, "SELECT id, sha256 FROM letter_version")
    return {
        "item": {"item": a04[0], "v": a04[1]},
        "version": {"version": version[0], "sha": version[1][:12]},
    }


def heard(bot: Running, user_id: str, known: int) -> list[str]:
    """What the bot has said to them since their inbox held this many."""
    bot.settle()
    return [words(message) for message in bot.person(user_id).inbox()[known:]]


def owed(database: Database) -> set[tuple[Any, ...]]:
    with database.engine.connect() as connection:
        return {tuple(row) for row in connection.execute(sa.text("SELECT key, kind FROM outbox"))}


@pytest.mark.parametrize("user_id", [NO_MEMBER, STRANGER])
def test_outsiders_get_one_sentence_and_nothing_is_written(
    bot: Running, values: dict[str, Values], user_id: str
) -> None:
    hand, person = Hand(bot, user_id), bot.person(user_id)
    before, others = tables(bot.database, without=MACHINERY), said_elsewhere(bot, user_id)
    outbox = owed(bot.database)
    answers: dict[str, list[str]] = {}
    for name, (text, _) in COMMANDS.items():
        answers[name] = hand.command(name, text)
    answers["view"] = hand.submit("keep.pause", values["item"], {"reason": "It is late"})
    known = len(person.inbox())
    hand.press("reply.done", values["item"])
    answers["button"] = heard(bot, user_id, known)
    for text in ("status", "draft-update phso", "A-04 is done", "help", "start"):
        known = len(person.inbox())
        person.tell(text)
        answers[f"said {text}"] = heard(bot, user_id, known)
    known = len(person.inbox())
    person.edit(person.tell("A-04"), "A-04 is at risk")
    assert heard(bot, user_id, known) == [REFUSAL, REFUSAL]
    person.open_home()
    bot.settle()
    answers["home"] = [words(home) for home in (person.home(),) if home]

    assert {name: said for name, said in answers.items() if said != [REFUSAL]} == {}
    assert tables(bot.database, without=MACHINERY) == before
    new = {key for key, _ in owed(bot.database) - outbox}
    assert {key for key in new if not key.startswith("refused:")} == set()
    assert said_elsewhere(bot, user_id) == others


def said_elsewhere(bot: Running, user_id: str) -> int:
    """How much the bot has said to all but this person."""
    return (
        len(said_by_bot(bot)) - len(bot.person(user_id).inbox()) - bool(bot.person(user_id).home())
    )


def test_outsiders_hear_nothing_in_channels_and_take_nothing_back(
    bot: Running, values: dict[str, Values]
) -> None:
    before = tables(bot.database, without=MACHINERY)
    others, asked = len(said_by_bot(bot)), in_channel(bot)
    for user_id in (NO_MEMBER, STRANGER):
        person = bot.person(user_id)
        head = person.mention(OTHER_CHANNEL, "A-04 is done")
        person.edit(head, f"<@{BOT}> status")
        person.reply(head, f"<@{BOT}> draft-update phso")
        person.delete(person.tell("A-04 is done"))
        person.delete(head)
        bot.settle()
        assert [words(m) for m in person.inbox()] == [REFUSAL]
    Hand(bot, NO_MEMBER).shortcut()
    bot.settle()
    assert len(said_by_bot(bot)) == others + 2

    Hand(bot, NO_MEMBER).press("reply.done", values["item"], bot.slack.workspace.channel(CHANNEL))
    bot.settle()
    assert [words(m) for m in bot.person(NO_MEMBER).ephemerals()] == [REFUSAL]
    assert in_channel(bot) == asked
    assert tables(bot.database, without=MACHINERY) == before


def in_channel(bot: Running) -> list[str]:
    """What the bot has said in the group's channel."""
    return [words(m) for m in bot.slack.workspace.messages[CHANNEL] if m.by_bot]


@pytest.mark.parametrize("user_id", [MEMBER, OUTSIDE_MEMBER])
def test_members_cannot_clear_what_was_not_submitted_nor_command_as_the_secretariat(
    bot: Running, values: dict[str, Values], user_id: str
) -> None:
    hand, person = Hand(bot, user_id), bot.person(user_id)
    before = register(bot.database)
    version, said = values["version"], {}
    for name, value, part in (
        ("letter.clear", version, UNSUBMITTED),
        ("letter.send_back", version, UNSUBMITTED),
        ("keep.card", values["item"], CARD),
    ):
        known = len(person.inbox())
        hand.press(name, value)
        said[f"button {name}", part] = heard(bot, user_id, known)
    why = {"reason": "It is late"}
    said["view", UNSUBMITTED] = hand.submit("letter.send_back", version, why)
    for name, (text, answer) in COMMANDS.items():
        said[name, answer] = hand.command(name, text)

    wrong = {
        way: heard for (way, part), heard in said.items() if len(heard) != 1 or part not in heard[0]
    }
    assert wrong == {}
    assert person.modal() is None
    assert register(bot.database) == before


def register(database: Database) -> Rows:
    return tables(database, without=MACHINERY | {"taken"})


def test_members_words_about_another_s_item_change_nothing_and_show_no_words(
    bot: Running, values: dict[str, Values]
) -> None:
    del values
    kept = ("action_item", "status_update", "date_change", "evidence", "letter", "letter_event")
    before, shown = tables(bot.database), []
    for user_id in (MEMBER, OUTSIDE_MEMBER):
        person = bot.person(user_id)
        person.tell("A-04 is on track, agreed and approved; clear the letter")
        person.edit(person.tell("A-07 is done"), "A-07 is withdrawn")
        for text in ("status A-04", "status A-07", "status waiting", "was I asked about A-04?"):
            person.tell(text)
        person.open_home()
        for text in ("A-07", "Aisha Rahman", "C-3"):
            shown += Hand(bot, user_id).command("/status", text)
        bot.settle()
        home = person.home()
        shown += [*(words(m) for m in person.inbox()), words(home) if home else ""]

    after = tables(bot.database)
    assert {name for name in kept if after[name] != before[name]} == set()
    assert len(shown) > 10
    assert [text for text in shown if SECRET in text] == []
