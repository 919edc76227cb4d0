"""The morning sweep reads what is due, and nothing of the register beside it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlmodel import SQLModel, select

from bot.services import nudges
from storage import nudges as rows
from storage.database import Database
from storage.rows import (
    ItemDeadlineRow,
    ItemRow,
    ItemTermsRow,
    NudgeRow,
    OutboxRow,
    UpdateRow,
)
from tests.services.registers import Register, at

DAY = date(2022, 6, 16)
DUE_ITEMS = 24
GROWS = ("action_item", "item_terms", "item_deadline", "status_update", "nudge", "outbox")
"""Tables that grow with the register."""
Run = tuple[str, Any]


@contextmanager
def heard(database: Database) -> Iterator[list[Run]]:
    """The SQL statements that run inside, with what they are given."""
    runs: list[Run] = []

    def hear(*arguments: Any) -> None:
        if not arguments[5]:  # many rows at once are named by their keys
            runs.append((str(arguments[2]), arguments[3]))

    engines = {database.engine, database._reader if database.is_sqlite else database.engine}
    for engine in engines:
        sa.event.listen(engine, "before_cursor_execute", hear)
    yield runs
    for engine in engines:
        sa.event.remove(engine, "before_cursor_execute", hear)


def a_register(database: Database, idle: int) -> Register:
    """Items that are due on one day, and many more with a history that are not."""
    register = Register(database)
    owners = ["Priya", *(f"Owner{n}" for n in range(1, 6))]
    for name in owners[1:]:
        register.person(f"{name} Smith", "RCR")
    for n in range(DUE_ITEMS):
        register.item(f"A-{n:02d}", date(2022, 6, 30), owner=owners[n % 6])
    fill(database, idle, later=date(2023, 1, 9))
    return register


def fill(database: Database, idle: int, *, later: date, first: int = 10_001) -> None:
    """Copies of an item with its terms, deadline, an update, a reminder and its message."""
    with database.transaction() as session:
        item, terms, due = (
            session.exec(select(table).limit(1)).one()
            for table in (ItemRow, ItemTermsRow, ItemDeadlineRow)
        )
        started = at(date(2022, 5, 3))
        numbers = range(first, first + idle)
        _insert(session, item, [{"id": n, "ref": f"B-{n}", "number": n} for n in numbers])
        for row in (terms, due):
            _insert(session, row, [{"id": n, "item_id": n} for n in numbers])
        said = UpdateRow(
            group_id=item.group_id, at=started, recorded_at=started, item_id=0, status="on_track"
        )
        _insert(session, said, [{"id": n, "item_id": n} for n in numbers])
        _insert(session, _message(item.group_id, started), [{"id": n, "key": n} for n in numbers])
        line = NudgeRow(
            group_id=item.group_id, item_id=0, plan=1, rung="x", due_on=DAY, outcome="sent",
            decided_at=started,
        )  # fmt: skip
        _insert(session, line, [{"id": n, "item_id": n, "outbox_id": n} for n in numbers])
        session.connection().exec_driver_sql(
            f"UPDATE action_item SET next_nudge_on = '{later}' WHERE id >= {first}"
        )
    with database.engine.connect() as connection:
        connection.exec_driver_sql("ANALYZE")
        connection.commit()


def _message(group_id: int, started: datetime) -> OutboxRow:
    return OutboxRow(
        group_id=group_id, key="", kind="message", payload={"parts": []}, state="sent",
        due_at=started, created_at=started,
    )  # fmt: skip


def _insert(session: Any, row: SQLModel, values: list[dict[str, Any]]) -> None:
    table = type(row).__table__  # type: ignore[attr-defined]
    same = {name: getattr(row, name) for name in table.columns.keys()}  # noqa: SIM118
    named = [{**each, "key": f"x:{each['key']}"} if "key" in each else each for each in values]
    session.connection().execute(sa.insert(table), [{**same, **each} for each in named])


@contextmanager
def told_not_to_scan(database: Database) -> Iterator[sa.Connection]:
    """PostgreSQL reads a small table whole, and rightly: here it shows what it does with more."""
    with database.engine.connect() as connection:
        if not database.is_sqlite:
            for way in ("seqscan", "hashjoin", "mergejoin"):
                connection.exec_driver_sql(f"SET LOCAL enable_{way} = off")
        yield connection
        connection.rollback()


def plans(database: Database, runs: list[Run]) -> Iterator[tuple[str, Any]]:
    """How the database goes about each of these statements."""
    explain = "EXPLAIN QUERY PLAN " if database.is_sqlite else "EXPLAIN (FORMAT JSON) "
    with told_not_to_scan(database) as connection:
        for statement, given in runs:
            if statement.split()[0] in ("SELECT", "UPDATE", "DELETE"):
                found = connection.exec_driver_sql(explain + statement, given)
                yield statement, [row[-1] for row in found]


def scans(database: Database, plan: list[Any]) -> set[str]:
    """The tables that are read from end to end."""
    if database.is_sqlite:
        return {step.split()[1] for step in plan if step.startswith("SCAN")}
    found: set[str] = set()
    steps = [json.loads(json.dumps(plan[0]))[0]["Plan"]]
    while steps:
        step = steps.pop()
        steps += step.get("Plans", [])
        if step["Node Type"] == "Seq Scan":
            found.add(step["Relation Name"])
    return found


def rows_read(database: Database, runs: list[Run]) -> int:
    """Rows that PostgreSQL touched for these statements, those that it threw away too."""
    count = 0
    with told_not_to_scan(database) as connection:
        for statement, given in runs:
            if not statement.startswith("SELECT"):
                continue
            found = connection.exec_driver_sql(
                "EXPLAIN (ANALYZE, FORMAT JSON) " + statement, given
            ).scalar_one()
            steps = [found[0]["Plan"]]
            while steps:
                step = steps.pop()
                steps += step.get("Plans", [])
                kept = step["Actual Rows"] + step.get("Rows Removed by Filter", 0)
                if step.get("Relation Name") in GROWS:
                    count += int(kept * step["Actual Loops"])
    return count


def test_every_statement_of_the_sweep_finds_its_rows_through_an_index(database: Database) -> None:
    register = a_register(database, idle=3000)
    with heard(database) as runs:
        assert nudges.sweep(database, now=at(DAY)) == 6

    assert len(runs) > 10
    for statement, plan in plans(database, runs):
        assert not scans(database, plan) & set(GROWS), (statement, plan)
    assert len(register.rows("nudge:")) == 6


def test_what_is_not_due_costs_nothing(database: Database) -> None:
    a_register(database, idle=100)
    with heard(database) as few:
        nudges.sweep(database, now=at(DAY))
    read = 0 if database.is_sqlite else rows_read(database, few)
    # The same sweep of the same register, had there been many more items.
    fill(database, 3000, first=20_001, later=date(2023, 1, 9))
    with database.transaction() as session:
        for table in ("nudge", "person_day", "standing_buttons", "outbox"):
            where = " WHERE id < 10000" if table in {"nudge", "outbox"} else ""
            session.connection().exec_driver_sql(f"DELETE FROM {table}{where}")
        session.connection().exec_driver_sql(
            f"UPDATE action_item SET next_nudge_on = '{DAY}' WHERE id < 10000"
        )
    with heard(database) as more:
        nudges.sweep(database, now=at(DAY))

    assert len(more) <= len(few)
    if not database.is_sqlite:
        assert rows_read(database, more) <= 1.2 * read


def test_an_import_that_is_due_all_at_once_is_looked_up_a_page_at_a_time(
    database: Database,
) -> None:
    register = a_register(database, idle=1)
    fill(database, 2500, first=20_001, later=DAY - timedelta(days=1))
    with database.snapshot() as session:
        pages = [len(page) for page in rows.due(session, register.group_id, today=DAY)]

    assert pages == [1000, 1000, 524]
