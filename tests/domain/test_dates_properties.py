"""What holds for every date, notation and text."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.calendars import Nation, Recess
from bot.domain.dates import find, read
from bot.domain.dates.vocabulary import MONTHS, WEEKDAYS
from bot.domain.deadlines import Deadline, Kind, long_date
from tests.domain.date_phrases import is_explained

SUMMER = Recess(name="summer", rises=date(2023, 7, 20), returns=date(2023, 9, 4))
days = st.dates(min_value=date(2000, 1, 1), max_value=date(2079, 12, 31))


def ordinal(n: int) -> str:
    suffix = "th" if 10 < n < 14 else {1: "st", 2: "nd", 3: "rd"}.get(n % 10, "th")
    return f"{n}{suffix}"


_ROMAN = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"]
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
    "spaced slashes": lambda day: f"{day.day} / {day.month} / {day.year}",
    "spaced dots": lambda day: f"{day.day}. {day.month}. {day.year}",
    "Roman month": lambda day: f"{day.day}.{_ROMAN[day.month - 1]}.{day.year}",
    "day of": lambda day: f"{ordinal(day.day)} day of {day:%B %Y}",
    "run together": lambda day: f"{day.day}{day:%b%Y}",
    "ISO week": lambda day: "{}-W{:02}-{}".format(*day.isocalendar()),
    "weekday behind": lambda day: f"{day:%d/%m/%Y} ({day:%a})",
}

_WORDS = """
    by before from until in on of the a next last this end mid early late w/c Q2 H1 23/24
    2023 2023/24 31 30 29 6/7 3/2 28.2.23 25th 5pm 01:30 midnight noon COP week month quarter
    year years working days weeks fortnight two another more moved slipped to was - / , . ( )
    → after following once every meeting recess easter summer winter tbc and or between now
    today tomorrow financial first second publication half term 0000 couple of ago forward
    the day before after Good Friday house rises returns bank holiday weekend commencing inst
    within receipt report's 2023-W05 calendar not but then no later than at latest subject
    every calendar winter rising sitting by 5 o'clock quarter to past ending begin back EST
"""
_DATELESS = "we hope this helps owner patients scans ready"
dateless = st.sampled_from(_DATELESS.split())
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
    assert is_explained(reading), reading.explanation
    # What it hangs on is kept, never printed.
    assert Deadline.from_json(reading.to_json()) == replace(reading, anchored=None)


@given(
    text=texts,
    on=days,
    current=st.none() | days,
    meeting=st.none() | days,
    nation=st.sampled_from(Nation),
    recesses=st.sampled_from([(), (SUMMER,)]),
)
def test_no_text_breaks_the_reader_or_its_promises(
    text: str,
    on: date,
    current: date | None,
    meeting: date | None,
    nation: Nation,
    recesses: tuple[Recess, ...],
) -> None:
    reading = read(
        text,
        on=on,
        current=current,
        next_meeting=meeting,
        published_on=current,
        received_on=meeting,
        nation=nation,
        recesses=recesses,
    )

    holds(reading)
    assert reading.words == text.strip()

    end = 0
    for (start, stop), reading in find(text, on=on, current=current):
        assert end <= start < stop <= len(text)
        assert reading.words == text[start:stop]
        holds(reading)
        end = stop


@given(text=st.lists(dateless))
def test_a_text_that_speaks_of_no_date_has_none(text: list[str]) -> None:
    assert read(" ".join(text), on=date(2023, 1, 16)).kind is Kind.NONE


@given(day=days, on=days, before=st.lists(dateless, max_size=5), after=st.lists(dateless))
def test_a_date_is_read_in_a_sentence_as_it_is_alone(
    day: date, on: date, before: list[str], after: list[str]
) -> None:
    said = f"by {long_date(day)}"
    sentence = " ".join([*before, said, *after])

    assert replace(read(sentence, on=on), words=said) == read(said, on=on)


HOSTILE = [
    *(
        "a week on ",
        "two weeks after ",
        "from 3/2 to ",
        "the ",
        "within 2 weeks of ",
        "moved from ",
    ),
    *(
        "31 March 2023, ",
        "6 and ",
        "once ",
        "after ",
        "every second ",
        "the end of ",
        "Mon ",
        "q1 ",
    ),
    *(
        "(",
        "1/",
        "1-",
        "1.",
        "1 ",
        "@",
        "<@",
        "a.b@c.",
        "£1,",
        "6/7 ",
        "noon ",
        "'23 ",
        "-",
        "\0",
        "😀",
    ),
]


def test_ten_thousand_characters_of_anything_are_read_or_asked_about_at_once() -> None:
    slow = []
    for text in HOSTILE:
        reading, spent = _timed((text * 10_000)[:10_000])
        holds(reading)
        if spent > 0.25:
            slow.append((text, spent))

    assert slow == []


def _timed(text: str) -> tuple[Deadline, float]:
    """A reading, and the seconds of processor time it took at best."""
    spent = []
    for _ in range(2):
        begun = process_time()
        reading = read(text, on=date(2023, 1, 16))
        spent.append(process_time() - begun)
    return reading, min(spent)


def test_a_deadline_behind_a_text_without_end_is_not_passed_over_in_silence() -> None:
    assert read("we hope " * 5000 + "by 31 March", on=date(2023, 1, 16)).kind is Kind.OPEN
