"""A letter planned back from its sending day."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.calendars import Calendar, Nation, Recess
from bot.domain.letter_plans import Allowance, Step, broken, plan, sending_day

ENGLAND = Calendar()
SUMMER = Recess(name="summer", rises=date(2022, 7, 21), returns=date(2022, 9, 5))


def test_each_step_begins_so_many_working_days_before_the_letter_goes() -> None:
    made = plan(date(2022, 9, 21), today=date(2022, 8, 1), allowance=Allowance(), calendar=ENGLAND)

    # The 19th was a bank holiday.
    assert [made.begins(step) for step in Step] == [
        date(2022, 9, 21),
        date(2022, 9, 13),
        date(2022, 9, 8),
        date(2022, 9, 1),
    ]
    assert made.breaks is None


def test_a_letter_promised_for_a_recess_goes_before_the_house_rises() -> None:
    assert sending_day(date(2022, 8, 10), ENGLAND, [SUMMER]) == date(2022, 7, 21)
    assert sending_day(date(2022, 9, 5), ENGLAND, [SUMMER]) == date(2022, 9, 5)
    assert sending_day(date(2022, 9, 4), ENGLAND) == date(2022, 9, 2)


def breaking(due_on: date, today: date, *recesses: Recess, **days: int) -> tuple[Step | None, str]:
    made = plan(
        due_on, today=today, allowance=Allowance(**days), calendar=ENGLAND, recesses=recesses
    )
    return made.breaks, broken(made, due_on=due_on, today=today, calendar=ENGLAND)


def test_an_impossible_plan_says_which_step_breaks() -> None:
    wednesday = date(2022, 9, 28)

    assert breaking(wednesday, date(2022, 9, 8)) == (None, "")
    assert breaking(wednesday, date(2022, 9, 9))[0] is Step.UPDATES
    assert breaking(wednesday, date(2022, 9, 20))[0] is Step.DRAFTING
    assert breaking(wednesday, date(2022, 9, 26)) == (
        Step.CLEARANCE,
        "It must go on Wednesday 28 September 2022, and from today 2 working days are left: too "
        "few for clearance.",
    )
    assert breaking(wednesday, date(2022, 9, 26), clearance=1, drafting=1, updates=0)[0] is None


def test_a_recess_that_leaves_no_days_breaks_the_plan() -> None:
    step, said = breaking(date(2022, 8, 10), date(2022, 7, 25), SUMMER)

    assert step is Step.SENDING
    assert "it was promised for 10 August 2022" in said
    assert "no working days are left: too few for sending it" in said


@given(
    st.dates(date(2022, 1, 1), date(2024, 12, 31)),
    st.integers(-20, 60),
    st.tuples(*[st.integers(0, 12)] * 3),
    st.sampled_from(Nation),
)
def test_steps_come_in_their_order_never_in_the_past_and_break_only_for_want_of_days(
    today: date, ahead: int, days: tuple[int, int, int], nation: Nation
) -> None:
    allowance = Allowance(updates=days[0], drafting=days[1], clearance=days[2])
    calendar = Calendar(nation=nation)
    due_on = today + timedelta(days=ahead)
    made = plan(due_on, today=today, allowance=allowance, calendar=calendar)

    assert today <= made.updates_on <= made.draft_on <= made.clear_on <= made.send_on
    goes = calendar.on_or_before(due_on)
    enough = goes >= today and calendar.add(goes, -sum(days)) >= today
    assert (made.breaks is None) == enough
    assert bool(broken(made, due_on=due_on, today=today, calendar=calendar)) != enough
