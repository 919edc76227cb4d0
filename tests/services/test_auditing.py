"""Whether what was due was asked: the auditor against ledgers that were tampered with."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlmodel import col, delete, select, update

from bot.domain.deadlines import Deadline
from bot.domain.register import Status
from bot.services import audit_rounds, auditing, heartbeat
from storage.database import Database, Session
from storage.deadlines import columns
from storage.rows import ItemDeadlineRow, ItemRow, NudgeRow, OutboxRow
from tests.services.registers import Register, at

DUE = date(2022, 6, 30)
DAY = date(2022, 6, 24)


@pytest.fixture
def register(database: Database) -> Register:
    """A started group with an item that was asked about on 16 and 23 June."""
    register = Register(database)
    register.item("A-01", DUE)
    register.live(date(2022, 6, 14), DAY)
    return register


def differences(register: Register, day: date = DAY) -> list[str]:
    return list(auditing.differences(register.database, register.group_id, now=at(day, 8)))


def test_the_auditor_finds_nothing_after_a_quarter(database: Database) -> None:
    register = Register(database)
    first = register.item("A-01", DUE)
    second = register.item("A-02", date(2022, 7, 15))
    register.item("A-03", None)
    third = register.item("A-04", date(2022, 3, 1))
    register.live(date(2022, 5, 16), date(2022, 6, 24))
    register.says(first, Status.ON_TRACK, at(date(2022, 6, 24), 11))
    register.moves(second, date(2022, 8, 31), at(date(2022, 6, 24), 12))
    register.says(third, Status.COMPLETE, at(date(2022, 6, 24), 12))
    register.live(date(2022, 6, 25), date(2022, 8, 16))

    assert differences(register, date(2022, 8, 16)) == []


def _lose_a_line(session: Session) -> None:
    session.exec(delete(NudgeRow).where(col(NudgeRow.rung) == "before-5"))


def _change_an_outcome(session: Session) -> None:
    session.exec(
        update(NudgeRow)
        .where(col(NudgeRow.rung) == "before-5")
        .values(outcome="suppressed", reason="paused")
    )


def _lose_the_day(session: Session) -> None:
    session.exec(update(ItemRow).values(next_nudge_on=None))


def _put_the_day_off(session: Session) -> None:
    session.exec(update(ItemRow).values(next_nudge_on=date(2022, 12, 1)))


def _lose_the_receipt(session: Session) -> None:
    session.exec(update(OutboxRow).where(col(OutboxRow.key).like("%06-23")).values(ts=None))


def _fail_behind_the_ledger(session: Session) -> None:
    session.exec(update(OutboxRow).where(col(OutboxRow.key).like("%06-23")).values(state="failed"))


def _move_the_date_alone(session: Session) -> None:
    row = session.exec(select(ItemDeadlineRow)).one()
    values = {**row.model_dump(), "id": None, "at": at(DAY), "recorded_at": at(DAY)}
    session.add(ItemDeadlineRow(**{**values, **columns(Deadline.on(date(2022, 9, 30)))}))


def _send_at_night(session: Session) -> None:
    session.exec(update(NudgeRow).values(decided_at=at(date(2022, 6, 19), 23)))


@pytest.mark.parametrize(
    ("tamper", "found"),
    [
        (_lose_a_line, "Priya Nair (RCR) was written to on 23 June 2022, and the ledger has no"),
        (_change_an_outcome, "before-5 is entered as suppressed, though its message went"),
        (_lose_the_day, "A-01 has rungs to come and no day on which to look at it"),
        (_put_the_day_off, "is due to be asked about on 29 June 2022, and is only looked at on 1"),
        (_lose_the_receipt, "before-5 is marked as sent, and Slack never confirmed it"),
        (_fail_behind_the_ledger, "before-5 is entered as sent, and its message never went"),
        (_move_the_date_alone, "its reminders are still those of before 24 June 2022"),
        (_send_at_night, "before-5 went to Priya Nair (RCR) in their quiet time"),
    ],
)
def test_what_was_tampered_with_is_found(
    register: Register, tamper: Callable[[Session], None], found: str
) -> None:
    assert differences(register) == []
    with register.database.transaction() as session:
        tamper(session)

    assert any(found in line for line in differences(register)), differences(register)


def test_a_rung_without_an_outcome_is_found_though_no_message_ever_went(
    database: Database,
) -> None:
    register = Register(database)
    register.item("A-01", DUE)
    register.sweep(at(date(2022, 6, 10)))
    with database.transaction() as session:
        _put_the_day_off(session)

    assert "A-01: 10 working days before came due on 16 June 2022 and has no outcome." in (
        differences(register, date(2022, 6, 20))
    )


def test_an_escalation_without_an_ask_is_found(database: Database) -> None:
    register = Register(database)
    register.item("A-01", DUE)
    register.live(date(2022, 6, 14), date(2022, 7, 4))
    with register.database.transaction() as session:
        for row in session.exec(select(NudgeRow).where(col(NudgeRow.told_rung) == "after-2")):
            row.told_rung = None
            session.add(row)

    assert differences(register, date(2022, 7, 5)) == [
        "A-01: after-2 involved others before its owner was asked."
    ]


def test_the_secretariat_hears_of_a_difference_once_until_it_is_mended(
    register: Register,
) -> None:
    with register.database.transaction() as session:
        _lose_the_day(session)
    for hour in (8, 9, 10):
        audit_rounds.sweep(register.database, now=at(DAY, hour))
    audit_rounds.sweep(register.database, now=at(DAY + timedelta(days=1)))

    [(_due, told)] = register.said_to("Sam", "wait:")
    assert "does not agree with the register in 1 place." in told
    assert "A-01 has rungs to come and no day on which to look at it." in told
    assert "`/status nudges A-12` shows what was asked" in told
    assert heartbeat.look(register.database, now=at(DAY)).differences == 1
    with register.database.transaction() as session:
        session.exec(update(ItemRow).values(next_nudge_on=date(2022, 6, 29)))
    audit_rounds.sweep(register.database, now=at(DAY + timedelta(days=2)))

    assert heartbeat.look(register.database, now=at(DAY)).differences == 0
    assert [row.subject["waiting"] for row in register.rows("wait:")] == [1]


def test_a_new_difference_brings_a_new_message_with_all_of_them(register: Register) -> None:
    with register.database.transaction() as session:
        _lose_the_day(session)
    audit_rounds.sweep(register.database, now=at(DAY))
    with register.database.transaction() as session:
        _lose_the_receipt(session)
    audit_rounds.sweep(register.database, now=at(DAY + timedelta(days=3)))

    told = [text for _due, text in register.said_to("Sam", "wait:")]
    assert "in 2 places." in told[-1]
    assert "A-01 has rungs" in told[-1]
    assert "Slack never confirmed it" in told[-1]
