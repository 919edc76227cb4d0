"""Wishes about reminders, buttons that are retired, and what happens before a message goes."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta

import pytest

from bot.domain.errors import UserError
from bot.domain.forms import FieldError
from bot.domain.register import Status
from bot.services import asking_days, nudges, others, snoozing
from bot.services.parcels import Parcel, Sent
from storage.database import Database
from storage.rows import GroupRow, SnoozeRow
from tests.services.desks import FrontDesk, pressable, words_of
from tests.services.posting import Post
from tests.services.registers import Register, at, labels, message_of, read

AGAIN = date(2022, 8, 26)
TODAY = date(2022, 8, 15)


@pytest.fixture
def desk(database: Database) -> FrontDesk:
    """Priya's A-01 is due on 31 August 2022, her A-02 on 9 September; it is 15 August."""
    return FrontDesk(database)


@pytest.fixture
def register(database: Database) -> Register:
    """A started group."""
    return Register(database)


def chooses_day(desk: FrontDesk, day: date, *, by: str = "Priya", key: str = "chosen") -> None:
    arrival = desk.arrives(by, key=key)
    snoozing.choose(desk.database, arrival, item_id=desk.a01, day=day, now=desk.now)


def test_on_track_leads_to_a_day_on_which_the_item_is_asked_about_again(desk: FrontDesk) -> None:
    desk.taps("reply.on_track", desk.a01, key="tap")
    offered = pressable(desk.echo("tap"))[-1]
    form = snoozing.form(
        desk.database,
        desk.arrives(),
        item_id=json.loads(offered.value)["item"],
        now=desk.now,
    )
    chooses_day(desk, AGAIN)

    assert offered.label == "Ask me again on…"
    [intro] = form.intro
    assert "the latest day I can ask again is Tuesday 30 August 2022" in str(intro)
    assert "again on Friday 26 August 2022. Until then I leave it" in words_of(desk.echo("chosen"))
    assert desk.actions()[-1] == "snoozed"
    desk.live(TODAY + timedelta(days=1), date(2022, 8, 30))
    assert desk.ledger(desk.a01) == {
        "before-10": "suppressed",
        "before-5": "suppressed",
        "again-2022-08-26": "sent",
        "before-1": "sent",
    }


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        (date(2022, 9, 1), "too late. It is due on Wednesday 31 August 2022; the latest day I can"),
        (date(2022, 8, 31), "ask again is Tuesday 30 August 2022"),
        (TODAY, "is not ahead of us. It is due on Wednesday 31 August 2022; the latest day"),
    ],
)
def test_a_day_that_will_not_do_is_answered_with_one_that_would(
    desk: FrontDesk, day: date, sentence: str
) -> None:
    with pytest.raises(FieldError, match=sentence):
        chooses_day(desk, day)

    assert desk.count(SnoozeRow) == 0


def test_nobody_snoozes_somebody_else_s_reminder(desk: FrontDesk) -> None:
    with pytest.raises(UserError, match="Only its owner, their cover or the secretariat"):
        chooses_day(desk, AGAIN, by="Leo")


def test_a_wish_in_words_is_entered_with_what_was_said_and_moves_no_date(desk: FrontDesk) -> None:
    key = desk.says_it("A-01 is on track, ask me again on 26 August")

    assert desk.history(desk.a01).updates[-1].status is Status.ON_TRACK
    assert desk.history(desk.a01).date_changes == []
    assert [b.label for b in pressable(desk.echo(key))] == ["Ask as before", "Undo"]
    key = desk.says_it("remind me about A-02 on 20 September")
    assert "too late" in words_of(desk.echo(key))
    key = desk.says_it("ask me again on Friday")
    assert "Which item shall I ask about again then?" in words_of(desk.echo(key))
    assert desk.count(SnoozeRow) == 1


