"""Replies about several items at once: which item each part is about, or asked which."""

from __future__ import annotations

import pytest

from tests.domain.replies_asked import read, shown

SEVERAL = [
    (2, "A-01 done, A-02 needs until 30 September", "A-01 complete; A-02 unchanged due=2022-09-30"),
    (2, "A1 done", "A-01 complete"),
    (2, "first one done, second still waiting", "A-01 complete; ask"),
    (2, "first one done, second blocked by legal", "A-01 complete; A-02 blocked blocker=legal"),
    (2, "second one's done", "A-02 complete"),
    (2, "1. done\n2. at risk", "A-01 complete; A-02 at_risk"),
    (2, "action 2 is done", "A-02 complete"),
    (2, "template's gone out; training pack at risk", "A-01 complete; A-02 at_risk"),
    (2, "all done", "A-01 complete; A-02 complete"),
    (2, "both on track", "A-01 on_track; A-02 on_track"),
    (2, "A-01 and A-02 are done", "A-01 complete; A-02 complete"),
    (2, "on track for A-01 and A-02", "A-01 on_track; A-02 on_track"),
    (3, "A-01 and A-02 done, A-03 at risk", "A-01 complete; A-02 complete; A-03 at_risk"),
    (
        3,
        "A-01: done\nA-02: no change\nA-03: red",
        "A-01 complete; A-02 unchanged; A-03 off_track rag=red",
    ),
    (3, "survey green, training amber", "A-02 at_risk rag=amber; A-03 on_track rag=green"),
    (3, "On track for all three", "A-01 on_track; A-02 on_track; A-03 on_track"),
    (3, "all done except A-02", "A-01 complete; A-03 complete"),
    (3, "all done but A-02", "A-01 complete; A-03 complete"),
    (3, "all but A-02 are on track", "A-01 on_track; A-03 on_track"),
    (3, "everything but the survey is on track", "A-01 on_track; A-02 on_track"),
    (
        3,
        "all on track apart from the survey, which is at risk",
        "A-01 on_track; A-02 on_track; A-03 at_risk",
    ),
    (
        3,
        "A-02 is blocked by legal, the rest are on track",
        "A-01 on_track; A-02 blocked blocker=legal; A-03 on_track",
    ),
    (
        2,
        "A-01 is on track. The other one is blocked by legal",
        "A-01 on_track; A-02 blocked blocker=legal",
    ),
    (2, "A-01 is waiting for A-02", "A-01 blocked blocker=A-02"),
    (2, "A-01 not done, A-02 done", "A-02 complete; ask"),
    (2, "A-01 is on track and A-02 isn't", "A-01 on_track; ask"),
    (2, "A-01 done, A-02?", "A-01 complete; ask"),
    (2, "A-01 as before, A-02 no longer needed", "A-01 unchanged; A-02 withdrawn"),
    (2, "A-02 complete, A-07 complete", "A-02 complete; refused"),
    (2, "template on track, told the training team", "A-01 on_track"),
    (2, "done", "ask"),
    (3, "both done", "ask"),
    (2, "neither is done", "ask"),
    (3, "two of the three are done", "ask"),
    (2, "👍", "ask"),
    (2, "yes to both", "ask"),
    (2, "the first draft is done", "ask"),
    (2, "A-01 done. On track.", "ask"),
    (2, "if A-01 is done then A-02 is done", "ask"),
]


@pytest.mark.parametrize(("items", "said", "expected"), SEVERAL)
def test_a_reply_about_several_items_gives_each_its_own(
    items: int, said: str, expected: str
) -> None:
    assert shown(read(said, items=items)) == expected


def test_who_did_not_say_which_item_is_asked_which() -> None:
    reading = read("done", items=2)

    assert reading.question == "Which do you mean: A-01 or A-02?"
    assert [option.label for option in reading.options] == [
        "A-01: Done (Publish the reporting template)",
        "A-02: Done (Training pack for radiographers)",
        "Both: Done",
    ]
