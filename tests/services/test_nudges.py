"""The morning sweep, lived through day by day, on both databases."""

from __future__ import annotations

import json
import threading
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.domain.messages import Buttons
from bot.domain.people import LONDON
from bot.domain.register import Status
from bot.services import nudges
from storage.database import Database
from tests.services.registers import Register, at, labels, message_of

DUE = date(2022, 6, 30)


@pytest.fixture
def register(database: Database) -> Register:
    """A started group."""
    return Register(database)


def test_a_quarter_on_the_default_ladder(register: Register) -> None:
    item = register.item("A-01", DUE)

    register.live(date(2022, 6, 13), date(2022, 7, 20), hours=(8, 9, 18))

    assert register.days_of("Priya") == [
        date(2022, 6, 16),
        date(2022, 6, 23),
        date(2022, 6, 29),
        date(2022, 6, 30),
        date(2022, 7, 4),
        date(2022, 7, 7),
        date(2022, 7, 14),
    ]
    assert set(register.ledger(item).values()) == {"sent"}
    assert register.next_on(item) is None
    assert register.days_of("Leo", "told:") == [date(2022, 7, 4)]
    assert register.days_of("Helen", "told:") == [date(2022, 7, 14)]
    assert register.days_of("Sam", "wait:")[0] == date(2022, 7, 7)


def test_what_an_owner_reads(register: Register) -> None:
    register.item("A-01", DUE)
    register.sweep(at(date(2022, 6, 23)))

    [(_due, text)] = register.said_to("Priya")

    assert text == (
        "Good morning, Priya. How is this one going?\n\n"
        "A-01 The work of A-01. It is due Thursday 30 June 2022, in 5 working days. "
        "Nothing has been said about it yet.\n\n"
        "Unless it is done, blocked or has a new date by then, Leo Hart (RCR), who leads for "
        "RCR, will be copied in on Monday 4 July 2022."
    )


def test_what_everybody_reads_once_the_day_has_passed(register: Register) -> None:
    item = register.item("A-01", DUE)
    register.live(date(2022, 6, 20), date(2022, 6, 22))
    register.says(item, Status.ON_TRACK, at(date(2022, 6, 23), 10))
    register.live(date(2022, 6, 23), date(2022, 7, 14))

    owner, lead = register.said_to("Priya")[-3][1], register.said_to("Leo", "told:")[0][1]
    chair, secretary = register.said_to("Helen", "told:")[0][1], register.said_to("Sam")[0][1]
    assert "It was due Thursday 30 June 2022, 2 working days ago." in owner
    assert "You last reported on track, 11 days ago." in owner
    assert "I have copied in Leo Hart (RCR), who leads for RCR." in owner
    assert "the secretariat will be asked to step in on Thursday 7 July 2022" in owner
    assert "as you lead for their owner’s body you should know" in lead
    assert "Priya Nair (RCR)" in lead
    assert "Priya Nair was asked on 29 June 2022, 30 June 2022 and 4 July 2022" in secretary
    assert "as you chair the group you should know" in chair


def test_buttons_carry_the_item_and_the_version_they_were_shown_with(register: Register) -> None:
    item = register.item("A-01", DUE)
    register.sweep(at(date(2022, 6, 16)))

    [row] = register.rows("nudge:")
    part = next(p for p in message_of(row).parts if isinstance(p, Buttons))
    answers = ["On track", "At risk", "Done", "Need more time", "Not mine"]
    assert labels(row) == [*answers, "Choose a day"]
    assert json.loads(part.buttons[0].value) == {"item": item, "v": 1}
    assert row.key == f"nudge:{register.people['Priya']}:2022-06-16"
    assert row.subject == {"items": [item]}


def test_one_message_a_day_holds_everything_and_the_thirteenth_item_has_no_buttons(
    register: Register,
) -> None:
    made = [register.item(f"A-{n:02d}", DUE - timedelta(days=n % 3)) for n in range(1, 16)]
    register.sweep(at(date(2022, 6, 16)))

    [row] = register.rows("nudge:")
    assert labels(row).count("Done") == 12
    assert labels(row)[-2:] == ["Answer the others", "Choose a day"]
    last = [p for p in message_of(row).parts if isinstance(p, Buttons)][-2]
    assert len(json.loads(last.buttons[0].value)["items"]) == 3
    assert sorted(row.subject["items"]) == sorted(made)
    first = row.subject["items"][0]
    assert register.get(first).due_on == DUE - timedelta(days=2)


