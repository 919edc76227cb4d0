"""What officials say on Monday 16 January 2023, and what is read in it."""

from datetime import UTC, date, datetime

import pytest

from bot.domain.dates import read
from bot.domain.deadlines import Deadline, Kind, Precision

ON = date(2023, 1, 16)


def day(text: str | None) -> date | None:
    """An ISO date with the year 2023 left out where it has none."""
    if text is None:
        return None
    return date.fromisoformat(text if len(text) == 10 else f"2023-{text}")


def window(reading: Deadline) -> tuple[date | None, date | None]:
    return reading.earliest, reading.latest


FIRM = [
    ("by 28th February 2023", None, "02-28", "day"),
    ("28.2.23", "02-28", "02-28", "day"),
    ("2023-02-28", "02-28", "02-28", "day"),
    ("03/02/23", "02-03", "02-03", "day"),
    ("28-Feb-23", "02-28", "02-28", "day"),
    ("28 Feb '23", "02-28", "02-28", "day"),
    ("February 28, 2023", "02-28", "02-28", "day"),
    ("20230228", "02-28", "02-28", "day"),
    ("01 03 2023", "03-01", "03-01", "day"),
    ("31<sup>st</sup> August 2022", "2022-08-31", "2022-08-31", "day"),
    ("the first of April", "04-01", "04-01", "day"),
    ("twenty-first of March", "03-21", "03-21", "day"),
    ("by 3/2", None, "02-03", "day"),
    ("Feb 28", "02-28", "02-28", "day"),
    ("7 Feb 2022", "2022-02-07", "2022-02-07", "day"),
    ("Weds 25th", "01-25", "01-25", "day"),
    ("the 25th", "01-25", "01-25", "day"),
    ("by the 10th", None, "02-10", "day"),
    ("8 Feb (Wed)", "02-08", "02-08", "day"),
    ("Friday, 31 March 2023", "03-31", "03-31", "day"),
    ("6/7 Feb", "02-06", "02-07", "day"),
    ("3-5 May", "05-03", "05-05", "day"),
    ("between 6 and 10 March", "03-06", "03-10", "day"),
    ("from 6 to 10 March", "03-06", "03-10", "day"),
    ("28 Feb - 3 March", "02-28", "03-03", "day"),
    ("Feb/March", "02-01", "03-31", "month"),
    ("from April to June", "04-01", "06-30", "month"),
    ("Jan-Mar 2023", "01-01", "03-31", "month"),
    ("COP Friday", "01-20", "01-20", "day"),
    ("by COP tomorrow", None, "01-17", "day"),
    ("by end of play Thursday", None, "01-19", "day"),
    ("this Friday", "01-20", "01-20", "day"),
    ("Thurs", "01-19", "01-19", "day"),
    ("Thursday week", "01-26", "01-26", "day"),
    ("a week on Thursday", "01-26", "01-26", "day"),
    ("next Monday", "01-23", "01-23", "day"),
    ("Tues of next week", "01-24", "01-24", "day"),
    ("Thursday or Friday", "01-19", "01-20", "day"),
    ("a fortnight today", "01-30", "01-30", "day"),
    ("in three weeks", "02-06", "02-06", "day"),
    ("in 3 weeks' time", "02-06", "02-06", "day"),
    ("in 48 hours", "01-18", "01-18", "day"),
    ("two weeks after 6 Feb", "02-20", "02-20", "day"),
    ("10 working days before 31 March", "03-17", "03-17", "day"),
    ("within 10 working days", None, "01-30", "day"),
    ("in the next two weeks", None, "01-30", "day"),
    ("w/c 6 Feb", "02-06", "02-10", "week"),
    ("week commencing Monday 6 February", "02-06", "02-10", "week"),
    ("w/e 10/2", "02-06", "02-10", "week"),
    ("next week", "01-23", "01-27", "week"),
    ("by the end of next week", None, "01-27", "day"),
    ("Friday of w/c 6 Feb", "02-10", "02-10", "day"),
    ("Monday to Wednesday next week", "01-23", "01-25", "day"),
    ("end-2023", "12-31", "12-31", "day"),
    ("in May or June", "05-01", "06-30", "month"),
    ("Q3/Q4 23/24", "10-01", "2024-03-31", "quarter"),
    ("end Feb", "02-28", "02-28", "day"),
    ("EOM", "01-31", "01-31", "day"),
    ("start of the month", "02-01", "02-01", "day"),
    ("before the end of March", None, "03-31", "day"),
    ("in March", "03-01", "03-31", "month"),
    ("by January", None, "01-31", "month"),
    ("first half of March", "03-01", "03-15", "month-part"),
    ("last Friday of March", "03-31", "03-31", "day"),
    ("last working day of April", "04-28", "04-28", "day"),
    ("Q4 2022/23", "01-01", "03-31", "quarter"),
    ("Q1 23/24", "04-01", "06-30", "quarter"),
    ("FY23/24 Q2", "07-01", "09-30", "quarter"),
    ("first quarter of 2023/24", "04-01", "06-30", "quarter"),
    ("calendar Q2 2023", "04-01", "06-30", "quarter"),
    ("end of the quarter", "03-31", "03-31", "day"),
    ("H2 2023/24", "10-01", "2024-03-31", "half"),
    ("end of the financial year", "03-31", "03-31", "day"),
    ("by the end of 2022/23", None, "03-31", "day"),
    ("start of FY", "04-01", "04-01", "day"),
    ("in 2023", "01-01", "12-31", "year"),
    ("2023/24", "04-01", "2024-03-31", "year"),
    ("before Easter", None, "04-08", "day"),
    ("before Christmas", None, "12-24", "day"),
    ("Good Friday", "04-07", "04-07", "day"),
    ("before the bank holiday", None, "04-06", "day"),
    ("no later than 6 Feb", None, "02-06", "day"),
    ("31 March at the latest", None, "03-31", "day"),
    ("from now until Easter", None, "04-09", "day"),
    ("today", "01-16", "01-16", "day"),
]

