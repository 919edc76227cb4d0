"""What will be sent, and the answer to "was I asked?"."""

from __future__ import annotations

from datetime import date

import pytest

from bot.domain.register import Status
from bot.services import asked, nudge_words, preview
from bot.services.preview import Coming
from storage import items
from storage.database import Database
from tests.services.registers import Register, at

DUE = date(2022, 6, 30)


@pytest.fixture
def register(database: Database) -> Register:
    """A started group."""
    return Register(database)


def test_the_preview_says_who_is_written_to_when_and_why(database: Database) -> None:
    register = Register(database, started=False)
    register.item("A-01", DUE)
    register.item("A-02", DUE)
    register.item("A-03", date(2022, 6, 22))

    found = preview.upcoming(database, days=16, now=at(date(2022, 6, 20)))

    assert found == [
        Coming(
            date(2022, 6, 20),
            "Priya Nair (RCR)",
            ("A-01", "A-02"),
            "10 working days before",
            "10 working days before",
        ),
        Coming(
            date(2022, 6, 20),
            "Priya Nair (RCR)",
            ("A-03",),
            "5 working days before",
            "5 working days before",
        ),
        Coming(
            date(2022, 6, 21),
            "Priya Nair (RCR)",
            ("A-03",),
            "1 working day before",
            "1 working day before",
        ),
        Coming(date(2022, 6, 22), "Priya Nair (RCR)", ("A-03",), "on the day", "on the day"),
        Coming(
            date(2022, 6, 23),
            "Priya Nair (RCR)",
            ("A-01", "A-02"),
            "5 working days before",
            "5 working days before",
        ),
        Coming(
            date(2022, 6, 24),
            "Priya Nair (RCR)",
            ("A-03",),
            "2 working days after",
            "2 working days after, lead told",
        ),
        Coming(
            date(2022, 6, 29),
            "Priya Nair (RCR)",
            ("A-01", "A-02"),
            "1 working day before",
            "1 working day before",
        ),
        Coming(
            date(2022, 6, 29),
            "Priya Nair (RCR)",
            ("A-03",),
            "5 working days after",
            "5 working days after, secretariat told",
        ),
        Coming(date(2022, 6, 30), "Priya Nair (RCR)", ("A-01", "A-02"), "on the day", "on the day"),
        Coming(
            date(2022, 7, 4),
            "Priya Nair (RCR)",
            ("A-01", "A-02"),
            "2 working days after",
            "2 working days after, lead told",
        ),
        Coming(
            date(2022, 7, 6),
            "Priya Nair (RCR)",
            ("A-03",),
            "10 working days after",
            "10 working days after, chair told",
        ),
    ]
    assert register.rows("") == []


def test_what_the_preview_says_is_what_is_sent(register: Register) -> None:
    register.item("A-01", DUE)
    coming = preview.upcoming(register.database, days=40, now=at(date(2022, 6, 10)))
    register.live(date(2022, 6, 10), date(2022, 7, 20))

    assert [one.day for one in coming] == register.days_of("Priya")


def test_was_i_asked_has_an_answer(register: Register) -> None:
    item = register.item("A-01", DUE)
    register.live(date(2022, 6, 14), date(2022, 6, 16))
    register.says(item, Status.ON_TRACK, at(date(2022, 6, 22), 11))
    register.live(date(2022, 6, 22), date(2022, 6, 29))

    with register.database.snapshot() as session:
        answer = asked.of_item(
            session,
            items.get(session, item),
            reader=register.diary().person(register.people["Priya"]),
        )

    assert nudge_words.as_text(answer) == (
        "What was asked about A-01 The work of A-01:\n\n"
        "- Thursday 16 June 2022: Priya Nair (RCR) was asked, 10 working days before.\n\n"
        "- Thursday 23 June 2022: Priya Nair (RCR) was not asked, 5 working days before: "
        "answered on 22 June 2022.\n\n"
        "- Wednesday 29 June 2022: Priya Nair (RCR) was asked, 1 working day before.\n\n"
        "It comes due next on Thursday 30 June 2022."
    )


def test_an_item_nobody_was_asked_about_says_so(register: Register) -> None:
    item = register.item("A-01", DUE)

    with register.database.snapshot() as session:
        answer = asked.of_item(
            session,
            items.get(session, item),
            reader=register.diary().person(register.people["Priya"]),
        )

    assert "no reminder of it has come due" in nudge_words.as_text(answer)