def test_a_wish_is_taken_back_once_and_a_new_date_ends_it(desk: FrontDesk) -> None:
    chooses_day(desk, AGAIN)
    undo = json.loads(pressable(desk.echo("chosen"))[0].value)["snooze"]
    planned = desk.next_on(desk.a01)
    snoozing.undo(desk.database, desk.arrives(key="undo"), snooze_id=undo, now=desk.now)
    with pytest.raises(UserError, match="does not stand any more"):
        snoozing.undo(desk.database, desk.arrives(), snooze_id=undo, now=desk.now)
    assert desk.next_on(desk.a01) == planned == date(2022, 8, 16)

    chooses_day(desk, AGAIN, key="again")
    desk.moves(desk.a01, date(2022, 9, 14), desk.now)
    desk.live(date(2022, 8, 30), date(2022, 9, 8))
    assert desk.ledger(desk.a01)["before-10"] == "sent"
    assert "again-2022-08-26" not in desk.ledger(desk.a01)


def test_a_weekday_of_one_s_own_is_chosen_in_words_and_shown_in_every_nudge(
    register: Register,
) -> None:
    item = register.item("A-01", date(2022, 6, 30))
    register.item("A-02", date(2022, 6, 30), owner="Leo")
    now = at(date(2022, 6, 1), 10)
    asking_days.command(register.database, register.arrival("Priya"), "Tuesdays", now)
    with pytest.raises(UserError, match="Sunday is not a day you work: choose one of Monday"):
        asking_days.command(register.database, register.arrival("Priya", "2"), "Sundays", now)
    register.live(date(2022, 6, 13), date(2022, 6, 30))

    assert register.days_of("Priya") == [date(2022, 6, day) for day in (14, 21, 29, 30)]
    assert register.days_of("Leo") == [date(2022, 6, day) for day in (16, 23, 29, 30)]
    row = register.rows(f"nudge:{register.people['Priya']}")[0]
    assert labels(row)[-1] == "Change the day"
    assert "Before a deadline you are asked on Tuesdays" in str(message_of(row).parts)
    asking_days.command(register.database, register.arrival("Priya", "3"), "any day", now)
    assert register.ledger(item)["on-the-day"] == "sent"


def test_what_was_answered_says_what_stands_and_the_others_keep_their_buttons(
    desk: FrontDesk,
) -> None:
    made = [desk.a01, *(desk.item(f"A-1{n}", date(2022, 8, 31)) for n in range(1, 4))]
    desk.sweep(at(date(2022, 8, 16)))
    desk.now = at(date(2022, 8, 16), 10)
    [row] = desk.rows("nudge:")
    for number in made[:3]:
        desk.taps("reply.on_track", number)
    [row] = desk.rows("nudge:")

    assert labels(row).count("On track") == 1
    assert "A-01: on track, you said on Tuesday 16 August 2022." in str(message_of(row))
    edits = desk.rows("retire:")
    assert len(edits) == 1
    assert message_of(edits[0]) == message_of(row)
    desk.deliver(desk.now)
    desk.moves(made[3], date(2022, 9, 30), desk.now)
    [row] = desk.rows("nudge:")
    assert "A-13: moved to Friday 30 September 2022." in str(message_of(row))
    assert labels(row) == ["Choose a day"]
    assert len(desk.rows("retire:")) == 2


def test_an_answer_taken_back_is_no_longer_said_to_stand(desk: FrontDesk) -> None:
    desk.sweep(at(date(2022, 8, 16)))
    desk.now = at(date(2022, 8, 16), 10)
    desk.taps("reply.at_risk", desk.a01, key="tap")
    desk.undoes(pressable(desk.echo("tap"))[0])

    [row] = desk.rows("nudge:")
    assert "you said" not in str(message_of(row))
    assert "A-01: not started, due by Wednesday 31 August" in str(message_of(row)).replace(
        "due Wed", "due by Wed"
    )


def test_a_later_nudge_takes_the_buttons_of_the_one_before(desk: FrontDesk) -> None:
    desk.live(date(2022, 8, 16), date(2022, 8, 23))

    first, second = desk.rows("nudge:")
    assert "Asked again on Tuesday 23 August 2022: answer there." in str(message_of(first))
    assert labels(first) == ["Choose a day"]
    assert "On track" in labels(second)


def test_the_form_for_more_time_retires_the_buttons_it_came_from(desk: FrontDesk) -> None:
    desk.sweep(at(date(2022, 8, 16)))
    desk.now = at(date(2022, 8, 16), 10)
    desk.asks_until("30 September")

    [row] = desk.rows("nudge:")
    assert "A-01: you asked on Tuesday 16 August 2022 to move it to Friday 30 September" in str(
        message_of(row)
    )


