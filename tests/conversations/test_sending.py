"""What is owed arrives once, whatever goes wrong on the way, and only where it may."""

from __future__ import annotations

import base64
from dataclasses import replace

import pytest

from bot.domain.messages import Message, message, say
from bot.domain.outgoing import Audience, Outgoing, Sending
from bot.rehearsal import RehearsalServer, words
from storage import groups, outbox, people
from storage.rows import PauseRow
from tests.conversations.conftest import (
    BOT,
    CHAIR,
    CHANNEL,
    CLEARANCE,
    OUTSIDE_OWNER,
    OWNER,
    SECRETARY,
    Running,
)

FILE = {"name": "letter.odt", "title": "IMG/1 letter", "content": base64.b64encode(b"x").decode()}
SAID = message(say("Is A-04 on track?"))


def owe(bot: Running, outgoing: Outgoing) -> int:
    """Enqueue, due now."""
    now = bot.slack.workspace.clock.now()
    with bot.database.transaction() as session:
        group = groups.every(session)[0]
        number = outbox.enqueue(session, replace(outgoing, group_id=group.id), due_at=now, now=now)
    assert number is not None
    return number


def to(bot: Running, user_id: str, **more: object) -> Outgoing:
    """Something for this person's DM."""
    with bot.database.snapshot() as session:
        directory = people.directory(session, groups.every(session)[0].id)
    person = next(
        p for p in directory.people.values() if user_id in {a.user_id for a in p.accounts}
    )
    values = {"key": "one", "group_id": None, "message": SAID, **more}
    return Outgoing(person_id=person.id, **values)  # type: ignore[arg-type]


def said(bot: Running, user_id: str) -> list[str]:
    return [words(m) for m in bot.person(user_id).inbox()]


def state(bot: Running, number: int) -> str:
    with bot.database.snapshot() as session:
        return outbox.place(session, number).state


@pytest.mark.parametrize("user_id", [OWNER, OUTSIDE_OWNER])
def test_a_message_is_sent_once_and_is_found_by_its_place(bot: Running, user_id: str) -> None:
    number = owe(bot, to(bot, user_id))
    bot.settle()
    bot.settle()

    (sent,) = bot.person(user_id).inbox()
    assert sent.metadata is not None
    assert sent.metadata["event_type"] == "followthrough"
    assert sent.metadata["event_payload"]["outbox"] == number
    with bot.database.snapshot() as session:
        place = outbox.at_place(session, sent.channel, sent.ts)
    assert place is not None
    assert place.id == number


@pytest.mark.parametrize("fault", ["drop_after_acceptance", "500_after_acceptance"])
def test_a_message_that_was_taken_without_an_answer_is_not_sent_again(
    bot_on_each: Running, fault: str
) -> None:
    bot = bot_on_each
    number = owe(bot, to(bot, OWNER))
    bot.slack.faults.add(method="chat.postMessage", kind=fault)
    bot.settle()
    assert state(bot, number) == "sending"

    bot.advance(seconds=30)

    assert len(said(bot, OWNER)) == 1
    assert state(bot, number) == "sent"


@pytest.mark.parametrize("fault", ["drop_before", "500", "503"])
def test_a_message_that_was_lost_is_sent_after_all(bot: Running, fault: str) -> None:
    owe(bot, to(bot, OWNER))
    bot.slack.faults.add(method="chat.postMessage", kind=fault)
    bot.settle()
    bot.advance(seconds=30)

    assert len(said(bot, OWNER)) == 1


def test_a_message_is_known_by_its_words_where_metadata_is_not_kept(bot: Running) -> None:
    owe(bot, to(bot, OWNER))
    bot.slack.faults.add(method="chat.postMessage", kind="drop_after_acceptance")
    bot.settle()
    for kept in bot.slack.workspace.messages[bot.person(OWNER).dm]:
        kept.metadata = None

    bot.advance(seconds=30)

    assert len(said(bot, OWNER)) == 1


def test_the_same_words_owed_twice_are_said_twice(bot: Running) -> None:
    owe(bot, to(bot, OWNER, key="first"))
    bot.settle()
    owe(bot, to(bot, OWNER, key="second"))
    bot.slack.faults.add(method="chat.postMessage", kind="drop_before")
    bot.settle()
    for kept in bot.slack.workspace.messages[bot.person(OWNER).dm]:
        kept.metadata = None
    bot.advance(seconds=30)

    assert len(said(bot, OWNER)) == 2


def test_what_a_dead_process_had_leased_is_looked_up_and_sent_once(bot: Running) -> None:
    owe(bot, to(bot, OWNER, key="sent"))
    bot.settle()
    owe(bot, to(bot, CHAIR, key="unsent"))
    now = bot.slack.workspace.clock.now()
    with bot.database.transaction() as session:
        assert len(outbox.lease(session, token="dead", now=now)) == 1
    bot.stop()

    bot.start()
    bot.settle()

    assert len(said(bot, OWNER)) == 1
    assert len(said(bot, CHAIR)) == 1


def test_slack_s_pace_is_kept_and_the_order_too(bot: Running) -> None:
    for n in range(3):
        owe(bot, to(bot, OWNER, key=f"n{n}", message=message(say(f"Number {n}"))))
    bot.slack.faults.add(method="chat.postMessage", kind="429", retry_after=20)
    bot.settle()
    assert said(bot, OWNER) == []

    bot.advance(seconds=25)

    assert said(bot, OWNER) == ["Number 0", "Number 1", "Number 2"]


