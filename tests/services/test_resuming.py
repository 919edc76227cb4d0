"""What goes out when a pause ends: one message a person, and nobody told behind an owner."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bot.services import auditing, digests, nudges, pausing, waits
from bot.slack.render import draw
from storage import outbox
from storage.database import Database
from tests.services.posting import Post
from tests.services.registers import Register, at, message_of
from tests.services.switching import (
    DUE,
    WEDNESDAY,
    decision,
    owe,
    pause,
    reasons,
    say_to,
    standing,
    to_whom,
)


@pytest.fixture
def register(database: Database) -> Register:
    """A started group with a secretariat's channel."""
    return Register(database, channel="C0CLEAR")


def test_the_chair_gets_one_message_with_all_that_waits(register: Register) -> None:
    now = at(WEDNESDAY, 10)
    pause(register, "an election", now, by="Sam")
    for number in range(1, 9):
        decision(register, number, now + timedelta(minutes=number))
    register.sweep(at(date(2022, 6, 22)))
    again = at(date(2022, 6, 22), 11)
    said = say_to(register, "resume", again, by="Sam")

    post = Post()
    went = [key for key in post.round(register.database, again) if not key.startswith("paused:")]

    assert [key for key in went if key.startswith("wait:")] == []
    [key] = [key for key in went if key.startswith("resumed:")]
    assert "Waiting on you (8)" in post.words(key)
    assert all(f"Decision {n}." in post.words(key) for n in range(1, 6))
    assert "one person gets one message" in said
    waits.sweep(register.database, now=at(date(2022, 6, 23)))
    assert post.round(register.database, at(date(2022, 6, 23))) == []


def test_nobody_stands_in_before_two_working_days_after_the_pause(register: Register) -> None:
    decision(register, 1, at(WEDNESDAY, 10))
    post = Post()
    post.round(register.database, at(WEDNESDAY, 10))
    pause(register, "an election", at(WEDNESDAY, 11), by="Sam")
    say_to(register, "resume", at(date(2022, 6, 24), 12), by="Sam")
    for day in (24, 25, 26, 27):
        waits.sweep(register.database, now=at(date(2022, 6, day), 13))
        post.round(register.database, at(date(2022, 6, day), 13))
    assert register.people["Dev"] not in {p.owed.person_id for p in post.sent}

    waits.sweep(register.database, now=at(date(2022, 6, 28), 13))
    post.round(register.database, at(date(2022, 6, 28), 13))
    assert register.people["Dev"] in {p.owed.person_id for p in post.sent}


def test_five_held_reminders_become_one_and_the_ledger_says_why(register: Register) -> None:
    # Held in the queue although nothing is planned in a pause: the rule at sending stands alone.
    item = register.item("A-01", DUE)
    for day in (date(2022, 6, 16), date(2022, 6, 23), date(2022, 6, 29), DUE):
        nudges.sweep(register.database, now=at(day))
    assert len(register.rows("nudge:")) == 4
    pause(register, "an election", at(DUE, 10), by="Sam")
    assert [key for key in Post().round(register.database, at(DUE, 10)) if "nudge" in key] == []

    say_to(register, "resume", at(date(2022, 7, 7), 8), by="Sam")
    nudges.sweep(register.database, now=at(date(2022, 7, 7)))
    post = Post()
    went = [k for k in post.round(register.database, at(date(2022, 7, 7))) if "nudge:" in k]

    assert went == [f"nudge:{register.people['Priya']}:2022-07-07"]
    assert register.ledger(item) == {
        **dict.fromkeys(("before-10", "before-5", "before-1", "on-the-day", "after-2"), "merged"),
        "ask-1:after-5": "sent",
    }
    assert reasons(register, item)["before-5"] == "paused"
    now = at(date(2022, 7, 8), 9)
    assert list(auditing.differences(register.database, register.group_id, now=now)) == []


def test_no_escalation_follows_a_pause_of_a_day_before_the_owner_was_asked_again(
    register: Register,
) -> None:
    register.item("A-01", DUE)
    register.live(date(2022, 6, 16), date(2022, 7, 4))
    told = len(register.said_to("Leo", "told:"))
    pause(register, "an election", at(date(2022, 7, 4), 16), by="Sam")
    say_to(register, "resume", at(date(2022, 7, 5), 10), by="Sam")
    register.live(date(2022, 7, 6), date(2022, 7, 8), hours=(9, 11))
    assert register.rows("wait:") == []

    register.live(date(2022, 7, 9), date(2022, 7, 14))
    assert register.rows("wait:") != []
    assert len(register.said_to("Leo", "told:")) == told


