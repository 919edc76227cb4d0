"""The secretariat keeps the calendar in words; reminders follow it in the same transaction."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import event
from sqlmodel import select

from bot.domain.calendars import Nation
from bot.domain.errors import UserError
from bot.services.calendars import replanning
from storage import audit, calendars, people, replanned
from storage.database import Database
from storage.rows import CalendarRow, CalendarTaskRow, ItemRow
from tests.services.calendar_desks import Calendared, at

FUNERAL = date(2022, 9, 19)
ANNOUNCED = at(date(2022, 9, 10), 12)
NATIONS = tuple(nation.value for nation in Nation)


@pytest.fixture
def group(database: Database) -> Calendared:
    """A group with owners in all four nations, on the day the funeral was announced.

    The table of holidays has learnt of it since; before that day nobody knew.
    """
    group = Calendared(database, ANNOUNCED)
    group.enter(CalendarRow, kind="holiday_removed", name="x", starts_on=FUNERAL)
    for name, nation in (("Eve", "england"), ("Gwen", "wales"), ("Isla", "scotland")):
        group.person(f"{name} Smith", "RCR", nation=nation)
    group.person("Niall Smith", "RCR", nation="northern-ireland")
    return group


def test_a_holiday_announced_at_short_notice_moves_a_rung_for_everybody(group: Calendared) -> None:
    owners = ("Eve", "Gwen", "Isla", "Niall")
    items = [group.item(f"A-{n}", date(2022, 9, 30), owner=n, now=ANNOUNCED) for n in owners]
    assert {group.next_on(item) for item in items} == {date(2022, 9, 16)}

    answer = group.says("calendar holiday 19 September 2022 for all: State Funeral")

    assert "Monday 19 September 2022 (State Funeral) is a holiday in all four nations" in answer
    assert "planned anew for 4 items" in answer
    assert {group.next_on(item) for item in items} == {date(2022, 9, 15)}
    group.live(date(2022, 9, 12), date(2022, 9, 20))
    assert group.days_of("Isla") == [date(2022, 9, 15)]


@pytest.mark.parametrize(
    ("owner", "nation", "day", "due", "before", "after"),
    [
        (
            "Isla",
            "Scotland",
            date(2022, 8, 1),
            date(2022, 8, 15),
            date(2022, 7, 29),
            date(2022, 8, 1),
        ),
        (
            "Niall",
            "Northern Ireland",
            date(2022, 7, 12),
            date(2022, 7, 26),
            date(2022, 7, 11),
            date(2022, 7, 12),
        ),
    ],
)
def test_a_holiday_of_one_nation_counts_for_its_people_alone(
    group: Calendared,
    owner: str,
    nation: str,
    day: date,
    due: date,
    before: date,
    after: date,
) -> None:
    group.now = at(date(2022, 7, 4))
    theirs = group.item("A-01", due, owner=owner, now=group.now)
    english = group.item("A-02", due, owner="Eve", now=group.now)
    assert (group.next_on(theirs), group.next_on(english)) == (before, after)

    group.says(f"calendar remove holiday {day:%-d %B %Y} for {nation}")

    assert (group.next_on(theirs), group.next_on(english)) == (after, after)

    group.says(f"calendar holiday {day:%-d %B %Y} for {nation}: As ever")

    assert (group.next_on(theirs), group.next_on(english)) == (before, after)


def test_what_was_added_for_all_is_taken_back_for_one(group: Calendared) -> None:
    day = date(2022, 9, 21)
    group.says("calendar holiday 21 September 2022 for all: A day of rest")

    group.says("calendar remove holiday 21 September 2022 for Scotland")

    with group.database.snapshot() as session:
        directory = people.directory(session, group.group_id)
        before = people.directory(session, group.group_id, at=ANNOUNCED - timedelta(days=1))
    closed = [n for n in Nation if directory.national_calendar(n).is_holiday(day)]
    assert closed == [Nation.ENGLAND, Nation.WALES, Nation.NORTHERN_IRELAND]
    assert not before.national_calendar(Nation.ENGLAND).is_holiday(day)


def test_a_holiday_of_the_cover_s_nation_chooses_the_sending_day(group: Calendared) -> None:
    item = group.item("A-01", date(2022, 9, 30), owner="Eve", now=ANNOUNCED)
    group.says("person Eve Smith away from 12 to 28 September, Isla Smith covers")
    assert group.next_on(item) == date(2022, 9, 16)

    group.says("calendar holiday 16 September 2022 for Scotland: A day of rest")

    assert group.next_on(item) == date(2022, 9, 15)


def test_the_page_shows_what_is_coming_and_who_may_change_it(group: Calendared) -> None:
    group.meets(date(2022, 9, 8), date(2022, 9, 15))
    group.rises("conference", date(2022, 9, 22), date(2022, 10, 17))

    kept, read = group.says("calendar"), group.says("calendar", by="Priya")

    assert "Meeting: Thursday 15 September 2022" in kept
    assert "8 September" not in kept
    assert "Conference recess: the House rises on Thursday 22 September 2022" in kept
    assert "Wednesday 30 November 2022: Saint Andrew's Day (Scotland)" in kept
    assert "The secretariat keeps it" in read


def test_each_change_is_an_entry_in_the_chain(group: Calendared) -> None:
    group.says("calendar add meeting 14 October")
    group.says("calendar move meeting 14 October to 21 October")
    group.says("calendar cancel meeting 21 October")

    with group.database.snapshot() as session:
        actions = [link.action for link in audit.chain(session, group.group_id)]
    # It is taken back with all that it stood in place of, in one link.
    assert actions[-3:] == ["calendar entered", "calendar moved", "calendar taken back"]
    assert "No meeting is to come." in group.says("calendar")


REFUSED = (
    ("calendar add meeting 9 September 2022", "has passed: name the day of a coming meeting"),
    ("calendar add meeting 17 September", "is at a weekend: name a working day, such as Mo"),
    ("calendar add meeting 15 September", "There is a meeting on Thursday 15 September 2022"),
    ("calendar add meeting September", "“September” could be any day up to Friday 30"),
    ("calendar move meeting 16 September to 20 September", "There is no meeting on Friday 16"),
    ("calendar recess winter 9 January 2023 to 20 December 2022", "which is not after it ris"),
    ("calendar recess summer 3 October to 10 October", "That overlaps the conference recess"),
    ("calendar recess winter 20 December", "Say when the House rises and when it returns"),
    ("calendar holiday 2 September 2022 for all: Late", "has passed: a holiday is added for a"),
    ("calendar holiday 26 December for Wales", "is a bank holiday in Wales (Boxing Day) alrea"),
    ("calendar holiday 17 September for all: Day", "is at a weekend, when nobody is asked any"),
    ("calendar holiday 16 September: Day", "Say for which nation"),
    ("calendar remove holiday 20 September for Wales", "The next one in Wales is"),
    ("calendar remove recess spring", "There is no spring recess to come"),
    ("calendar invite everybody", "Say, for example, `calendar add meeting 14 September`"),
)


def test_what_cannot_be_is_answered_with_what_would_be_right(group: Calendared) -> None:
    group.meets(date(2022, 9, 15))
    group.rises("conference", date(2022, 9, 22), date(2022, 10, 17))

    for words, sentence in REFUSED:
        with pytest.raises(UserError) as refused:
            group.says(words)
        assert sentence in str(refused.value), words


def test_a_meeting_on_a_holiday_of_somebody_s_nation_is_entered_with_a_warning(
    group: Calendared,
) -> None:
    answer = group.says("calendar add meeting 30 November 2022")

    assert "Entered: a meeting on Wednesday 30 November 2022." in answer
    assert "bank holiday in Scotland (Saint Andrew's Day), and members of this group" in answer


def test_only_the_secretariat_changes_it(group: Calendared) -> None:
    with pytest.raises(UserError, match="Only the group's secretariat changes its calendar"):
        group.says("calendar add meeting 14 October", by="Helen")


def test_beyond_a_page_the_sweep_plans_anew_and_once(group: Calendared, database: Database) -> None:
    number = replanning.AT_ONCE + 1
    items = [group.item(f"A-{n}", date(2022, 9, 30), owner="Gwen", now=ANNOUNCED) for n in range(3)]
    copies(group, items[0], number - len(items))

    answer = group.says("calendar holiday 19 September 2022 for Wales: State Funeral")

    assert f"{replanning.AT_ONCE} items, and the rest follows within minutes" in answer
    assert days(group) == {date(2022, 9, 15): replanning.AT_ONCE, date(2022, 9, 16): 1}
    assert group.sweeps_the_calendar() == 1
    assert days(group) == {date(2022, 9, 15): number}
    assert group.sweeps_the_calendar() == 0
    with database.snapshot() as session:
        task = session.get_one(CalendarTaskRow, 1)
        assert task.finished_at == group.now


def test_what_a_change_touches_is_found_by_an_index(database: Database) -> None:
    group = Calendared(database, ANNOUNCED)
    group.item("A-01", date(2022, 9, 30), now=ANNOUNCED)
    others = group.item("A-02", date(2022, 9, 30), owner="Leo", now=ANNOUNCED)
    copies(group, others, 2_000)
    seen: list[tuple[str, Any]] = []

    def note(_c: object, _cursor: object, statement: str, values: Any, *_rest: object) -> None:
        if statement.startswith("SELECT action_item"):
            seen.append((statement, values))

    with database.transaction() as session:
        connection = session.connection()
        if database.engine.dialect.name == "postgresql":
            connection.exec_driver_sql("ANALYZE action_item")
        event.listen(connection, "before_cursor_execute", note)
        replanned.page(session, [group.people["Priya"]], after=(0, 0), limit=100)
        calendars.anchored(session, group.group_id, after=0, limit=100)
        event.remove(connection, "before_cursor_execute", note)
        explain = "EXPLAIN " if connection.dialect.name == "postgresql" else "EXPLAIN QUERY PLAN "
        plans = [
            " ".join(str(row) for row in connection.exec_driver_sql(explain + statement, values))
            for statement, values in seen
        ]

    assert len(plans) == 2
    assert "ix_action_item_owner" in plans[0]
    assert "ix_action_item_anchored" in plans[1]
    assert all("TEMP B-TREE" not in plan and "Seq Scan" not in plan for plan in plans)


def copies(group: Calendared, item_id: int, number: int) -> None:
    """The same item again and again, as far as the sweeps see it."""
    with group.database.transaction() as session:
        row = session.get_one(ItemRow, item_id)
        values = row.model_dump(exclude={"id", "ref", "number"})
        session.add_all(ItemRow(ref=f"B-{n}", number=1_000 + n, **values) for n in range(number))


def days(group: Calendared) -> dict[date | None, int]:
    """How many items come due again on each day."""
    with group.database.snapshot() as session:
        return Counter(row.next_nudge_on for row in session.exec(select(ItemRow)))
