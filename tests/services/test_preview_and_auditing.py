"""What will be sent, whether what was due was sent, and the answer to "was I asked?"."""

from __future__ import annotations

from datetime import date

import pytest
from sqlmodel import col, select

from bot.domain.register import Status
from bot.services import auditing, nudge_words, preview
from bot.services.preview import Coming
from storage import items
from storage.database import Database
from storage.rows import NudgeRow, PauseRow
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


def test_the_preview_says_what_a_pause_holds_and_until_when(register: Register) -> None:
    register.item("A-01", DUE)
    register.item("A-02", date(2022, 6, 22))
    until = at(date(2022, 6, 27))
    register.enter(PauseRow, reason="An election", resumes=False, until_at=until)
    now = at(date(2022, 6, 20))

    [said] = preview.paused(register.database, now=now)
    found = preview.upcoming(register.database, days=8, now=now)

    assert "Imaging is paused since" in said
    assert "until 9:00 on Monday 27 June 2022. What is marked as held does not go out" in said
    assert "An election" not in said
    held = [one for one in found if one.held]
    assert {one.day for one in held} >= {date(2022, 6, 20), date(2022, 6, 22)}
    assert {one.held for one in held} == {"until 9:00 on Monday 27 June 2022"}
    assert held[0].line.endswith("(held: until 9:00 on Monday 27 June 2022)")
    after = [(one.day, one.items, one.why) for one in found if not one.held]
    assert {day for day, *_ in after} == {date(2022, 6, 27)}
    assert not [why for *_, why in after if "told" in why]


def test_a_pause_whose_day_has_come_holds_nothing_and_one_without_a_day_all(
    register: Register,
) -> None:
    register.item("A-01", DUE)
    register.enter(PauseRow, reason="Recess", resumes=False, until_at=at(date(2022, 6, 20), 9))
    now = at(date(2022, 6, 20), 10)
    assert preview.paused(register.database, now=now) == []
    assert not [one for one in preview.upcoming(register.database, days=8, now=now) if one.held]

    register.enter(PauseRow, reason="An election", resumes=False, until_at=None)

    found = preview.upcoming(register.database, days=8, now=now)
    assert {one.held for one in found} == {"until the group's secretariat or a chair resumes"}


def test_the_auditor_finds_nothing_after_a_quarter(register: Register) -> None:
    first = register.item("A-01", DUE)
    second = register.item("A-02", date(2022, 7, 15))
    register.item("A-03", None)
    third = register.item("A-04", date(2022, 3, 1))
    register.live(date(2022, 5, 16), date(2022, 6, 24))
    register.says(first, Status.ON_TRACK, at(date(2022, 6, 24), 11))
    register.moves(second, date(2022, 8, 31), at(date(2022, 6, 24), 12))
    register.says(third, Status.COMPLETE, at(date(2022, 6, 24), 12))
    register.live(date(2022, 6, 25), date(2022, 8, 16))

    assert (
        auditing.differences(register.database, register.group_id, now=at(date(2022, 8, 16))) == []
    )


def test_the_auditor_finds_a_rung_without_an_outcome(register: Register) -> None:
    register.item("A-01", DUE)
    register.sweep(at(date(2022, 6, 10)))

    found = auditing.differences(register.database, register.group_id, now=at(date(2022, 6, 20)))

    assert found == ["A-01: 10 working days before came due on 16 June 2022 and has no outcome."]


def test_the_auditor_finds_an_escalation_without_an_ask(register: Register) -> None:
    register.item("A-01", DUE)
    register.live(date(2022, 6, 14), date(2022, 7, 4))
    with register.database.transaction() as session:
        for row in session.exec(select(NudgeRow).where(col(NudgeRow.told_rung) == "after-2")):
            row.told_rung = None
            session.add(row)

    found = auditing.differences(register.database, register.group_id, now=at(date(2022, 7, 4)))

    assert found == ["A-01: after-2 involved others before its owner was asked."]


def test_was_i_asked_has_an_answer(register: Register) -> None:
    item = register.item("A-01", DUE)
    register.live(date(2022, 6, 14), date(2022, 6, 16))
    register.says(item, Status.ON_TRACK, at(date(2022, 6, 22), 11))
    register.live(date(2022, 6, 22), date(2022, 6, 29))

    with register.database.snapshot() as session:
        answer = auditing.asked(session, items.get(session, item))

    assert nudge_words.as_text(answer) == (
        "What was asked about A-01 The work of A-01:\n\n"
        "- Thursday 16 June 2022: Priya Nair (RCR) was asked, 10 working days before.\n\n"
        "- Thursday 23 June 2022: Priya Nair (RCR) was not asked, 5 working days before: "
        "answered on 22 June 2022.\n\n"
        "- Wednesday 29 June 2022: Priya Nair (RCR) was asked, 1 working day before.\n\n"
        "It stands on the default ladder: 10, 5 and 1 working days before, on the day, "
        "2, 5 and 10 working days after."
    )


def test_an_item_nobody_was_asked_about_says_so(register: Register) -> None:
    item = register.item("A-01", DUE)

    with register.database.snapshot() as session:
        answer = auditing.asked(session, items.get(session, item))

    assert "no reminder of it has come due" in nudge_words.as_text(answer)
