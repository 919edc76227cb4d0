"""The clock that the workspace and the bot share."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import httpx
import pytest

from bot.rehearsal import RehearsalClock, RehearsalServer
from bot.rehearsal.workspace import START


def test_the_clock_is_read_and_set_over_http(slack: RehearsalServer) -> None:
    with httpx.Client(trust_env=False) as http:
        assert http.get(slack.clock_url).json() == {"now": START.isoformat()}
        http.post(slack.clock_url, json={"now": "2022-10-30T01:30:00+01:00"})
        wrong = http.post(slack.clock_url, json={"now": "soon"})

    assert slack.workspace.clock.now() == datetime(2022, 10, 30, 0, 30, tzinfo=UTC)
    assert wrong.status_code == 400


def test_message_times_follow_the_clock(slack: RehearsalServer) -> None:
    slack.advance(timedelta(days=2))
    said = slack.as_user("UDANA").tell("hello", wait=False)

    assert float(said.ts) == pytest.approx((START + timedelta(days=2)).timestamp(), abs=0.001)


def test_message_times_never_go_back(slack: RehearsalServer) -> None:
    first = slack.as_user("UDANA").tell("first", wait=False)
    slack.workspace.clock.set(START - timedelta(hours=1))
    second = slack.as_user("UDANA").tell("second", wait=False)

    assert float(second.ts) > float(first.ts)


def test_a_time_without_its_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        RehearsalClock(datetime(2022, 5, 16))  # noqa: DTZ001


def test_a_running_clock_goes_on_by_itself() -> None:
    clock = RehearsalClock(START, running=True)
    first = clock.now()

    assert first >= START
    assert clock.now() > first