SOFT = [
    ("mid-Feb", "02-13", "02-17", "month-part"),
    ("early March", "03-01", "03-10", "month-part"),
    ("late March", "03-21", "03-31", "month-part"),
    ("by mid-March", None, "03-17", "month-part"),
    ("end Jan/early Feb", "01-31", "02-10", "month-part"),
    ("early next week", "01-23", "01-24", "week"),
    ("this summer", "06-01", "08-31", "season"),
    ("winter 2023/24", "12-01", "2024-02-29", "season"),
    ("by the end of the summer", None, "08-31", "day"),
    ("late 2023", "09-01", "12-31", "year"),
    ("later this month", "01-16", "01-31", "month"),
    ("from April", "04-01", None, "month"),
    ("not before 6 Feb", "02-06", None, "day"),
    ("6 February onwards", "02-06", None, "day"),
    ("after 31 March", "04-01", None, "day"),
    ("in the new year", "2024-01-01", None, "year"),
    ("around 31 March", "03-31", "03-31", "day"),
    ("hopefully by Friday", None, "01-20", "day"),
    ("31 March, subject to ministerial clearance", "03-31", "03-31", "day"),
    ("in 6-8 weeks", "02-27", "03-13", "day"),
]


@pytest.mark.parametrize(("text", "earliest", "latest", "precision"), FIRM)
def test_a_stated_time_is_read(
    text: str, earliest: str | None, latest: str, precision: str
) -> None:
    reading = read(text, on=ON)

    assert (reading.kind, reading.precision) == (Kind.FIRM, Precision(precision))
    assert window(reading) == (day(earliest), day(latest))


@pytest.mark.parametrize(("text", "earliest", "latest", "precision"), SOFT)
def test_a_loose_time_is_soft(
    text: str, earliest: str | None, latest: str | None, precision: str
) -> None:
    reading = read(text, on=ON)

    assert (reading.kind, reading.precision) == (Kind.SOFT, Precision(precision))
    assert window(reading) == (day(earliest), day(latest))


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("5pm on 31 March", "2023-03-31T16:00"),
        ("31 March at 5pm", "2023-03-31T16:00"),
        ("by noon on Friday", "2023-01-20T12:00"),
        ("17:00 on 25 March 2023", "2023-03-25T17:00"),
        ("17:00 on 26 March 2023", "2023-03-26T16:00"),
        ("9am on 29 October 2023", "2023-10-29T09:00"),
        ("2 Feb 2023 at 14.30", "2023-02-02T14:30"),
        ("2023-06-30T17:00Z", "2023-06-30T17:00"),
        ("2023-06-30T17:00+01:00", "2023-06-30T16:00"),
        ("9am GMT on 1 July", "2023-07-01T09:00"),
        ("5pm BST on 1 July", "2023-07-01T16:00"),
        ("1700hrs 3 Feb", "2023-02-03T17:00"),
        ("by 5pm", "2023-01-16T17:00"),
    ],
)
def test_a_time_of_day_is_kept_in_utc(text: str, at: str) -> None:
    reading = read(text, on=ON)

    assert reading.at == datetime.fromisoformat(at).replace(tzinfo=UTC)
    assert reading.precision is Precision.MINUTE


@pytest.mark.parametrize("text", ["01:30 on 26 March 2023", "01:30 on 29 October 2023"])
def test_an_hour_that_the_clocks_skip_or_repeat_is_asked_back(text: str) -> None:
    assert read(text, on=ON).kind is Kind.OPEN


def test_a_reading_is_shown_with_its_weekday_and_why() -> None:
    reading = read("end of the financial year", on=ON)

    assert reading.explanation == (
        "Friday 31 March 2023: the last day of the financial year 2022/23."
    )
    assert reading.words == "end of the financial year"


def test_a_reading_survives_the_way_through_json() -> None:
    for text in ("5pm on 31 March", "by March", "31 March, was 31 January", "nothing"):
        reading = read(text, on=ON)

        assert Deadline.from_json(reading.to_json()) == reading
