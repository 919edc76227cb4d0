"""Claiming a seat, confirming it, and taking it back from the wrong account."""

from __future__ import annotations

import json
from datetime import date

import pytest

from bot.domain.errors import UserError
from bot.domain.guard import guard
from bot.domain.people import Account
from bot.domain.register import Confidence, Delivery
from bot.services import seat_answers, seat_commands, seats, updates
from storage.database import Database
from tests.services.founded import TEAM
from tests.services.seating import MONDAY, OUTSIDE, Seating, button, words

MAX = Account("TOTHER", "UMAX")


@pytest.fixture
def seating(database: Database) -> Seating:
    """A group with somebody who has no account, and has had no answer by e-mail."""
    seating = Seating(database)
    seating.day(MONDAY)
    return seating


def claims(seating: Seating, account: Account = OUTSIDE, name: str = "peter  lowe") -> str:
    said = seats.claim(
        seating.database,
        seating.arrives(account),
        group_id=seating.group_id,
        shown_as=guard("pete"),
        name=guard(name),
        email=guard("pete@rcr.example"),
        now=seating.now,
    )
    seating.send()
    return said


def confirms(seating: Seating, account: Account = OUTSIDE, who: str = "Peter") -> None:
    seat_answers.confirm(
        seating.database,
        seating.arrives("Sam"),
        number=seats.number_of(account),
        person_id=seating.people[who],
        now=seating.now,
    )
    seating.send()


def test_what_a_claim_is_told_never_says_whether_it_fits(seating: Seating) -> None:
    told = {claims(seating), claims(seating, MAX, "Nobody Atall"), claims(seating, MAX)}

    assert told == {"The secretariat will confirm it."}
    fits, other = seating.waits("seat")
    assert "Confirm: Peter Lowe (RCR)" in str(fits.payload["message"])
    assert "account UMAX of workspace TOTHER" in str(other.payload["message"])


def test_one_account_has_one_claim_which_says_what_was_typed_last(seating: Seating) -> None:
    claims(seating, name="Nobody Atall")
    claims(seating)

    said = words(seating.shown("seat"))
    assert "peter  lowe, pete@rcr.example" in said
    assert "pete on Slack, account UPETER of workspace T0COLLEGE" in said


def test_who_has_a_seat_is_told_so(seating: Seating) -> None:
    with pytest.raises(UserError, match=r"I write to you here as Priya Nair \(RCR\)"):
        seats.form(
            seating.database,
            seating.arrives(Account(TEAM, "UPRIYA")),
            group_id=seating.group_id,
        )


def test_who_is_confirmed_gets_an_introduction_and_then_one_reminder(seating: Seating) -> None:
    claims(seating)
    confirms(seating)
    seating.day(MONDAY, 11)
    seating.day(date(2022, 5, 17))

    assert seating.accounts() == (OUTSIDE,)
    intro, nudge = (words(each) for each in seating.to("UPETER"))
    assert intro.startswith("Imaging\n\nHello Peter Lowe. I am Followthrough")
    assert "How is this one going?" in nudge
    assert seating.held() == []
    assert seating.waits("unreachable") == []
    assert [one.next_on for one in seating.waits("acceptance")] == [date(2022, 5, 18)] * 2
    assert "seat confirmed" in seating.actions()


def test_only_the_secretariat_confirms_and_only_once(seating: Seating) -> None:
    claims(seating)
    with pytest.raises(UserError, match="Only the secretariat"):
        seat_answers.confirm(
            seating.database,
            seating.arrives("Priya"),
            number=seats.number_of(OUTSIDE),
            person_id=seating.people["Peter"],
            now=seating.now,
        )
    confirms(seating)
    with pytest.raises(UserError, match="answered already"):
        confirms(seating)


def test_nobody_gets_the_seat_of_somebody_who_has_one(seating: Seating) -> None:
    claims(seating)

    with pytest.raises(UserError, match="has an account by now"):
        confirms(seating, who="Priya")


