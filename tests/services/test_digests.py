"""The weekly digest: when it goes, to whom, and what it says first."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.domain.deadlines import Deadline
from bot.domain.register import Status
from bot.services import digests
from storage import audit, groups
from storage.database import Database
from storage.rows import OutboxRow, PauseRow
from tests.services.digesting import MONDAY, the_digest
from tests.services.status_builders import STARTED, World, a_world, buttons, read

HEADINGS = [
    "For you to decide (1)",
    "Promised and past (1)",
    "What moved since Wednesday 11 May 2022 (1)",
    "At risk, and why (2)",
    "Due in the next two weeks (1)",
    "No answer yet (1)",
]


@pytest.fixture
def world(database: Database) -> World:
    return a_world(database)


def a_troubled_week(world: World) -> None:
    missed = world.promise("C-1", words="We will publish.", due=Deadline.on(date(2022, 5, 13)))
    world.item("A-01", title="Publish it", due=date(2022, 5, 13), answers=("commitment", missed))
    world.item("A-02", owner="Dev", due=date(2022, 5, 20))
    world.item("A-03", owner="Dev")
    world.said("A-03", Status.AT_RISK, by="Dev", text="the contract is late", at=STARTED)
    world.date_change("A-01", date(2022, 6, 30))
    world.asked("A-01", times=2, first=STARTED)
    world.item("A-04", at=STARTED + timedelta(days=1))


def test_chairs_and_secretariat_each_get_one_on_monday_at_nine(world: World) -> None:
    world.item("A-01")

    assert digests.sweep(world.database, now=MONDAY - timedelta(minutes=1)) == 0
    assert digests.sweep(world.database, now=MONDAY) == 3
    assert digests.sweep(world.database, now=MONDAY + timedelta(hours=1)) == 0
    assert sorted(world.digests()) == ["Cara 2022-W20", "Dan 2022-W20", "Sam 2022-W20"]


def test_the_policy_chooses_day_and_hour(world: World) -> None:
    world.policy("digest", {"weekday": "Thursday", "hour": 14})

    assert digests.sweep(world.database, now=MONDAY) == 0
    assert digests.sweep(world.database, now=datetime(2022, 5, 19, 13, 0, tzinfo=UTC)) == 3


def test_on_a_bank_holiday_it_comes_the_next_working_day(world: World) -> None:
    whit = datetime(2022, 8, 29, 8, 0, tzinfo=UTC)
    digests.sweep(world.database, now=whit - timedelta(days=7))

    assert digests.sweep(world.database, now=whit) == 0
    assert digests.sweep(world.database, now=whit + timedelta(days=1)) == 3


def test_after_an_outage_only_the_latest_week_is_sent(world: World) -> None:
    digests.sweep(world.database, now=MONDAY)

    assert digests.sweep(world.database, now=MONDAY + timedelta(weeks=3, hours=2)) == 3
    assert {key.split()[1] for key in world.digests()} == {"2022-W20", "2022-W23"}


def test_a_late_digest_waits_for_working_hours(world: World) -> None:
    saturday = MONDAY + timedelta(days=5)

    assert digests.sweep(world.database, now=saturday) == 0
    assert digests.sweep(world.database, now=MONDAY + timedelta(days=1, hours=12)) == 0
    assert digests.sweep(world.database, now=MONDAY + timedelta(days=2)) == 3


def test_a_group_that_has_not_started_gets_none(database: Database) -> None:
    world = a_world(database, started_at=None)
    world.item("A-01")

    assert digests.sweep(database, now=MONDAY) == 0


def test_the_week_before_the_start_is_not_made_up_for(database: Database) -> None:
    world = a_world(database, started_at=MONDAY + timedelta(hours=1))
    world.item("A-01")

    assert digests.sweep(database, now=MONDAY + timedelta(hours=2)) == 0


def test_a_pause_leaves_the_secretariat_who_read_that_it_is_paused(world: World) -> None:
    with world.database.transaction() as session:
        session.add(PauseRow(**world.entry(STARTED), reason="an election was called"))
        session.flush()
        assert groups.paused(session, world.group_id, now=MONDAY)

    assert digests.sweep(world.database, now=MONDAY) == 1
    assert "Paused: an election was called." in read(world.digests()["Sam 2022-W20"])


def test_what_needs_the_reader_comes_in_its_order(world: World) -> None:
    a_troubled_week(world)

    said = the_digest(world)

    places = [said.find(heading) for heading in HEADINGS]
    assert -1 not in places, said
    assert places == sorted(places)


def test_a_decision_says_all_that_is_needed_and_carries_its_buttons(world: World) -> None:
    a_troubled_week(world)

    said = the_digest(world)

    assert "Priya Nair (RCR) asks to move it from Friday 13 May 2022 to" in said
    assert "Thursday 30 June 2022. Original date: Friday 13 May 2022; not moved before" in said
    assert "the supplier is late" in said
    assert "C-1 “We will publish.”, to Public Administration" in said
    pressed = buttons(world.digests()["Cara 2022-W20"])
    assert [b.action for b in pressed] == [
        "date.agree_now",
        "date.agree_next",
        "date.refuse",
        "date.ask",
    ]
    assert set(json.loads(pressed[0].value)) == {"change"}


def test_only_whoever_decides_gets_the_buttons(world: World) -> None:
    a_troubled_week(world)
    digests.sweep(world.database, now=MONDAY)

    assert buttons(world.digests()["Dan 2022-W20"]) == []
    assert buttons(world.digests()["Sam 2022-W20"]) == []


def test_five_decisions_at_most_and_then_how_many_more(world: World) -> None:
    for n in range(1, 9):
        world.item(f"A-{n:02d}")
        world.date_change(f"A-{n:02d}", date(2022, 9, 30))

    said = the_digest(world)

    assert "For you to decide (8)" in said
    assert said.count("asks to move it") == 5
    assert "and 3 more: `/status waiting`" in said


def test_risks_say_why_by_the_owner_and_by_the_register(world: World) -> None:
    a_troubled_week(world)

    said = the_digest(world)

    assert "at risk, said 5 days ago (“the contract is late”)." in said
    assert "By the register off track (red), because its deadline has passed." in said


def test_silence_is_counted_and_only_what_reached_them_counts(world: World) -> None:
    world.item("A-01")
    world.item("A-02", owner="Dev")
    world.asked("A-01", times=3, first=STARTED)
    world.asked("A-02", times=3, first=STARTED, state="failed")

    said = the_digest(world)

    assert "Priya Nair (RCR): A-01, asked 3 times since Wednesday 11 May 2022." in said
    assert "Dev Shah" not in said.split("No answer yet")[1]


def test_whoever_has_answered_is_not_silent(world: World) -> None:
    world.item("A-01")
    world.asked("A-01", times=3, first=STARTED)
    world.said("A-01", Status.ON_TRACK, at=STARTED + timedelta(days=4))

    assert "No answer yet" not in the_digest(world)


def test_what_moved_since_the_last_digest_and_not_before(world: World) -> None:
    world.item("A-01")
    world.item("A-02", owner="Dev")
    world.said("A-01", Status.AT_RISK)
    digests.sweep(world.database, now=MONDAY)
    later = MONDAY + timedelta(days=2)
    world.date_change("A-02", date(2022, 9, 30), agreed_by="Cara", at=later)
    world.said("A-01", Status.COMPLETE, at=later)

    said = the_digest(world, now=MONDAY + timedelta(weeks=1))

    assert "What moved since Monday 16 May 2022 (2)" in said
    assert (
        "its date moved from 31 August 2022 to Friday 30 September 2022, agreed by "
        "Cara Holt (NHSE), because: the supplier is late"
    ) in said
    assert "Priya Nair (RCR) reports it complete; the evidence is not yet verified" in said
    assert "now at risk" not in said


def test_a_verified_item_is_told_as_complete_with_who_verified_it(world: World) -> None:
    world.item("A-01")
    world.said("A-01", Status.COMPLETE)
    world.evidence("A-01", verified_by="Sam")

    assert "complete: Sam Reed (NHSE) has verified the evidence" in the_digest(world)


def test_a_quiet_week_is_one_line_that_says_so(world: World) -> None:
    world.item("A-01")
    world.promise("C-1", words="We will publish.", due=Deadline.on(date(2022, 8, 31)))

    said = the_digest(world)

    assert (
        "Nothing needs you this week: of 1 item, 1 is open, and none is overdue or known to be "
        "at risk. The next public date is Wednesday 31 August 2022 (C-1). "
        "Checked on Monday 16 May 2022 at 9:00."
    ) in said


def test_what_could_not_be_delivered_is_for_the_secretariat(world: World) -> None:
    world.item("A-01")
    with world.database.transaction() as session:
        session.add(
            OutboxRow(
                group_id=world.group_id,
                key="intro:1",
                kind="message",
                person_id=world.people["Priya"],
                payload={},
                state="failed",
                error="the account is deactivated",
                due_at=STARTED,
                created_at=STARTED,
                settled_at=STARTED + timedelta(hours=1),
            )
        )
    digests.sweep(world.database, now=MONDAY)

    failed = "an introduction to Priya Nair (RCR): the account is deactivated"
    assert failed in read(world.digests()["Sam 2022-W20"])
    assert failed not in read(world.digests()["Cara 2022-W20"])


def test_the_head_of_the_chain_is_printed(world: World) -> None:
    with world.database.transaction() as session:
        audit.record(session, "did", "item:1", group_id=world.group_id, by_id=None, now=STARTED)
    with world.database.snapshot() as session:
        head = audit.head(session, world.group_id)

    assert f"Head of the audit chain: {head[:12]}." in the_digest(world)


def test_sending_a_digest_is_in_the_chain(world: World) -> None:
    digests.sweep(world.database, now=MONDAY)

    with world.database.snapshot() as session:
        links = list(audit.chain(session, world.group_id))
    assert [(link.action, link.subject) for link in links] == [("digest", "digest:2022-W20")]
