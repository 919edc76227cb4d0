"""Away with cover, part-time days, other nations and zones: said in words, and then kept to."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from bot.domain.calendars import Nation
from bot.domain.errors import UserError
from bot.domain.guard import guard
from bot.services import commands, nudges, replies
from storage import audit, people
from storage.database import Database
from storage.rows import OutboxRow
from tests.services.calendar_desks import Calendared, at

TODAY = date(2022, 8, 8)
DUE = date(2022, 8, 26)
AWAY = "away until 22 August, Leo Hart covers"


@pytest.fixture
def group(database: Database) -> Calendared:
    """Priya's item is due on Friday 26 August 2022; it is Monday 8 August."""
    group = Calendared(database, at(TODAY, 10))
    group.introduced("Priya", "Leo", "Sam")
    group.item("A-01", DUE, now=group.now)
    return group


def who_is_away(group: Calendared, first: str = "Priya") -> list[tuple[date, date, str | None]]:
    with group.database.snapshot() as session:
        directory = people.directory(session, group.group_id)
    names = {number: name for name, number in group.people.items()}
    return [
        (one.from_on, one.until_on, names.get(one.cover_id or 0))
        for one in directory.covers
        if one.person_id == group.people[first]
    ]


@pytest.mark.parametrize(
    "words",
    [
        AWAY,
        "I'm off until 22 August, Leo covers",
        "I am on annual leave until 22 August and Leo Hart will cover",
        "away from 8 to 22 August, covered by Leo Hart",
        "away back on 23 August, cover: Leo Hart",
        "I’m out of the office until 22 August. Leo Hart is covering for me.",
        "away until 22 August Leo covers",
    ],
)
def test_the_person_says_it_in_a_sentence(group: Calendared, words: str) -> None:
    assert commands.is_command(words)

    answer = group.says(words, by="Priya")

    assert who_is_away(group) == [(TODAY, date(2022, 8, 22), "Leo")]
    assert "away from Monday 8 August 2022 to Monday 22 August 2022, and Leo Hart (RCR)" in answer
    assert "I ask Leo Hart about 1 open item meanwhile, and you again from Tuesday 23" in answer


def test_the_cover_is_told_once_with_what_they_cover_and_is_asked(group: Calendared) -> None:
    group.says(AWAY, by="Priya")
    group.says(AWAY, by="Priya")

    [(_at, told)] = group.said_to("Leo", "away:")
    assert "Priya Nair (RCR) is away from Monday 8 August 2022 to Monday 22 August 2022" in told
    assert "A-01 The work of A-01, due Friday 26 August 2022" in told
    group.live(date(2022, 8, 9), date(2022, 8, 23))
    assert group.days_of("Leo") == [date(2022, 8, 12), date(2022, 8, 19)]
    assert group.days_of("Priya") == []


def test_an_absence_changed_and_ended_is_told_to_whom_it_touches(group: Calendared) -> None:
    group.says(AWAY, by="Priya")

    changed = group.says("away until 19 August, Dev Rao covers", by="Priya")

    assert "This replaces what was said before" in changed
    assert who_is_away(group) == [(TODAY, date(2022, 8, 19), "Dev")]
    assert "You do not cover for Priya Nair (RCR) any more" in group.said_to("Leo", "away:")[-1][1]

    group.now = at(date(2022, 8, 16), 10)
    assert "Your absence (from Monday 8 August 2022" in group.says("I'm back", by="Priya")

    assert who_is_away(group) == [(TODAY, date(2022, 8, 15), "Dev")]
    assert "do not cover" in group.said_to("Dev", "back:")[-1][1]
    assert group.next_on(1) == date(2022, 8, 16)
    with group.database.snapshot() as session:
        actions = [link.action for link in audit.chain(session, group.group_id)]
    assert actions[-3:] == ["away", "away", "back"]


def test_who_covered_until_now_is_not_forgotten(group: Calendared) -> None:
    group.says(AWAY, by="Priya")
    group.now = at(date(2022, 8, 15), 10)

    group.says("away until 19 August, Dev Rao covers", by="Priya")

    assert who_is_away(group) == [
        (TODAY, date(2022, 8, 14), "Leo"),
        (date(2022, 8, 15), date(2022, 8, 19), "Dev"),
    ]


