"""What will be sent, and the answer to "was I asked?"."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from sqlmodel import col, select

from bot.domain.messages import message, say
from bot.domain.people import Role
from bot.domain.register import Status
from bot.services import asked, nudge_words, preview, waits
from bot.services.preview import Coming
from storage import items, people
from storage.database import Database
from storage.rows import ItemRow, NudgeRow
from tests.services.registers import Register, at

DUE = date(2022, 6, 30)


@pytest.fixture
def register(database: Database) -> Register:
    """A started group."""
    return Register(database)


def test_the_preview_says_who_is_written_to_when_and_why(database: Database) -> None:
    register = Register(database, started=False)
    register.policy("weekly_cap", 5)
    register.item("A-01", DUE)
    register.item("A-02", DUE)
    register.item("A-03", date(2022, 6, 22))

    found = preview.upcoming(database, days=16, now=at(date(2022, 6, 20)))

    assert [one for one in found if one.person == "Priya Nair (RCR)"] == [
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


def test_the_preview_says_who_else_hears(database: Database) -> None:
    register = Register(database)
    register.policy("weekly_cap", 5)
    register.item("A-03", date(2022, 6, 22))

    found = preview.upcoming(database, days=16, now=at(date(2022, 6, 20)))

    others = [(c.day, c.person, c.why) for c in found if c.items and "Priya" not in c.person]
    assert others == [
        (date(2022, 6, 24), "Leo Hart (RCR)", "2 working days after, owner Priya Nair (RCR)"),
        (
            date(2022, 6, 29),
            "the secretariat",
            "5 working days after, owner Priya Nair (RCR): asked to act",
        ),
        (date(2022, 7, 6), "Helen Marsh (NHSE)", "10 working days after, owner Priya Nair (RCR)"),
    ]


def test_the_preview_holds_digests_and_what_is_put_again(database: Database) -> None:
    register = Register(database)
    item = register.item("A-01", None)
    with database.transaction() as session:
        waits.open_wait(
            session,
            people.directory(session, register.group_id),
            kind="date_change",
            subject_id=1,
            item_id=item,
            role=Role.CHAIR,
            message=message(say("A new date.")),
            now=at(date(2022, 6, 8), 10),
        )

    found = preview.upcoming(database, days=7, now=at(date(2022, 6, 9)))

    assert [(c.day, c.person, c.items) for c in found if c.rung == "waiting"] == [
        (date(2022, 6, 10), "Dev Rao (NHSE)", ("A-01",)),
        (date(2022, 6, 10), "Helen Marsh (NHSE)", ("A-01",)),
        (date(2022, 6, 15), "Helen Marsh (NHSE)", ("A-01",)),
        (date(2022, 6, 15), "Sue Grant (NHSE)", ("A-01",)),
    ]
    assert {c.why for c in found if c.rung == "waiting"} == {"a new date to decide"}
    digests = [(c.day, c.person) for c in found if c.rung == "weekly digest"]
    assert digests == [
        (date(2022, 6, 13), name)
        for name in ("Dev Rao (NHSE)", "Helen Marsh (NHSE)", "Sam Okafor (NHSE)")
    ]


def test_what_the_preview_says_is_what_is_sent(register: Register) -> None:
    """Several owners, items on many days, a cover, somebody abroad, and more than three a week."""
    register.person("Mei Chan", "RCR", zone="America/New_York")
    register.person("Alex Reid", "NHSE", nation="scotland", weekdays=(0, 1, 2, 3))
    register.covers("Priya", "Alex", date(2022, 6, 22), date(2022, 6, 24))
    for n in range(18):
        owner = ("Priya", "Priya", "Mei", "Alex")[n % 4]
        register.item(f"A-{n:02d}", date(2022, 6, 24) + timedelta(days=n), owner=owner)
    register.item("A-90", None)
    blocking = register.item("A-91", date(2022, 7, 8), owner="Mei")
    blocked = register.item("A-92", date(2022, 6, 28), waits_on=blocking)
    register.says(blocked, Status.BLOCKED, at(date(2022, 5, 31), 10))

    coming = preview.upcoming(register.database, days=40, now=at(date(2022, 6, 10), 8))
    register.live(date(2022, 6, 10), date(2022, 7, 20), hours=(9, 14))

    told = _labels(register)
    for name in ("Priya", "Mei", "Alex"):
        said = sorted({(c.day, ref) for c in coming if c.person == told[name] for ref in c.items})
        assert said == sorted(_sent(register, name)), name
    for name in ("Leo", "Helen"):
        days = sorted({c.day for c in coming if c.person == told[name] and c.rung == preview.TOLD})
        assert days == sorted(set(register.days_of(name, "told:"))), name
    assert any(c.person == "the secretariat, for Priya Nair (RCR)" for c in coming)


def _labels(register: Register) -> dict[str, str]:
    diary = register.diary()
    return {name: diary.person(number).label for name, number in register.people.items()}


def _sent(register: Register, name: str) -> Iterator[tuple[date, str]]:
    """The days on which somebody was written to about which items, from the ledger."""
    zone = register.diary().person(register.people[name]).zone
    with register.database.snapshot() as session:
        rows = session.exec(
            select(NudgeRow.decided_at, ItemRow.ref)
            .join(ItemRow, col(ItemRow.id) == col(NudgeRow.item_id))
            .where(
                col(NudgeRow.person_id) == register.people[name], col(NudgeRow.outcome) == "sent"
            )
        )
        for decided_at, ref in rows:
            yield decided_at.astimezone(zone).date(), ref


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
        "It stands on the default ladder: 10, 5 and 1 working days before, on the day, "
        "2, 5 and 10 working days after.\n\n"
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
