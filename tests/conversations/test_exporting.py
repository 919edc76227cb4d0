"""The register asked for in Slack, as its secretary and its chair get it and nobody else does."""

from __future__ import annotations

import io

import openpyxl

from bot.documents import sheets_in
from bot.domain.sheets import tables
from bot.domain.sheets.proposals import Outcome
from bot.rehearsal import Message, words
from bot.services import importing
from tests.conversations.conftest import (
    CHAIR,
    CHANNEL,
    OUTSIDE_OWNER,
    OWNER,
    SECRETARY,
    Running,
)

COMES = "It comes to you in a direct message in a minute, and to nobody else."
REFUSED = "The whole register, with everybody's words, goes to the secretariat and the chairs only"


def brought(bot: Running, user: str) -> list[Message]:
    """The messages with a file that somebody has in their own conversation with the bot."""
    return [message for message in bot.person(user).inbox() if message.files]


def test_the_secretary_types_it_in_a_channel_and_gets_the_workbook_by_dm(bot: Running) -> None:
    bot.begin()
    secretary = bot.person(SECRETARY)
    bot.person(OWNER).tell("A-04 is at risk because the printer is broken")
    bot.settle()

    answer = secretary.command("/followthrough", "export", where=CHANNEL)
    bot.settle()

    assert COMES in answer.text
    (message,) = brought(bot, SECRETARY)
    assert "This is the group's record" in words(message)
    (file,) = bot.slack.workspace.files.values()
    assert list(file.shares) == [message.channel]
    assert file.title.startswith("SAMPLE IMAGING register as at ")
    content = file.content or b""
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert "the printer is broken" in str([[c.value for c in r] for r in book["Updates"].rows])
    table = tables.find(sheets_in.read(content, file.name))
    now = bot.slack.workspace.clock.now()
    report = importing.preview(bot.database, None, table, by="Sam Okafor", now=now)
    assert {row.outcome for row in report.rows} == {Outcome.UNCHANGED}, report.lines


def test_the_chair_gets_it_by_the_button_and_owners_get_a_sentence(bot: Running) -> None:
    bot.begin()
    chair, outside = bot.person(CHAIR), bot.person(OUTSIDE_OWNER)
    chair.open_home()
    bot.settle()
    home = chair.home()
    assert home is not None

    chair.press(home, "register.export")
    outside.tell("export csv")
    bot.person(OWNER).mention(CHANNEL, "export")
    bot.settle()

    assert len(brought(bot, CHAIR)) == 1
    assert any(COMES in words(message) for message in chair.inbox())
    for user in (OUTSIDE_OWNER, OWNER):
        assert brought(bot, user) == []
        assert REFUSED in words(bot.person(user).inbox()[-1])
    assert len(bot.slack.workspace.files) == 1
