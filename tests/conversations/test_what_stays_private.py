"""Nothing overheard is kept, and drafts stay among those who may see them."""

from __future__ import annotations

import json
import logging

import pytest
import sqlalchemy as sa

from bot.rehearsal import Message, words
from tests.conversations.conftest import (
    BOT,
    CHAIR,
    CHANNEL,
    CLEARANCE,
    NO_MEMBER,
    OUTSIDE_OWNER,
    OWNER,
    SECRETARY,
    Running,
)
from tests.conversations.forging import Hand, carries, said_by_bot, tables

SIGNATORY, COLLEAGUE = "UMARGARET", "UGRACE"
THE_WORKSPACE_S = ("uvicorn", "websockets", "asyncio")
SENTENCE = "The zebracrossing is painted on Thursday."
NHS_NUMBERS = ("943 476 5919", "943-476-5919", "9434765919")


def everything(bot: Running) -> str:
    """All text of all columns of all tables; JSON read, so that escapes hide nothing."""
    rows = tables(bot.database)
    cells = [str(cell) for each in rows.values() for row in each for cell in row]
    return "\n".join(cells) + json.dumps(cells, ensure_ascii=True)


@pytest.fixture
def log(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    """All there is to log, as when whoever runs the bot asks for everything."""
    for name in (
        "",
        "bot",
        "storage",
        "slack_bolt",
        "slack_sdk",
        "httpx",
        "httpcore",
        "apscheduler",
    ):
        caplog.set_level(logging.DEBUG, logger=name)
    return caplog


def logged(log: pytest.LogCaptureFixture, *wanted: str) -> list[str]:
    """Who logged any of these; the rehearsal's own web server is not the bot."""
    return [
        r.name
        for r in log.records
        if not r.name.startswith(THE_WORKSPACE_S)
        and any(each in f"{r.getMessage()} {r.args} {r.exc_text}" for each in wanted)
    ]


def test_what_is_said_in_channels_is_kept_nowhere(
    log: pytest.LogCaptureFixture, bot: Running
) -> None:
    bot.begin()
    bot.person(SECRETARY).mention(CHANNEL, "status")
    for user_id in (OWNER, SECRETARY, OUTSIDE_OWNER, NO_MEMBER):
        person = bot.person(user_id)
        head = person.say(CHANNEL, f"A-04 is done. {SENTENCE}")
        reply = bot.person(OWNER).reply(head, f"status: {SENTENCE}")
        bot.person(OWNER).edit(reply, f"A-04 at risk: {SENTENCE}")
        person.edit(head, f"<@{OWNER}> {SENTENCE}")
        person.upload(CHANNEL, "notes.txt", SENTENCE.encode(), SENTENCE)
        bot.person(OWNER).delete(reply)
        person.delete(head)
    bot.person(CHAIR).say(CLEARANCE, SENTENCE)
    bot.stop()
    bot.person(OWNER).say(CHANNEL, SENTENCE, wait=False)
    bot.start()
    bot.settle()

    assert "zebracrossing" not in everything(bot)
    assert logged(log, "zebracrossing") == []
    assert [text for text in said_by_bot(bot) if "zebracrossing" in text] == []


def drafts(bot: Running) -> dict[str, list[Message]]:
    """Where the bot has put a draft, or what it found in one: by conversation."""
    workspace = bot.slack.workspace
    found: dict[str, list[Message]] = {}
    for channel, said in workspace.messages.items():
        of_draft = [m for m in said if m.user == BOT and (m.files or "Fingerprint" in words(m))]
        if of_draft:
            found[channel] = of_draft
    return found


def entitled(bot: Running, *user_ids: str) -> set[str]:
    return {bot.slack.workspace.dm(user_id).id for user_id in user_ids}


def ext_shared(bot: Running) -> None:
    bot.slack.workspace.join(
        bot.slack.workspace.channel(CLEARANCE), bot.slack.workspace.user(OUTSIDE_OWNER)
    )


def about_to_be_shared(bot: Running) -> None:
    bot.slack.workspace.channel(CLEARANCE).is_pending_ext_shared = True


def joined_by_a_colleague(bot: Running) -> None:
    bot.slack.workspace.join(
        bot.slack.workspace.channel(CLEARANCE), bot.slack.workspace.user(COLLEAGUE)
    )


CLEARERS = (CHAIR, "UOWEN", SECRETARY, "URUTH", SIGNATORY, "UDAVID")
CHANGES = (about_to_be_shared, joined_by_a_colleague, ext_shared)


def test_a_draft_owed_to_a_channel_that_has_since_become_unfit_goes_by_dm(bot: Running) -> None:
    bot.begin()
    room = bot.slack.workspace.channel(CLEARANCE)
    members = list(room.members)
    for times, change in enumerate(CHANGES, start=1):
        assert "direct message" in bot.person(CHAIR).command("/draft-update", "phso").text
        change(bot)
        bot.settle()
        bot.advance(minutes=1)
        found = drafts(bot)
        assert set(found) == entitled(bot, *CLEARERS), change.__name__
        covers = [m for m in found[bot.slack.workspace.dm(SIGNATORY).id] if not m.files]
        assert len(covers) == times, change.__name__
        room.members[:], room.is_pending_ext_shared = members, False

    assert len(bot.slack.workspace.files) >= 4 * len(CLEARERS)
    for file in bot.slack.workspace.files.values():
        assert set(file.channels) <= entitled(bot, *CLEARERS)
    told = [words(m) for m in bot.person(SECRETARY).inbox()]
    assert any("could not deliver" in text for text in told)


def test_a_draft_asked_for_in_a_shared_channel_comes_by_dm(bot: Running) -> None:
    bot.begin()
    before = bot.slack.workspace.messages[CHANNEL][:]
    secretary = bot.person(SECRETARY)
    answer = secretary.command("/draft-update", "phso", CHANNEL)
    secretary.mention(CHANNEL, "draft-update committees")
    bot.settle()
    bot.advance(minutes=1)

    assert not answer.in_channel
    assert set(drafts(bot)) == entitled(bot, SECRETARY)
    said = [m for m in bot.slack.workspace.messages[CHANNEL] if m.user == BOT]
    assert said == [m for m in before if m.user == BOT]


def test_a_draft_for_somebody_who_has_lost_the_role_is_kept_from_them(bot: Running) -> None:
    bot.begin()
    bot.person(SIGNATORY).command("/draft-update", "phso")
    with bot.database.engine.begin() as connection:
        connection.execute(
            sa.text(
                "UPDATE role SET until_on = '2022-05-09', from_on = '2022-05-01' WHERE person_id ="
                " (SELECT id FROM person WHERE name = 'Margaret Finch')"
            )
        )
    bot.settle()
    bot.advance(minutes=1)

    assert set(drafts(bot)) == {CLEARANCE}
    assert any(
        "could not deliver" in words(m) and "Margaret Finch" in words(m)
        for m in bot.person(SECRETARY).inbox()
    )


def test_an_nhs_number_is_kept_nowhere_and_its_sender_is_told_in_private(
    log: pytest.LogCaptureFixture, bot: Running
) -> None:
    bot.begin()
    aisha, hand = bot.person(OWNER), Hand(bot, OWNER)
    introduction = aisha.inbox()[0]
    number, dashed, run = NHS_NUMBERS
    told: dict[str, int] = {}

    def warned(way: str) -> None:
        bot.settle()
        told[way] = sum("I took out NHS number" in words(m) for m in aisha.inbox())

    aisha.reply(introduction, f"A-04 is on track, patient {number} was seen")
    warned("reply")
    aisha.tell(f"one of them is late for {run}")
    warned("unclear")
    aisha.edit(aisha.tell("A-04 is at risk"), f"A-04 is at risk, NHS number {dashed}")
    warned("edit")
    answers = hand.command("/status", f"patient {number}")
    warned("command")
    a04 = carries(bot, "A-04")
    fields = {"date": "30 September 2022", "reason": f"waiting for {run}"}
    assert hand.submit("date.request", a04, fields) == []
    warned("modal")
    link = {"link": f"https://example.org/{run}", "title": f"Scan of {dashed}"}
    assert hand.submit("evidence.add", a04, link) == []
    warned("evidence")
    aisha.mention(CHANNEL, f"A-04 is on track, patient {number}")
    warned("mention")

    assert list(told.values()) == list(range(1, len(told) + 1)), told
    assert logged(log, *NHS_NUMBERS) == []
    leaks = "\n".join([everything(bot), *said_by_bot(bot), *answers])
    assert [n for n in NHS_NUMBERS if n in leaks] == []
    for user_id in (SECRETARY, CHAIR):
        assert not any("I took out" in words(m) for m in bot.person(user_id).inbox())
