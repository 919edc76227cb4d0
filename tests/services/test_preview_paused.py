"""What the preview says while a group is paused."""

from __future__ import annotations

from datetime import date

import pytest

from bot.services import preview
from storage.database import Database
from storage.rows import PauseRow
from tests.services.registers import Register, at

DUE = date(2022, 6, 30)


@pytest.fixture
def register(database: Database) -> Register:
    """A started group."""
    return Register(database)


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
    digests = [one for one in found if one.rung == preview.DIGEST]
    paused = sorted((one.person, bool(one.held)) for one in digests if one.day < until.date())
    assert paused == [
        ("Dev Rao (NHSE)", True),
        ("Helen Marsh (NHSE)", True),
        ("Sam Okafor (NHSE)", False),
    ]
    reminders = [one for one in found if one.rung not in {preview.DIGEST, preview.WAITING}]
    after = [(one.day, one.items, one.why) for one in reminders if not one.held]
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
    reminders = [one for one in found if one.rung not in {preview.DIGEST, preview.WAITING}]
    assert {one.held for one in reminders} == {"until the group's secretariat or a chair resumes"}
