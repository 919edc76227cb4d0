"""Setting an item aside: asked for by its owner, decided by the secretariat or a chair."""

from __future__ import annotations

import pytest

from bot.domain.errors import UserError
from bot.domain.register import Delivery
from bot.services import withdrawals
from storage.database import Database
from storage.rows import UpdateRow
from tests.services.desks import DUE, PROMISE, FrontDesk, pressable, words_of


@pytest.fixture
def desk(database: Database) -> FrontDesk:
    """A started group with two items of Priya's."""
    return FrontDesk(database)


def decides(desk: FrontDesk, *, by: str, status: str = "withdrawn", agree: bool = True) -> None:
    arrival = desk.arrives(by)
    withdrawals.decide(
        desk.database, arrival, item_id=desk.a01, status=status, agree=agree, now=desk.now
    )
    desk.checks()


def roles(desk: FrontDesk) -> list[str | None]:
    return [w.role for w in desk.waits("withdrawal")]


@pytest.mark.parametrize(
    ("words", "status", "verb", "stands"),
    [
        ("A-01 is no longer needed", "withdrawn", "Withdraw", Delivery.WITHDRAWN),
        ("A-01 is on hold", "paused", "Pause", Delivery.PAUSED),
    ],
)
def test_the_secretariat_decides_and_until_then_the_item_goes_on(
    desk: FrontDesk, words: str, status: str, verb: str, stands: Delivery
) -> None:
    key = desk.says_it(words)

    assert desk.get(desk.a01).delivery is Delivery.NOT_STARTED
    assert desk.count(UpdateRow) == 0
    assert "put that to the secretariat" in words_of(desk.echo(key))
    ask = desk.last_to("Sam", "wait:")
    assert [b.label for b in pressable(ask)] == [verb, "Keep it going"]
    assert desk.actions() == [f"{status} asked"]

    decides(desk, by="Sam", status=status)

    assert desk.get(desk.a01).delivery is stands
    assert desk.waits() == []
    assert f"agreed to {verb.lower()} it" in words_of(desk.last_to("Priya", "aside:"))
    assert desk.actions()[-2:] == ["updated", f"{status} agreed"]


def test_what_answers_a_promise_needs_the_chair(desk: FrontDesk) -> None:
    desk.promise(desk.a01)
    desk.says_it("A-01 is no longer needed")
    assert roles(desk) == ["chair"]
    assert PROMISE in words_of(desk.last_to("Helen", "wait:"))

    with pytest.raises(UserError, match="or the chair where the item answers a promise"):
        decides(desk, by="Sam")

    assert desk.get(desk.a01).delivery is Delivery.NOT_STARTED
    decides(desk, by="Helen")
    assert desk.get(desk.a01).delivery is Delivery.WITHDRAWN


@pytest.mark.parametrize("by", ["Priya", "Leo"])
def test_neither_its_owner_nor_a_bystander_decides(desk: FrontDesk, by: str) -> None:
    desk.says_it("A-01 is no longer needed")

    with pytest.raises(UserError, match="never its owner"):
        decides(desk, by=by)


def test_kept_going_it_stands_as_it_did(desk: FrontDesk) -> None:
    before = desk.stand(desk.a01)
    desk.says_it("A-01 is no longer needed")

    decides(desk, by="Sam", agree=False)

    assert desk.stand(desk.a01) == before
    assert "decided not to withdraw it" in words_of(desk.last_to("Priya", "aside:"))
    assert desk.actions()[-1] == "withdrawn refused"
    with pytest.raises(UserError, match="has been settled"):
        decides(desk, by="Sam")


def test_asked_twice_it_waits_once(desk: FrontDesk) -> None:
    desk.says_it("A-01 is no longer needed")
    desk.says_it("A-01 is on hold")

    assert len(roles(desk)) == 1


def test_what_the_secretariat_or_the_chair_owns_goes_one_step_up(desk: FrontDesk) -> None:
    sams = desk.item("A-08", DUE, owner="Sam")
    helens = desk.item("A-09", DUE, owner="Helen")
    desk.promise(helens)

    desk.says_it("A-08 is no longer needed", by="Sam")
    desk.says_it("A-09 is no longer needed", by="Helen")

    assert roles(desk) == ["chair", "deputy_chair"]
    assert desk.get(sams).delivery is Delivery.NOT_STARTED


def test_the_secretariat_does_not_decide_what_it_asked_for(desk: FrontDesk) -> None:
    desk.says_it("A-01 is no longer needed", by="Sam")

    assert roles(desk) == ["chair"]
