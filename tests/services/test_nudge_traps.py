"""The traps that other reminder tools fell into, one by one."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.domain.calendars import Calendar
from bot.domain.messages import message, say
from bot.domain.register import Status
from bot.services import nudges, planning, waits
from storage import items, people
from storage.database import Database
from tests.services.registers import Register, at

DUE = date(2022, 6, 30)
FIRST = date(2022, 6, 16)
"""Ten working days before."""


@pytest.fixture
def register(database: Database) -> Register:
    """A started group."""
    return Register(database)


def test_reminders_held_in_memory_and_lost_at_restart(
    register: Register, database_url: str
) -> None:
    register.item("A-01", DUE)
    for number in range(8):
        # Each day another process, that knows only what the database holds.
        fresh = Database(database_url)
        nudges.sweep(fresh, now=at(FIRST + timedelta(days=number)))
        fresh.dispose()
        register.deliver(at(FIRST + timedelta(days=number)))

    assert register.days_of("Priya") == [FIRST, date(2022, 6, 23)]


def test_matched_by_date_equality_and_missed(register: Register) -> None:
    item = register.item("A-01", DUE)
    register.sweep(at(FIRST - timedelta(days=1)))
    # Nothing ran on the day itself.
    register.sweep(at(FIRST + timedelta(days=1)))

    assert register.days_of("Priya") == [FIRST + timedelta(days=1)]
    assert register.ledger(item) == {"before-10": "sent"}


def test_quiet_hours_that_use_the_budget_up(register: Register) -> None:
    item = register.item("A-01", DUE)
    for hour in (17, 19, 22):
        register.sweep(at(FIRST, hour))
    assert register.ledger(item) == {"before-10": "held"}
    register.sweep(at(FIRST + timedelta(days=1)))

    assert register.ledger(item) == {"before-10": "sent"}
    assert register.days_of("Priya") == [FIRST + timedelta(days=1)]


def test_marked_sent_although_sending_failed(register: Register) -> None:
    item = register.item("A-01", date(2022, 6, 27))
    for day in (date(2022, 6, 24), date(2022, 6, 27)):
        nudges.sweep(register.database, now=at(day))
        register.deliver(at(day), fail=True)
    register.sweep(at(date(2022, 6, 29)))

    # Nobody else hears: no ask of theirs arrived. The owner is asked first, again.
    assert register.said_to("Leo", "told:") == []
    assert register.ledger(item)["ask-1:after-2"] == "sent"


def test_one_failure_that_stops_the_rest(register: Register) -> None:
    register.person("Noa Byrne", "RCR", account=False)
    register.item("A-01", DUE, owner="Noa")
    register.item("A-02", DUE)
    nudges.sweep(register.database, now=at(FIRST))
    with register.database.transaction() as session:
        [noa] = [r for r in register.rows("nudge:") if r.person_id == register.people["Noa"]]
        noa.state, noa.error = "failed", "the DM is closed"
        session.merge(noa)
    register.live(FIRST, DUE)

    assert register.days_of("Priya") == [FIRST, date(2022, 6, 23), date(2022, 6, 29), DUE]


def test_one_kind_of_message_suppressing_another(register: Register) -> None:
    """Whatever else somebody is sent, their reminder comes; and the other way about."""
    item = register.item("A-01", DUE)
    with register.database.transaction() as session:
        waits.open_wait(
            session,
            people.directory(session, register.group_id),
            kind="question",
            subject_id=item,
            item_id=item,
            person_id=register.people["Priya"],
            message=message(say("Which of the two do you mean?")),
            now=at(FIRST, 8),
        )
    register.sweep(at(FIRST))

    assert register.days_of("Priya") == [FIRST]
    assert len(register.said_to("Priya", "wait:")) == 1
    assert register.ledger(item) == {"before-10": "sent"}


def test_nagging_for_ever(register: Register) -> None:
    item = register.item("A-01", DUE)
    register.live(FIRST, FIRST + timedelta(days=120))

    assert len(register.days_of("Priya")) == 7
    assert register.next_on(item) is None


@pytest.mark.parametrize(
    ("zone", "due", "moment", "went"),
    [
        # Nine on 30 June in Tokyo is midnight in UTC, and in London one in the night.
        ("Asia/Tokyo", DUE, datetime(2022, 6, 30, 0, 0, tzinfo=UTC), True),
        # In Honolulu it is still the 29th at 9:00 UTC on the 30th, and late at night.
        ("Pacific/Honolulu", DUE, datetime(2022, 6, 30, 9, 0, tzinfo=UTC), False),
        ("Pacific/Honolulu", DUE, datetime(2022, 6, 30, 19, 0, tzinfo=UTC), True),
        # Half past midnight in London summer time is the day before in UTC.
        ("Europe/London", DUE, datetime(2022, 6, 29, 23, 30, tzinfo=UTC), False),
    ],
)
def test_today_in_utc(
    register: Register, zone: str, due: date, moment: datetime, went: bool
) -> None:
    register.person("Mei Chan", "RCR", zone=zone)
    item = register.item("A-01", due, owner="Mei")
    for day in (FIRST, date(2022, 6, 23), date(2022, 6, 29)):
        register.sweep(datetime(day.year, day.month, day.day, 9, tzinfo=ZoneInfo(zone)))
    register.sweep(moment)

    assert (register.ledger(item).get("on-the-day") == "sent") is went


def test_calendar_days_beside_working_days(register: Register) -> None:
    """Every count is in working days: across a weekend and a long bank holiday alike."""
    register.item("A-01", date(2022, 6, 6))
    register.live(date(2022, 5, 16), date(2022, 6, 21))
    national = Calendar()

    assert register.days_of("Priya") == [
        national.add(date(2022, 6, 6), n) for n in (-10, -5, -1, 0, 2, 5, 10)
    ]
    assert date(2022, 6, 1) in register.days_of("Priya")  # Thursday and Friday were holidays


def test_somebody_else_s_reminder_snoozed(register: Register) -> None:
    """What one owner answers spares their own item, and nobody else's."""
    mine, yours = register.item("A-01", DUE), register.item("A-02", DUE, owner="Leo")
    register.live(date(2022, 6, 14), date(2022, 6, 22))
    register.says(mine, Status.ON_TRACK, at(date(2022, 6, 22), 11))
    with register.database.transaction() as session:
        directory = people.directory(session, register.group_id)
        planning.replan(
            session, directory, items.get(session, mine), now=at(date(2022, 6, 22), 12), fresh=False
        )
    register.live(date(2022, 6, 23), date(2022, 6, 23))

    assert register.ledger(mine)["before-5"] == "suppressed"
    assert register.ledger(yours)["before-5"] == "sent"
    assert date(2022, 6, 23) in register.days_of("Leo")
