"""The one door for text from outside: what it takes out and what it leaves."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.guard import guard
from bot.domain.identifiers import check_passes

MARK = "[NHS number removed]"


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("NHS number 943 476 5919", f"NHS number {MARK}"),
        ("943 476 5919", MARK),
        ("It is 9434765919.", f"It is {MARK}."),
        ("943-476-5919", MARK),
        ("943.476.5919", MARK),
        ("943\u00a0476\u00a05919", MARK),
        ("943\u2013476\u20145919", MARK),
        ("943\u200b476\u200b5919", MARK),
        ("943 4\u20607\u200d6 5919", MARK),
        ("９４３　４７６　５９１９", MARK),
        ("①NHS no ٩٤٣ ٤٧٦ ٥٩١٩", f"①NHS no {MARK}"),
        ("9 4 3 4 7 6 5 9 1 9", MARK),
        ("943476 5919", MARK),
        ("943\n476\n5919", MARK),
        ("NHS no. 943/476/5919", f"NHS no. {MARK}"),
        ("N\u200bHS number: 943_476_5919", f"N\u200bHS number: {MARK}"),
        ("nhs# 943 476 5918", f"nhs# {MARK}"),
        ("NHS_number=1234567890", f"NHS_number={MARK}"),
        ("NHS 943 476 5918 called", f"NHS {MARK} called"),
        ("NHS number is 943 476 591", f"NHS number is {MARK}"),
        ("her NHS number (on the form) is 943-476-5918", f"her NHS number (on the form) is {MARK}"),
        ("NHS numbers 943 476 5919 and 111 222 3334", f"NHS numbers {MARK} and {MARK}"),
        ("NHS numbers: 1. 943 476 5919 2. 999 000 0018", f"NHS numbers: 1. {MARK} 2. {MARK}"),
        ("943 476 5918 is her NHS number", f"{MARK} is her NHS number"),
        ("943 476 5918 (NHS number)", f"{MARK} (NHS number)"),
        ("<tel:9434765919|943 476 5919>", f"<tel:{MARK}|{MARK}>"),
        ("patient ref 943 476 5919", f"patient ref {MARK}"),
        ("CHI 0411611234", "CHI [CHI number removed]"),
        ("CHI number: 041161 1234", "CHI number: [CHI number removed]"),
        ("H&C number 320 000 0001", "H&C number [H&C number removed]"),
        ("Health and Care number 3200000001", "Health and Care number [H&C number removed]"),
        ("DOB 03/04/1961", "DOB [date of birth removed]"),
        ("d.o.b.: 3 April 1961", "d.o.b.: [date of birth removed]"),
        ("date of birth was 3rd Apr 61", "date of birth was [date of birth removed]"),
        ("born on 1961-04-03 in Leeds", "born on [date of birth removed] in Leeds"),
        ("d\u0000one\u0007\r\nnext\tcell", "done\nnext\tcell"),
        ("a\u202eb\ud800c", "abc"),
    ],
)
def test_what_may_not_be_kept_is_taken_out(said: str, kept: str) -> None:
    assert guard(said).text == kept


@pytest.mark.parametrize(
    "said",
    [
        "Tel 9434765919",
        "telephone: 943 476 5919",
        "ring Sam on 943 476 5919",
        "0161 943 4765",
        "+44 943 476 5919",
        "020 7946 0018",
        "contract 9434765919 is signed",
        "PO 9434765919",
        "P.O. number 9434765919",
        "9434765919 is the contract number",
        "ref: 9434765919",
        "NHS England contract number is 9434765919",
        "£9434765919",
        "943 476 5918",
        "1652180400.000100",
        "on 2022-05-10 12:30 and again on 2022-05-11 09:15",
        "the NHS number rollout on 10/05/2022",
        "The programme began on 3 April 2019",
        "a9434765919f",
        "Two of the 25 complaints; 7 recommendations; HC 393.",
        "Café 👍🏽 déjà vu — 80 % “done”",
        "",
    ],
)
def test_what_only_looks_like_it_is_kept(said: str) -> None:
    assert guard(said).text == said
    assert guard(said).redactions == ()


def test_the_kinds_are_named_once_and_never_the_words() -> None:
    guarded = guard("DOB 03/04/1961, NHS number 943 476 5919, and 9434765919")

    assert guarded.redactions == ("date of birth", "NHS number")
    assert not re.search(r"\d", guarded.text)


def test_the_published_example_passes_its_check_and_a_slip_does_not() -> None:
    assert check_passes("9434765919")
    assert not check_passes("9434765918")
    assert not check_passes("1000000010")


def a_valid_number(nine: str) -> str | None:
    rest = 11 - sum(int(d) * w for d, w in zip(nine, range(10, 1, -1), strict=True)) % 11
    return None if rest == 10 else nine + str(rest % 11)


VALID = (
    st.text("0123456789", min_size=9, max_size=9)
    .map(a_valid_number)
    .filter(lambda number: number is not None)
    .map(str)
)
GAPS = st.lists(
    st.text(" -.\u00a0\u200b\u2013\u2011\ufeff/\n", max_size=3), min_size=9, max_size=9
).map(lambda gaps: [*gaps, ""])
PROSE = st.text("abcdefghijklmnopqrstuvwxyz ,.'\n", max_size=60)


@given(number=VALID, gaps=GAPS, before=PROSE, after=PROSE)
def test_no_labelled_number_survives_in_any_spacing(
    number: str, gaps: list[str], before: str, after: str
) -> None:
    spaced = "".join(digit + gap for digit, gap in zip(number, gaps, strict=True))

    kept = guard(f"{before} NHS number: {spaced} {after}")

    assert not re.search(r"\d", kept.text)
    assert kept.redactions == ("NHS number",)


@given(number=VALID, before=PROSE)
def test_an_unlabelled_valid_number_in_its_usual_shape_goes_unless_named_otherwise(
    number: str, before: str
) -> None:
    shown = f"{number[:3]} {number[3:6]} {number[6:]}"
    neutral = re.sub(r"[a-z]+", "so", before)

    kept = guard(f"{neutral}, {shown}").text

    assert number.startswith("0") or shown not in kept


@given(text=st.text() | st.text("NHS nhs number.dob 0123456789-/[]removed,and"))
def test_going_through_twice_changes_nothing(text: str) -> None:
    once = guard(text)

    assert guard(once.text).text == once.text
    assert guard(once.text).redactions == ()


@given(text=st.text(st.characters(exclude_categories=["Cc", "Cs", "Cf", "Nd", "No", "Nl"])))
def test_text_without_digits_is_left_as_it_was(text: str) -> None:
    assert guard(text).text == text
