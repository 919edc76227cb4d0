"""Everything in an introduction accepted with one press, but what was answered by itself."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest

from bot.domain.errors import UserError
from bot.domain.guard import guard
from bot.domain.messages import Message
from bot.domain.outgoing import Sending
from bot.services import acceptance, handing_in
from bot.services.intake import Arrival
from bot.services.wait_words import buttons_of
from storage.database import Database
from tests.services.seating import MONDAY, Seating, button, words

ALL = "handover.accept"


@pytest.fixture
def seating(database: Database) -> Seating:
    """A group in which Priya, with three items, has just been introduced."""
    seating = Seating(database)
    seating.a03 = seating.item("A-03", date(2022, 7, 29), owner="Priya")
    seating.a04 = seating.item("A-04", date(2022, 7, 30), owner="Priya")
    seating.item("A-05", date(2022, 7, 31), owner="Priya")
    seating.day(MONDAY, 10)
    return seating


def introduction(seating: Seating) -> Message:
    return next(m for m in seating.to("UPRIYA") if "Hello Priya Nair" in words(m))


def pressed(seating: Seating) -> Arrival:
    """A press on the introduction, as it lies in her conversation."""
    at = next(n for n, p in enumerate(seating.post.taken, 1) if p.owed.key.startswith("intro:"))
    assert seating.post.taken[at - 1].account == seating.arrives("Priya").account
    return replace(seating.arrives("Priya"), channel_id="DUPRIYA", answers_ts=f"{at}.0")


def accepts_all(seating: Seating, arrival: Arrival) -> None:
    value = json.loads(button(introduction(seating), ALL).value)
    handing_in.accept_all(seating.database, arrival, value["items"], now=seating.now)
    seating.send()


def redrawn(seating: Seating) -> Message:
    """The introduction as it reads now."""
    [shown] = [p.owed for p in seating.post.taken if p.owed.kind is Sending.UPDATE]
    assert "Hello Priya Nair" in words(shown.message)
    return shown.message


def test_one_press_accepts_all_and_one_word_comes_back(seating: Seating) -> None:
    assert button(introduction(seating), ALL).label == "All of these are mine"

    accepts_all(seating, pressed(seating))

    priya = seating.people["Priya"]
    assert not [w for w in seating.waits("acceptance") if w.person_id == priya]
    said = [words(m) for m in seating.to("UPRIYA")]
    assert "Thank you: A-03, A-04 and A-05 are yours." in said
    assert buttons_of(redrawn(seating)) == []
    assert "Accepted, thank you." in words(redrawn(seating))


def test_what_was_declined_or_has_changed_is_left_to_be_answered(seating: Seating) -> None:
    acceptance.declined(
        seating.database,
        seating.arrives("Priya"),
        {"item": seating.a03, "v": seating.get(seating.a03).version, "place": [None, None]},
        why="left",
        text=guard(""),
        now=seating.now,
    )
    seating.moves(seating.a04, date(2022, 8, 5), seating.now)

    accepts_all(seating, pressed(seating))

    assert "Thank you: A-05 is yours." in [words(m) for m in seating.to("UPRIYA")]
    assert [w.item_id for w in seating.waits("ownership")] == [seating.a03]
    left = {json.loads(b.value)["item"] for b in buttons_of(redrawn(seating))}
    assert left == {seating.a03, seating.a04}
    with pytest.raises(UserError, match="None of these waits for you"):
        accepts_all(seating, pressed(seating))


def test_nobody_else_accepts_them(seating: Seating) -> None:
    with pytest.raises(UserError, match="None of these waits for you"):
        accepts_all(seating, seating.arrives("Leo"))
