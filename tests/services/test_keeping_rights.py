"""Who may give an item away and who settles an objection: one rule at every door (rule 5)."""

from __future__ import annotations

import pytest

from bot.domain.errors import UserError
from bot.domain.guard import guard
from bot.domain.messages import Buttons, Message
from bot.services import giving
from storage.database import Database
from tests.services.desks import DUE, FrontDesk, words_of
from tests.services.keepers import a_desk, done, says


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