def test_somebody_who_left_is_not_written_to_and_the_secretariat_hears(bot: Running) -> None:
    bot.slack.workspace.deactivate(OWNER)
    number = owe(bot, to(bot, OWNER))
    bot.settle()

    assert state(bot, number) == "failed"
    assert any("Aisha Rahman" in text and "deactivated" in text for text in said(bot, SECRETARY))


def test_an_update_stands_where_its_message_stands_and_the_latest_wins(bot: Running) -> None:
    number = owe(bot, to(bot, OWNER))
    for n in (1, 2):
        update = Outgoing(
            key=f"u{n}",
            group_id=None,
            kind=Sending.UPDATE,
            target_id=number,
            message=message(say(f"Answered, {n}")),
        )
        owe(bot, update)
    bot.settle()
    bot.advance(seconds=5)

    assert said(bot, OWNER) == ["Answered, 2"]
    (sent,) = bot.person(OWNER).inbox()
    with bot.database.snapshot() as session:
        place = outbox.at_place(session, sent.channel, sent.ts)
    assert place is not None
    assert place.id == number


def test_a_file_arrives_once_even_when_its_answer_is_lost(bot: Running) -> None:
    owe(bot, to(bot, SECRETARY, kind=Sending.FILE, file=FILE, audience=Audience.CLEARANCE))
    bot.slack.faults.add(method="files.completeUploadExternal", kind="drop_after_acceptance")
    bot.settle()
    bot.advance(seconds=30)

    (sent,) = bot.person(SECRETARY).inbox()
    file = bot.slack.workspace.files[sent.files[0]]
    assert (file.title, file.content) == ("IMG/1 letter", b"x")


def draft(channel: str) -> Outgoing:
    return Outgoing(
        key="draft:1",
        group_id=None,
        channel_id=channel,
        message=message(say("The draft")),
        audience=Audience.CLEARANCE,
    )


def test_a_draft_goes_to_the_clearance_channel(bot: Running) -> None:
    owe(bot, draft(CLEARANCE))
    bot.settle()

    assert [words(m) for m in bot.person(CHAIR).sees(CLEARANCE)] == ["The draft"]


def test_a_draft_never_reaches_a_conversation_shared_outside(bot: Running) -> None:
    number = owe(bot, draft(CHANNEL))
    bot.settle()

    assert bot.person(OUTSIDE_OWNER).sees(CHANNEL) == []
    assert state(bot, number) == "failed"
    assert "The draft" in said(bot, CHAIR)
    assert any("shared with another organisation" in text for text in said(bot, SECRETARY))


def test_a_draft_never_reaches_a_channel_that_is_about_to_be_shared(bot: Running) -> None:
    bot.slack.workspace.channel(CLEARANCE).is_pending_ext_shared = True
    owe(bot, draft(CLEARANCE))
    bot.settle()

    assert bot.person(CHAIR).sees(CLEARANCE) == []


def test_a_draft_never_reaches_a_channel_with_a_member_without_the_role(bot: Running) -> None:
    bot.slack.workspace.join(
        bot.slack.workspace.channel(CLEARANCE), bot.slack.workspace.user(OWNER)
    )
    owe(bot, draft(CLEARANCE))
    bot.settle()

    assert bot.person(OWNER).sees(CLEARANCE) == []
    assert said(bot, OWNER) == []
    assert "The draft" in said(bot, CHAIR)


def test_a_draft_is_not_sent_to_an_owner_s_dm(bot: Running) -> None:
    number = owe(bot, to(bot, OWNER, audience=Audience.CLEARANCE))
    bot.settle()

    assert said(bot, OWNER) == []
    assert state(bot, number) == "failed"


def test_a_paused_group_is_silent_but_for_the_secretariat(bot: Running) -> None:
    now = bot.slack.workspace.clock.now()
    with bot.database.transaction() as session:
        group = groups.every(session)[0]
        session.add(PauseRow(group_id=group.id, at=now, recorded_at=now, reason="wrong dates"))
    owe(bot, to(bot, OWNER, key="a"))
    owe(bot, to(bot, SECRETARY, key="b"))
    bot.settle()

    assert said(bot, OWNER) == []
    assert len(said(bot, SECRETARY)) == 1


def test_the_home_tab_shows_the_latest(bot: Running) -> None:
    for n in (1, 2):
        owe(
            bot,
            to(bot, OWNER, key=f"h{n}", kind=Sending.HOME, message=message(say(f"Version {n}"))),
        )
    bot.settle()

    home = bot.person(OWNER).home()
    assert home is not None
    assert words(home) == "Version 2"
    assert sum(call.method == "views.publish" for call in bot.slack.calls) == 1


def test_words_cannot_ping_a_channel(bot: Running, slack: RehearsalServer) -> None:
    pinging: Message = message(say("<!channel> <@U0FOLLOW01> <https://evil.example|ok>"))
    owe(bot, Outgoing(key="p", group_id=None, channel_id=CHANNEL, message=pinging))
    bot.settle()

    (sent,) = [m for m in slack.workspace.messages[CHANNEL] if m.user == BOT]
    assert sent.text == "&lt;!channel&gt; &lt;@U0FOLLOW01&gt; &lt;https://evil.example|ok&gt;"
