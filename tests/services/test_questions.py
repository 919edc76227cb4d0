"""What is not clear is asked back once, and waits in sight until it is answered."""

from __future__ import annotations

import pytest

from bot.domain.errors import UserError
from bot.domain.register import Confidence, Delivery
from storage.database import Database
from storage.outbox import Place
from storage.rows import UpdateRow
from tests.services.desks import FrontDesk, pressable, words_of


@pytest.fixture
def desk(database: Database) -> FrontDesk:
    """A started group with two items of Priya's."""
    return FrontDesk(database)


def asked(desk: FrontDesk, words: str = "nearly there", *, key: str | None = None) -> Place:
    desk.says_it(words, key=key)
    return desk.last_to("Priya", "wait:")


def test_an_unclear_answer_is_asked_back_once_with_buttons(desk: FrontDesk) -> None:
    question = asked(desk, "It is done")

    assert desk.count(UpdateRow) == 0
    assert "It is done" in words_of(question)
    assert "Which do you mean: A-01 or A-02?" in words_of(question)
    assert len(pressable(question)) == 3
    assert len(desk.said_to("Priya")) == 1
    assert desk.actions() == ["asked back"]


def test_the_reading_that_was_chosen_is_recorded_with_the_words(desk: FrontDesk) -> None:
    question = asked(desk, "It is done")

    desk.chooses(pressable(question)[0])

    assert desk.get(desk.a01).delivery is Delivery.COMPLETE
    assert desk.get(desk.a02).delivery is Delivery.NOT_STARTED
    assert desk.history(desk.a01).updates[-1].words == "It is done"
    assert desk.waits("question") == []
    assert [b.label for b in pressable(desk.last_to("Priya", "echo:"))] == ["Undo"]
    assert desk.actions()[-2:] == ["updated", "question closed"]


def test_a_question_is_answered_once(desk: FrontDesk) -> None:
    first, second, *_rest = pressable(asked(desk, "It is done"))
    desk.chooses(first)

    with pytest.raises(UserError, match="closed already: A-01: Done"):
        desk.chooses(second)

    assert desk.count(UpdateRow) == 1


def test_somebody_else_does_not_answer_it(desk: FrontDesk) -> None:
    question = asked(desk, "It is done")

    with pytest.raises(UserError, match="not put to you"):
        desk.chooses(pressable(question)[0], by="Leo")


def test_an_unanswered_question_stays_in_sight_and_records_nothing(desk: FrontDesk) -> None:
    asked(desk, "It is done")

    desk.says_it("A-02 is at risk")

    assert [(w.kind, w.person_id) for w in desk.waits()] == [("question", desk.people["Priya"])]
    assert desk.history(desk.a01).updates == []


def test_a_question_answered_in_words_waits_no_longer(desk: FrontDesk) -> None:
    question = asked(desk, "It is done")

    desk.says_it("A-02", on=question)
    desk.says_it("A-02 is on track", on=question)

    assert desk.waits("question") == []
    with pytest.raises(UserError, match="closed already: answered in words"):
        desk.chooses(pressable(question)[0])


def test_an_edited_message_takes_its_question_with_it(desk: FrontDesk) -> None:
    asked(desk, "It is done", key="T:C:1")

    desk.says_it("A-01 is on track", key="T:C:1:edited", edits="T:C:1")

    assert desk.waits("question") == []
    assert desk.get(desk.a01).claimed is Confidence.GREEN


def test_an_edit_after_the_choice_supersedes_what_was_chosen(desk: FrontDesk) -> None:
    question = asked(desk, "It is done", key="T:C:1")
    desk.chooses(pressable(question)[0])

    desk.says_it("A-01 is on track", key="T:C:1:edited", edits="T:C:1")

    assert len(desk.history(desk.a01).updates) == 1
    assert desk.get(desk.a01).claimed is Confidence.GREEN
    assert desk.waits() == []


def test_an_item_that_changed_hands_meanwhile_is_not_recorded(desk: FrontDesk) -> None:
    day = desk.now.date()
    desk.covers("Priya", "Leo", day, day)
    desk.says_it("It is done", by="Leo")
    question = desk.last_to("Leo", "wait:")
    desk.now = desk.now.replace(day=desk.now.day + 1)

    desk.chooses(pressable(question)[0], by="Leo")

    assert desk.count(UpdateRow) == 0
    assert "Nothing changes" in words_of(desk.last_to("Leo", "echo:"))