def test_the_secretariat_says_it_for_somebody_else_who_hears_of_it(group: Calendared) -> None:
    group.says("person Priya Nair away from 10 to 19 August, Leo Hart covers")

    assert who_is_away(group) == [(date(2022, 8, 10), date(2022, 8, 19), "Leo")]
    [(_at, told)] = group.said_to("Priya", "away:")
    assert "Sam Okafor (NHSE) has entered that you are away from Wednesday 10 August 2022" in told
    assert "and Leo Hart (RCR) covers for you" in told

    group.says("person Priya back")

    assert who_is_away(group) == []
    assert "not away any more" in group.said_to("Priya", "back:")[-1][1]


REFUSED = (
    ("away until 22 August, Priya covers", "Nobody covers for themselves"),
    ("away until 22 August, Zed covers", "That is nobody on the register"),
    ("away until 22 August, Dev covers", "Dev Rao (NHSE) is away too, from Monday 15 August"),
    ("away from 22 August to 12 August", "before it begins on Monday 22 August 2022"),
    ("away until 1 August", "Monday 1 August 2022 was 7 days ago"),
    ("away from 1 September, Leo covers", "It begins on Thursday 1 September 2022, but until"),
    ("away until 22 August 2023, Leo covers", "longer than a year"),
    ("away until further notice", "Say, for example, `away until 22 August"),
    ("back", "You are not away, and not going to be"),
    ("my days whenever", "I could not read days of the week in that"),
    ("person Leo Hart", "Only Leo Hart (RCR) or the secretariat"),
)


def test_what_cannot_be_is_answered_with_what_would_be_right(group: Calendared) -> None:
    group.covers("Dev", None, date(2022, 8, 15), date(2022, 8, 16))

    for words, sentence in REFUSED:
        with pytest.raises(UserError) as refused:
            group.says(words, by="Priya")
        assert sentence in str(refused.value), words

    assert who_is_away(group) == []


def test_who_is_left_without_a_cover_is_said_to_the_secretariat(group: Calendared) -> None:
    group.says(AWAY, by="Priya")

    answer = group.says("away from 17 to 18 August, nobody covers", by="Leo")

    assert "you cover for Priya Nair on some of these days: nobody does then" in answer
    [(_at, told)] = group.said_to("Sam", "away:")
    assert "Leo Hart (RCR) is away" in told
    assert "was to cover for Priya Nair (RCR)" in told
    assert group.next_on(1) == date(2022, 8, 12)
    group.live(date(2022, 8, 9), date(2022, 8, 19))
    assert group.days_of("Leo") == [date(2022, 8, 12), date(2022, 8, 19)]


def test_a_message_that_has_not_gone_goes_to_the_cover_instead(group: Calendared) -> None:
    nudges.sweep(group.database, now=at(date(2022, 8, 12), 9))
    assert [row.state for row in group.rows("nudge:")] == ["owed"]
    group.now = at(date(2022, 8, 12), 9, 1)

    group.says("away until 22 August, Leo covers", by="Priya")
    nudges.sweep(group.database, now=at(date(2022, 8, 12), 9, 2))

    owed = {row.person_id: row.state for row in group.rows("nudge:")}
    assert owed == {group.people["Priya"]: "cancelled", group.people["Leo"]: "owed"}


def test_part_time_days_only_choose_the_sending_day(group: Calendared) -> None:
    group.says("my days Mon-Wed", by="Priya")

    # Ten and five working days before are the Fridays 12 and 19 August.
    assert group.next_on(1) == date(2022, 8, 10)
    group.live(date(2022, 8, 9), date(2022, 8, 31))
    assert group.days_of("Priya") == [
        date(2022, 8, 10),
        date(2022, 8, 17),
        date(2022, 8, 24),
        date(2022, 8, 31),
    ]


