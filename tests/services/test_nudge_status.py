"""What the ledger of reminders says to whoever may read it."""

from __future__ import annotations

from datetime import date

import pytest

from bot.domain.register import Status
from bot.services import intake, nudge_words, status
from storage.database import Database
from tests.services.registers import Register, at

DUE = date(2022, 6, 30)
NOW = at(date(2022, 6, 23), 12)


@pytest.fixture
def register(database: Database) -> Register:
    """Two owners: on 23 June one is asked about two items, the other had answered."""
    register = Register(database)
    register.item("A-01", DUE)
    register.item("A-02", DUE)
    answered = register.item("A-03", DUE, owner="Leo")
    register.live(date(2022, 6, 14), date(2022, 6, 22))
    register.says(answered, Status.ON_TRACK, at(date(2022, 6, 22), 11), by="Leo")
    register.live(date(2022, 6, 23), date(2022, 6, 23))
    return register


def shown(register: Register, words: str, by: str) -> str:
    with intake.reading(register.database, register.arrival(by), now=NOW) as desk:
        return nudge_words.as_text(status.answer(desk, words))


@pytest.mark.parametrize("reader", ["Sam", "Helen"])
def test_the_secretariat_and_the_chair_see_the_group_s_reminders(
    register: Register, reader: str
) -> None:
    said = shown(register, "nudges", reader)

    assert "Today: 2 asked and 1 not needed." in said
    assert "This week: 2 asked and 1 not needed since Monday 20 June 2022." in said
    assert "Thursday 23 June 2022: Priya Nair (RCR), asked: A-01 and A-02" in said
    assert "Leo Hart (RCR), not needed (answered on 22 June 2022): A-03" in said
    assert "Next: 3 items on Wednesday 29 June 2022, if nothing is said meanwhile." in said


def test_an_owner_sees_their_own_reminders_alone(register: Register) -> None:
    said = shown(register, "nudges", "Leo")

    assert "A-03" in said
    assert "Priya" not in said
    assert "Next: 1 item on Wednesday 29 June 2022" in said


def test_what_could_not_be_delivered_is_not_called_asked(register: Register) -> None:
    register.item("A-04", date(2022, 6, 29))
    with register.database.transaction() as session:
        for row in register.rows("nudge:"):
            row.state = "failed"
            session.merge(row)

    assert "Today: 1 not needed and 2 not delivered." in shown(register, "nudges", "Sam")


@pytest.mark.parametrize(
    ("words", "by", "first"),
    [
        ("was I asked about A-01?", "Priya", "Yes: you were asked about on Thursday 16"),
        ("was Priya asked about A-01?", "Sam", "Yes: Priya Nair (RCR) was asked on Thursday 16"),
        ("has Priya Nair been asked about a1", "Helen", "Yes: Priya Nair (RCR) was asked on"),
        ("was Leo asked about A-01?", "Sam", "No: Leo Hart (RCR) was not asked about A-01."),
        ("was Zoe asked about A-01?", "Sam", "I know nobody called “Zoe”."),
        ("was Priya asked about A-01?", "Leo", "is shown to its owner, the secretariat and"),
        ("nudges A-01", "Sam", "What was asked about A-01"),
    ],
)
def test_was_somebody_asked_is_answered_first_and_then_in_full(
    register: Register, words: str, by: str, first: str
) -> None:
    said = shown(register, words, by)

    assert first.replace("asked about on", "asked on") in said.split("\n\n")[0]


def test_what_comes_next_is_said(register: Register) -> None:
    assert "It comes due next on Wednesday 29 June 2022." in shown(register, "nudges A-01", "Sam")
