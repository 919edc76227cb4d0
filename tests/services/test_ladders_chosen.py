"""Which ladder an item climbs: chosen by name, for what answers a promise, kept once planned."""

from __future__ import annotations

import pytest
from sqlmodel import select

from bot.domain import ladders
from bot.domain.errors import UserError
from bot.services import asked, nudge_words, planning
from bot.services.keeping import changes
from storage import items, nudges, people
from storage.database import Database
from storage.rows import CommitmentRow, ItemLadderRow
from tests.services.desks import FrontDesk, words_of
from tests.services.keepers import a_desk, because, done, form, sends, values

STRICT = (
    "stands on the strict ladder: its owner is asked 20, 10, 5 and 2 working days before, on the "
    "day, 2, 4 and 6 working days after"
)


@pytest.fixture
def desk(database: Database) -> FrontDesk:
    """A started group with two items of Priya's, whose people have been introduced."""
    return a_desk(database)


def climbs(desk: FrontDesk, item_id: int) -> tuple[str, int]:
    """The ladder that an item was planned on, and the number of the plan."""
    with desk.database.snapshot() as session:
        kept = nudges.of_item(session, item_id)
    return ladders.load(kept.ladder).name, kept.plan


def test_the_secretariat_puts_an_item_on_another_ladder_in_words(desk: FrontDesk) -> None:
    assert climbs(desk, desk.a02) == ("default", 1)

    said = done(desk, "action A-02 ladder Strict")

    assert said == f"Done. A-02 The work of A-02 {STRICT}."
    assert climbs(desk, desk.a02) == ("strict", 2)
    assert STRICT in words_of(desk.last_to("Priya", "recorded:"))
    assert "ladder chosen" in desk.actions()
    with desk.database.snapshot() as session:
        rows = session.exec(select(ItemLadderRow)).all()
        assert [(r.ladder, r.by_id, r.at) for r in rows] == [
            ("strict", desk.people["Sam"], desk.now)
        ]
        item = items.get(session, desk.a02)
        owner = people.directory(session, item.group_id).people[item.owner_id]
        told = nudge_words.as_text(asked.of_item(session, item, reader=owner))
    assert "no reminder of it has come due" in told


def test_the_same_again_changes_nothing_and_the_usual_one_comes_back(desk: FrontDesk) -> None:
    done(desk, "action A-02 ladder light")
    assert "Nothing was different" in done(desk, "action A-02 ladder: light")
    done(desk, "action A-02 ladder usual")

    assert climbs(desk, desk.a02) == ("default", 3)


def test_an_unknown_ladder_comes_back_as_a_form_with_a_sentence_that_lists_them(
    desk: FrontDesk,
) -> None:
    desk.policy("ladders", {"calm": [{"key": "before-3", "offset": -3}]})

    shown = form(desk, "action A-02 ladder severe")

    assert "There is no ladder “severe”" in because(shown)
    assert "calm (3 working days before)" in because(shown)
    assert values(shown) == {"ladder": "its own"}
    sends(desk, shown, ladder="calm")
    assert climbs(desk, desk.a02) == ("calm", 2)


def test_only_the_secretariat_chooses_a_ladder(desk: FrontDesk) -> None:
    with pytest.raises(UserError, match="Only the group's secretariat"):
        done(desk, "action A-02 ladder light", by="Priya")


def test_what_comes_to_answer_a_promise_is_planned_anew_on_the_strict_ladder(
    desk: FrontDesk,
) -> None:
    desk.promise(desk.a01)
    with desk.database.transaction() as session:
        directory = people.directory(session, desk.group_id)
        number = session.exec(select(CommitmentRow.id)).one()
        assert number is not None
        by_id = desk.people["Sam"]
        second = items.get(session, desk.a02)
        kinds = ("commitment", number)
        changes.link(session, directory, second, *kinds, by_id=by_id, now=desk.now)
    assert climbs(desk, desk.a02) == ("strict", 2)

    with desk.database.transaction() as session:
        directory = people.directory(session, desk.group_id)
        changes.unlink(session, directory, second, *kinds, by_id=by_id, now=desk.now)
    assert climbs(desk, desk.a02) == ("default", 3)


def test_a_policy_may_say_that_promises_need_no_other_ladder(desk: FrontDesk) -> None:
    desk.policy("ladder_for", {"public": "default"})
    desk.promise(desk.a01)

    with desk.database.snapshot() as session:
        assert planning.ladder_of(session, items.get(session, desk.a01)).name == "default"


def test_a_changed_policy_leaves_an_item_on_the_ladder_it_was_planned_on(desk: FrontDesk) -> None:
    desk.policy("ladder", [{"key": "before-3", "offset": -3}])
    done(desk, "action A-02 title Another title")
    assert climbs(desk, desk.a02) == ("default", 1)
    with desk.database.snapshot() as session:
        assert len(ladders.load(nudges.of_item(session, desk.a02).ladder).rungs) == 7

    done(desk, "action A-02 move to 14 October because the printer is late")
    with desk.database.snapshot() as session:
        assert len(ladders.load(nudges.of_item(session, desk.a02).ladder).rungs) == 1
