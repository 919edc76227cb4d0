"""When the weekly digest is due, whatever the day, the hour and the holidays."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.domain import weekly
from bot.domain.calendars import Calendar
from bot.domain.people import LONDON
from bot.domain.weekly import Weekly

ENGLAND = Calendar()
MOMENTS = st.datetimes(
    min_value=datetime(2022, 1, 17, 0, 0),  # noqa: DTZ001  Hypothesis wants it naive
    max_value=datetime(2030, 1, 1, 0, 0),  # noqa: DTZ001
    timezones=st.just(UTC),
)
POLICIES = st.builds(Weekly, weekday=st.integers(0, 6), hour=st.integers(0, 23))


@given(MOMENTS, POLICIES)
def test_the_latest_slot_has_come_and_is_on_a_working_day(now: datetime, policy: Weekly) -> None:
    slot = weekly.latest(policy, now=now, calendar=ENGLAND)

    assert slot.at <= now < slot.at + timedelta(days=14)
    assert ENGLAND.is_working(slot.at.astimezone(LONDON).date())
    assert slot.at.astimezone(LONDON).hour == policy.hour or policy.hour == 1


@given(MOMENTS, st.timedeltas(timedelta(0), timedelta(days=60)), POLICIES)
def test_slots_never_go_back(now: datetime, later: timedelta, policy: Weekly) -> None:
    first = weekly.latest(policy, now=now, calendar=ENGLAND)
    second = weekly.latest(policy, now=now + later, calendar=ENGLAND)

    assert first.at <= second.at
    assert (first.week == second.week) == (first.at == second.at)


def test_nine_in_london_is_kept_on_both_sides_of_the_clock_changes() -> None:
    before = weekly.latest(Weekly(), now=datetime(2022, 3, 22, tzinfo=UTC), calendar=ENGLAND)
    after = weekly.latest(Weekly(), now=datetime(2022, 3, 29, tzinfo=UTC), calendar=ENGLAND)

    assert before.at.astimezone(UTC) == datetime(2022, 3, 21, 9, 0, tzinfo=UTC)
    assert after.at.astimezone(UTC) == datetime(2022, 3, 28, 8, 0, tzinfo=UTC)


def test_the_last_week_of_a_year_has_its_iso_number() -> None:
    slot = weekly.latest(Weekly(), now=datetime(2023, 1, 3, 10, tzinfo=UTC), calendar=ENGLAND)

    assert slot.week == "2023-W01"
    assert slot.at.date() == date(2023, 1, 3)
    assert weekly.earlier_weeks(slot, 2) == ["2022-W52", "2022-W51"]
