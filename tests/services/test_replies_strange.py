"""What is said of an item that nobody knows, or that is another's, changes nothing of one's own."""

from __future__ import annotations

import pytest

from storage.database import Database
from storage.rows import RemarkRow, UpdateRow
from tests.services.desks import DUE, FrontDesk, words_of


@pytest.fixture
def desk(database: Database) -> FrontDesk:
    """A started group with two items of Priya's, and one of Leo's."""
    found = FrontDesk(database)
    found.item("A-07", DUE, owner="Leo")
    return found


@pytest.mark.parametrize("said", ["A-99 is done", "Done: A-99", "B-7: done", "item 99 is done"])
def test_an_unknown_reference_is_answered_with_those_they_have(desk: FrontDesk, said: str) -> None:
    key = desk.says_it(said, by="Leo")

    assert desk.count(UpdateRow) == 0
    told = words_of(desk.echo(key))
    assert "not among the items you were asked about" in told
    assert "You can answer for A-07." in told


@pytest.mark.parametrize("said", ["a1 is done", "Done: A-01", "A01: at risk"])
def test_anothers_item_gets_a_remark_however_its_reference_is_written(
    desk: FrontDesk, said: str
) -> None:
    key = desk.says_it(said, by="Leo")

    assert desk.count(UpdateRow) == 0
    assert desk.count(RemarkRow) == 1
    assert said in words_of(desk.last_to("Priya"))
    assert "not yours to change" in words_of(desk.place(f"echo:{key}:remark:{desk.a01}"))
