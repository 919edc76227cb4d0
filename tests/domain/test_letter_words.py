"""Words of letters, and values that go to JSON and back without loss."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import codec
from bot.domain.letter_writing import words
from bot.domain.letters import BulletList, Letter, NumberedList, Paragraph, Sentence
from tests.documents.letters import a_letter

sentences = st.builds(Sentence, text=st.text(), facts=st.lists(st.integers(min_value=1)).map(tuple))
entries = st.lists(sentences).map(tuple)
parts = st.one_of(
    st.builds(Paragraph, sentences=entries),
    st.builds(NumberedList, entries=entries),
    st.builds(BulletList, entries=entries),
)


@pytest.mark.parametrize(
    ("title", "base", "done"),
    [
        ("Publish the guidance", "publish the guidance", "published the guidance"),
        ("Agree and fund a post.", "agree and fund a post", "agreed and funded a post"),
        ("Set out the plan", "set out the plan", "set out the plan"),
        ("Map who does what", "map who does what", "mapped who does what"),
        ("Identify the gaps", "identify the gaps", "identified the gaps"),
        ("Survey the trusts' leads", "survey the trusts’ leads", "surveyed the trusts’ leads"),
    ],
)  # fmt: skip
def test_a_title_that_asks_reads_as_a_plan_and_as_a_fact(title: str, base: str, done: str) -> None:
    assert words.task(title) == words.Task(base=base, done=done)


def test_a_title_that_asks_for_nothing_is_left_as_it_is() -> None:
    assert words.task("National guidance on roles") is None
    assert words.task("Publish") is None


@pytest.mark.parametrize(
    ("name", "article"),
    [
        ("Royal College of Radiologists", True),
        ("NHS England", False),
        ("NHS Digital", False),
        ("Department of Health and Social Care", True),
        ("Public Health Agency, Northern Ireland", True),
    ],
)
def test_bodies_take_the_article_they_are_said_with(name: str, article: bool) -> None:
    assert words.needs_article(name) is article


def test_numbers_are_words_up_to_ten() -> None:
    assert [words.counted(n, "item") for n in (0, 1, 10, 11)] == [
        "no items",
        "one item",
        "ten items",
        "11 items",
    ]
    assert [words.ordinal(n) for n in (1, 10, 11, 22)] == ["first", "tenth", "11th", "22nd"]


def test_parts_with_commas_of_their_own_are_kept_apart() -> None:
    assert words.enumerated(["one is late, sadly"]) == "one is late, sadly"
    assert words.enumerated(["one is late", "two are not"]) == "one is late and two are not"
    assert words.enumerated(["a, b", "c", "d"]) == "a, b; c; and d"


@pytest.mark.parametrize(
    ("title", "address"),
    [
        ("https://example.org/a-b", True),
        ("www.example.org", True),
        ("The list at https://example.org", False),
        ("Comparison", False),
    ],
)
def test_an_address_is_told_from_a_title(title: str, address: bool) -> None:
    assert words.is_address(title) is address


def test_marks_within_a_quotation_become_single() -> None:
    assert (
        words.quoted("a strategy, “the Strategy”, isn't") == "“a strategy, ‘the Strategy’, isn’t”"
    )


@given(st.lists(parts).map(tuple))
def test_a_letter_comes_back_from_its_json_as_it_was(opening: tuple[Paragraph, ...]) -> None:
    letter = a_letter(opening=opening)

    assert codec.parse(Letter, codec.text(letter)) == letter


def test_a_float_has_no_place_in_a_canonical_record() -> None:
    with pytest.raises(TypeError, match="float"):
        codec.dump((1, 2.5))
