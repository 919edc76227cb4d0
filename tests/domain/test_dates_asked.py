"""What must be asked back, what names no day, and what is no date at all."""

from datetime import date

import pytest

from bot.domain.dates import read
from bot.domain.deadlines import Deadline, Kind

ON = date(2023, 1, 16)


def day(text: str) -> date:
    """An ISO date with the year 2023 left out where it has none."""
    return date.fromisoformat(text if len(text) == 10 else f"2023-{text}")


def window(reading: Deadline) -> tuple[date | None, date | None]:
    return reading.earliest, reading.latest


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("10 January, as a deadline", ["01-10", "2024-01-10"]),
        ("by 31/12", ["2022-12-31", "12-31"]),
        ("Monday 7 February", ["02-06", "02-07"]),
        ("Friday 4th", ["02-03", "02-04"]),
        ("31 June", ["06-30", "07-01"]),
        ("32 Jan", ["01-31", "02-01"]),
        ("29 Feb", ["02-28", "03-01", "2024-02-29"]),
        ("29 February 2023", ["02-28", "03-01"]),
        ("02/28/2023", ["02-28"]),
        ("Mar 23", ["03-23", "03-31"]),
        ("w/c 8 Feb", ["02-10", "02-17"]),
        ("next Thursday", ["01-19", "01-26"]),
        ("Monday", ["01-16", "01-23"]),
        ("by March", ["02-28", "03-31"]),
        ("by next week", ["01-20", "01-27"]),
        ("by summer", ["05-31", "08-31"]),
        ("by this summer", ["05-31", "08-31"]),
        ("by year end", ["03-31", "12-31"]),
        ("end of the year", ["03-31", "12-31"]),
        ("next year", ["2024-03-31", "2024-12-31"]),
        ("Q2", ["06-30", "09-30"]),
        ("Q2 2023", ["2022-09-30", "06-30", "09-30"]),
        ("FY24", ["2024-03-31", "2025-03-31"]),
        ("winter 2023", ["02-28", "2024-02-29"]),
        ("next spring", ["05-31", "2024-05-31"]),
        ("31 March or 30 April", ["03-31", "04-30"]),
        ("phase 1 by 6 Feb and phase 2 by 10 March", ["02-06", "03-10"]),
        ("two weeks", ["01-30"]),
        ("every Friday", ["01-20"]),
        ("midnight on 31 March", ["03-30", "03-31"]),
    ],
)
def test_words_with_two_readings_are_asked_back(text: str, days: list[str]) -> None:
    reading = read(text, on=ON)

    assert reading.kind is Kind.OPEN
    assert reading.question
    assert window(reading) == (None, None)
    assert sorted(c.latest for c in reading.candidates if c.latest) == [day(d) for d in days]


@pytest.mark.parametrize(
    "text",
    [
        "in due course",
        "shortly",
        "TBC",
        "ongoing",
        "when parliamentary time allows",
        "as soon as possible",
        "half term",
        "by half-term",
        "monthly",
        "four times a year",
        "regular updates",
        "in a couple of weeks",
        "in 2 and a half weeks",
        "in 5 sitting days",
        "before the autumn statement",
        "by summer recess",
        "in time for the March meeting",
        "within two months of publication",
        "within 28 days of receipt",
        "moved right by a month",
        "we will miss 31 March",
    ],
)
def test_words_that_name_no_day_never_become_a_date(text: str) -> None:
    reading = read(text, on=ON)

    assert reading.kind is Kind.OPEN
    assert reading.question
    assert window(reading) == (None, None)


@pytest.mark.parametrize(
    ("text", "thing"),
    [
        ("two weeks after X publishes", "X publishes"),
        ("once the RCR publishes", "the RCR publishes"),
        ("subject to ministerial clearance", "ministerial clearance"),
        ("within six weeks of the RCR signing off", "the RCR signing off"),
    ],
)
def test_a_dependency_is_named_in_the_question(text: str, thing: str) -> None:
    reading = read(text, on=ON)

    assert reading.kind is Kind.OPEN
    assert thing in (reading.question or "")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "On track.",
        "All done, thanks",
        "I may need more time",
        "A-12 is on track",
        "We have 25 sites, 2/3 of them done",
        "It runs 24/7",
        "Jan is off sick",
        "April is the new lead",
        "The spring statement is out",
        "I sat with them",
        "the march was long",
        "This is the 2nd draft",
        "It cost £31,000 and 12% more",
    ],
)
def test_words_about_something_else_are_left_alone(text: str) -> None:
    assert read(text, on=ON).kind is Kind.NONE
