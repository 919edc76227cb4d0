"""The register kept by forms and in words: by the secretariat, and by owners where they may."""

from __future__ import annotations

from datetime import date

import pytest

from bot.domain.errors import UserError
from bot.domain.forms import FieldError, FormAgainError
from bot.domain.register import Delivery
from bot.services import commands
from storage.database import Database
from storage.rows import UpdateRow
from tests.services.desks import DUE, FrontDesk, pressable, words_of
from tests.services.keepers import (
    a_desk,
    because,
    done,
    form,
    recommended,
    says,
    sends,
    third,
    values,
)

SEPTEMBER = date(2022, 9, 30)


@pytest.fixture
def desk(database: Database) -> FrontDesk:
    """A started group with two items of Priya's, whose people have been introduced."""
    return a_desk(database)


@pytest.mark.parametrize(
    ("words", "command"),
    [
        ("action", True),
        ("action add Publish the protocol, Priya Nair, by end of September", True),
        ("action A-12", True),
        ("action A-01 reassign to Priya Nair because she leads on it now, as agreed", True),
        ("/followthrough action A-01 close", True),
        ("action A-01 is done", False),
        ("action on A-01 is delayed until 30 September", False),
        ("Action needed: A-01 is blocked by the supplier", False),
        ("actions are on track", False),
    ],
)
def test_a_command_to_keep_the_register_is_told_from_an_answer(words: str, command: bool) -> None:
    assert commands.is_command(words) is command


def test_an_item_in_one_line_and_one_message_to_its_owner(desk: FrontDesk) -> None:
    said = done(desk, "action add Publish the protocol, at last, Priya Nair, by end of September")

    assert "Added: A-03 Publish the protocol, at last, Priya Nair (RCR)" in said
    assert desk.get(third(desk)).due_on == SEPTEMBER
    told = desk.last_to("Priya", "recorded:")
    assert "Recorded for you by Sam Okafor (secretariat)" in words_of(told)
    assert "due by Friday 30 September 2022. Is it yours?" in words_of(told)
    assert [b.label for b in pressable(told)] == ["Yes, A-03 is mine", "Not mine"]
    assert [w.kind for w in desk.waits()] == ["acceptance"]

    desk.taps("intro.mine", third(desk))
    assert desk.waits() == []


@pytest.mark.parametrize(
    ("words", "asked", "kept"),
    [
        ("Publish it, Nobody Known, by 30 September", "nobody called “Nobody Known”", "owner"),
        ("Publish it, Priya Nair, soonish", "", "due"),
        ("Publish it, Priya Nair, when the supplier has delivered", "", "due"),
        ("Publish it", "", "title"),
    ],
)
def test_what_is_not_clear_comes_back_as_a_form_with_what_was_typed(
    desk: FrontDesk, words: str, asked: str, kept: str
) -> None:
    shown = form(desk, f"action add {words}")

    assert asked in because(shown)
    assert because(shown).strip()
    assert values(shown)["title"] == "Publish it"
    if kept == "due":
        assert values(shown)["due"] == words.split(", ")[-1]
        assert values(shown)["owner"] == str(desk.people["Priya"])


def test_the_form_for_an_item_asks_back_under_the_field(desk: FrontDesk) -> None:
    recommended(desk)
    shown = form(desk, "action add")
    filled = {"title": "Publish it", "owner": str(desk.people["Leo"])}
    for field, typed in (
        ("due", "in due course"),
        ("supporters", "Priya Nair, Nobody"),
        ("answers", "R-9"),
    ):
        with pytest.raises(FieldError) as error:
            sends(desk, shown, **{**filled, field: typed})
        assert error.value.name == field

    sends(
        desk,
        shown,
        **filled,
        due="mid-October",
        supporters="Priya Nair and Helen Marsh",
        answers="r1",
    )

    history = desk.history(third(desk))
    assert history.terms[-1].supporters == (desk.people["Priya"], desk.people["Helen"])
    assert len(history.recommendations) == 1
    assert "Added: A-03 Publish it" in words_of(desk.last_to("Sam", "echo:"))