def test_three_days_of_outage_lose_nothing_send_one_and_escalate_nobody_unasked(
    register: Register,
) -> None:
    item = register.item("A-01", DUE)
    register.live(date(2022, 6, 14), DUE)
    # Down from 1 July until the 6th: the rung of 4 July passed meanwhile.
    register.live(date(2022, 7, 6), date(2022, 7, 7))

    assert register.days_of("Priya")[-1] == date(2022, 7, 6)
    assert register.ledger(item)["ask-1:after-2"] == "sent"
    assert register.said_to("Leo", "told:") == []
    register.live(date(2022, 7, 8), date(2022, 8, 1))
    assert register.days_of("Leo", "told:") == [date(2022, 7, 8)]
    assert len(register.days_of("Priya")) == len(set(register.days_of("Priya")))


def test_an_outage_over_three_rungs_sends_only_the_latest(register: Register) -> None:
    item = register.item("A-01", DUE)
    register.live(date(2022, 6, 10), date(2022, 6, 14))
    register.sweep(at(date(2022, 6, 29)))

    assert register.ledger(item) == {
        "before-10": "merged",
        "before-5": "merged",
        "before-1": "sent",
    }


def test_a_doubled_sweep_sends_nothing_twice(register: Register) -> None:
    register.item("A-01", DUE)
    written = [register.sweep(at(date(2022, 6, 16), 9, minute)) for minute in range(5)]

    assert written == [1, 0, 0, 0, 0]


def test_sweeps_at_once_send_nothing_twice(register: Register) -> None:
    for n in range(1, 9):
        register.person(f"Owner{n} Smith", "RCR")
        register.item(f"A-{n:02d}", DUE, owner=f"Owner{n}")
    now = at(date(2022, 6, 16))
    threads = [
        threading.Thread(target=nudges.sweep, args=(register.database,), kwargs={"now": now})
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)

    assert len(register.rows("nudge:")) == 8


@pytest.mark.parametrize(
    ("due", "day", "utc_hour"),
    [
        # The clocks went forward on 27 March and back on 30 October 2022.
        (date(2022, 3, 25), date(2022, 3, 25), 9),
        (date(2022, 3, 28), date(2022, 3, 28), 8),
        (date(2022, 10, 28), date(2022, 10, 28), 8),
        (date(2022, 10, 31), date(2022, 10, 31), 9),
    ],
)
def test_it_is_nine_local_on_both_sides_of_the_clock_changes(
    register: Register, due: date, day: date, utc_hour: int
) -> None:
    register.item("A-01", due)
    start = datetime(day.year, day.month, day.day, tzinfo=UTC)
    for quarters in range(7 * 4, 11 * 4):
        register.sweep(start + timedelta(minutes=15 * quarters))

    [(when, _text)] = register.said_to("Priya", "nudge:")
    assert when == start + timedelta(hours=utc_hour)
    assert when.astimezone(LONDON).hour == 9


@pytest.mark.parametrize(
    ("nation", "day"),
    [
        # 12 July is a holiday in Northern Ireland alone, 1 August in Scotland, 29 August not there.
        ("northern-ireland", date(2022, 7, 12)),
        ("scotland", date(2022, 8, 1)),
        ("england", date(2022, 8, 29)),
        ("wales", date(2022, 8, 29)),
    ],
)
def test_nobody_is_written_to_on_their_own_bank_holiday(
    register: Register, nation: str, day: date
) -> None:
    register.person("Alex Reid", "RCR", nation=nation)
    register.item("A-01", day, owner="Alex")
    register.live(day - timedelta(days=21), day + timedelta(days=21))

    written = register.days_of("Alex")
    calendar = register.diary().own(register.people["Alex"])
    assert day not in written
    assert written
    assert all(calendar.is_working(d) for d in written)


def test_a_holiday_added_at_short_notice_moves_the_nudge(register: Register) -> None:
    item = register.item("A-01", date(2022, 9, 19))
    register.holiday(date(2022, 9, 19))
    register.says(item, Status.UNCHANGED, at(date(2022, 8, 1)))
    register.live(date(2022, 9, 12), date(2022, 9, 21))

    assert date(2022, 9, 19) not in register.days_of("Priya")
    assert register.days_of("Priya")[-1] == date(2022, 9, 21)


def test_somebody_elsewhere_is_written_to_at_nine_where_they_are(register: Register) -> None:
    register.person("Mei Chan", "RCR", zone="Asia/Tokyo")
    register.item("A-01", date(2022, 6, 16), owner="Mei")
    for hour in range(24):
        register.sweep(datetime(2022, 6, 15, 12, tzinfo=UTC) + timedelta(hours=hour))

    assert [due for due, _ in register.said_to("Mei", "nudge:")] == [
        datetime(2022, 6, 16, 0, 0, tzinfo=UTC)
    ]
