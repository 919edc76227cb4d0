"""What the words after `/status` find: items, recommendations, promises, bodies, people."""

from __future__ import annotations

import pytest

from storage.database import Database
from tests.services.status_builders import World, a_world


@pytest.fixture
def world(database: Database) -> World:
    return a_world(database)


@pytest.mark.parametrize("typed", ["A-01", "a-01", "a1", "A1", "a-1", " A-001 "])
def test_a_reference_is_found_however_it_is_written(world: World, typed: str) -> None:
    world.item("A-01", title="Publish the strategy")

    assert "Publish the strategy" in world.status(typed)


def test_a_recommendation_shows_its_published_words_and_what_answers_it(world: World) -> None:
    number = world.recommendation("R-3", words="The college should publish.")
    world.item("A-01", answers=("recommendation", number))
    world.item("A-02")

    shown = world.status("r3", by="Mia")

    assert "[The college should publish.]" in shown
    assert "nobody has yet confirmed" in shown
    assert "1 item: 1 open." in shown
    assert "A-01" in shown
    assert "A-02" not in shown


def test_a_confirmed_recommendation_stands_without_brackets(world: World) -> None:
    world.recommendation("R-3", words="The college should publish.", confirmed_by="Sam Reed")

    shown = world.status("R-3")

    assert "[" not in shown
    assert "Confirmed as published by Sam Reed." in shown


def test_a_promise_shows_to_whom_and_for_when(world: World) -> None:
    number = world.promise("C-2", words="We will write regularly.")
    world.item("A-01", answers=("commitment", number))

    shown = world.status("c-2", by="Mia")

    assert "We will write regularly." in shown
    assert "on 10 May 2022, with no date." in shown
    assert "A-01" in shown


@pytest.mark.parametrize("typed", ["rcr", "RCR", "the Royal College of Radiologists"])
def test_a_body_is_found_by_key_short_name_or_name(world: World, typed: str) -> None:
    world.item("A-01")
    world.item("A-02", owner="Dev")

    shown = world.status(typed, by="Mia")

    assert "Royal College of Radiologists" in shown
    assert "A-01" in shown
    assert "A-02" not in shown


@pytest.mark.parametrize("typed", ["Dev Shah", "dev", "shah", "<@UDEV>", "<@UDEV|dev>"])
def test_a_person_is_found_by_name_part_of_it_or_mention(world: World, typed: str) -> None:
    world.item("A-02", owner="Dev")

    shown = world.status(typed, by="Mia")

    assert "Dev Shah (NHSE)" in shown
    assert "A-02" in shown


def test_a_name_that_two_people_share_is_asked_back(world: World) -> None:
    world.person("Rob Shah", "RCR")

    shown = world.status("shah")

    assert "Whom do you mean: Dev Shah (NHSE) or Rob Shah (RCR)?" in shown


def test_words_that_mean_nothing_get_one_sentence_that_teaches(world: World) -> None:
    shown = world.status("flurb")

    assert shown.startswith("I do not know “flurb”: try `/status` alone")
    assert "\n" not in shown
    assert world.status("A-99") == (
        "There is no A-99 on the register: `/status` lists what there is."
    )
