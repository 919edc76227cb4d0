"""Days lived through, with restarts, an outage and both clock changes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlmodel import col, select

from bot.domain.people import LONDON
from bot.rehearsal import Message, RehearsalServer, words
from bot.rehearsal.running import Running
from bot.services import chains
from storage.rows import NudgeRow
from tests.conversations.crowds import (
    LEAD,
    SECRETARY,
    at_work,
    begin,
    crowd,
    nudges_to,
    opened,
    served,
    utc,
)
from tests.databases import SqliteFiles


@dataclass(frozen=True)
class Group:
    """A started group whose first item belongs to the first owner, and so on."""

    slack: RehearsalServer
    url: str

    @contextmanager
    def up(self) -> Iterator[Running]:
        """The bot, while it works."""
        with at_work(self.slack, self.url) as running:
            yield running

    def to(self, moment: datetime) -> None:
        """On to this instant."""
        self.slack.advance(moment - self.slack.workspace.clock.now())

    def days(self, number: int) -> list[date]:
        """The days on which an owner was nudged."""
        return [sent_at(message).date() for message in nudges_to(self.slack, number)]

    def ledger(self, number: int) -> dict[str, str]:
        """What became of each rung of an owner's item."""
        with opened(self.url) as database, database.snapshot() as session:
            rows = session.exec(
                select(NudgeRow).where(col(NudgeRow.item_id) == number).order_by(col(NudgeRow.id))
            )
            return {row.rung: row.outcome for row in rows}

    def is_whole(self) -> bool:
        """Whether the auditor finds every nudge that came due."""
        with opened(self.url) as database:
            now = self.slack.workspace.clock.now()
            return all(report.whole for report in chains.verify(database, None, now=now))


def sent_at(message: Message) -> datetime:
    """When a message was sent, in London."""
    return datetime.fromtimestamp(float(message.ts), UTC).astimezone(LONDON)


@contextmanager
def group(dues: Sequence[date], start: datetime, url: str) -> Iterator[Group]:
    """These deadlines, and a group that has just started."""
    file = crowd(dues, today=start.date())
    with served(file, start) as slack:
        begin(slack, url, file)
        yield Group(slack=slack, url=url)


@pytest.fixture
def url(sqlite_files: SqliteFiles, tmp_path: Path) -> str:
    """A database of its own."""
    return sqlite_files.new_url(tmp_path)


def mornings(first: date, last: date) -> list[datetime]:
    """Five past nine in London on each day in summer."""
    return [utc(first + timedelta(days=n), 8, 5) for n in range((last - first).days + 1)]


def test_after_three_days_away_only_the_latest_rung_is_sent(url: str) -> None:
    # From Tuesday to Friday pass: one before and the day itself; two after; five before; one
    # before, with the day itself to come.
    dues = [date(2022, 5, 26), date(2022, 5, 23), date(2022, 6, 1), date(2022, 5, 27)]
    with group(dues, utc(date(2022, 5, 16), 8, 5), url) as found:
        with found.up() as running:
            live(found, running, mornings(date(2022, 5, 17), date(2022, 5, 24)))
        before = {n: len(found.days(n)) for n in range(1, 5)}
        found.to(utc(date(2022, 5, 27), 9))
        with found.up() as running:
            running.settle()
            running.advance(hours=1)

        back = [date(2022, 5, 27)]
        sent = {n: found.days(n)[count:] for n, count in before.items()}
        assert sent == dict.fromkeys(before, back)
        assert escalated(found, LEAD) == []
        assert found.ledger(1)["on-the-day"] == "sent"
        assert found.ledger(1)["before-1"] == "merged"
        assert found.ledger(4)["on-the-day"] == "sent"
        assert found.is_whole()


def test_nobody_is_escalated_before_they_were_asked_again_and_had_two_days(url: str) -> None:
    with group([date(2022, 5, 23)], utc(date(2022, 5, 20), 8, 5), url) as found:
        with found.up() as running:
            live(found, running, mornings(date(2022, 5, 21), date(2022, 5, 24)))
        found.to(utc(date(2022, 5, 27), 9))
        with found.up() as running:
            live(found, running, mornings(date(2022, 5, 28), date(2022, 5, 30)))
            assert found.days(1)[-1] == date(2022, 5, 27)
            assert escalated(found, LEAD) == []
            live(found, running, mornings(date(2022, 5, 31), date(2022, 6, 10)))

        assert escalated(found, LEAD) == [date(2022, 5, 31)]
        assert escalated(found, SECRETARY)[0] == date(2022, 6, 6)
        assert len(found.days(1)) == len(set(found.days(1)))
        assert found.is_whole()


def test_a_bot_that_restarts_around_each_sweep_says_the_same(
    tmp_path: Path, sqlite_files: SqliteFiles
) -> None:
    dues = [date(2022, 5, 24), date(2022, 5, 25), date(2022, 5, 31)]
    said = []
    for restarts in (False, True):
        folder = tmp_path / str(restarts)
        folder.mkdir()
        with group(dues, utc(date(2022, 5, 23), 8, 5), sqlite_files.new_url(folder)) as found:
            days = mornings(date(2022, 5, 24), date(2022, 5, 26))
            if restarts:
                restart_twice_at(found, days)
            else:
                with found.up() as running:
                    live(found, running, days)
            said.append({n: found.days(n) for n in range(1, 4)})
            assert found.is_whole()

    assert said[0] == said[1]
    assert said[0][1][-1] == date(2022, 5, 26)


def live(found: Group, running: Running, moments: Sequence[datetime]) -> None:
    """A sweep now and at each moment."""
    running.settle()
    for moment in moments:
        found.to(moment)
        running.settle()


def restart_twice_at(found: Group, moments: Sequence[datetime]) -> None:
    """At each moment a sweep by one bot, and another by its successor."""
    for moment in moments:
        found.to(moment)
        for _ in range(2):
            with found.up() as running:
                running.settle()


def escalated(found: Group, user_id: str) -> list[date]:
    """The days on which somebody was told that an owner does not answer; no digests."""
    marks = ("was asked on", "you should know")
    said = found.slack.as_user(user_id).inbox()
    told = [m for m in said if any(mark in words(m) for mark in marks)]
    told = [m for m in told if "This week" not in words(m) and "A reminder" not in words(m)]
    return [sent_at(message).date() for message in told]


@pytest.mark.parametrize(
    ("started", "dues", "utc_hours"),
    [
        # The clocks go forward on Sunday 27 March and back on Sunday 30 October 2022.
        (date(2022, 3, 24), (date(2022, 3, 25), date(2022, 3, 28)), (9, 8)),
        (date(2022, 10, 27), (date(2022, 10, 28), date(2022, 10, 31)), (8, 9)),
    ],
)
def test_it_is_nine_on_both_sides_of_a_clock_change(
    url: str, started: date, dues: tuple[date, date], utc_hours: tuple[int, int]
) -> None:
    with group(dues, utc(started, 9, 30), url) as found, found.up() as running:
        for n in range((dues[1] - started).days):
            for half_hours in range(15, 20):
                day = started + timedelta(days=n + 1)
                found.to(utc(day, half_hours // 2, 30 * (half_hours % 2)))
                running.settle()
        for number, (due, hour) in enumerate(zip(dues, utc_hours, strict=True), start=1):
            last = nudges_to(found.slack, number)[-1]
            assert sent_at(last).astimezone(UTC).replace(microsecond=0) == utc(due, hour)
            assert sent_at(last).hour == 9
            assert len(found.days(number)) == len(set(found.days(number)))
            assert found.ledger(number)["on-the-day"] == "sent"
        assert found.is_whole()