def test_somebody_with_held_news_and_a_reminder_gets_one_message_that_day(
    register: Register,
) -> None:
    register.item("A-01", DUE)
    pause(register, "an election", at(date(2022, 6, 14), 10), by="Sam")
    owe(register, "news", "Priya", at(date(2022, 6, 14), 11))
    resumed_at = at(date(2022, 6, 17), 10)
    said = say_to(register, "resume", resumed_at, by="Helen")
    nudges.sweep(register.database, now=resumed_at)
    post = Post()

    went = post.round(register.database, resumed_at)

    assert "one person gets one message" in said
    [key] = [key for key in went if to_whom(post, key) == register.people["Priya"]]
    assert "Said under news." in post.words(key)
    assert "A-01" in post.words(key)
    nudges.sweep(register.database, now=at(date(2022, 6, 20)))
    assert any("nudge:" in k for k in post.round(register.database, at(date(2022, 6, 20))))


def test_it_ends_by_its_date_and_nothing_goes_before_it_is_merged(register: Register) -> None:
    told = pause(register, "recess until Saturday 18 June", at(WEDNESDAY, 10), by="Dev")
    assert "until 9:00 on Monday 20 June 2022" in told
    owe(register, "news", "Priya", at(WEDNESDAY, 11))
    post, monday = Post(), at(date(2022, 6, 20), 9)
    assert pausing.sweep(register.database, now=monday - timedelta(minutes=1)) == 0
    assert "news" not in post.round(register.database, monday)

    assert [pausing.sweep(register.database, now=monday) for _ in range(2)] == [1, 0]
    went = post.round(register.database, monday)

    assert "news" not in went
    assert len([k for k in went if to_whom(post, k) == register.people["Priya"]]) == 1
    told_sam = [post.words(k) for k in went if to_whom(post, k) == register.people["Sam"]]
    assert any("one person gets one message" in text for text in told_sam)
    assert standing(register) is None


def test_a_digest_whose_hour_came_in_the_pause_is_not_sent_to_the_chair_after_it(
    register: Register,
) -> None:
    register.item("A-01", date(2022, 8, 31))
    pause(register, "an election", at(WEDNESDAY, 10), by="Sam")
    say_to(register, "resume", at(date(2022, 6, 20), 12), by="Sam")
    digests.sweep(register.database, now=at(date(2022, 6, 20), 12, 30))
    keys = [row.key for row in register.rows("digest:")]

    assert not [key for key in keys if key.endswith(f":{register.people['Helen']}")]


def test_what_is_leased_when_it_ends_is_merged_too_and_goes_once(register: Register) -> None:
    now = at(WEDNESDAY, 10)
    pause(register, "an election", now, by="Sam")
    owe(register, "news", "Priya", now)
    later = now + timedelta(minutes=5)
    with register.database.transaction() as session:
        [leased] = [o for o in outbox.lease(session, token="x", now=later) if o.key == "news"]
    say_to(register, "resume", later, by="Sam")
    with register.database.transaction() as session:
        outbox.give_back(session, leased, reason="the group is paused", due_at=later)
    post = Post()

    post.round(register.database, later)

    [parcel] = [p for p in post.sent if p.owed.person_id == register.people["Priya"]]
    assert "Said under news." in post.words(parcel.owed.key)


def test_a_message_with_all_there_can_be_is_one_that_slack_takes(register: Register) -> None:
    pause(register, "an election", at(WEDNESDAY, 10), by="Sam")
    for number in range(1, 41):
        decision(register, number, at(WEDNESDAY, 11))
        owe(register, f"news {number}", "Helen", at(WEDNESDAY, 11))
        register.item(f"A-{number:02d}", date(2022, 6, 16), owner="Helen")
    say_to(register, "resume", at(date(2022, 6, 22), 11), by="Sam")

    [row] = register.rows("resumed:")
    drawn = draw(message_of(row))
    assert len(drawn.blocks) <= 50
    assert "Waiting on you (40)" in drawn.text
    assert "and 10 more: status waiting" in drawn.text.replace("`", "")
