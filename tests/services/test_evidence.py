"""A claim of completion, what shows it, and who looks at it."""

from __future__ import annotations

import json

import pytest

from bot.domain.errors import UserError
from bot.domain.forms import FieldError
from bot.domain.guard import guard
from bot.domain.people import Role
from bot.domain.register import Delivery
from bot.services import evidence, verifying
from storage.database import Database
from storage.rows import EvidenceRow
from tests.services.desks import DUE, FrontDesk, pressable, words_of

LINK = "https://www.rcr.ac.uk/guidance"


@pytest.fixture
def desk(database: Database) -> FrontDesk:
    """A started group with two items of Priya's."""
    return FrontDesk(database)


def adds(desk: FrontDesk, item_id: int, link: str = LINK, *, by: str = "Priya") -> None:
    arrival = desk.arrives(by)
    evidence.add(
        desk.database,
        arrival,
        item_id=item_id,
        link=guard(link),
        title=guard("The guidance"),
        now=desk.now,
    )
    desk.checks()


def judges(desk: FrontDesk, item_id: int, *, by: str, holds: bool = True, why: str = "") -> None:
    arrival = desk.arrives(by)
    verifying.judge(
        desk.database,
        arrival,
        evidence_id=desk.history(item_id).evidence[-1].id,
        holds=holds,
        reason=guard(why) if why else None,
        now=desk.now,
    )
    desk.checks()


def waiting_for(desk: FrontDesk) -> list[tuple[str, str | None, int | None]]:
    return [(w.kind, w.role, w.person_id) for w in desk.waits()]


def test_a_completion_is_a_claim_and_its_owner_owes_evidence(desk: FrontDesk) -> None:
    desk.taps("reply.done", desk.a01)

    item = desk.get(desk.a01)
    assert (item.delivery, item.verified, item.is_open) == (Delivery.COMPLETE, False, True)
    assert waiting_for(desk) == [("evidence", None, desk.people["Priya"])]
    ask = desk.last_to("Priya", "wait:")
    assert "What shows that A-01" in words_of(ask)
    assert [b.label for b in pressable(ask)] == ["Add evidence"]


def test_a_claim_made_twice_asks_once(desk: FrontDesk) -> None:
    desk.taps("reply.done", desk.a01)
    desk.says_it("A-01 is done")

    assert len(desk.waits()) == 1


def test_a_link_goes_to_somebody_else_to_be_looked_at(desk: FrontDesk) -> None:
    desk.taps("reply.done", desk.a01)

    adds(desk, desk.a01)

    assert waiting_for(desk) == [("verification", "secretariat", None)]
    ask = desk.last_to("Sam", "wait:")
    assert "Priya Nair (RCR) reports A-01" in words_of(ask)
    assert [b.label for b in pressable(ask)] == ["It shows it", "It does not"]
    assert desk.actions() == ["updated", "evidence added"]


def test_a_claim_that_brings_its_link_is_put_to_them_once(desk: FrontDesk) -> None:
    desk.says_it(f"A-01 is done: {LINK}")

    assert waiting_for(desk) == [("verification", "secretariat", None)]
    assert len(desk.said_to("Sam", "wait:")) == 1
    assert desk.history(desk.a01).evidence[-1].url == LINK


def test_a_link_before_the_claim_waits_for_the_claim(desk: FrontDesk) -> None:
    adds(desk, desk.a01)
    assert desk.waits() == []

    desk.taps("reply.done", desk.a01)

    assert waiting_for(desk) == [("verification", "secretariat", None)]


def test_verified_by_somebody_else_it_is_complete_and_its_owner_is_told(desk: FrontDesk) -> None:
    desk.taps("reply.done", desk.a01)
    adds(desk, desk.a01)

    judges(desk, desk.a01, by="Sam")

    assert desk.get(desk.a01).verified
    assert not desk.get(desk.a01).is_open
    assert desk.waits() == []
    assert "is verified complete" in words_of(desk.last_to("Priya"))
    assert desk.actions()[-1] == "evidence verified"


@pytest.mark.parametrize("by", ["Priya", "Leo", "Sue"])
def test_neither_the_owner_nor_a_bystander_verifies(desk: FrontDesk, by: str) -> None:
    desk.taps("reply.done", desk.a01)
    adds(desk, desk.a01)

    with pytest.raises(UserError, match="never by the item's owner"):
        judges(desk, desk.a01, by=by)

    assert not desk.get(desk.a01).verified