def test_a_refused_claim_leaves_everything_as_it_was(seating: Seating) -> None:
    claims(seating)
    seat_answers.refuse(
        seating.database, seating.arrives(), number=seats.number_of(OUTSIDE), now=seating.now
    )

    assert seating.waits("seat") == []
    assert seating.accounts() == ()
    assert seating.waits("unreachable") != []


def test_a_seat_taken_back_is_the_secretariats_to_write_to_again(seating: Seating) -> None:
    claims(seating, MAX)
    confirms(seating, MAX)
    told = len(seating.to("UMAX"))
    said = seat_commands.seat(
        seating.database, seating.arrives(), "Peter Lowe take back", seating.now
    )
    seating.send()
    seating.day(date(2022, 5, 17))

    assert "no longer Peter Lowe (RCR)’s" in words(said)
    assert "Nothing was recorded from it" in words(said)
    assert seating.accounts() == ()
    assert len(seating.to("UMAX")) == told
    assert "You are down as the owner of 2 action items" in words(seating.shown())
    assert {one.next_on for one in seating.waits("acceptance")} == {None}
    assert seating.actions().count("seat taken back") == 1


def test_what_the_wrong_account_said_is_listed_and_can_be_put_right(seating: Seating) -> None:
    claims(seating, MAX)
    confirms(seating, MAX)
    for number in (seating.a01, seating.a02):
        value = {"item": number, "v": seating.get(number).version}
        updates.press(
            seating.database,
            seating.arrives(MAX),
            action="reply.at_risk",
            value=value,
            now=seating.now,
        )

    said = seat_commands.seat(
        seating.database, seating.arrives(), "Peter Lowe take back", seating.now
    )
    seating.send()

    assert "The 2 updates made from it in the meantime" in words(said)
    shown = next(m for m in seating.to("USAM") if "has said 2 updates in their name" in words(m))
    assert "A-02 The work of A-02: at risk, said on Monday 16 May 2022." in words(shown)
    assert button(shown, "keep.record").label == "Correct it"
    undo = json.loads(button(shown, "reply.undo").value)
    updates.undo(seating.database, seating.arrives(), update_id=undo["update"], now=seating.now)
    assert seating.get(seating.a02).delivery is Delivery.NOT_STARTED
    assert seating.get(seating.a01).claimed is Confidence.AMBER


def test_the_right_account_can_have_it_after_the_wrong_one(seating: Seating) -> None:
    claims(seating, MAX)
    confirms(seating, MAX)
    shown = button(seating.to("USAM")[-1], "seat.take_back")
    assert "UMAX" in shown.value
    seat_answers.take_back_pressed(
        seating.database,
        seating.arrives(),
        person_id=seating.people["Peter"],
        account=["TOTHER", "UMAX"],
        now=seating.now,
    )
    claims(seating)
    confirms(seating)

    assert seating.accounts() == (OUTSIDE,)
    assert words(seating.to("UPETER")[0]).startswith("Imaging\n\nHello Peter Lowe.")


def test_the_only_account_of_the_secretariat_stays(seating: Seating) -> None:
    with pytest.raises(UserError, match="the only account of the secretariat"):
        seat_commands.seat(seating.database, seating.arrives(), "Sam take back", seating.now)


def test_people_shows_the_secretariat_who_has_no_seat_and_has_not_accepted(
    seating: Seating,
) -> None:
    seating.covers("Priya", "Leo", MONDAY, date(2022, 5, 20))

    said = words(seat_commands.people(seating.database, seating.arrives(), "", seating.now))

    assert "People: 7, 1 without an account" in said
    assert (
        "Peter Lowe (RCR): 2 open items; no Slack account; has not accepted A-01 and A-02" in said
    )
    assert "Priya Nair (RCR): away until Friday 20 May 2022, covered by Leo Hart" in said
    assert "Sam Okafor (NHSE): secretariat" in said
    with pytest.raises(UserError, match="Only the secretariat"):
        seat_commands.people(seating.database, seating.arrives("Priya"), "", seating.now)
