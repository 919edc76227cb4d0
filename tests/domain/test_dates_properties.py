"""What holds for every date, notation and text."""

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.calendars import Nation
from bot.domain.dates import find, read
from bot.domain.dates.vocabulary import MONTHS, WEEKDAYS
from bot.domain.deadlines import Deadline, Kind, long_date

days = st.dates(min_value=date(2000, 1, 1), max_value=date(2079, 12, 31))


def ordinal(n: int) -> str:
    suffix = "th" if 10 < n < 14 else {1: "st", 2: "nd", 3: "rd"}.get(n % 10, "th")
    return f"{n}{suffix}"


NOTATIONS: dict[str, Callable[[date], str]] = {
    "ISO": date.isoformat,
    "GOV.UK": long_date,
    "with weekday": lambda day: f"{day:%A} {long_date(day)}",
    "short weekday": lambda day: f"{day:%a} {day.day} {day:%b %Y}",
    "slashes": lambda day: f"{day.day}/{day.month}/{day.year}",
    "padded slashes": lambda day: f"{day:%d/%m/%y}",
    "dots": lambda day: f"{day.day}.{day.month}.{day:%y}",
    "dashes": lambda day: f"{day:%d-%b-%Y}",
    "compact": lambda day: f"{day:%Y%m%d}",
    "ordinal": lambda day: f"{ordinal(day.day)} {day:%B %Y}",
    "ordinal of": lambda day: f"the {ordinal(day.day)} of {day:%B}, {day.year}",
    "month first": lambda day: f"{day:%B} {day.day}, {day.year}",
    "superscript": lambda day: f"{day.day}<sup>th</sup> {day:%B %Y}",
    "upper case": lambda day: long_date(day).upper(),
    "lower case": lambda day: long_date(day).lower(),
}

_WORDS = """
    by before from until in on of the a next last this end mid early late w/c Q2 H1 23/24
    2023 2023/24 31 30 29 6/7 3/2 28.2.23 25th 5pm 01:30 midnight noon COP week month quarter
    year years working days weeks fortnight two another more moved slipped to was - / , . ( )
    → after following once every meeting recess easter summer winter tbc and or between now
    today tomorrow financial first second publication half term 0000 couple of ago forward
"""
_DATELESS = "we hope this helps owner patients scans ready"
_SAID = [*MONTHS, *WEEKDAYS, *_WORDS.split()]
phrases = st.lists(st.sampled_from(_SAID), max_size=9).map(" ".join)
texts = st.one_of(
    phrases, st.text(max_size=60), st.from_regex(r"[0-9/.\-: ]{0,16}", fullmatch=True)
)


@pytest.mark.parametrize("notation", NOTATIONS)
@given(day=days, on=days)
def test_a_date_in_any_exact_notation_reads_back_as_itself(
    notation: str, day: date, on: date
) -> None:
    reading = read(NOTATIONS[notation](day), on=on)

    assert (reading.kind, reading.earliest, reading.latest) == (Kind.FIRM, day, day)


@given(day=days, on=days)
def test_a_day_without_a_year_is_never_more_than_a_year_ahead(day: date, on: date) -> None:
    reading = read(f"{day.day} {day:%B}", on=on)

    if reading.kind is Kind.FIRM:
        assert reading.latest is not None
        assert 0 <= (reading.latest - on).days <= 366
    else:
        assert reading.kind is Kind.OPEN
        assert reading.candidates


def holds(reading: Deadline) -> None:
    """What is so of every Deadline."""
    if reading.earliest and reading.latest:
        assert reading.earliest <= reading.latest
    if reading.kind is Kind.OPEN:
        assert reading.question
        assert reading.latest is reading.earliest is reading.at is None
    else:
        assert reading.question is None
        assert not reading.candidates
    if reading.kind is Kind.FIRM:
        assert reading.latest
    if reading.kind is Kind.SOFT:
        assert reading.earliest or reading.latest
    if reading.kind is Kind.NONE:
        assert reading.earliest is reading.latest is None
    for candidate in reading.candidates:
        assert candidate.words
        assert candidate.earliest or candidate.latest
    assert reading.explanation
    assert Deadline.from_json(reading.to_json()) == reading


@given(
    text=texts,
    on=days,
    current=st.none() | days,
    meeting=st.none() | days,
    nation=st.sampled_from(Nation),
)
def test_no_text_breaks_the_reader_or_its_promises(
    text: str, on: date, current: date | None, meeting: date | None, nation: Nation
) -> None:
    holds(read(text, on=on, current=current, next_meeting=meeting, nation=nation))

    end = 0
    for (start, stop), reading in find(text, on=on, current=current):
        assert end <= start < stop <= len(text)
        assert reading.words == text[start:stop]
        holds(reading)
        end = stop


@given(text=st.lists(st.sampled_from(_DATELESS.split())))
def test_a_text_that_speaks_of_no_date_has_none(text: list[str]) -> None:
    assert read(" ".join(text), on=date(2023, 1, 16)).kind is Kind.NONE


@pytest.mark.parametrize("text", ["a week on ", "two weeks after ", "from 3/2 to ", "(", "the "])
def test_words_nested_without_end_are_survived(text: str) -> None:
    holds(read(text * 300, on=date(2023, 1, 16)))
