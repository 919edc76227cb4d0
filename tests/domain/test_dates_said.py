"""A thousand phrases of officials, each read as a careful colleague reads it."""

import pytest

from tests.domain.date_phrases import THEMES, is_explained, phrases, shown


@pytest.mark.parametrize("theme", THEMES)
def test_what_officials_say_is_read_as_they_mean_it(theme: str) -> None:
    wrong = [
        f"{said.words!r} ({said.context.strip()}): {shown(reading)}, not {said.right}"
        for said, reading in ((said, said.read()) for said in phrases(theme))
        if not said.is_right(reading)
    ]

    assert wrong == []


@pytest.mark.parametrize("theme", THEMES)
def test_every_reading_keeps_the_words_and_says_why_in_a_sentence(theme: str) -> None:
    for said in phrases(theme):
        reading = said.read()

        assert reading.words == said.words
        assert is_explained(reading), reading.explanation