def test_the_others_of_a_nudge_are_retired_too(desk: FrontDesk) -> None:
    arrival = desk.arrives(key="others")
    others.show(desk.database, arrival, item_ids=[desk.a01, desk.a02], now=desk.now)
    desk.taps("reply.done", desk.a01)

    shown = desk.place("echo:others:0")
    assert {b.value for b in pressable(shown)} == {
        json.dumps({"item": desk.a02, "v": desk.get(desk.a02).version}, separators=(",", ":"))
    }


@dataclass
class Interrupted(Post):
    """While the first message is on the wire, something happens."""

    then: list[Callable[[], None]] = field(default_factory=list)

    def send(self, parcel: Parcel) -> Sent:
        sent = super().send(parcel)
        while self.then:
            self.then.pop()()
        return sent


@pytest.mark.parametrize("what", ["answered", "done", "moved", "left"])
def test_what_happens_between_planning_and_sending_is_respected_at_sending(
    desk: FrontDesk, what: str
) -> None:
    desk.item("A-11", date(2022, 8, 31), owner="Leo")
    desk.item("A-12", date(2022, 8, 31))
    nine = at(date(2022, 8, 16))
    assert nudges.sweep(desk.database, now=nine) == 2
    desk.now = nine
    happens = {
        "answered": lambda: desk.taps("reply.on_track", desk.a01, version=1),
        "done": lambda: desk.taps("reply.done", desk.a01, version=1),
        "moved": lambda: desk.moves(desk.a01, date(2022, 10, 31), desk.now),
        "left": lambda: chooses_day(desk, AGAIN),
    }
    first = min(desk.rows("nudge:"), key=lambda row: row.id or 0)
    if first.person_id == desk.people["Priya"]:
        with desk.database.transaction() as session:
            session.merge(first).due_at = nine + timedelta(seconds=1)
    post = Interrupted(then=[happens[what]])
    post.round(desk.database, nine + timedelta(seconds=1))

    to_priya = [p for p in post.sent if p.owed.key == f"nudge:{desk.people['Priya']}:2022-08-16"]
    assert to_priya == []
    assert desk.ledger(desk.a01)["before-10"] in ("held", "suppressed")
    nudges.sweep(desk.database, now=nine + timedelta(minutes=5))
    post.round(desk.database, nine + timedelta(minutes=5))
    [parcel] = [p for p in post.sent if p.owed.key == f"nudge:{desk.people['Priya']}:2022-08-16"]
    assert "A-12" in str(parcel.owed.message)
    assert "A-01" not in str(parcel.owed.message)


def test_an_answer_of_the_same_morning_is_not_asked_for_on_the_day_itself(
    register: Register,
) -> None:
    item = register.item("A-01", date(2022, 6, 30))
    register.live(date(2022, 6, 16), date(2022, 6, 29))
    register.says(item, Status.ON_TRACK, at(date(2022, 6, 30), 8))
    register.live(date(2022, 6, 30), date(2022, 7, 5))

    assert register.days_of("Priya")[-3:] == [
        date(2022, 6, 29),
        date(2022, 7, 1),
        date(2022, 7, 4),
    ]


def test_somebody_in_two_groups_gets_one_message_a_day(database: Database) -> None:
    first = Register(database)
    with database.transaction() as session:
        session.get_one(GroupRow, first.group_id).key = "another"
    second = Register(database)
    for group in (first, second):
        group.item("A-01", date(2022, 6, 30))
        group.covers("Leo", "Priya", date(2022, 6, 1), date(2022, 7, 31))
        group.item("A-02", date(2022, 6, 30), owner="Leo")
    for hour in (9, 10, 18):
        first.sweep(at(date(2022, 6, 16), hour))

    assert len(first.days_of("Priya") + second.days_of("Priya")) == 1
    first.sweep(at(date(2022, 6, 17)))
    assert first.days_of("Priya") == [date(2022, 6, 16)]
    assert second.days_of("Priya") == [date(2022, 6, 17)]
    assert "A-02" in read(second.rows("nudge:")[-1])
