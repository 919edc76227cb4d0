"""Ladders by name: those there are, a group's own, and which stands where nobody has chosen."""

from __future__ import annotations

from typing import Any

import pytest

from bot.domain import ladders, shelves
from bot.domain.errors import UserError
from bot.domain.ladders import BUILT_IN, DEFAULT_LADDER, LIGHT_LADDER, STRICT_LADDER
from bot.domain.nudging import GRACE

OWN = [{"key": "before-3", "offset": -3}, {"key": "on-the-day", "offset": 0}]


def test_what_answers_a_public_commitment_stands_on_the_strict_ladder() -> None:
    shelf = shelves.read({})

    assert shelf.standing(None, public=True) == STRICT_LADDER
    assert shelf.standing(None, public=False) == DEFAULT_LADDER
    assert shelf.standing("light", public=True) == LIGHT_LADDER


def test_a_group_says_which_of_its_ladders_is_used_for_what() -> None:
    shelf = shelves.read({"ladders": {"calm": OWN}, "ladder_for": {"public": "calm"}})

    assert [rung.key for rung in shelf.used(public=True).rungs] == ["before-3", "on-the-day"]
    assert shelf.used(public=True).name == "calm"
    assert shelf.used(public=False) == DEFAULT_LADDER


def test_a_groups_own_ladder_takes_the_place_of_one_of_ours() -> None:
    shelf = shelves.read({"ladder": OWN, "ladders": {"strict": OWN}})

    assert len(shelf.used(public=False).rungs) == 2
    assert len(shelf.used(public=True).rungs) == 2


def test_a_ladder_chosen_once_that_the_policy_has_lost_chooses_nothing() -> None:
    assert shelves.read({}).standing("calm", public=False) == DEFAULT_LADDER


def test_an_unknown_ladder_gets_a_sentence_that_lists_those_there_are() -> None:
    with pytest.raises(UserError) as refused:
        shelves.read({"ladders": {"calm": OWN}}).get("severe")

    said = str(refused.value)
    assert "no ladder “severe”" in said
    assert "light (5 working days before, on the day" in said
    assert "calm (3 working days before, on the day)" in said


@pytest.mark.parametrize(
    ("policy", "said"),
    [
        ({"ladders": {"calm": []}}, "at least one rung"),
        ({"ladders": {"Very Calm": OWN}}, "cannot be called “Very Calm”"),
        ({"ladder": OWN, "ladders": {"default": OWN}}, "same thing twice"),
        ({"ladder_for": {"public": "severe"}}, "no ladder here: default, light, strict"),
        ({"ladder_for": {"private": "light"}}, "default or public"),
        (
            {"ladders": {"calm": [{"key": "x", "offset": 1, "involves": ["owner", "chair"]}]}},
            "a rung for the owner alone",
        ),
    ],
)
def test_what_makes_no_ladder_gets_a_sentence(policy: dict[str, Any], said: str) -> None:
    with pytest.raises(UserError, match=said):
        shelves.read(policy)


def test_each_of_ours_comes_back_from_json_with_its_name() -> None:
    for ladder in BUILT_IN.values():
        assert ladders.load(ladders.dump(ladder)) == ladder


def test_the_strict_ladder_begins_earlier_and_is_closer_and_the_light_one_has_fewer_rungs() -> None:
    offsets = {
        name: [rung.offset or 0 for rung in ladder.rungs] for name, ladder in BUILT_IN.items()
    }

    assert offsets["strict"][0] < offsets["default"][0] < offsets["light"][0]
    assert offsets["strict"][-1] < offsets["default"][-1]
    assert len(offsets["light"]) < len(offsets["default"]) < len(offsets["strict"])


def test_nobody_is_told_sooner_than_whoever_was_asked_has_had_time_to_answer() -> None:
    for ladder in BUILT_IN.values():
        for before, after in zip(ladder.rungs, ladder.rungs[1:], strict=False):
            if after.escalates:
                assert (after.offset or 0) - (before.offset or 0) >= GRACE
