"""On the day of their introduction an owner is written to once: reminders begin the day after."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlmodel import col, select

from bot.domain.people import Account
from bot.services import intake, nudges, starting
from bot.services.intake import Arrival
from bot.services.nudge_words import as_text
from storage.database import Database
from storage.rows import OutboxRow
from tests.groups import NOW, a_group_file, an_item, load_group
from tests.services.registers import message_of

TOMORROW = NOW + timedelta(days=1)


def arrival(key: str) -> Arrival:
    return Arrival(key=key, kind="button", account=Account("T0HOME", "USAM"))


def nudged(database: Database, now: datetime) -> list[str]:
    nudges.sweep(database, now=now)
    with database.snapshot() as session:
        rows = session.exec(select(OutboxRow).where(col(OutboxRow.key).startswith("nudge:")))
        return [as_text(message_of(row)) for row in rows]


def test_the_first_reminder_comes_the_day_after_the_introduction(database: Database) -> None:
    soon = a_group_file(items=an_item(due="19 May 2022", answers=[]))
    group_id = load_group(database, soon).group_id
    with intake.reading(database, arrival("look"), now=NOW) as desk:
        preview = as_text(starting.preview(desk))

    starting.start(database, arrival("press"), group_id=group_id, now=NOW)

    assert "introduced at once to A-01; first reminder Friday 13 May 2022 about A-01" in preview
    assert nudged(database, NOW) == []
    [said] = nudged(database, TOMORROW)
    assert "A-01" in said
