"""The off switch: who turns it, what it stops, and what it lets through."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bot.domain.errors import UserError
from bot.domain.guard import guard
from bot.domain.outgoing import Audience, Sending
from bot.domain.people import Role
from bot.services import digests, home, intake, pausing, waits
from bot.services.nudge_words import as_text
from storage import outbox, waiting
from storage.database import Database
from tests.services.desks import FrontDesk, words_of
from tests.services.posting import Post
from tests.services.registers import Register, at
from tests.services.switching import (
    WEDNESDAY,
    decision,
    owe,
    pause,
    say_to,
    standing,
)


@pytest.fixture
def register(database: Database) -> Register:
    """A started group with a secretariat's channel."""
    return Register(database, channel="C0CLEAR")


@pytest.fixture
def desk(database: Database) -> FrontDesk:
    """A started group with two items of Priya's."""
    return FrontDesk(database)


def test_only_what_goes_to_the_secretariat_goes_out_in_a_pause(register: Register) -> None:
    now = at(WEDNESDAY, 10)
    shown = owe(register, "before", None, now, channel_id="C0CLEAR")
    post = Post()
    post.round(register.database, now)
    pause(register, "the dates are wrong", now)
    owe(register, "to an owner", "Priya", now)
    owe(register, "to the chair", "Helen", now)
    owe(register, "to the secretary", "Sam", now)
    owe(register, "to their channel", None, now, channel_id="C0CLEAR", audience=Audience.CLEARANCE)
    owe(register, "to the group", None, now, channel_id="C0GROUP", audience=Audience.MEMBERS)
    owe(register, "in their channel", None, now, kind=Sending.UPDATE, target_id=shown)
    decision(register, 1, now, Role.SECRETARIAT)

    went = post.round(register.database, now)

    assert {key for key in went if not key.startswith(("paused:", "wait:"))} == {
        "to the secretary",
        "to their channel",
        "in their channel",
    }
    assert any(key.endswith(":channel") for key in went if key.startswith("wait:"))


def test_what_is_held_is_looked_at_again_in_minutes_and_not_in_seconds(register: Register) -> None:
    now = at(WEDNESDAY, 10)
    pause(register, "the dates are wrong", now)
    target = owe(register, "held", "Priya", now)
    owe(register, "its update", "Priya", now, kind=Sending.UPDATE, target_id=target)
    Post().round(register.database, now)

    rows_ = {row.key: row for row in register.rows("")}
    for key in ("held", "its update"):
        assert rows_[key].due_at == now + timedelta(minutes=5)
        assert rows_[key].error == "the group is paused"


def test_a_message_leased_before_the_pause_does_not_go_out_after_it(register: Register) -> None:
    now = at(WEDNESDAY, 10)
    number = owe(register, "one", None, now, channel_id="C0GROUP", audience=Audience.MEMBERS)
    post = Post(meanwhile=lambda: pause(register, "the dates are wrong", now))

    post.round(register.database, now)

    assert "one" not in [parcel.owed.key for parcel in post.sent]
    with register.database.snapshot() as session:
        assert outbox.place(session, number).state == "owed"


def test_whoever_answers_in_a_pause_reads_that_it_is_taken_and_until_when(desk: FrontDesk) -> None:
    pause(desk, "recess until 5 September", desk.now, by="Sam")
    key = desk.says_it("A-01 is on track")
    post = Post()

    went = post.round(desk.database, desk.now)

    assert f"echo:{key}" in went
    told = post.words(f"echo:{key}")
    assert "on track" in told
    assert "I am paused until 9:00 on Monday 5 September 2022." in told
    assert "recess" not in told
    assert "Sam" not in told


