"""Readings that lean on what else is known: the deadline in force, meetings, recess, tense."""

from datetime import date

import pytest

from bot.domain.calendars import Calendar, Nation, Recess
from bot.domain.dates import find, read
from bot.domain.deadlines import Kind

ON = date(2023, 1, 16)
SUMMER = Recess(name="summer", rises=date(2023, 7, 20), returns=date(2023, 9, 4))
EASTER = Recess(name="Easter", rises=date(2023, 3, 30), returns=date(2023, 4, 17))


@pytest.mark.parametrize(
    ("text", "new", "old"),
    [
        ("31 March, was 31 January", date(2023, 3, 31), date(2023, 1, 31)),
        ("31 March (was 31 January)", date(2023, 3, 31), date(2023, 1, 31)),
        ("slipped from 31 January to 31 March", date(2023, 3, 31), date(2023, 1, 31)),
        ("moved from end of Jan to end of March", date(2023, 3, 31), date(2023, 1, 31)),
        ("slipped to 31 March from 31 January", date(2023, 3, 31), date(2023, 1, 31)),
        ("now 31 March instead of 31 January", date(2023, 3, 31), date(2023, 1, 31)),
        ("originally 31 January, now 31 March", date(2023, 3, 31), date(2023, 1, 31)),
        ("31 Jan -> 31 Mar", date(2023, 3, 31), date(2023, 1, 31)),
        ("not 31 January but 14 February", date(2023, 2, 14), date(2023, 1, 31)),
        ("can't make 31 January, 14 February instead", date(2023, 2, 14), date(2023, 1, 31)),
        (
            "The 31 January deadline has slipped to 31 March",
            date(2023, 3, 31),
            date(2023, 1, 31),
        ),
        (
            "30 April was the original date, it is now 30 June",
            date(2023, 6, 30),
            date(2023, 4, 30),
        ),
        ("brought forward from 31 March to 28 February", date(2023, 2, 28), date(2023, 3, 31)),
        ("slipped from 30 November 2023 to 31 March", date(2024, 3, 31), date(2023, 11, 30)),
    ],
)
def test_a_slip_keeps_both_dates_and_knows_which_is_which(text: str, new: date, old: date) -> None:
    reading = read(text, on=ON)

    assert (reading.latest, reading.moved_from) == (new, old)


@pytest.mark.parametrize(
    ("text", "new"),
    [
        ("moved right by a month", date(2023, 3, 28)),
        ("pushed back two weeks", date(2023, 3, 14)),
        ("a week later than planned", date(2023, 3, 7)),
        ("a two-week extension please", date(2023, 3, 14)),
        ("brought forward by a week", date(2023, 2, 21)),
        ("another month", date(2023, 3, 28)),
        ("we need two more weeks", date(2023, 3, 14)),
        ("a further 5 working days", date(2023, 3, 7)),
        ("delayed to 31 March", date(2023, 3, 31)),
    ],
)
def test_a_step_is_counted_from_the_deadline_in_force(text: str, new: date) -> None:
    reading = read(text, on=ON, current=date(2023, 2, 28))

    assert (reading.latest, reading.moved_from) == (new, date(2023, 2, 28))


def test_more_time_without_a_deadline_is_counted_from_today() -> None:
    assert read("another month", on=ON).latest == date(2023, 2, 16)


def test_more_time_past_the_deadline_asks_from_which_day() -> None:
    reading = read("another month", on=ON, current=date(2023, 1, 10))

    assert reading.kind is Kind.OPEN
    assert {c.latest for c in reading.candidates} == {date(2023, 2, 10), date(2023, 2, 16)}


def test_a_date_that_will_be_missed_is_the_old_one() -> None:
    reading = read("31 January is no longer realistic", on=ON)

    assert (reading.kind, reading.latest) == (Kind.OPEN, None)
    assert reading.moved_from == date(2023, 1, 31)


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("by summer recess", None, date(2023, 7, 20)),
        ("before the House rises", None, date(2023, 3, 30)),
        ("ahead of Easter recess", None, date(2023, 3, 30)),
        ("after the summer recess", date(2023, 9, 4), None),
        ("during the Easter recess", date(2023, 3, 31), date(2023, 4, 16)),
    ],
)
def test_a_recess_is_read_from_the_table(
    text: str, earliest: date | None, latest: date | None
) -> None:
    reading = read(text, on=ON, recesses=(SUMMER, EASTER))

    assert (reading.earliest, reading.latest) == (earliest, latest)


def test_a_recess_that_the_table_lacks_is_asked_for_by_name() -> None:
    reading = read("by the Whitsun recess", on=ON, recesses=(SUMMER, EASTER))

    assert reading.kind is Kind.OPEN
    assert "whit recess" in (reading.question or "")


