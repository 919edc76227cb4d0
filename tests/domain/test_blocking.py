"""The way from one item to another along what each waits on."""

from __future__ import annotations

from bot.domain.blocking import path


def test_the_shortest_way_is_found_and_both_ends_belong_to_it() -> None:
    waits_on = {1: [2, 3], 2: [4], 3: [5], 4: [5], 5: [6]}

    assert path(waits_on, 1, 6) == [1, 3, 5, 6]
    assert path(waits_on, 1, 1) == [1]


def test_where_there_is_no_way_it_is_empty_and_circles_end() -> None:
    assert path({1: [2], 2: [1]}, 1, 3) == []
    assert path({}, 1, 2) == []
