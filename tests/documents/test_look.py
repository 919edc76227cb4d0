from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.documents.look import column_widths
from tests.documents.letters import COMMITMENTS

ROWS = [[(cell,) for cell in row.cells] for row in COMMITMENTS.rows]


def test_the_columns_of_the_commitments_hold_their_longest_words() -> None:
    widths = column_widths(COMMITMENTS.header, ROWS, total=160)

    assert sum(widths) == pytest.approx(160, abs=0.3)
    # At 10 points: "responsibilities", "31 August", "neuroradiological", "Interdisciplinary".
    assert all(w > least for w, least in zip(widths, (28, 19, 31, 27, 23), strict=True))


def test_the_column_with_the_most_text_is_the_widest() -> None:
    rows = [[("A-1",), ("many words about something " * 9,), ("done",)]] * 5
    narrow, wide, other = column_widths(("Item", "What was said", "Now"), rows, total=160)

    assert wide > 120
    assert narrow < 20
    assert other < 20


def test_short_words_share_the_width_that_is_left_over() -> None:
    assert column_widths(("A", "B"), [[("x",), ("y",)]], total=160) == [80, 80]


def test_an_address_too_long_for_any_column_does_not_take_the_page() -> None:
    link = "https://example.org?" + "q" * 300
    widths = column_widths(
        ("What", "Where"), [[("It is a sentence of words",), (link,)]], total=160
    )

    assert widths[0] > 18
    assert sum(widths) == pytest.approx(160, abs=0.2)


@given(st.lists(st.lists(st.text(max_size=80), min_size=4, max_size=4), max_size=6))
def test_the_widths_always_fill_the_page_and_none_vanishes(cells: list[list[str]]) -> None:
    rows = [[(cell,) for cell in row] for row in cells]
    widths = column_widths(("One", "Two", "Three", "Four"), rows, total=160)

    assert sum(widths) == pytest.approx(160, abs=0.3)
    assert min(widths) > 4