@pytest.mark.parametrize("by", ["Priya", "Helen"])
def test_nobody_but_the_secretariat_adds(desk: FrontDesk, by: str) -> None:
    with pytest.raises(UserError, match="secretariat"):
        says(desk, "action add", by=by)
    with pytest.raises(UserError, match="secretariat"):
        says(desk, "action add Publish it, Leo Hart, by 30 September", by=by)


def test_given_away_in_words_with_the_reason(desk: FrontDesk) -> None:
    said = done(desk, "action A-01 reassign to Leo, because she has left")

    assert "A-01 The work of A-01 is Leo Hart (RCR)'s now; it was Priya Nair (RCR)'s" in said
    assert desk.get(desk.a01).owner_id == desk.people["Leo"]
    assert "she has left" in words_of(desk.last_to("Leo", "recorded:"))
    assert "has given A-01" in words_of(desk.last_to("Priya", "given:"))

    shown = form(desk, "action A-02 reassign to Nobody")
    assert "nobody called “Nobody”" in because(shown)


def test_nobody_decides_what_they_own(desk: FrontDesk) -> None:
    sams = desk.item("A-08", DUE, owner="Sam")
    for words in ("title Something easier", "answers R-1"):
        with pytest.raises(UserError, match="nobody decides what they own"):
            says(desk, f"action A-08 {words}")

    assert "I have asked the chair to withdraw" in done(desk, "action A-08 withdraw because late")
    assert desk.get(sams).delivery is Delivery.NOT_STARTED


def test_an_owner_does_what_rule_5_lets_them_and_no_more(desk: FrontDesk) -> None:
    assert "asked the secretariat to move" in done(
        desk, "action A-01 move to 30 September because the supplier is late", by="Priya"
    )
    assert "asked the secretariat to pause" in done(
        desk, "action A-01 pause because of the election", by="Priya"
    )
    done(desk, "action A-01 close", by="Priya")
    assert desk.get(desk.a01).delivery is Delivery.COMPLETE
    for words in ("reassign to Leo Hart", "title Something easier", "waits on A-02"):
        with pytest.raises(UserError, match="Only the group's secretariat"):
            says(desk, f"action A-01 {words}", by="Priya")
    with pytest.raises(UserError, match="their cover or the secretariat"):
        says(desk, "action A-01 close", by="Leo")
    assert desk.count(UpdateRow) == 1


def test_another_title_and_supporters_are_one_message(desk: FrontDesk) -> None:
    shown = form(desk, "action A-01 edit")
    sends(desk, shown, title="Publish the guidance", supporters="Leo Hart")

    told = desk.last_to("Priya", "recorded:")
    assert "its title was “The work of A-01”" in words_of(told)
    assert "supported by Leo Hart (RCR) now" in words_of(told)
    assert [b.label for b in pressable(told)] == ["This is not right"]
    assert "Nothing was different" in done(desk, "action A-01 title Publish the guidance")


def test_a_form_about_an_older_state_comes_back_with_what_was_typed(desk: FrontDesk) -> None:
    shown = form(desk, "action A-01 edit")
    done(desk, "action A-01 title Somebody else's words")

    with pytest.raises(FormAgainError) as again:
        sends(desk, shown, title="My words")

    assert desk.get(desk.a01).title == "Somebody else's words"
    assert "It now stands as “Somebody else's words”" in because(again.value.form)
    assert values(again.value.form)["title"] == "My words"
    sends(desk, again.value.form)
    assert desk.get(desk.a01).title == "My words"


def test_a_move_past_the_promise_goes_to_the_chair(desk: FrontDesk) -> None:
    desk.promise(desk.a01)
    shown = form(desk, "action A-01 move to 30 September")
    assert "Say why" in because(shown) or values(shown)["date"] == "30 September"

    said = done(desk, "action A-01 move to 30 September because the supplier is late")
    assert "I have asked the chair to move" in said
    assert "withdraw" in done(desk, "action A-01 withdraw because nobody wants it")
    assert {w.role for w in desk.waits()} == {"chair"}
    assert desk.get(desk.a01).delivery is Delivery.NOT_STARTED
