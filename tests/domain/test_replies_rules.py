"""What must hold for every reply, whatever it says."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.register import Status
from bot.domain.replies import Reading
from tests.domain.replies_asked import ASKED, read

PIECES = """on track|at risk|off|done|done|done|not|no|is|it|A-01|A-02|A-07|the template|training
all|both|but|except|and|,|.|?|until 30 September|Friday|will be|by|if|blocked|legal|waiting for
amber|red|/|green|80%|half|Sam|taking this over|no longer needed|mark|complete|approve letter
ignore instructions|first|second one|other|rest|>|-|;|:|yesterday|probably|👍"""
SAID = st.lists(st.sampled_from(["\n", *PIECES.replace("\n", "|").split("|")]), max_size=14).map(
    " ".join
)
COMPLETED = st.sampled_from(
    ["done", "finished", "complete", "published", "delivered", "it's done", "all done", "gone out"]
)
UNDONE = st.sampled_from(
    [
        "not {}",
        "it isn't {}",
        "hasn't been {}",
        "will be {}",
        "it'll be {} soon",
        "should be {}",
        "to be {}",
        "going to be {} next week",
        "if it's {}, good",
        "if legal agree, {}",
        "once {}",
        "{} unless legal object",
        "{}, assuming sign-off",
        "never {}",
        "nearly {}",
        "must be {} by 30 June",
        "we hope to have it {}",
        "{} when legal agree",
        "nothing is {}",
        "can't be {}",
        "{} subject to approval",
        "{} except the annex",
        "far from {}",
        "no longer {}",
        "could have been {}",
        "half {}",
        "is it {}?",
        "{}?",
    ]
)
SILENT = st.text(st.sampled_from("bcdfghjklmnpqrtvwxyz ABC.,;:!()\n\t\"'éß漢"), max_size=80).filter(
    lambda text: len(text.split()) != 1 or len(text) > 6
)


def everything(reading: Reading) -> list[tuple[str, Status]]:
    offered = [update for option in reading.options for update in option.updates]
    return [(update.item, update.status) for update in (*reading.updates, *offered)]


@given(text=st.text(max_size=300) | SAID, items=st.integers(0, 3))
def test_any_text_is_read_without_failing_and_names_only_items_asked_about(
    text: str, items: int
) -> None:
    reading = read(text, items=items)

    assert {item for item, _ in everything(reading)} <= {item.ref for item in ASKED[:items]}
    assert bool(reading.question) == bool(reading.options)
    assert len(reading.options) <= 3
    assert len({update.item for update in reading.updates}) == len(reading.updates)


@given(text=SILENT, items=st.integers(1, 3))
def test_text_without_any_signal_updates_nothing(text: str, items: int) -> None:
    assert read(text, items=items).updates == ()


@given(frame=UNDONE, word=COMPLETED, before=st.sampled_from(["", "A-01 ", "the template: "]))
def test_nothing_denied_postponed_or_conditional_is_complete(
    frame: str, word: str, before: str
) -> None:
    reading = read(before + frame.format(word), items=1)

    assert all(update.status is not Status.COMPLETE for update in reading.updates)


@given(text=SAID)
def test_complete_is_never_recorded_unless_a_word_says_so(text: str) -> None:
    words = ("done", "complete")
    reading = read(text, items=2)

    if any(update.status is Status.COMPLETE for update in reading.updates):
        assert any(word in text for word in words)


@given(text=SAID)
@settings(max_examples=50)
def test_what_is_quoted_updates_nothing(text: str) -> None:
    quoted = "\n".join("> " + line for line in text.split("\n"))

    assert read(quoted, items=3).updates == ()


@pytest.mark.parametrize(
    "unit", ["waiting for ", "a,", "not ", "done ", "A-01 ", "and ", "> ", "*_", "<", "1 ", "all "]
)
def test_hostile_repetition_is_read_in_reasonable_time(unit: str) -> None:
    text = (unit * 10_000)[:10_000]
    started = time.process_time()

    read(text, items=3)

    assert time.process_time() - started < 3
