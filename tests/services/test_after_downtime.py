"""What the secretariat reads after an outage, once."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa

from bot.domain.calendars import Calendar
from bot.domain.downtime import is_worth_telling, working_time
from bot.domain.guard import guard
from bot.domain.people import Account
from bot.services import after_downtime, chain_checks, nudges, replies
from bot.services.duties import SWEEPS
from bot.services.intake import Arrival
from storage import audit, conversations, sweeps, words
from storage.database import Database
from tests.services.founded import TEAM
from tests.services.registers import Register, at

DUE = date(2022, 6, 30)
THURSDAY = date(2022, 6, 16)


@pytest.fixture
def register(database: Database) -> Register:
    """A started group with an item of which Priya is reminded on Thursday 16 June 2022."""
    register = Register(database)
    register.item("A-01", DUE)
    return register


def ran(register: Register, now: datetime) -> int:
    """One round of sweeps, of which only the first is looked at."""
    told = after_downtime.sweep(register.database, now=now)
    with register.database.transaction() as session:
        for name in SWEEPS:
            sweeps.ran(session, name, now=now)
    return told


def hears(register: Register, words: str, *, said: datetime, taken: datetime) -> None:
    ts = f"{said.timestamp():.6f}"
    with register.database.transaction() as session:
        conversations.know(
            session, team_id=TEAM, channel_id="D0PRIYA", kind="im", user_id="UPRIYA", ts=ts
        )
    arrival = Arrival(
        key=f"{TEAM}:D0PRIYA:{ts}",
        kind="message",
        account=Account(TEAM, "UPRIYA"),
        channel_id="D0PRIYA",
    )
    said_it = replies.Said(arrival=arrival, text=guard(words))
    replies.text(register.database, said_it, now=taken)


def told(register: Register) -> list[str]:
    return [text for _due, text in register.said_to("Sam", "downtime:")]


@pytest.mark.parametrize(
    ("since", "minutes", "worth"),
    [
        (at(THURSDAY, 10), 15, False),
        (at(THURSDAY, 10), 16, True),
        (at(THURSDAY, 8, 50), 20, False),
        (at(THURSDAY, 16, 50), 55, False),
        (at(THURSDAY, 3), 60, False),
        (at(THURSDAY, 3), 61, True),
        (at(date(2022, 6, 18), 11), 50, False),
        (at(date(2022, 6, 3), 11), 50, False),  # a bank holiday
    ],
)
def test_a_quarter_of_an_hour_of_work_or_an_hour_at_any_time_is_worth_telling(
    since: datetime, minutes: int, worth: bool
) -> None:
    until = since + timedelta(minutes=minutes)
    assert is_worth_telling(since, until, Calendar()) is worth


def test_working_time_is_counted_over_nights_weekends_and_a_clock_change() -> None:
    since = datetime(2022, 3, 25, 16, 0, tzinfo=UTC)
    until = datetime(2022, 3, 28, 9, 0, tzinfo=UTC)  # ten o'clock: the clocks went forward
    assert working_time(since, until, Calendar()) == timedelta(hours=2)


def test_the_first_start_and_an_orderly_restart_are_not_told(register: Register) -> None:
    assert ran(register, at(THURSDAY, 8)) == 0
    for minutes in (1, 15, 30):
        assert ran(register, at(THURSDAY, 8, minutes)) == 0
    assert told(register) == []


def test_the_secretariat_reads_once_what_an_outage_did(register: Register) -> None:
    ran(register, at(THURSDAY, 8))
    back = at(THURSDAY, 12, 20)
    hears(register, "on track", said=at(THURSDAY, 9, 30), taken=back)
    hears(register, "all fine so far", said=at(THURSDAY, 12, 18), taken=back)
    assert ran(register, back) == 0
    nudges.sweep(register.database, now=back)
    register.deliver(back)
    assert [ran(register, back + timedelta(minutes=n)) for n in range(1, 14)].count(1) == 1

    [text] = told(register)
    assert "I was away from 8:00 on Thursday 16 June 2022 to 12:20 on" in text
    assert "(4 hours 20 minutes)" in text
    assert "Sent late: nothing." in text  # she had answered
    assert "Read late: 1 message." in text
    assert "Priya Nair (RCR): said at 9:30 on Thursday 16 June 2022, read at 12:20" in text
    assert "on track" not in text
    assert "The audit is whole: " in text


def test_a_late_reminder_and_what_stood_in_the_queue_are_counted(register: Register) -> None:
    ran(register, at(THURSDAY, 8))
    back = at(THURSDAY, 12, 20)
    ran(register, back)
    nudges.sweep(register.database, now=back)
    register.deliver(back + timedelta(minutes=1))
    for minutes in range(1, 12):
        ran(register, back + timedelta(minutes=minutes))

    [text] = told(register)
    assert "- 1 reminder, 3 hours 21 minutes late, to Priya Nair (RCR)" in text
    assert "Read late: nothing was said to me meanwhile." in text


def test_two_outages_close_together_are_told_together(register: Register) -> None:
    ran(register, at(THURSDAY, 8))
    ran(register, at(THURSDAY, 10))
    ran(register, at(THURSDAY, 11))
    assert ran(register, at(THURSDAY, 11, 5)) == 0
    assert ran(register, at(THURSDAY, 11, 10)) == 1

    [text] = told(register)
    assert "8:00 on Thursday 16 June 2022 to 10:00" in text
    assert "and 10:00 on Thursday 16 June 2022 to 11:00" in text


def test_a_chain_that_does_not_hold_is_told(register: Register) -> None:
    nudges.sweep(register.database, now=at(THURSDAY))
    with register.database.transaction() as session:
        session.connection().execute(sa.text("UPDATE audit SET action = 'other' WHERE seq = 1"))
    ran(register, at(THURSDAY, 9, 1))
    ran(register, at(THURSDAY, 12))
    ran(register, at(THURSDAY, 12, 10))

    [text] = told(register)
    assert "The audit chain does not hold at link 1" in text


def test_words_that_are_not_as_recorded_are_told(register: Register) -> None:
    with register.database.transaction() as session:
        kept = words.keep(session, guard("All is well"), group_id=register.group_id)
        audit.record(
            session,
            "remarked",
            "item:1",
            group_id=register.group_id,
            by_id=None,
            now=at(THURSDAY),
            words=kept,
        )
        session.flush()
        session.connection().execute(sa.text("UPDATE words SET body = 'All was well'"))
    ran(register, at(THURSDAY, 9, 1))
    ran(register, at(THURSDAY, 12))
    ran(register, at(THURSDAY, 12, 10))

    [text] = told(register)
    assert "The audit chain is whole, but words are not as they were recorded" in text
    assert "All w" not in text


def test_a_long_chain_is_read_in_rounds_and_then_only_from_where_it_was_whole(
    register: Register,
) -> None:
    def links(number: int) -> None:
        with register.database.transaction() as session:
            for n in range(number):
                audit.record(
                    session,
                    "x",
                    f"x:{n}",
                    group_id=register.group_id,
                    by_id=None,
                    now=at(THURSDAY),
                )

    def read() -> chain_checks.Checked:
        return chain_checks.read_on(
            register.database, register.group_id, now=at(THURSDAY), limit=10
        )

    links(24)
    assert [(c.links, c.over) for c in (read(), read(), read())] == [
        (10, False),
        (20, False),
        (24, True),
    ]
    links(3)
    assert (read().links, read().broken) == (27, None)
    with register.database.transaction() as session:
        session.connection().execute(sa.text("DELETE FROM audit WHERE seq = 27"))
    assert read().broken == 27
