"""Items with only a window, or with no date: asked for one, and the secretariat told once."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlmodel import col, select

from bot.domain.deadlines import Deadline, Kind, Precision
from bot.domain.register import Status
from bot.services import auditing, nudges, planning, waits
from storage import entries, items, people, waiting
from storage.database import Database
from storage.deadlines import columns
from storage.rows import ItemDeadlineRow, NudgeRow
from tests.services.founded import KICK_OFF, at
from tests.services.registers import Register


@pytest.fixture
def register(database: Database) -> Register:
    """A group that started on 1 March 2022."""
    return Register(database)


def lives(register: Register, first: date, last: date) -> None:
    """Every day at nine: a day without a sweep is an outage."""
    day = first
    while day <= last:
        register.sweep(at(day))
        day += timedelta(days=1)


def only_a_window(register: Register, item: int, first: date, last: date) -> None:
    """The item's date is a window."""
    window = Deadline(
        words="this summer",
        kind=Kind.SOFT,
        earliest=first,
        latest=last,
        precision=Precision.SEASON,
    )
    with register.database.transaction() as session:
        entries.add(
            session,
            ItemDeadlineRow(
                group_id=register.group_id,
                item_id=item,
                at=KICK_OFF,
                recorded_at=KICK_OFF,
                **columns(window),
            ),
        )
        directory = people.directory(session, register.group_id)
        changed = items.refresh(session, item)
        planning.replan(session, directory, changed, now=KICK_OFF, fresh=True)


def escalations(register: Register) -> list[tuple[date, str]]:
    """What the secretariat was asked to act on, and when."""
    return [
        (on.date(), said) for on, said in register.said_to("Sam", "wait:") if "needs you" in said
    ]


def test_what_has_no_date_is_asked_for_one_and_the_third_time_the_secretariat_is_told(
    register: Register,
) -> None:
    item = register.item("A-01", None)
    lives(register, date(2022, 3, 1), date(2022, 4, 13))
    said = [text for _on, text in register.said_to("Priya", "nudge:")]
    assert "It has no date yet: when do you expect to finish it?" in said[0]
    assert (
        "Unless it is done, blocked or has a new date by then, the secretariat will be asked to "
        "step in on Friday 13 May 2022."
    ) in said[1]

    lives(register, date(2022, 4, 14), date(2022, 5, 1))
    register.says(item, Status.ON_TRACK, at(date(2022, 5, 2), 11))
    lives(register, date(2022, 5, 2), date(2022, 5, 13))
    assert [on for on, _said in escalations(register)] == [date(2022, 5, 13)]
    told_on = at(date(2022, 5, 13))
    assert list(auditing.differences(register.database, register.group_id, now=told_on)) == []
    register.says(item, Status.ON_TRACK, at(date(2022, 5, 16), 11))
    with register.database.snapshot() as session:
        assert waiting.unsettled(session, register.group_id, kind="escalation")
    register.moves(item, date(2022, 9, 30), at(date(2022, 5, 17), 11))
    with register.database.snapshot() as session:
        assert not waiting.unsettled(session, register.group_id, kind="escalation")
    with register.database.transaction() as session:
        for row in session.exec(select(NudgeRow).where(col(NudgeRow.told_rung) == "date-3")):
            row.told_rung = None
            session.add(row)
    now = at(date(2022, 5, 18))
    assert list(auditing.differences(register.database, register.group_id, now=now)) == [
        "A-01: date-3 involved others before its owner was asked."
    ]


def test_a_window_is_asked_for_a_day_until_it_opens_and_is_then_reminded_by_its_last(
    register: Register,
) -> None:
    item = register.item("A-01", None)
    only_a_window(register, item, date(2022, 5, 3), date(2022, 5, 31))
    lives(register, date(2022, 3, 15), date(2022, 3, 16))
    assert (
        "That is a window: which day do you expect it to be?"
        in (register.said_to("Priya", "nudge:")[0][1])
    )
    lives(register, date(2022, 4, 12), date(2022, 4, 14))
    lives(register, date(2022, 5, 3), date(2022, 5, 31))

    assert register.ledger(item) == {
        "date-1": "sent",
        "date-2": "sent",
        "opens": "sent",
        "before-10": "sent",
        "before-5": "sent",
        "before-1": "sent",
        "on-the-day": "sent",
    }
    assert escalations(register) == []
    now = at(date(2022, 6, 1))
    assert list(auditing.differences(register.database, register.group_id, now=now)) == []
    assert nudges.sweep(register.database, now=now) == 0
    assert waits.sweep(register.database, now=now) == 0
