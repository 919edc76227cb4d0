"""The form behind "Need more time", and the reason that a letter can or cannot give."""

from __future__ import annotations

from datetime import date

import pytest

from bot.domain.errors import UserError
from bot.domain.forms import FieldError
from bot.domain.register import Confidence, Status, position
from bot.services import more_time
from storage.database import Database
from tests.services.desks import FrontDesk, pressable, words_of

SEPTEMBER = date(2022, 9, 30)
REASON = "The supplier is late."


@pytest.fixture
def desk(database: Database) -> FrontDesk:
    """A started group with two items of Priya's."""
    return FrontDesk(database)


def test_a_request_without_a_reason_or_a_day_is_asked_again(desk: FrontDesk) -> None:
    with pytest.raises(FieldError, match="Say why"):
        desk.asks_until("30 September", "")
    with pytest.raises(FieldError):
        desk.asks_until("when I get round to it")
    with pytest.raises(FieldError, match="date A-01 has already"):
        desk.asks_until("31 August")

    assert desk.waits() == []


def test_the_form_is_word_from_the_owner_and_leaves_the_status_as_it_was(desk: FrontDesk) -> None:
    desk.says_it("A-01 is on track")
    desk.asks_until("30 September")

    history = desk.history(desk.a01)
    assert [(said.status, said.words) for said in history.updates] == [
        (Status.ON_TRACK, "A-01 is on track"),
        (Status.UNCHANGED, REASON),
    ]
    assert history.last_word is history.updates[-1]
    assert position(history).claimed is Confidence.GREEN
    assert desk.actions()[-2:] == ["date change asked", "updated"]


def test_undoing_what_the_form_said_takes_the_request_back(desk: FrontDesk) -> None:
    desk.asks_until("30 September")
    (undo,) = pressable(desk.last_to("Priya", "echo:"))

    desk.undoes(undo)

    history = desk.history(desk.a01)
    assert history.updates == []
    assert history.pending_change is None
    assert desk.waits() == []
    assert desk.actions()[-2:] == ["date change withdrawn", "undone"]


def test_the_decider_hears_that_no_letter_can_give_the_reason_so(desk: FrontDesk) -> None:
    desk.asks_until("30 September", "We are late")
    assert "No letter can give" not in words_of(desk.last_to("Sam", "wait:"))

    desk.promise(desk.a01)
    desk.asks_until("14 October", "We are late")
    assert "No letter can give the reason in these words." in words_of(desk.last_to("Helen"))

    desk.asks_until("28 October", REASON)
    assert "No letter can give" not in words_of(desk.last_to("Helen"))


def test_a_reason_no_letter_can_give_is_given_again_in_other_words(desk: FrontDesk) -> None:
    desk.decides(desk.asks_until("30 September", "We are late"), "agree_next", by="Sam")

    key = desk.says_it("A-01: need until 30 September because the supplier is late")

    assert "Friday 30 September 2022 stays the date of A-01" in words_of(desk.echo(key))
    ask = desk.last_to("Sam", "wait:")
    assert "gives the reason for the date of A-01" in words_of(ask)
    assert [b.label for b in pressable(ask)] == ["Agree", "Refuse", "Ask the owner"]

    desk.decides(desk.history(desk.a01).date_changes[-1].id, "agree_next", by="Sam")

    item = desk.get(desk.a01)
    assert (item.due_on, item.slips, len(desk.history(desk.a01).deadlines)) == (SEPTEMBER, 1, 2)
    told = words_of(desk.last_to("Priya", "date-decided:"))
    assert "the reason given for the date was agreed by Sam" in told
    with pytest.raises(FieldError, match="date A-01 has already"):
        desk.asks_until("30 September", "The supplier is very late.")


def test_only_the_owners_side_asks(desk: FrontDesk) -> None:
    with pytest.raises(UserError, match="Only its owner"):
        desk.asks_until("30 September", by="Leo")
    with pytest.raises(UserError, match="Only its owner"):
        more_time.form(desk.database, desk.arrives("Leo"), {"item": desk.a01}, now=desk.now)
