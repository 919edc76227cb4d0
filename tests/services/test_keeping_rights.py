"""Who may give an item away and who settles an objection: one rule at every door (rule 5)."""

from __future__ import annotations

import json

import pytest

from bot.domain.errors import UserError
from bot.domain.guard import guard
from bot.domain.messages import Buttons, Message
from bot.domain.people import Role
from bot.services import giving
from bot.services.keeping import objections
from storage.database import Database
from tests.services.desks import DUE, FrontDesk, pressable, words_of
from tests.services.keepers import a_desk, done, form, says, sends


@pytest.fixture
def desk(database: Database) -> FrontDesk:
    """A started group with two items of Priya's, whose people have been introduced."""
    return a_desk(database)


def gives(desk: FrontDesk, item_id: int, to: str, *, by: str) -> None:
    """What the form behind "Give it to" does."""
    giving.give(
        desk.database,
        desk.arrives(by),
        item_id=item_id,
        owner_id=desk.get(item_id).owner_id,
        to_id=desk.people[to],
        reason=guard("It is the college's work."),
        now=desk.now,
    )
    desk.checks()


def test_a_secretary_gives_away_what_they_own_by_either_door(desk: FrontDesk) -> None:
    first, second = desk.item("A-08", DUE, owner="Sam"), desk.item("A-09", DUE, owner="Sam")

    done(desk, "action A-08 reassign to Leo Hart because it is the college's work")
    gives(desk, second, "Leo", by="Sam")

    assert {desk.get(number).owner_id for number in (first, second)} == {desk.people["Leo"]}
    assert {(w.item_id, w.person_id) for w in desk.waits("acceptance")} == {
        (first, desk.people["Leo"]),
        (second, desk.people["Leo"]),
    }
    assert "Is it yours?" in words_of(desk.last_to("Leo", "recorded:"))


def test_the_chair_gives_away_what_the_secretariat_owns_by_either_door(desk: FrontDesk) -> None:
    first, second = desk.item("A-08", DUE, owner="Sam"), desk.item("A-09", DUE, owner="Sam")

    done(desk, "action A-08 reassign to Leo Hart", by="Helen")
    gives(desk, second, "Leo", by="Helen")

    assert {desk.get(number).owner_id for number in (first, second)} == {desk.people["Leo"]}
    for by in ("Helen", "Priya"):
        with pytest.raises(UserError, match="Only the group's secretariat"):
            says(desk, "action A-01 reassign to Leo Hart", by=by)
        with pytest.raises(UserError, match="Only the secretariat settles whose an item is"):
            gives(desk, desk.a01, "Leo", by=by)


def test_the_card_of_ones_own_item_offers_to_give_it_and_not_to_reword_it(desk: FrontDesk) -> None:
    desk.item("A-08", DUE, owner="Sam")

    card = says(desk, "action A-08")

    assert isinstance(card, Message)
    labels = [b.label for part in card.parts if isinstance(part, Buttons) for b in part.buttons]
    assert "Reassign" in labels
    assert not {"Edit", "Links"} & set(labels)


def objected(desk: FrontDesk, *, recorded_by: str, owner: str = "Priya") -> dict[str, int]:
    """Something recorded of A-01 for its owner, who says that it is not so; what to settle."""
    shown = form(desk, "action record A-01", by=recorded_by)
    words = {"status": "at_risk", "words": "It is late.", "how": "meeting"}
    sends(desk, shown, by=recorded_by, **words)
    (button,) = pressable(desk.last_to(owner, "recorded:"))
    value = json.loads(button.value)
    objections.object_to(
        desk.database,
        desk.arrives(owner),
        item_id=value["item"],
        update_id=value["update"],
        reason=guard("I said amber for A-02."),
        recorded_by=value["by"],
        now=desk.now,
    )
    return {"item": value["item"], "update": value["update"]}


def upholds(desk: FrontDesk, value: dict[str, int], *, by: str) -> None:
    """What "Say why it stands" does, from the button to the form sent in."""
    objections.stands_form(desk.database, desk.arrives(by), value, now=desk.now)
    objections.stands(
        desk.database,
        desk.arrives(by),
        item_id=value["item"],
        update_id=value["update"],
        reason=guard("The minutes say so."),
        now=desk.now,
    )
    desk.checks()


def test_who_recorded_it_does_not_say_alone_that_it_stands(desk: FrontDesk) -> None:
    desk.person("Ruth Delaney", "NHSE", Role.SECRETARIAT)
    value = objected(desk, recorded_by="Sam")

    whose = r"for Helen Marsh \(NHSE\) or Ruth Delaney \(NHSE\) to say"
    with pytest.raises(UserError, match=whose):
        upholds(desk, value, by="Sam")
    assert len(desk.waits("objection")) == 1

    upholds(desk, value, by="Ruth")
    assert desk.waits("objection") == []


def test_who_recorded_it_may_give_in(desk: FrontDesk) -> None:
    value = objected(desk, recorded_by="Sam")

    objections.undo(desk.database, desk.arrives("Sam"), value, now=desk.now)

    assert desk.waits("objection") == []


def test_the_chair_settles_it_either_way(desk: FrontDesk) -> None:
    upholds(desk, objected(desk, recorded_by="Sam"), by="Helen")

    value = objected(desk, recorded_by="Sam")
    objections.undo(desk.database, desk.arrives("Helen"), value, now=desk.now)

    assert desk.waits("objection") == []
    with pytest.raises(UserError, match="corrected already"):
        objections.form(desk.database, desk.arrives(), value, now=desk.now)


def test_the_items_owner_settles_nothing_and_a_chairs_item_is_the_deputys(
    desk: FrontDesk,
) -> None:
    value = objected(desk, recorded_by="Sam")
    done(desk, "action A-01 reassign to Helen Marsh")

    with pytest.raises(UserError, match="never the item's own owner"):
        upholds(desk, value, by="Helen")

    upholds(desk, value, by="Dev")
    assert desk.waits("objection") == []