def test_what_the_secretariat_owns_goes_to_the_chair(desk: FrontDesk) -> None:
    sams = desk.item("A-09", DUE, owner="Sam")
    desk.person("Ruth Delaney", "NHSE", Role.SECRETARIAT)
    desk.taps("reply.done", sams, by="Sam")
    adds(desk, sams, by="Sam")
    assert waiting_for(desk) == [("verification", "chair", None)]

    for by in ("Sam", "Ruth"):
        with pytest.raises(UserError, match="by a chair where the secretariat owns"):
            judges(desk, sams, by=by)
    judges(desk, sams, by="Helen")

    assert desk.get(sams).verified


def test_what_the_secretariat_gave_for_an_owner_goes_to_the_chair(desk: FrontDesk) -> None:
    desk.taps("reply.done", desk.a01)

    adds(desk, desk.a01, by="Sam")

    assert waiting_for(desk) == [("verification", "chair", None)]


def test_refused_evidence_leaves_a_claim_and_is_asked_for_again(desk: FrontDesk) -> None:
    desk.taps("reply.done", desk.a01)
    adds(desk, desk.a01)

    judges(desk, desk.a01, by="Sam", holds=False, why="It is the 2019 edition.")

    item = desk.get(desk.a01)
    assert (item.delivery, item.verified) == (Delivery.COMPLETE, False)
    assert waiting_for(desk) == [("evidence", None, desk.people["Priya"])]
    told = desk.last_to("Priya")
    assert "does not show completion yet" in words_of(told)
    assert "It is the 2019 edition." in words_of(told)
    assert [b.label for b in pressable(told)] == ["Add evidence"]
    assert desk.actions()[-1] == "evidence refused"


def test_better_evidence_after_a_refusal_is_looked_at_again(desk: FrontDesk) -> None:
    desk.taps("reply.done", desk.a01)
    adds(desk, desk.a01)
    judges(desk, desk.a01, by="Sam", holds=False, why="It is the draft.")

    adds(desk, desk.a01, f"{LINK}/2022")
    judges(desk, desk.a01, by="Sam")

    assert desk.get(desk.a01).verified


def test_evidence_is_judged_once(desk: FrontDesk) -> None:
    desk.taps("reply.done", desk.a01)
    adds(desk, desk.a01)
    judges(desk, desk.a01, by="Sam")

    with pytest.raises(UserError, match="looked at already"):
        judges(desk, desk.a01, by="Helen", holds=False, why="It is the draft.")


def test_who_refuses_evidence_is_asked_what_it_does_not_show(desk: FrontDesk) -> None:
    desk.taps("reply.done", desk.a01)
    adds(desk, desk.a01)
    number = desk.history(desk.a01).evidence[-1].id

    form = verifying.reason_form(
        desk.database, desk.arrives("Sam"), evidence_id=number, now=desk.now
    )

    assert (form.callback, form.private) == ("evidence.reject", {"evidence": number})
    with pytest.raises(UserError, match="never by the item's owner"):
        verifying.reason_form(
            desk.database, desk.arrives("Priya"), evidence_id=number, now=desk.now
        )
    with pytest.raises(FieldError, match="what is missing"):
        judges(desk, desk.a01, by="Sam", holds=False)


def test_a_link_is_a_whole_address_and_somebody_elses_item_is_left_alone(desk: FrontDesk) -> None:
    with pytest.raises(FieldError, match="https://"):
        adds(desk, desk.a01, "see my e-mail")
    with pytest.raises(UserError, match="Only its owner"):
        adds(desk, desk.a01, by="Leo")

    assert desk.count(EvidenceRow) == 0


def test_the_form_is_the_owners(desk: FrontDesk) -> None:
    value = json.loads(evidence.add_button(desk.get(desk.a01)).value)
    form = evidence.form(desk.database, desk.arrives(), value, now=desk.now)
    assert form.private["item"] == desk.a01

    with pytest.raises(UserError, match="Only its owner"):
        evidence.form(desk.database, desk.arrives("Leo"), value, now=desk.now)