@pytest.mark.parametrize(
    ("text", "latest"),
    [
        ("in time for the March meeting", date(2023, 3, 8)),
        ("by the next meeting", date(2023, 3, 8)),
        ("before the next meeting", date(2023, 3, 7)),
        ("for the next task and finish group", date(2023, 3, 8)),
        ("5 working days before the next meeting", date(2023, 3, 1)),
        ("in time for the meeting", date(2023, 3, 8)),
    ],
)
def test_a_meeting_is_the_one_in_the_table(text: str, latest: date) -> None:
    assert read(text, on=ON, next_meeting=date(2023, 3, 8)).latest == latest


def test_another_months_meeting_is_asked_for() -> None:
    assert read("the April meeting", on=ON, next_meeting=date(2023, 3, 8)).kind is Kind.OPEN


def test_publication_and_receipt_resolve_where_they_are_known() -> None:
    within = read("within two months of publication", on=ON, published_on=date(2023, 1, 10))
    after = read("28 days after receipt of the letter", on=ON, received_on=date(2023, 1, 12))

    assert (within.earliest, within.latest) == (None, date(2023, 3, 10))
    assert after.latest == date(2023, 2, 9)


def test_what_another_body_publishes_stays_a_dependency() -> None:
    reading = read("two weeks after the RCR publishes", on=ON, published_on=date(2023, 1, 10))

    assert reading.kind is Kind.OPEN


@pytest.mark.parametrize(
    ("text", "latest"),
    [
        ("published on 10 May", date(2022, 5, 10)),
        ("it was issued on Friday", date(2023, 1, 13)),
        ("I finished it on 10 January", date(2023, 1, 10)),
        ("will be published on 10 May", date(2023, 5, 10)),
        ("to be published on 10 May", date(2023, 5, 10)),
        ("published, and the rest follows on 10 May", date(2023, 5, 10)),
        ("done by 10 May", date(2023, 5, 10)),
        ("published in December", date(2022, 12, 31)),
    ],
)
def test_the_tense_chooses_the_year(text: str, latest: date) -> None:
    assert read(text, on=ON).latest == latest


@pytest.mark.parametrize(
    ("text", "latest"),
    [
        ("the supplier let us down, so end of September now", date(2023, 9, 30)),
        ("Spoke to them today: end of March", date(2023, 3, 31)),
        ("Ministers meet on 1 March so by 15 March", date(2023, 3, 15)),
        ("We said 31 January but 14 February is more realistic", date(2023, 2, 14)),
        ("A-01 done, A-02 by 3 Feb", date(2023, 2, 3)),
        ("The Q3 return is due 31 January", date(2023, 1, 31)),
        ("it should be ready by the end of next month, I hope", date(2023, 2, 28)),
    ],
)
def test_the_deadline_is_found_in_a_longer_sentence(text: str, latest: date) -> None:
    assert read(text, on=ON).latest == latest


def test_two_limits_in_one_sentence_are_asked_about() -> None:
    assert read("draft by 31 March and final by summer", on=ON).kind is Kind.OPEN


def test_what_cannot_be_done_before_a_day_begins_on_it() -> None:
    reading = read("I can't do it before Easter", on=ON)

    assert (reading.kind, reading.earliest, reading.latest) == (Kind.SOFT, date(2023, 4, 9), None)


def test_next_thursday_on_a_wednesday_is_the_following_weeks() -> None:
    assert read("next Thursday", on=date(2023, 1, 18)).latest == date(2023, 1, 26)


@pytest.mark.parametrize(
    ("nation", "latest"),
    [
        (Nation.ENGLAND, date(2022, 8, 31)),
        (Nation.SCOTLAND, date(2022, 8, 30)),
        (Nation.NORTHERN_IRELAND, date(2022, 8, 31)),
    ],
)
def test_working_days_are_those_of_the_owners_nation(nation: Nation, latest: date) -> None:
    assert read("in 3 working days", on=date(2022, 8, 25), nation=nation).latest == latest


def test_a_holiday_that_the_secretariat_added_is_not_counted() -> None:
    calendar = Calendar(added=frozenset({date(2023, 1, 17)}))

    assert read("in 2 working days", on=ON, calendar=calendar).latest == date(2023, 1, 19)


def test_each_date_is_found_where_it_stands() -> None:
    text = "Draft by 6 Feb, final at 5pm on 31 March."

    found = find(text, on=ON)

    assert [text[start:end] for (start, end), _ in found] == ["by 6 Feb", "at 5pm on 31 March"]
    assert [reading.latest for _, reading in found] == [date(2023, 2, 6), date(2023, 3, 31)]
    assert found[0][1].words == "by 6 Feb"


def test_the_promises_of_the_letter_are_read_as_a_careful_reader_does() -> None:
    on = date(2022, 5, 10)

    firm = read("planning to release national guidance by 31<sup>st</sup> August 2022", on=on)
    soft = read("an agreed clinical pathway will be in place this summer", on=on)
    either = read("This work is expected to be completed by this summer.", on=on)

    assert (firm.kind, firm.latest) == (Kind.FIRM, date(2022, 8, 31))
    assert (soft.kind, soft.latest) == (Kind.SOFT, date(2022, 8, 31))
    assert either.kind is Kind.OPEN
    assert read("updates to the PHSO as required", on=on).kind is Kind.NONE
