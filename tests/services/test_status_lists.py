"""Lists of status: counts that add up, pages that lose nothing, few statements at any size."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import select

from bot.domain.people import LONDON
from bot.domain.register import Status
from bot.services import finding, say, status
from bot.services.status import totals
from storage import lists
from storage.database import Database
from storage.lists import Counts, Scope, Section
from storage.rows import ItemRow
from tests.services.status_builders import NOW, World, a_world

LAST_DAY = datetime(2090, 1, 1, 0, 0)  # noqa: DTZ001  Hypothesis wants it naive


@pytest.fixture
def world(database: Database) -> World:
    return a_world(database)


def a_mixed_register(world: World, number: int = 40) -> None:
    days = [date(2022, 4, 1), date(2022, 5, 16), date(2022, 8, 31), None]
    for n in range(1, number + 1):
        world.item(f"A-{n:02d}", due=days[n % 4], owner="Dev" if n % 3 else "Priya")
        if n % 7 == 0:
            world.said(f"A-{n:02d}", Status.COMPLETE)
        if n % 11 == 0:
            world.said(f"A-{n:02d}", Status.PAUSED)
        if n % 13 == 0:
            world.said(f"A-{n:02d}", Status.WITHDRAWN)
    world.evidence("A-07", verified_by="Sam")


def test_pages_by_key_show_each_item_once_and_all_of_them(world: World) -> None:
    a_mixed_register(world)
    for section in ("overdue", "due", "later", "undated", "claimed", "paused"):
        seen: list[str] = []
        words = section
        for _page in range(10):
            shown = world.status(words)
            seen += re.findall(r"^• (A-\d+)", shown, re.M)
            more = re.search(r"More: `/status (.+)`", shown)
            if more is None:
                break
            words = more.group(1)
        with world.database.snapshot() as session:
            scope = Scope(group_id=world.group_id)
            counted = lists.counts(session, scope, today=NOW.date())[Section(section)]
        assert len(seen) == len(set(seen)) == counted


def test_the_pages_of_a_person_go_on_after_the_last_item_shown(world: World) -> None:
    a_mixed_register(world)

    first = world.status("dev")
    words = re.search(r"More: `/status (.+)`", first)
    assert words is not None
    second = world.status(words.group(1))

    shown = re.findall(r"^• (A-\d+)", first + "\n" + second, re.M)
    assert len(shown) == len(set(shown)) > status.PAGE


def test_a_narrow_scope_counts_as_the_whole_does(world: World) -> None:
    a_mixed_register(world)
    everybody = tuple(world.people.values())

    with world.database.snapshot() as session:
        whole = lists.counts(session, Scope(group_id=world.group_id), today=NOW.date())
        narrow = lists.counts(
            session, Scope(group_id=world.group_id, owner_ids=everybody), today=NOW.date()
        )

    assert whole == narrow
    assert whole.total == 40


@given(st.lists(st.integers(0, 50), min_size=len(Section), max_size=len(Section)))
def test_the_numbers_in_the_counts_add_up(numbers: list[int]) -> None:
    counts = Counts(dict(zip(Section, numbers, strict=True)))

    spans = [str(span) for span in totals(counts)]

    if counts.total == 0:
        assert spans == ["There are no items yet."]
        return
    whole = [int(n) for n in re.findall(r"\d+", spans[0])]
    assert whole[0] == sum(whole[1:]) == counts.total
    of_open = re.findall(r"(\d+) (?:overdue|due|with|reported|paused)", "".join(spans[1:]))
    assert sum(map(int, of_open)) == counts.open


@given(st.text(max_size=40))
def test_any_words_at_all_name_something_or_nothing(text: str) -> None:
    for ref in finding.references(text):
        assert ref.strip() == ref


@given(st.datetimes(timezones=st.just(UTC), max_value=LAST_DAY), st.integers(0, 400))
def test_the_age_of_a_status_is_counted_in_local_days(said: datetime, days: int) -> None:
    today = say.local_day(said, LONDON) + timedelta(days=days)

    age = say.ago(said, today=today, zone=LONDON)

    assert age == {0: "today", 1: "yesterday"}.get(days, f"{days} days ago")


@given(st.text(min_size=1, max_size=400), st.integers(5, 150))
def test_a_shortened_text_is_one_line_of_no_more_than_its_length(text: str, length: int) -> None:
    short = say.shortened(text, length)

    assert len(short) <= length + 1
    assert "\n" not in short


@contextmanager
def counted(database: Database) -> Iterator[list[str]]:
    """The SQL statements that run inside."""
    statements: list[str] = []

    def heard(*arguments: object) -> None:
        statements.append(str(arguments[2]))

    # On PostgreSQL both engines are one pool, and one ear hears both.
    engine = database._reader if database.is_sqlite else database.engine
    sa.event.listen(engine, "before_cursor_execute", heard)
    yield statements
    sa.event.remove(engine, "before_cursor_execute", heard)


def test_status_at_5000_items_runs_few_statements_and_reads_no_history(
    world: World, database: Database
) -> None:
    world.item("A-01")
    world.said("A-01", Status.ON_TRACK)
    with database.transaction() as session:
        template = session.exec(select(ItemRow)).one().model_dump(exclude={"id", "ref", "number"})
        for n in range(2, 5001):
            due = date(2022, 4, 1) + timedelta(days=n % 300) if n % 5 else None
            session.add(ItemRow(**{**template, "ref": f"A-{n}", "number": n, "due_latest_on": due}))

    for words, most in {"": 22, "overdue": 16, "priya": 16, "mine": 16, "A-01": 28}.items():
        with counted(database) as statements:
            shown = world.status(words)
        assert len(statements) <= most, (words, len(statements))
        assert len(shown) < 8000
        if words != "A-01":
            assert not [s for s in statements if "status_update" in s or "item_terms" in s]


def test_counts_and_pages_are_read_from_an_index(world: World, database: Database) -> None:
    if not database.is_sqlite:
        with database.snapshot() as session:
            names = session.connection().execute(
                sa.text("SELECT indexname FROM pg_indexes WHERE tablename = 'action_item'")
            )
            assert "ix_action_item_standing" in {name for (name,) in names}
        return
    with counted(database) as statements:
        world.status("")
    counting = next(s for s in statements if "count(*)" in s)
    with database.snapshot() as session:
        plan = session.connection().exec_driver_sql(
            f"EXPLAIN QUERY PLAN {counting}", tuple([1] * counting.count("?"))
        )
        steps = [row[-1] for row in plan]
    searches = [s for s in steps if "action_item" in s]
    assert searches
    assert all("COVERING INDEX ix_action_item_standing" in s for s in searches), searches
