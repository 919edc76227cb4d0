"""Owners hear once of all that was recorded for them, and can say that it is not right."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest

from bot.domain.errors import UserError
from bot.domain.forms import FieldError
from bot.domain.guard import guard
from bot.domain.messages import Button
from bot.domain.register import Confidence, Delivery, Status
from bot.services import intake, updates
from bot.services.keeping import objections, recorded
from bot.services.keeping.recorded import Recorded
from storage import founding, items, outbox, people
from storage.database import Database
from storage.rows import OutboxRow
from tests.services.desks import NOW, FrontDesk, pressable, words_of

SAID = "Priya told the meeting that the draft is late."


@pytest.fixture
def desk(database: Database) -> FrontDesk:
    """A started group with two items of Priya's, who has been introduced."""
    found = FrontDesk(database)
    with database.transaction() as session:
        founding.introduced(session, found.people["Priya"], now=NOW)
    return found


def tells(
    desk: FrontDesk, changes: list[Recorded], *, owner: str = "Priya", key: str = "1"
) -> None:
    with desk.database.transaction() as session:
        directory = people.directory(session, desk.group_id)
        recorded.tell_owner(
            session,
            directory,
            desk.people[owner],
            changes,
            by=directory.people[desk.people["Sam"]],
            now=desk.now,
            key=key,
        )


def records(desk: FrontDesk) -> int:
    """Sam records for Priya that A-01 is at risk, and she is told; the update's number."""
    with intake.once(desk.database, desk.arrives("Sam"), now=desk.now) as found:
        assert found is not None
        item = items.lock(found.session, desk.a01)
        said = updates.Said(
            status=Status.AT_RISK,
            by_id=desk.people["Priya"],
            channel="meeting",
            said_on=date(2022, 8, 12),
        )
        number = updates.record(found, item, said, text=guard(SAID))
    told = Recorded(item=desk.get(desk.a01), said="is at risk", quote=SAID, update_id=number)
    tells(desk, [told])
    return number


def objects(desk: FrontDesk, reason: str = "I said amber for A-02.", *, by: str = "Priya") -> None:
    (button,) = pressable(desk.last_to("Priya", "recorded:"))
    value = json.loads(button.value)
    objections.form(desk.database, desk.arrives(by), value, now=desk.now)
    objections.object_to(
        desk.database,
        desk.arrives(by),
        item_id=value["item"],
        update_id=value.get("update"),
        reason=guard(reason),
        recorded_by=value.get("by"),
        now=desk.now,
    )
    desk.checks()


def button(desk: FrontDesk, label: str) -> Button:
    return next(b for b in pressable(desk.last_to("Sam", "wait:")) if b.label == label)


def test_several_changes_are_one_message_with_one_button_an_item(desk: FrontDesk) -> None:
    first, second = desk.get(desk.a01), desk.get(desk.a02)

    tells(
        desk,
        [
            Recorded(item=first, said="has another title"),
            Recorded(item=second, said="is new", theirs=True),
            Recorded(item=first, said="waits on A-02"),
        ],
    )

    told = desk.last_to("Priya", "recorded:")
    assert "Recorded for you by Sam Okafor (secretariat):" in words_of(told)
    assert "A-01 The work of A-01: has another title" in words_of(told)
    assert [b.label for b in pressable(told)] == [
        "This is not right",
        "Yes, A-02 is mine",
        "Not mine",
    ]
    assert desk.count(OutboxRow) == 1


def test_forty_new_items_are_one_message_that_slack_can_show(desk: FrontDesk) -> None:
    item = desk.get(desk.a01)
    many = [
        Recorded(item=type(item)(**{**item.__dict__, "id": n}), said="is new") for n in range(1, 61)
    ]
    tells(desk, many)

    told = desk.last_to("Priya", "recorded:")
    assert len(pressable(told)) == 12
    assert "And 18 more items" in words_of(told)
    assert len(told.message.parts) < 50


def test_nobody_is_told_what_they_did_or_is_about_to_be_introduced_to(desk: FrontDesk) -> None:
    item = desk.get(desk.a01)

    tells(desk, [Recorded(item=item, said="is new")], owner="Sam")
    tells(desk, [Recorded(item=item, said="is new", theirs=True)], owner="Leo")
    assert desk.count(OutboxRow) == 0

    tells(desk, [Recorded(item=item, said="is new")], key="2")
    tells(desk, [Recorded(item=item, said="is new")], key="2")
    assert desk.count(OutboxRow) == 1


