"""Finding words again, whole or quoted."""

from __future__ import annotations

import json
from datetime import date

from hypothesis import example, given
from hypothesis import strategies as st

from bot.domain.removals import Sieve, from_marks, marker, marks, matcher, repeats, words_of

GONE = marker(date(2022, 8, 15))
SAID = "Delayed because Dr Hale’s mother is in hospital and nobody else knows the system"


def test_the_whole_text_becomes_the_marker_alone() -> None:
    found = matcher([SAID])

    assert found.redact(f"“{SAID}.”", GONE, near=False) == GONE


def test_a_piece_of_six_words_is_found_where_only_it_was_quoted() -> None:
    quoted = "Owner says: delayed because Dr Hale's mother is in… (2 days ago)"

    redacted = matcher([SAID]).redact(quoted, GONE, near=False)

    assert redacted == f"Owner says: {GONE}… (2 days ago)"


def test_another_text_with_a_few_of_the_words_is_left_alone() -> None:
    other = "Dr Hale’s mother tongue is Welsh, because she is from Bangor"

    assert matcher([SAID]).redact(other, GONE, near=True) == other


def test_one_or_two_words_are_looked_for_only_beside_what_they_were_said_of() -> None:
    found = matcher(["Acme"])

    assert found.redact("waiting on Acme", GONE, near=True) == f"waiting on {GONE}"
    assert found.redact("Acme won a prize", GONE, near=False) == "Acme won a prize"
    everywhere = matcher(["Acme"], everywhere=True)
    assert everywhere.redact("Acme won a prize", GONE, near=False) == f"{GONE} won a prize"


def test_a_text_is_redacted_once() -> None:
    once = matcher([SAID]).redact(f"Well: {SAID}", GONE, near=True)

    assert matcher([SAID, "removed on"]).redact(once, GONE, near=True) == once


def test_a_reason_may_not_say_it_again() -> None:
    assert repeats("It says that Dr Hale's mother is ill", [SAID])
    assert not repeats("It tells of somebody's health", [SAID])


def test_the_marks_hold_no_word() -> None:
    kept = json.dumps(marks(matcher([SAID]), items=[3], texts=[]))

    assert "hale" not in kept.lower()


@given(st.text(max_size=60), st.text(max_size=30), st.text(max_size=30))
def test_the_marks_find_what_the_words_found(said: str, before: str, after: str) -> None:
    found = matcher([said])
    text = f"{before} {said} {after}"

    again = from_marks(json.loads(json.dumps(marks(found, items=[], texts=[]))))
    assert again.redact(text, GONE, near=True) == found.redact(text, GONE, near=True)
    if words_of(said):
        assert GONE in found.redact(text, GONE, near=True)


@given(st.text(max_size=60), st.text(max_size=30), st.text(max_size=30), st.booleans())
@example("Straße", "", "", True)
@example("\U0001d407ale", "", "", True)
@example("ﬁnance", "", "", True)
@example("0²", "", "", False)
@example("\\u00b2", "", "", True)
def test_what_a_matcher_finds_goes_through_its_sieve(
    said: str, before: str, after: str, escaped: bool
) -> None:
    found = matcher([said], everywhere=True)
    text = f"{before} {said.swapcase()} {after}"

    if found.redact(text, GONE, near=True) != text:
        sieve = Sieve(found)
        assert sieve.passes(text)
        assert sieve.passes(json.dumps({"text": text}, ensure_ascii=escaped))
        assert sieve.passes(json.dumps([json.dumps(text)], ensure_ascii=escaped))


def test_other_texts_stay_in_the_sieve() -> None:
    sieve = Sieve(matcher([SAID]))

    assert sieve.passes(json.dumps({"text": f"Owner says: {SAID}"}))
    assert not sieve.passes(json.dumps({"text": "Dr Hale’s mother tongue is Welsh"}))
    assert not sieve.passes("Nobody else knows the system")


def test_digests_alone_are_no_sieve() -> None:
    kept = from_marks(marks(matcher([SAID]), items=(), texts=()))

    assert Sieve(kept).passes("Anything at all")
