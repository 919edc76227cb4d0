"""`/status`: what each reader sees, in what words, and how old it says that is."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlmodel import select

from bot.domain.deadlines import Deadline, Kind
from bot.domain.register import Status
from storage.database import Database
from storage.rows import GroupRow, ItemRow
from tests.services.status_builders import NOW, STARTED, World, a_world

READERS = ["Mia", "Priya", "Dev", "Sam", "Cara", "Dan"]


@pytest.fixture
def world(database: Database) -> World:
    return a_world(database)


def a_troubled_item(world: World) -> None:
    """An item of Priya's with words, a blocker, evidence, a reason, and reminders."""
    world.item("A-01", title="Publish the strategy")
    world.said("A-01", Status.BLOCKED, text="our counsel has not answered", blocker="the counsel")
    world.evidence("A-01")
    world.date_change("A-01", date(2022, 9, 30), reason="the supplier is late")


# Who sees what: (words, in the card of) the owner, secretariat, chair, deputy; never a member.
PRIVATE = [
    "our counsel has not answered",
    "Blocked by: the counsel",
    "the supplier is late",
    "The published report",
    "said by",
]
PUBLIC = [
    "A-01 Publish the strategy",
    "Owner: Priya Nair (RCR)",
    "Wednesday 31 August 2022",
    "Status: blocked, said today (12 May 2022)",
    "never moved",
]


@pytest.mark.parametrize("reader", READERS)
def test_everybody_sees_item_owner_dates_and_status_with_its_age(world: World, reader: str) -> None:
    a_troubled_item(world)

    shown = world.status("A-01", by=reader)

    assert [words for words in PUBLIC if words not in shown] == []


@pytest.mark.parametrize(
    ("reader", "sees"),
    [
        ("Mia", False),
        ("Dev", False),
        ("Priya", True),
        ("Sam", True),
        ("Cara", True),
        ("Dan", True),
    ],
)
def test_only_owner_secretariat_and_chairs_see_words_reasons_and_evidence(
    world: World, reader: str, sees: bool
) -> None:
    a_troubled_item(world)

    shown = world.status("A-01", by=reader)

    private = [words for words in PRIVATE[:4] if words in shown]
    assert private == (PRIVATE[:4] if sees else [])
    assert ("by Priya Nair (RCR)" in shown) is sees


def test_no_list_shows_anybodys_words(world: World) -> None:
    a_troubled_item(world)

    for words in ("", "overdue", "later", "rcr", "priya", "A-01", "mine"):
        shown = world.status(words, by="Mia")
        assert [private for private in PRIVATE if private in shown] == []


def test_whoever_covers_for_the_owner_sees_what_the_owner_sees(world: World) -> None:
    a_troubled_item(world)
    world.covers("Priya", "Dev", date(2022, 5, 9), date(2022, 5, 13))

    assert "our counsel has not answered" in world.status("A-01", by="Dev")
    assert "A-01" in world.status("mine", by="Dev")


def test_who_was_asked_is_not_for_every_member(world: World) -> None:
    world.item("A-01")
    world.asked("A-01", times=2, first=STARTED - timedelta(days=2))

    assert "2022" not in world.status("was I asked about A-01?", by="Mia")
    assert "the chairs only" in world.status("nudges a1", by="Dev")
    assert "Tuesday 10 May 2022" in world.status("Was I asked about A-01?", by="Priya")
    assert "unanswered" not in world.status("A-01", by="Mia")


def test_reminders_left_unanswered_colour_the_card_of_those_who_may_know(world: World) -> None:
    world.item("A-01")
    world.asked("A-01", times=2, first=STARTED - timedelta(days=2))

    assert "two reminders" in world.status("A-01", by="Cara")
    assert "two reminders" not in world.status("A-01", by="Mia")


def test_a_status_never_looks_new(world: World) -> None:
    world.item("A-01")
    world.said("A-01", Status.ON_TRACK, at=NOW)

    later = NOW + timedelta(days=12)

    assert "Status: on track, said 12 days ago (12 May 2022)" in world.status("a1", now=later)
    assert "on track, said 12 days ago" in world.status("", now=later)