def test_the_secretariat_says_where_somebody_works(group: Calendared) -> None:
    group.says("person Priya nation Northern Ireland")
    answer = group.says("person Priya zone Lisbon")

    assert "the bank holidays of Northern Ireland, in Europe/Lisbon time" in answer
    with group.database.snapshot() as session:
        priya = people.directory(session, group.group_id).people[group.people["Priya"]]
    assert (priya.nation, priya.zone) == (Nation.NORTHERN_IRELAND, ZoneInfo("Europe/Lisbon"))
    assert "Sam Okafor (NHSE) has entered that you work" in group.said_to("Priya", "works:")[0][1]


def replied(group: Calendared, words: str) -> OutboxRow:
    assert not commands.is_command(words)
    said = replies.Said(arrival=group.arrives("Priya"), text=guard(words))
    replies.text(group.database, said, now=group.now)
    return group.rows("echo:")[-1]


def test_a_reply_that_names_a_cover_until_a_day_sets_it(group: Calendared) -> None:
    replied(group, "A-01 is on track, and Leo Hart is covering for me until 22 August")

    assert who_is_away(group) == [(TODAY, date(2022, 8, 22), "Leo")]


def test_a_reply_that_names_nobody_of_the_group_is_settled_by_the_secretariat(
    group: Calendared,
) -> None:
    replied(group, "A-01 is on track, and Zelda Fox is covering for me until 22 August")

    assert who_is_away(group) == []
    assert group.said_to("Sam", "wait:")


@pytest.mark.parametrize(
    ("zone", "change"),
    [
        ("Europe/Lisbon", date(2022, 3, 27)),
        ("Europe/Lisbon", date(2022, 10, 30)),
        ("America/New_York", date(2022, 3, 13)),
        ("America/New_York", date(2022, 3, 27)),
        ("America/New_York", date(2022, 10, 30)),
        ("America/New_York", date(2022, 11, 6)),
        ("Australia/Sydney", date(2022, 4, 3)),
        ("Australia/Sydney", date(2022, 10, 2)),
    ],
)
def test_nine_o_clock_is_local_on_either_side_of_a_clock_change(
    group: Calendared, zone: str, change: date
) -> None:
    owner = f"P{change:%j}"
    group.person(f"{owner} Far", "RCR", zone=zone)
    for n, days in enumerate((-2, 1)):
        # Friday before and Monday after, each five working days before its deadline.
        day = date.fromordinal(change.toordinal() + days)
        due = group.diary().national(group.people[owner]).add(day, 5)
        group.item(f"C-{n}", due, owner=owner, now=at(date(2022, 1, 4)))

        early = datetime.combine(day, time(8, 59), ZoneInfo(zone))
        nudges.sweep(group.database, now=early.astimezone(UTC))
        assert day not in local_days(group, owner, zone)
        nudges.sweep(group.database, now=early.replace(hour=9, minute=0).astimezone(UTC))
        assert day in local_days(group, owner, zone)


def local_days(group: Calendared, first: str, zone: str) -> list[date]:
    return [at_.astimezone(ZoneInfo(zone)).date() for at_, _ in group.said_to(first, "nudge:")]


def test_the_rungs_about_the_turn_of_the_year_keep_to_each_nation(group: Calendared) -> None:
    due = date(2023, 1, 5)
    group.person("Isla Muir", "RCR", nation="scotland")
    group.person("Eve Lane", "RCR", nation="england")
    for ref, owner in (("Y-1", "Isla"), ("Y-2", "Eve")):
        group.item(ref, due, owner=owner, now=at(date(2022, 12, 1)))

    group.live(date(2022, 12, 12), due)

    # 26 and 27 December and 2 January are holidays everywhere, 3 January in Scotland.
    assert group.days_of("Eve") == [
        date(2022, 12, 19),
        date(2022, 12, 28),
        date(2023, 1, 4),
        date(2023, 1, 5),
    ]
    assert group.days_of("Isla") == [
        date(2022, 12, 16),
        date(2022, 12, 23),
        date(2023, 1, 4),
        date(2023, 1, 5),
    ]
