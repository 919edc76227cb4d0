"""One tap: recorded, echoed, taken back; and what a tap may not do."""

from __future__ import annotations

import pytest

from bot.domain.errors import UserError
from bot.domain.register import Delivery, Status
from bot.services.intake import StrangerError
from storage.database import Database
from storage.rows import OutboxRow, UpdateRow
from tests.services.desks import FrontDesk, pressable, words_of


@pytest.fixture
def desk(database: Database) -> FrontDesk:
    """A started group with two items of Priya's."""
    return FrontDesk(database)


def test_a_tap_is_recorded_echoed_with_undo_and_retires_only_its_buttons(desk: FrontDesk) -> None:
    nudge = desk.nudged()

    desk.taps("reply.on_track", desk.a01, key="tap", on=nudge)

    assert desk.history(desk.a01).updates[-1].status is Status.ON_TRACK
    assert desk.get(desk.a01).delivery is Delivery.IN_PROGRESS
    assert "A-01 The work of A-01: on track" in words_of(desk.echo("tap"))
    assert [b.label for b in pressable(desk.echo("tap"))] == ["Undo", "Ask me again on…"]
    left = pressable(desk.place(nudge.key))
    assert len(left) == 2
    assert all(f'"item": {desk.a02}' in b.value for b in left)
    assert "Answered, thank you." in words_of(desk.place(nudge.key))
    assert [row.target_id for row in desk.rows("retire:")] == [nudge.id]
    assert desk.actions()[-1] == "updated"


def test_a_second_delivery_of_the_same_tap_changes_nothing(desk: FrontDesk) -> None:
    desk.taps("reply.at_risk", desk.a01, key="twice")
    before = (desk.get(desk.a01), desk.count(UpdateRow), desk.count(OutboxRow), desk.actions())

    desk.taps("reply.on_track", desk.a01, key="twice")

    after = (desk.get(desk.a01), desk.count(UpdateRow), desk.count(OutboxRow), desk.actions())
    assert after == before


def test_a_stale_button_changes_nothing_and_says_what_stands(desk: FrontDesk) -> None:
    shown = desk.get(desk.a01).version
    desk.taps("reply.at_risk", desk.a01)
    before = desk.get(desk.a01)

    with pytest.raises(UserError, match=r"A-01 has changed.*stands as: at risk, due .*31 August"):
        desk.taps("reply.done", desk.a01, version=shown, key="stale")

    assert desk.get(desk.a01) == before
    desk.taps("reply.done", desk.a01, key="stale")
    assert desk.get(desk.a01).delivery is Delivery.COMPLETE


@pytest.mark.parametrize("by", ["Leo", "Helen"])
def test_somebody_elses_item_is_not_changed_by_a_tap(desk: FrontDesk, by: str) -> None:
    with pytest.raises(UserError, match="Only Priya Nair"):
        desk.taps("reply.done", desk.a01, by=by)

    assert desk.count(UpdateRow) == 0


def test_a_stranger_is_refused_in_one_sentence(desk: FrontDesk) -> None:
    with pytest.raises(StrangerError, match="only answer members"):
        desk.taps("reply.done", desk.a01, by="nobody")

    assert desk.count(UpdateRow) == 0


def test_the_cover_and_the_secretariat_may_answer(desk: FrontDesk) -> None:
    day = desk.now.date()
    desk.covers("Priya", "Leo", day, day)

    desk.taps("reply.on_track", desk.a01, by="Leo")
    desk.taps("reply.at_risk", desk.a01, by="Sam")

    said = [update.by_id for update in desk.history(desk.a01).updates]
    assert said == [desk.people["Leo"], desk.people["Sam"]]


def test_not_mine_goes_to_the_secretariat_and_changes_nothing(desk: FrontDesk) -> None:
    before = desk.stand(desk.a01)

    desk.taps("reply.not_mine", desk.a01)

    assert desk.stand(desk.a01) == before
    assert [(w.kind, w.role) for w in desk.waits()] == [("ownership", "secretariat")]
    assert "is not theirs" in words_of(desk.last_to("Sam"))


