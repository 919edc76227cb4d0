"""How often a standing promise is kept, as people say it."""

from __future__ import annotations

from datetime import date

import pytest

from bot.domain import cadences
from bot.domain.cadences import Cadence, NoCadenceError

TODAY = date(2022, 5, 12)
END = date(2023, 3, 31)


@pytest.mark.parametrize(
    ("words", "months"),
    [
        ("quarterly", 3),
        ("Four times a year", 3),
        ("every 4 months", 4),
        ("every two months", 2),
        ("twice a year.", 6),
        ("yearly", 12),
        ("every now and then", None),
        ("regularly", None),
    ],
)
def test_how_often_in_words(words: str, months: int | None) -> None:
    assert cadences.months_of(words) == months


def test_from_when_is_told_apart_from_how_often() -> None:
    assert cadences.split("quarterly, from 31 July 2022") == ("quarterly", "31 July 2022")
    assert cadences.split("every 4 months starting 1 June") == ("every 4 months", "1 June")
    assert cadences.split("monthly") == ("monthly", "")


def test_the_last_day_of_a_month_stays_the_last_day() -> None:
    monthly = cadences.every(1, first_on=date(2022, 8, 31))

    assert monthly.occurrences(after=TODAY, until=date(2022, 12, 31)) == [
        date(2022, 8, 31),
        date(2022, 9, 30),
        date(2022, 10, 31),
        date(2022, 11, 30),
        date(2022, 12, 31),
    ]


def test_days_that_have_passed_are_not_due_again() -> None:
    quarterly = cadences.every(3, first_on=date(2022, 1, 31))

    assert quarterly.occurrences(after=TODAY, until=END)[0] == date(2022, 7, 31)


def test_named_days_are_in_order_and_each_once() -> None:
    named = cadences.on_days(
        [date(2022, 10, 14), date(2022, 7, 31), date(2022, 10, 14)], today=TODAY
    )

    assert named.occurrences(after=TODAY, until=END) == [date(2022, 7, 31), date(2022, 10, 14)]
    assert Cadence.from_json(named.to_json()) == named


@pytest.mark.parametrize("months", [0, 25])
def test_what_is_no_cadence_gets_a_sentence(months: int) -> None:
    with pytest.raises(NoCadenceError, match="between every month"):
        cadences.every(months, first_on=TODAY)
    with pytest.raises(NoCadenceError, match="still to come"):
        cadences.on_days([TODAY], today=TODAY)


def test_a_cadence_comes_back_from_json_as_it_was() -> None:
    every = cadences.every(3, first_on=TODAY)

    assert Cadence.from_json(every.to_json()) == every
    assert every.words == "every quarter"
