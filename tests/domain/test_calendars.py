"""Working days of the four nations, by example and against counting day by day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.calendars import Calendar, Nation

ENGLAND, WALES, SCOTLAND, NORTHERN_IRELAND = (Calendar(nation=nation) for nation in Nation)

days = st.dates(min_value=date(2015, 1, 1), max_value=date(2030, 12, 31))
patterns = st.frozensets(st.integers(0, 6), min_size=1)
calendars = st.builds(
    Calendar,
    nation=st.sampled_from(Nation),
    weekdays=patterns,
    added=st.frozensets(days, max_size=3),
    removed=st.frozensets(days, max_size=3),
    leave=st.lists(st.tuples(days, st.integers(0, 30)), max_size=2).map(
        lambda pairs: tuple((first, first + timedelta(days=n)) for first, n in pairs)
    ),
)


@pytest.mark.parametrize(
    ("day", "where"),
    [
        (date(2022, 8, 1), {SCOTLAND}),
        (date(2022, 8, 29), {ENGLAND, WALES, NORTHERN_IRELAND}),
        (date(2022, 3, 17), {NORTHERN_IRELAND}),
        (date(2022, 7, 12), {NORTHERN_IRELAND}),
        (date(2022, 9, 19), {ENGLAND, WALES, SCOTLAND, NORTHERN_IRELAND}),
        (date(2022, 6, 3), {ENGLAND, WALES, SCOTLAND, NORTHERN_IRELAND}),
        (date(2022, 4, 18), {ENGLAND, WALES, NORTHERN_IRELAND}),
        (date(2022, 1, 4), {SCOTLAND}),
        (date(2022, 11, 30), {SCOTLAND}),
        (date(2022, 12, 27), {ENGLAND, WALES, SCOTLAND, NORTHERN_IRELAND}),
        (date(2022, 5, 10), set()),
    ],
)
def test_each_nation_keeps_its_own_bank_holidays(day: date, where: set[Calendar]) -> None:
    assert {
        calendar
        for calendar in (ENGLAND, WALES, SCOTLAND, NORTHERN_IRELAND)
        if calendar.is_holiday(day)
    } == where


def test_a_holiday_added_at_short_notice_is_no_working_day() -> None:
    day = date(2023, 6, 14)

    assert ENGLAND.is_working(day)
    assert not Calendar(added=frozenset({day})).is_working(day)


def test_a_holiday_that_was_taken_away_is_a_working_day() -> None:
    assert Calendar(removed=frozenset({date(2022, 8, 29)})).is_working(date(2022, 8, 29))


def test_ten_working_days_take_in_no_holiday() -> None:
    assert ENGLAND.add(date(2023, 1, 16), 10) == date(2023, 1, 30)
    assert ENGLAND.add(date(2022, 8, 26), 1) == date(2022, 8, 30)
    assert SCOTLAND.add(date(2022, 8, 26), 1) == date(2022, 8, 29)


def test_a_day_past_its_deadline_counts_below_nought() -> None:
    assert ENGLAND.working_days(date(2023, 1, 23), date(2023, 1, 20)) == -1
    assert ENGLAND.working_days(date(2023, 1, 20), date(2023, 1, 23)) == 1
    assert ENGLAND.working_days(date(2023, 1, 20), date(2023, 1, 20)) == 0


def test_leave_is_no_working_day() -> None:
    away = Calendar(leave=((date(2023, 1, 16), date(2023, 1, 20)),))

    assert not away.is_working(date(2023, 1, 18))
    assert away.on_or_before(date(2023, 1, 18)) == date(2023, 1, 13)
    assert away.on_or_after(date(2023, 1, 18)) == date(2023, 1, 23)


def test_a_pattern_without_any_day_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one working weekday"):
        Calendar(weekdays=frozenset())


@given(calendar=calendars, start=days, length=st.integers(0, 500))
def test_counting_by_arithmetic_agrees_with_counting_day_by_day(
    calendar: Calendar, start: date, length: int
) -> None:
    end = start + timedelta(days=length)
    one_by_one = sum(calendar.is_working(start + timedelta(days=n + 1)) for n in range(length))

    assert calendar.working_days(start, end) == one_by_one
    assert calendar.working_days(end, start) == -one_by_one


@given(calendar=calendars, day=days, n=st.integers(-60, 60).filter(bool))
def test_adding_working_days_lands_on_a_working_day_so_many_away(
    calendar: Calendar, day: date, n: int
) -> None:
    there = calendar.add(day, n)

    assert calendar.is_working(there)
    if n > 0:
        assert calendar.working_days(day, there) == n
    else:
        one = timedelta(days=1)
        assert calendar.working_days(there - one, day - one) == -n


@given(calendar=calendars, day=days)
def test_the_nearest_working_days_enclose_the_day(calendar: Calendar, day: date) -> None:
    before, after = calendar.on_or_before(day), calendar.on_or_after(day)

    assert before <= day <= after
    assert calendar.is_working(before)
    assert calendar.is_working(after)
    assert (before == day) == (after == day) == calendar.is_working(day)
