"""Items stopped and taken up again, what was said elsewhere, links, and the card."""

from __future__ import annotations

from datetime import date

import pytest
from sqlmodel import select

from bot.domain.errors import UserError
from bot.domain.forms import FieldError
from bot.domain.messages import Buttons, Message
from bot.domain.register import Confidence, Delivery
from bot.services import verifying
from bot.services.keeping import card
from storage.database import Database
from storage.rows import GroupRow, OutboxRow, UpdateRow
from tests.services.desks import FrontDesk, pressable, words_of
from tests.services.keepers import (
    a_desk,
    because,
    done,
    form,
    recommended,
    says,
    sends,
    values,
)


@pytest.fixture
def desk(database: Database) -> FrontDesk:
    """A started group with two items of Priya's, whose people have been introduced."""
    return a_desk(database)


def test_paused_and_taken_up_again_it_stands_as_before(desk: FrontDesk) -> None:
    desk.taps("reply.at_risk", desk.a01)
    assert "reason" in values(form(desk, "action A-01 pause"))

    done(desk, "action A-01 pause because of the election")
    assert desk.get(desk.a01).delivery is Delivery.PAUSED
    told = words_of(desk.last_to("Priya", "recorded:"))
    assert "paused now" in told
    assert "of the election" in told
    with pytest.raises(UserError, match="cannot be paused"):
        says(desk, "action A-01 pause because of it")

    done(desk, "action A-01 reopen because it is over")
    item = desk.get(desk.a01)
    assert (item.delivery, item.claimed) == (Delivery.IN_PROGRESS, Confidence.AMBER)


def test_closing_is_a_claim_and_a_chair_looks_at_what_the_secretariat_gave(
    desk: FrontDesk,
) -> None:
    done(desk, "action A-01 close https://example.org/minutes because the board has it")

    item = desk.get(desk.a01)
    assert (item.delivery, item.verified) == (Delivery.COMPLETE, False)
    assert [(w.kind, w.role) for w in desk.waits()] == [("verification", "chair")]

    done(desk, "action A-02 close")
    assert [(w.kind, w.person_id) for w in desk.waits("evidence")] == [
        ("evidence", desk.people["Priya"])
    ]
    done(desk, "action A-02 evidence https://example.org/paper The paper")
    assert desk.waits("evidence") == []
    assert "evidence added: The paper" in words_of(desk.last_to("Priya", "recorded:"))


def test_what_is_reopened_is_complete_again_only_with_evidence_found_since(
    desk: FrontDesk,
) -> None:
    def looked_at() -> None:
        (wait,) = desk.waits("verification")
        verifying.judge(
            desk.database,
            desk.arrives("Helen"),
            evidence_id=wait.subject_id,
            holds=True,
            now=desk.now,
        )

    done(desk, "action A-01 close https://example.org/draft")
    looked_at()
    assert desk.get(desk.a01).verified

    done(desk, "action A-01 reopen because it was the wrong version")
    done(desk, "action A-01 close")
    assert not desk.get(desk.a01).verified
    assert [w.kind for w in desk.waits()] == ["evidence"]

    done(desk, "action A-01 evidence https://example.org/final")
    looked_at()
    assert desk.get(desk.a01).verified


def test_what_was_said_at_a_meeting_is_the_owners_and_told_to_them(desk: FrontDesk) -> None:
    desk.taps("reply.on_track", desk.a01)
    shown = form(desk, "action record A-01")
    filled = {"status": "at_risk", "words": "The draft is late.", "how": "meeting"}
    for field, typed in (("said_on", "2022-08-16"), ("link", "minutes.doc"), ("item", "A-77")):
        with pytest.raises(FieldError) as error:
            sends(desk, shown, **{**filled, field: typed})
        assert error.value.name == field

    sends(desk, shown, **filled, said_on="2022-08-12")

    with desk.database.snapshot() as session:
        row = session.exec(select(UpdateRow).where(UpdateRow.channel == "meeting")).one()
        assert (row.by_id, row.said_on) == (desk.people["Priya"], date(2022, 8, 12))
        assert row.at.date() == date(2022, 8, 12)
        assert row.recorded_at == desk.now
    assert desk.get(desk.a01).claimed is Confidence.GREEN
    assert "it still stands as: on track" in words_of(desk.last_to("Sam", "echo:"))
    told = desk.last_to("Priya", "recorded:")
    assert "at risk, said on 12 August 2022 (at a meeting)" in words_of(told)
    assert "The draft is late." in words_of(told)
    assert [b.label for b in pressable(told)] == ["That is not what I said"]

    with pytest.raises(UserError, match="secretariat"):
        says(desk, "action record A-01", by="Priya")


def test_links_in_words_and_a_circle_under_its_field(desk: FrontDesk) -> None:
    recommended(desk)
    assert "answers R-1 and waits on nothing now" in done(desk, "action A-01 answers R-1")
    done(desk, "action A-01 waits on A-02")
    assert list(desk.history(desk.a01).waits_on) == [desk.a02]

    shown = form(desk, "action A-02 waits on A-01")
    assert "A-02 waits on A-01, which waits on A-02" in because(shown)
    assert values(shown)["waits_on"] == "A-01"

    assert "waits on nothing now" in done(desk, "action A-01 unlink a2")
    assert len(desk.history(desk.a01).recommendations) == 1


def test_the_card_offers_what_its_reader_may_do(desk: FrontDesk) -> None:
    def offered(by: str) -> list[str]:
        answer = says(desk, "action A-01", by=by)
        assert isinstance(answer, Message)
        rows = [part for part in answer.parts if isinstance(part, Buttons)]
        assert all(len(row.buttons) <= card.ROW for row in rows)
        return [b.label for row in rows for b in row.buttons]

    owners = ["New date", "Pause", "Withdraw", "Close", "Evidence"]
    assert offered("Sam") == [
        "Edit",
        "Reassign",
        "Links",
        "Reminders",
        *owners,
        "Record an update",
        "Remove words",
    ]
    assert offered("Priya") == owners
    assert offered("Leo") == []
    done(desk, "action A-01 close https://example.org/it")
    assert "Reopen" in offered("Sam")
    assert offered("Helen") == ["It shows it: https://example.org/it", "It does not"]


def test_before_start_nobody_is_told(database: Database) -> None:
    desk = FrontDesk(database)
    with database.transaction() as session:
        row = session.get_one(GroupRow, desk.group_id)
        row.started_at = None
        session.add(row)

    said = done(desk, "action add Publish it, Priya Nair, by 30 September")

    assert "once the group has started" in said
    assert desk.waits() == []
    assert desk.count(OutboxRow) == 0
