"""The off switch: what it stops, what it lets through, and what goes out when it ends."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from bot.domain.errors import UserError
from bot.domain.forms import Form
from bot.domain.guard import guard
from bot.domain.messages import message, say
from bot.domain.outgoing import Audience, Outgoing, Sending
from bot.domain.people import Role
from bot.services import auditing, commands, digests, home, intake, nudges, pausing, waits
from bot.services.nudge_words import as_text
from bot.slack.render import draw
from storage import nudges as rows
from storage import outbox, pauses, people, waiting
from storage.database import Database
from storage.pauses import Pause
from tests.services.desks import FrontDesk, words_of
from tests.services.founded import TEAM
from tests.services.posting import Post
from tests.services.registers import Register, at, message_of

DUE = date(2022, 6, 30)
WEDNESDAY = date(2022, 6, 15)


@pytest.fixture
def register(database: Database) -> Register:
    """A started group with a secretariat's channel."""
    return Register(database, channel="C0CLEAR")


@pytest.fixture
def desk(database: Database) -> FrontDesk:
    """A started group with two items of Priya's."""
    return FrontDesk(database)


def pause(register: Register, words: str, now: datetime, *, by: str = "Helen") -> str:
    """`pause WORDS`, and what is answered."""
    return say_to(register, f"pause {words}", now, by=by)


def say_to(register: Register, words: str, now: datetime, *, by: str) -> str:
    arrival = register.arrival(by, f"{by} {now} {words}")
    answer = commands.run(register.database, arrival, guard(words), now=now)
    assert not isinstance(answer, Form)
    return as_text(answer)


def standing(register: Register) -> Pause | None:
    with register.database.snapshot() as session:
        return pauses.standing(session, register.group_id)


def owe(register: Register, key: str, to: str | None, now: datetime, **more: object) -> int:
    values = {"message": message(say(f"Said under {key}.")), **more}
    outgoing = Outgoing(
        key=key,
        group_id=register.group_id,
        team_id=TEAM,
        person_id=register.people[to] if to else None,
        **values,  # type: ignore[arg-type]
    )
    with register.database.transaction() as session:
        number = outbox.enqueue(session, outgoing, due_at=now, now=now)
    assert number is not None
    return number


def decision(register: Register, subject: int, now: datetime, role: Role = Role.CHAIR) -> None:
    with register.database.transaction() as session:
        waits.open_wait(
            session,
            people.directory(session, register.group_id),
            kind="date_change",
            subject_id=subject,
            role=role,
            message=message(say(f"Decision {subject}.")),
            now=now,
        )


def to_whom(post: Post, key: str) -> int | None:
    return next(p.owed.person_id for p in post.sent if p.owed.key == key)


def reasons(register: Register, item: int) -> dict[str, str]:
    with register.database.snapshot() as session:
        return {line.rung: line.reason for line in rows.ledger(session, [item])[item]}


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
    assert auditing.differences(register.database, register.group_id, now=now) == []


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