def test_whoever_covers_hears_of_it_now_and_the_owner_once_back(desk: FrontDesk) -> None:
    today = desk.now.date()
    desk.covers("Priya", "Leo", today, today + timedelta(days=2))
    first, second = desk.get(desk.a01), desk.get(desk.a02)

    tells(
        desk,
        [
            Recorded(item=first, said="has another title"),
            Recorded(item=second, said="given to you", theirs=True),
        ],
    )

    told = desk.last_to("Leo", "recorded:")
    assert "for Priya Nair (RCR), for whom you stand in:" in words_of(told)
    assert "A-02 The work of A-02: Priya Nair (RCR)’s now, due Friday" in words_of(told)
    assert [b.label for b in pressable(told)] == ["This is not right"] * 2
    with desk.database.snapshot() as session:
        hers = outbox.by_key(session, f"recorded:{desk.people['Priya']}:1")
    assert hers is not None
    assert hers.state == "owed"
    desk.deliver(desk.now + timedelta(days=3))
    assert "Recorded for you by Sam Okafor" in words_of(desk.last_to("Priya", "recorded:"))


def test_a_cover_is_not_told_what_they_did_and_nobody_where_there_is_no_cover(
    desk: FrontDesk,
) -> None:
    today = desk.now.date()
    desk.covers("Priya", "Sam", today, today)
    tells(desk, [Recorded(item=desk.get(desk.a01), said="is new")])
    desk.covers("Priya", None, today, today)
    tells(desk, [Recorded(item=desk.get(desk.a01), said="is newer")], key="2")

    assert {row.person_id for row in desk.rows("recorded:")} == {desk.people["Priya"]}


def test_what_is_recorded_at_night_waits_for_the_owners_morning(desk: FrontDesk) -> None:
    desk.now = desk.now.replace(hour=21)
    tells(desk, [Recorded(item=desk.get(desk.a01), said="is new")])

    desk.deliver(desk.now)

    with desk.database.snapshot() as session:
        owed = outbox.by_key(session, f"recorded:{desk.people['Priya']}:1")
    assert owed is not None
    assert owed.state == "owed"


def test_an_owner_says_it_is_not_what_they_said_and_the_secretariat_takes_it_back(
    desk: FrontDesk,
) -> None:
    records(desk)
    assert desk.get(desk.a01).claimed is Confidence.AMBER

    objects(desk)

    assert [w.kind for w in desk.waits()] == ["objection"]
    ask = words_of(desk.last_to("Sam", "wait:"))
    assert "Priya Nair (RCR) says that this is not what they said of A-01" in ask
    assert SAID in ask
    assert "I said amber for A-02." in ask
    assert desk.get(desk.a01).claimed is Confidence.AMBER
    with pytest.raises(UserError, match="has been told already"):
        objects(desk)

    value = json.loads(button(desk, "Take it back").value)
    objections.undo(desk.database, desk.arrives("Sam"), value, now=desk.now)

    assert desk.waits() == []
    assert desk.get(desk.a01).delivery is Delivery.NOT_STARTED
    assert "has been taken back" in words_of(desk.last_to("Priya", "objection:"))
    with pytest.raises(UserError, match="corrected already"):
        objects(desk)


def test_or_says_why_it_stands(desk: FrontDesk) -> None:
    number = records(desk)
    objects(desk)
    value = json.loads(button(desk, "Say why it stands").value)
    with pytest.raises(UserError, match="Only the secretariat"):
        objections.stands_form(desk.database, desk.arrives("Leo"), value, now=desk.now)

    def stands(reason: str) -> None:
        objections.stands(
            desk.database,
            desk.arrives("Helen"),
            item_id=desk.a01,
            update_id=number,
            reason=guard(reason),
            now=desk.now,
        )

    with pytest.raises(FieldError, match="why it stands"):
        stands("")
    stands("The minutes say so.")

    assert desk.waits() == []
    told = words_of(desk.last_to("Priya", "objection:"))
    assert "stays as it is (at risk" in told
    assert "The minutes say so." in told
    with pytest.raises(UserError, match="has been settled"):
        stands("Again.")


def test_a_correction_settles_it_and_nobody_else_may_object(desk: FrontDesk) -> None:
    number = records(desk)
    with pytest.raises(UserError, match="owner or their cover"):
        objects(desk, by="Leo")
    objects(desk)

    with intake.once(desk.database, desk.arrives("Sam"), now=desk.now) as found:
        assert found is not None
        item = items.lock(found.session, desk.a01)
        said = updates.Said(status=Status.ON_TRACK, by_id=desk.people["Priya"])
        updates.record(found, item, said, supersedes_id=number)

    assert desk.waits() == []
    assert desk.get(desk.a01).claimed is Confidence.GREEN
