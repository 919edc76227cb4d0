"""A thousand phrases of officials, each read as a careful colleague reads it."""

import re

import pytest

from bot.domain.deadlines import Deadline, Kind, day_and_date
from tests.domain.date_phrases import THEMES, phrases, shown


@pytest.mark.parametrize("theme", THEMES)
def test_what_officials_say_is_read_as_they_mean_it(theme: str) -> None:
    wrong = [
        f"{said.words!r} ({said.context.strip()}): {shown(reading)}, not {said.right}"
        for said, reading in ((said, said.read()) for said in phrases(theme))
        if not said.is_right(reading)
    ]

    assert wrong == []


def is_explained(reading: Deadline) -> bool:
    """One sentence, which shows the day with its weekday and gives a reason."""
    told = reading.explanation
    if reading.kind is Kind.OPEN:
        return told.endswith(f": {reading.question}") and _is_one_sentence(told)
    day = reading.latest or reading.earliest
    return _is_one_sentence(told) and (day is None or (day_and_date(day) in told and ": " in told))


def _is_one_sentence(text: str) -> bool:
    own_words = re.sub("“[^”]*”", "", text)
    return text[-1] in ".?" and not re.search(r"[.?!]\s", own_words)


@pytest.mark.parametrize("theme", THEMES)
def test_every_reading_keeps_the_words_and_says_why_in_a_sentence(theme: str) -> None:
    for said in phrases(theme):
        reading = said.read()

        assert reading.words == said.words
        assert is_explained(reading), reading.explanation