def test_mine_is_an_acceptance(desk: FrontDesk) -> None:
    desk.taps("intro.mine", desk.a01)

    assert desk.history(desk.a01).terms[-1].accepted_at == desk.now
    assert desk.actions() == ["accepted"]


@pytest.mark.parametrize("action", ["reply.on_track", "reply.at_risk", "reply.done"])
def test_after_undo_the_item_stands_as_before(desk: FrontDesk, action: str) -> None:
    desk.taps("reply.at_risk", desk.a01)
    before = desk.stand(desk.a01)
    desk.taps(action, desk.a01, key="tap")

    echo = desk.echo("tap")
    desk.undoes(pressable(echo)[0], on=echo)

    assert desk.stand(desk.a01) == before
    assert pressable(desk.echo("tap")) == []
    assert "Undone." in words_of(desk.last_to("Priya"))
    assert desk.actions()[-1] == "undone"
    assert desk.count(UpdateRow) == 3


def test_undo_works_once(desk: FrontDesk) -> None:
    desk.taps("reply.on_track", desk.a01, key="tap")
    button = pressable(desk.echo("tap"))[0]
    desk.undoes(button)

    with pytest.raises(UserError, match=r"undone or overtaken already\. A-01 stands as: not start"):
        desk.undoes(button)


def test_only_the_latest_is_undone(desk: FrontDesk) -> None:
    desk.taps("reply.on_track", desk.a01, key="first")
    desk.taps("reply.at_risk", desk.a01, key="second")

    with pytest.raises(UserError, match="overtaken already"):
        desk.undoes(pressable(desk.echo("first"))[0])

    desk.undoes(pressable(desk.echo("second"))[0])
    desk.undoes(pressable(desk.echo("first"))[0])
    assert desk.get(desk.a01).delivery is Delivery.NOT_STARTED


def test_somebody_else_does_not_undo_it_but_the_secretariat_does(desk: FrontDesk) -> None:
    desk.taps("reply.on_track", desk.a01, key="tap")
    button = pressable(desk.echo("tap"))[0]

    with pytest.raises(UserError, match="Only whoever said it"):
        desk.undoes(button, by="Leo")

    desk.undoes(button, by="Sam")
    assert desk.get(desk.a01).delivery is Delivery.NOT_STARTED


def test_what_a_cleared_letter_rests_on_is_not_undone(desk: FrontDesk) -> None:
    desk.taps("reply.on_track", desk.a01, key="tap")
    button = pressable(desk.echo("tap"))[0]
    desk.clears_a_letter()

    with pytest.raises(UserError, match="has been cleared"):
        desk.undoes(button)

    assert desk.history(desk.a01).updates[-1].status is Status.ON_TRACK


def test_what_was_said_after_the_letter_is_undone_as_ever(desk: FrontDesk) -> None:
    desk.clears_a_letter()
    desk.taps("reply.on_track", desk.a01, key="tap")

    desk.undoes(pressable(desk.echo("tap"))[0])

    assert desk.history(desk.a01).updates == []


def test_undoing_a_completion_settles_the_wait_for_evidence(desk: FrontDesk) -> None:
    desk.taps("reply.done", desk.a01, key="tap")
    assert [w.kind for w in desk.waits()] == ["evidence"]

    desk.undoes(pressable(desk.echo("tap"))[0])

    assert desk.waits() == []


def test_a_claim_that_is_overtaken_asks_for_no_evidence_any_more(desk: FrontDesk) -> None:
    desk.taps("reply.done", desk.a01)

    desk.taps("reply.at_risk", desk.a01)

    assert desk.waits() == []


def test_of_several_only_the_undo_that_was_pressed_goes(desk: FrontDesk) -> None:
    key = desk.says_it("A-01 is on track, A-02 is at risk")
    echo = desk.echo(key)
    assert [b.label for b in pressable(echo)] == ["Undo A-01", "Undo A-02"]

    desk.undoes(pressable(echo)[0], on=echo)

    assert [b.label for b in pressable(desk.echo(key))] == ["Undo A-02"]
    assert desk.history(desk.a01).updates == []
    assert desk.get(desk.a02).delivery is Delivery.IN_PROGRESS
