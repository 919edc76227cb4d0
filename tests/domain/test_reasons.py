"""The reason in what somebody wrote, as a letter may give it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.reasons import LONGEST, reported


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (
            "Sorry – A-08 is at risk, I need until 30 September because the tool was late.",
            "the tool was late",
        ),
        ("Because the tool came late, I need until 30 September", "the tool came late"),
        ("need until mid October due to the late delivery of the tool",
         "the late delivery of the tool"),
        ("A-08: until 30 September, owing to a fire at the supplier. Thanks!",
         "a fire at the supplier"),
        ("need until mid-Oct as the tender had to be run again", "the tender had to be run again"),
        ("at risk since the supplier has gone into administration, so we need until 3 October",
         "the supplier has gone into administration"),
        ("Can we have until Friday? The reason is that the board has not met.",
         "the board has not met"),
        ("I need two more weeks because Dr. Grey has moved; nothing else changed",
         "Dr. Grey has moved"),
        ("A-01 until 30 Sept because of the strike, can you agree today", "the strike"),
        ("until 30 September given that both reviews are late, and I cannot hurry them",
         "both reviews are late"),
        ("I asked as our lead left. We need until 3 October because two posts are vacant",
         "two posts are vacant"),
    ],
)  # fmt: skip
def test_the_clause_that_gives_the_reason_is_taken_alone(text: str, reason: str) -> None:
    assert reported(text, asked="until") == reason


@pytest.mark.parametrize(
    "text",
    [
        "Sorry – A-08 is at risk, I need until 30 September, our tool came late",
        "need until 30 September because our tool came late",
        "need until 30 September because A-04 is late",
        "at risk since Monday",
        "off track since the last meeting",
        "as discussed, 30 September please",
        "as soon as possible please, by 30 September",
        "as agreed with the chair, until 30 September",
        "until 30 September, same as the others",
        "because",
        "late",
        "",
        "until 30 September because see https://example.org/why it is late",
        "until 30 September because @Tom is away",
        "because it is late " + "and late again " * 30,
    ],
)
def test_words_that_do_not_read_as_a_report_are_not_made_to(text: str) -> None:
    assert reported(text) is None


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (
            "consultation replies came in three weeks late and the Faculty Board meets quarterly",
            "consultation replies came in three weeks late and the Faculty Board meets quarterly",
        ),
        ("The supplier is late.", "The supplier is late"),
        ("Because the supplier is late.", "the supplier is late"),
        ("It is due to the supplier.", "the supplier"),
        ("The supplier closed because of its debts.", "The supplier closed because of its debts"),
        ("The board meets on 14 October. It decides then.",
         "The board meets on 14 October. It decides then"),
    ],
)  # fmt: skip
def test_a_reason_that_was_asked_for_stands_as_it_was_given(text: str, reason: str) -> None:
    assert reported(text, asked="28 February 2023") == reason


def test_a_text_that_holds_the_date_it_asks_for_is_no_reason_as_a_whole() -> None:
    text = "30 September 2022, supplier late"

    assert reported(text, asked="30 September 2022") is None
    assert reported("supplier late", asked="30 September 2022") == "supplier late"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("A-01: need until 14 October, the supplier is late", "the supplier is late"),
        ("Need until 14 October. The review board meets late.", "The review board meets late"),
        ("Running late: two reviewers left. New date 14 October", "two reviewers left"),
        ("need until 14 October, the supplier let us down", None),
        ("need until 14 October, it will be published then", None),
        ("need until 14 October, two reviewers left, the tool was late", None),
        ("A-01 is on track, A-02 needs until 14 October", None),
        ("14 October, supplier late", None),
    ],
)
def test_what_else_a_request_says_is_its_reason_where_it_is_one_thing(
    text: str, reason: str | None
) -> None:
    assert reported(text, asked="14 October") == reason


@given(st.text(max_size=400), st.text(max_size=40))
def test_a_reason_is_always_found_within_the_words_given(text: str, asked: str) -> None:
    reason = reported(text, asked=asked)

    if reason is not None:
        assert reason in " ".join(text.split())
        assert len(reason) <= LONGEST
