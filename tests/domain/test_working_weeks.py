"""The weekdays somebody works, in words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.working_weeks import read, shown

WEEKS = st.frozensets(st.integers(0, 6), min_size=1)


@given(WEEKS)
def test_what_is_said_is_read_back(weekdays: frozenset[int]) -> None:
    assert read(shown(weekdays)) == weekdays


@pytest.mark.parametrize(
    ("words", "weekdays"),
    [
        ("Mon-Wed", {0, 1, 2}),
        ("Monday to Wednesday", {0, 1, 2}),
        ("Mondays, Tuesdays and Fridays", {0, 1, 4}),
        ("only on Tue & Thurs", {1, 3}),
        ("full time", {0, 1, 2, 3, 4}),
        ("Fri-Mon", {4, 5, 6, 0}),
    ],
)
def test_it_is_read_as_people_write_it(words: str, weekdays: set[int]) -> None:
    assert read(words) == frozenset(weekdays)


@pytest.mark.parametrize("words", ["", "whenever", "Monday or so", "not Mondays", "3 days a week"])
def test_anything_else_is_not_guessed_at(words: str) -> None:
    assert read(words) is None


def test_three_days_in_a_row_are_a_range() -> None:
    assert shown({0, 1, 2, 4}) == "Monday to Wednesday and Friday"
    assert shown({0, 1}) == "Monday and Tuesday"