def test_an_answer_in_a_pause_is_put_to_nobody_else_but_the_secretariat(desk: FrontDesk) -> None:
    desk.promise(desk.a01)
    pause(desk, "recess", desk.now, by="Sam")
    desk.asks_until("30 September 2022", "The supplier is late.")
    post = Post()

    went = post.round(desk.database, desk.now)

    assert [p.owed.person_id for p in post.sent if p.owed.key.startswith("wait:")] == []
    assert [key for key in went if key.startswith("echo:")] != []


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("recess until the minister decides", "Name the day"),
        ("recess until 1 June 2022", "name a later day"),
        ("until Friday", "Say why"),
        ("A-03 until Friday", "A-03 is on hold"),
    ],
)
def test_what_cannot_be_a_pause_says_how_to_mend_it(
    register: Register, words: str, sentence: str
) -> None:
    with pytest.raises(UserError, match=sentence):
        pause(register, words, at(WEDNESDAY, 10))
    assert standing(register) is None


def test_only_the_secretariat_and_the_chairs_turn_it(register: Register) -> None:
    with pytest.raises(UserError, match="Only the secretariat or a chair"):
        pause(register, "I am busy", at(WEDNESDAY, 10), by="Priya")
    pause(register, "an election", at(WEDNESDAY, 10), by="Dev")
    with pytest.raises(UserError, match="Only the secretariat or a chair"):
        say_to(register, "resume", at(WEDNESDAY, 11), by="Leo")


def test_a_second_pause_changes_the_reason_and_the_date_and_keeps_since_when(
    register: Register,
) -> None:
    pause(register, "an election", at(WEDNESDAY, 10))
    said = pause(register, "recess until 4 July", at(WEDNESDAY, 12))

    found = standing(register)
    assert found is not None
    assert (found.reason, found.since_at) == ("recess", at(WEDNESDAY, 10))
    assert "changed the pause" in said


def test_whoever_runs_it_turns_it_while_slack_is_down(register: Register) -> None:
    said = pausing.pause_by_operator(
        register.database, None, reason=guard("wrong dates"), until=None, now=at(WEDNESDAY, 10)
    )
    assert "Whoever runs me has paused Imaging: wrong dates. Since 10:00" in as_text(said)
    assert [text for _due, text in register.said_to("Sam", "paused:")] == [as_text(said)]

    pausing.resume_by_operator(register.database, "imaging", now=at(WEDNESDAY, 11))
    with pytest.raises(UserError, match="I am not paused"):
        pausing.resume_by_operator(register.database, "imaging", now=at(WEDNESDAY, 12))


def test_the_home_tab_shows_it_to_everybody_and_the_reason_to_those_who_may_turn_it(
    desk: FrontDesk,
) -> None:
    pause(desk, "an election", desk.now, by="Sam")

    def page(first: str) -> str:
        with intake.reading(desk.database, desk.arrival(first), now=desk.now) as found:
            return str(home.page(found))

    assert "an election" in page("Helen")
    assert "pause.resume" in page("Helen")
    assert "an election" not in page("Priya")
    assert "pause.resume" not in page("Priya")


def test_the_weekly_digest_says_why_since_when_and_until_when(register: Register) -> None:
    register.item("A-01", date(2022, 8, 31))
    pause(register, "an election until 4 July", at(WEDNESDAY, 10), by="Helen")
    digests.sweep(register.database, now=at(date(2022, 6, 20), 12))

    [(_due, text)] = register.said_to("Sam", "digest:")
    assert (
        "Paused: an election. Since 10:00 on Wednesday 15 June 2022, until 9:00 on Monday 4 July "
        "2022. I am writing to nobody but the secretariat."
    ) in text
    assert register.said_to("Helen", "digest:") == []


def test_an_answer_settles_what_waits_on_whoever_gives_it_in_a_pause(desk: FrontDesk) -> None:
    decision(desk, 1, desk.now)
    with desk.database.snapshot() as session:
        [one] = waiting.unsettled(session, desk.group_id)
    desk.deliver(desk.now)
    pause(desk, "an election", desk.now, by="Sam")
    waits.take(desk.database, desk.arrives("Helen"), waiting_id=one.id, now=desk.now)
    post = Post()

    went = post.round(desk.database, desk.now)

    assert [key for key in went if key.startswith("wait:")] == [
        f"wait:{one.id}:taken:{one.payload['copies'][0]}"
    ]
    assert words_of(desk.last_to("Helen", "wait:")).startswith("Decision 1.")
