"""The Home tab: what waits on the reader, their items, and the state of things."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

import pytest

from bot.domain.messages import Button, Buttons, Message, message, say
from bot.domain.register import Status
from bot.services import home, intake
from storage import payloads, sweeps, waiting
from storage.database import Database
from tests.services.status_builders import NOW, World, a_world, buttons, read

OWN_DAYS = ("person.away", "person.days")


@pytest.fixture
def world(database: Database) -> World:
    return a_world(database)


def the_page(world: World, by: str) -> Message:
    with intake.reading(world.database, world.arrival(by), now=NOW) as desk:
        return home.page(desk)


def test_an_owner_answers_from_it(world: World) -> None:
    item = world.item("A-01", title="Publish it")

    page = the_page(world, "Priya")

    assert "Your items: 1" in read(page)
    assert "A-01 Publish it – due Wednesday 31 August 2022" in read(page)
    assert [b.action for b in buttons(page) if b.action not in OWN_DAYS] == [
        "reply.on_track",
        "reply.at_risk",
        "reply.done",
        "reply.more_time",
        "reply.not_mine",
    ]
    assert json.loads(buttons(page)[0].value) == {"item": item.id, "v": item.version}


def test_a_claim_asks_for_its_evidence(world: World) -> None:
    world.item("A-01")
    world.said("A-01", Status.COMPLETE)

    assert [b.action for b in buttons(the_page(world, "Priya"))] == ["evidence.add", *OWN_DAYS]


def test_whoever_covers_sees_whose_item_it_is(world: World) -> None:
    world.item("A-01")
    world.covers("Priya", "Dev", date(2022, 5, 9), date(2022, 5, 13))

    assert "Priya Nair (RCR)" in read(the_page(world, "Dev")).split("Its secretariat")[0]


def test_more_items_than_a_page_bears_are_counted(world: World) -> None:
    for n in range(1, 13):
        world.item(f"A-{n:02d}")

    page = read(the_page(world, "Priya"))

    assert "Your items: 12" in page
    assert "and 2 more: `/status mine`" in page


def test_a_chair_decides_from_it(world: World) -> None:
    world.item("A-01")
    world.date_change("A-01", date(2022, 9, 30))

    page = the_page(world, "Cara")

    assert "Waiting on you: 1" in read(page)
    assert "date.refuse" in [b.action for b in buttons(page)]
    assert "1 item: 1 open." in read(page)


def test_the_secretariat_sees_counts_what_waits_on_others_and_the_last_sweep(
    world: World,
) -> None:
    world.item("A-01")
    world.date_change("A-01", date(2022, 9, 30))
    with world.database.transaction() as session:
        sweeps.ran(session, "nudges:1", now=datetime(2022, 5, 12, 8, 5, tzinfo=UTC))

    page = read(the_page(world, "Sam"))

    assert "1 item: 1 open." in page
    assert "Waiting on others (1)" in page
    assert "I last looked at what is due today at 9:05." in page


def test_the_secretariat_opens_the_calendar_from_it(world: World) -> None:
    assert "calendar.show" in [b.action for b in buttons(the_page(world, "Sam"))]


def a_wait(world: World, kind: str, subject_id: int, said: Message | None = None) -> None:
    with world.database.transaction() as session:
        waiting.open_one(
            session,
            group_id=world.group_id,
            kind=kind,
            subject_id=subject_id,
            now=NOW,
            next_on=None,
            item_id=world.items["A-01"],
            role="secretariat",
            payload={"message": payloads.dump(said)} if said else None,
        )


def test_the_secretariat_verifies_evidence_from_it(world: World) -> None:
    world.item("A-01", title="Publish it")
    world.said("A-01", Status.COMPLETE)
    evidence_id = world.evidence("A-01")
    a_wait(world, "verification", evidence_id)

    page = the_page(world, "Sam")

    assert "A-01 Publish it: Priya Nair (RCR) reports it complete. Does The published" in read(page)
    verify = next(b for b in buttons(page) if b.action == "evidence.verify")
    assert json.loads(verify.value) == {"evidence": evidence_id}


def test_anything_else_that_waits_is_told_as_it_was_first_told(world: World) -> None:
    world.item("A-01")
    told = message(say("Whose is A-01?"), Buttons((Button(label="Mine", action="x.y", value="1"),)))
    a_wait(world, "ownership", 1, told)

    page = the_page(world, "Sam")

    assert "Whose is A-01?\n[Mine]\nWaiting since today." in read(page)


def test_a_member_sees_neither_counts_nor_what_waits_on_others(world: World) -> None:
    world.item("A-01")
    world.date_change("A-01", date(2022, 9, 30))

    page = the_page(world, "Mia")

    assert "You own no open items." in read(page)
    assert "A-01" not in read(page)
    assert [b.action for b in buttons(page)] == [*OWN_DAYS]


def test_before_the_start_the_secretariat_sees_who_would_be_written_to(
    database: Database,
) -> None:
    world = a_world(database, started_at=None)
    world.item("A-01")

    assert [b.action for b in buttons(the_page(world, "Sam"))] == ["group.start"]
    assert "Priya Nair (RCR)" in read(the_page(world, "Sam"))
    assert "has not started" in read(the_page(world, "Priya"))
    assert buttons(the_page(world, "Priya")) == []


@pytest.mark.parametrize("reader", ["Priya", "Mia", "Sam", "Cara"])
def test_everybody_reads_who_keeps_and_sees_the_answers(world: World, reader: str) -> None:
    page = read(the_page(world, reader))

    assert "Its secretariat keeps your answers: Sam Reed (NHSE)." in page
    assert "published or disclosed" in page
