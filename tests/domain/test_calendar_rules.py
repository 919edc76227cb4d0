"""What may be entered in a calendar, for any day and any nations."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import calendar_rules as rules
from bot.domain.absences import readings
from bot.domain.calendars import Calendar, Nation
from bot.domain.diaries import CLOSES, OPENS
from bot.domain.forms import FieldError
from bot.domain.people import Cover
from tests.domain.nudge_runs import OWNER, a_diary

TODAY = date(2022, 9, 10)
CALENDARS = {nation: Calendar(nation=nation) for nation in Nation}
DAYS = st.dates(date(2021, 1, 1), date(2026, 12, 31))
NATIONS = st.sets(st.sampled_from(list(Nation)), min_size=1)


@given(DAYS, NATIONS, DAYS)
def test_a_holiday_is_added_where_it_is_none_and_removed_where_it_is_one(
    on: date, nations: Set[Nation], today: date
) -> None:
    try:
        new = set(rules.added(on, nations, today=today, calendars=CALENDARS))
    except FieldError:
        new = set()
    try:
        gone = set(rules.removed(on, nations, today=today, calendars=CALENDARS))
    except FieldError:
        gone = set()

    assert not new & gone
    assert new | gone <= nations
    if on < today:
        assert not new | gone
    elif on.weekday() < 5:
        assert new | gone == nations


@given(DAYS, st.sampled_from(list(Nation)))
def test_the_coming_holidays_are_those_on_which_nobody_works(today: date, nation: Nation) -> None:
    calendar = CALENDARS[nation]

    coming = {day for day, _name in rules.coming(calendar, today, days=92)}

    span = [today + timedelta(days=n) for n in range(93)]
    assert coming == {d for d in span if d.weekday() < 5 and not calendar.is_working(d)}


def test_a_day_at_a_weekend_is_answered_with_the_next_working_day() -> None:
    bridged = {Nation.ENGLAND: Calendar(added=frozenset({date(2022, 10, 3)}))}

    with pytest.raises(FieldError, match="such as Tuesday 4 October 2022"):
        rules.meeting(date(2022, 10, 1), today=TODAY, standing=(), calendars=bridged)


@given(
    st.integers(0, 386 * 24 * 60),
    st.sampled_from(
        ["Europe/London", "Europe/Lisbon", "America/New_York", "Asia/Kolkata", "Pacific/Apia"]
    ),
    st.sets(st.integers(0, 6), min_size=1),
    st.sampled_from(list(Nation)),
    st.dates(date(2022, 3, 1), date(2022, 11, 30)),
)
def test_a_message_opens_in_somebody_s_own_hours_wherever_they_are(
    minutes: int, zone: str, weekdays: set[int], nation: Nation, away_on: date
) -> None:
    now = datetime(2021, 12, 20, tzinfo=UTC) + timedelta(minutes=minutes)
    away = Cover(
        person_id=OWNER, cover_id=None, from_on=away_on, until_on=away_on + timedelta(days=9)
    )
    diary = a_diary(away, nation=nation, weekdays=sorted(weekdays))
    person = replace(diary.person(OWNER), zone=ZoneInfo(zone))

    opens = diary.opening(person, now)

    local = opens.astimezone(person.zone)
    assert opens >= now
    assert OPENS <= local.time() < CLOSES
    assert diary.own(OWNER).is_working(local.date())
    assert opens == now or local.time() == OPENS
    # Nothing is put off that could have been said before.
    between = [now.astimezone(person.zone).date() + timedelta(days=n) for n in range(400)]
    earlier = [day for day in between if day < local.date() and diary.own(OWNER).is_working(day)]
    assert all(
        datetime.combine(day, CLOSES, person.zone) <= now or day == local.date() for day in earlier
    )


@pytest.mark.parametrize(
    ("said", "days", "cover"),
    [
        ("until 22 August, Sam covers", "until 22 August", "Sam"),
        ("from 1 to 5 August; covered by Sam O'Neil", "from 1 to 5 August", "Sam O'Neil"),
        ("next week with Ann-Marie as cover", "next week", "Ann-Marie"),
        ("tomorrow and <@USAM> will cover", "tomorrow", "<@USAM>"),
        ("until 22 August, nobody covers", "until 22 August", ""),
        ("until 22 August", "until 22 August", ""),
    ],
)
def test_days_and_cover_are_told_apart(said: str, days: str, cover: str) -> None:
    first = readings(said)[0]

    assert (first.days, first.cover) == (days, cover)


def test_without_a_comma_each_name_it_could_be_is_offered() -> None:
    assert [one.cover for one in readings("until Monday Sam covers")] == ["Monday Sam", "Sam"]
