"""People without an account: one errand each, whole in its words, and counted once it went."""

from __future__ import annotations

from datetime import date

import pytest

from bot.domain.errors import UserError
from storage.database import Database
from tests.services.seating import MONDAY, Seating, button, words


@pytest.fixture
def seating(database: Database) -> Seating:
    """A group with somebody who has no account."""
    return Seating(database)


TUESDAY = date(2022, 5, 17)


def test_all_that_somebody_without_an_account_is_owed_is_one_errand(seating: Seating) -> None:
    seating.day(MONDAY)
    seating.day(TUESDAY)

    assert len(seating.to("USAM")) == 1
    said = words(seating.shown())
    assert said.startswith("Peter Lowe (RCR) has no Slack account here. Please send them this")
    for part in (
        "from the group’s secretariat, Sam Okafor (NHSE), who run it",
        "They and the chair see your words",
        "Whatever you write may be published",
        "nothing about patients",
        "- A-01 The work of A-01, due Friday 27 May 2022",
        "- A-02 The work of A-02, due Thursday 30 June 2022",
        "Please say of each whether it is yours",
        "A-01 The work of A-01. It is due Friday 27 May 2022, in 8 working days.",
        "To answer, reply to this e-mail",
    ):
        assert part in said
    assert seating.errand().role == "secretariat"
    assert [row.state for row in seating.rows("")].count("failed") == 0


def test_sent_it_says_who_and_counts_as_having_asked(seating: Seating) -> None:
    seating.day(MONDAY)
    seating.day(TUESDAY)
    seating.sent_it(button(seating.shown(), "seat.sent"))

    assert seating.waits("unreachable") == []
    assert seating.ledger(seating.a01) == {"before-10": "sent"}
    assert "sent by e-mail" in seating.actions()
    [accept, _other] = seating.waits("acceptance")
    assert accept.next_on == date(2022, 5, 19)


def test_nobody_else_hears_before_the_e_mail_has_gone(seating: Seating) -> None:
    for number in range(MONDAY.toordinal(), date(2022, 6, 3).toordinal() + 1):
        day = date.fromordinal(number)
        if day.weekday() < 5:
            seating.day(day)
    assert seating.to("ULEO") == []

    assert words(seating.shown()).count("A-01 The work of A-01. It was due") == 1
    seating.sent_it(button(seating.shown(), "seat.sent"))
    for number in (6, 7, 8, 9, 10):
        seating.day(date(2022, 6, number))
    assert seating.to("ULEO") != []


def test_a_text_that_is_no_longer_what_is_owed_is_not_recorded(seating: Seating) -> None:
    seating.day(MONDAY)
    old = button(seating.to("USAM")[0], "seat.sent")
    seating.day(date(2022, 5, 20))

    seating.sent_it(old)

    assert seating.errand() is not None
    assert words(seating.to("USAM")[-1]).startswith("I have recorded nothing")


def test_only_the_secretariat_records_that_an_e_mail_went(seating: Seating) -> None:
    seating.day(MONDAY)
    shown = button(seating.to("USAM")[0], "seat.sent")

    with pytest.raises(UserError, match="Only the secretariat"):
        seating.sent_it(shown, by="Priya")