def test_no_change_keeps_the_age_of_what_was_said(world: World) -> None:
    world.item("A-01")
    world.said("A-01", Status.AT_RISK, at=NOW - timedelta(days=8))
    world.said("A-01", Status.UNCHANGED, at=NOW - timedelta(days=1))

    shown = world.status("A-01")

    assert "at risk, said 8 days ago (4 May 2022) by Priya Nair (RCR)" in shown
    assert "no change yesterday" in shown


def test_an_item_nobody_has_spoken_of_says_so(world: World) -> None:
    world.item("A-01")

    assert "nothing reported yet; it was raised 2 days ago" in world.status("A-01")


def test_both_confidences_are_shown_where_they_differ_and_the_rule(world: World) -> None:
    world.item("A-01", due=date(2022, 5, 6))
    world.said("A-01", Status.ON_TRACK)

    shown = world.status("A-01", by="Mia")

    assert "on track (green) by its owner’s account" in shown
    assert "off track (red) by the register’s, because its deadline has passed" in shown


def test_a_claim_is_not_called_complete_before_its_evidence_is_verified(world: World) -> None:
    world.item("A-01")
    world.said("A-01", Status.COMPLETE)

    assert "reported complete, not yet verified" in world.status("A-01", by="Mia")
    assert "Evidence: none yet" in world.status("A-01", by="Sam")

    world.evidence("A-01", verified_by="Sam")

    assert "complete, evidence verified" in world.status("A-01", by="Mia")
    assert "verified by Sam Reed (NHSE) on 12 May 2022" in world.status("A-01", by="Sam")


def test_a_moved_date_shows_the_original_and_the_slips(world: World) -> None:
    world.item("A-01")
    world.date_change("A-01", date(2022, 9, 30), agreed_by="Cara")

    shown = world.status("A-01", by="Mia")

    assert "due Friday 30 September 2022" in shown
    assert "Original deadline: Wednesday 31 August 2022; moved once" in shown
    assert "the supplier is late" not in shown
    assert "agreed by Cara Holt (NHSE)" in world.status("A-01", by="Priya")


def test_a_window_stays_a_window_and_no_date_is_invented(world: World) -> None:
    summer = Deadline(
        words="this summer",
        kind=Kind.SOFT,
        earliest=date(2022, 6, 1),
        latest=date(2022, 8, 31),
    )
    world.item("A-01", due=summer)
    world.item("A-02", due=Deadline(words="in due course", kind=Kind.OPEN))

    assert "due between 1 June 2022 and 31 August 2022 (“this summer”)" in world.status("A-01")
    assert "no date yet (“in due course”)" in world.status("A-02")


def test_the_card_says_what_it_answers_in_the_words_of_the_promise(world: World) -> None:
    promise = world.promise("C-1", words="We will publish it.", due=Deadline.on(date(2022, 8, 31)))
    world.item("A-01", answers=("commitment", promise))

    shown = world.status("A-01", by="Mia")

    assert "C-1 “We will publish it.”" in shown
    assert "promised to Public Administration and Constitutional Affairs Committee" in shown
    assert "on 10 May 2022, due Wednesday 31 August 2022" in shown


def test_an_item_of_another_group_is_not_found(world: World, database: Database) -> None:
    world.item("A-01")
    with database.transaction() as session:
        group = GroupRow(
            key="other", name="Other", sponsor="Board", ends_on=date(2023, 3, 31), created_at=NOW
        )
        session.add(group)
        session.flush()
        assert group.id is not None
        session.exec(select(ItemRow)).one().group_id = group.id

    assert "There is no A-01" in world.status("A-01", by="Sam")
    assert "There are no items yet." in world.status("", by="Sam")


def test_the_secretariat_sees_all_that_waits_and_others_what_waits_on_them(
    world: World,
) -> None:
    world.item("A-01", title="Publish it")
    world.date_change("A-01", date(2022, 9, 30), at=NOW - timedelta(days=3))

    assert "A-01 Publish it: a new date to decide – with the chair, for 3 days" in world.status(
        "waiting", by="Sam"
    )
    assert "Waiting on you: 1" in world.status("waiting", by="Cara")
    assert "Nothing is waiting on you." in world.status("waiting", by="Mia")


def test_nothing_overdue_is_said_with_the_counts(world: World) -> None:
    world.item("A-01")

    assert "Overdue: none\n1 item: 1 open. Of those open: 1 due later." in world.status("overdue")
