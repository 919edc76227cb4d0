"""A named owner accepts or declines; who says nothing for two of their days is settled."""

from __future__ import annotations

from datetime import date

import pytest

from bot.domain.errors import UserError
from bot.domain.guard import guard
from bot.services import acceptance, giving, updates
from storage import items
from storage.database import Database
from tests.services.seating import MONDAY, Seating, button, words

FRIDAY = date(2022, 5, 20)


@pytest.fixture
def seating(database: Database) -> Seating:
    """A group in which Priya has been introduced to an item, and is away for two days."""
    seating = Seating(database)
    seating.covers("Priya", None, date(2022, 5, 17), date(2022, 5, 18))
    seating.item("A-03", date(2022, 7, 29), owner="Priya")
    seating.day(MONDAY)
    return seating


def value(seating: Seating, ref: str = "A-03") -> dict[str, int]:
    return {"item": number(seating, ref), "v": seating.get(number(seating, ref)).version}


def number(seating: Seating, ref: str = "A-03") -> int:
    with seating.database.snapshot() as session:
        found = items.by_ref(session, seating.group_id, ref)
    assert found is not None
    return found.id


def declines(seating: Seating, why: str = "left", text: str = "Ask Leo.") -> None:
    acceptance.declined(
        seating.database,
        seating.arrives("Priya"),
        {**value(seating), "place": [None, None]},
        why=why,
        text=guard(text),
        now=seating.now,
    )
    seating.send()


def test_who_declines_says_why_and_the_secretariat_can_give_it_or_ask_again(
    seating: Seating,
) -> None:
    declines(seating)

    shown = seating.to("USAM")[-1]
    assert "says that A-03 The work of A-03 is not theirs. Reason: I have changed post" in words(
        shown
    )
    assert "“Ask Leo.”" in words(shown)
    assert button(shown, "owner.give").value == button(shown, "owner.ask").value
    assert seating.actions()[-1] == "disowned"


def test_nobody_declines_twice(seating: Seating) -> None:
    declines(seating)

    with pytest.raises(UserError, match="The secretariat has been told about A-03"):
        declines(seating)


def test_after_two_of_their_working_days_it_is_the_secretariats(seating: Seating) -> None:
    seating.day(date(2022, 5, 19))
    assert not [m for m in seating.to("USAM") if "A-03" in words(m)]

    seating.day(FRIDAY)

    shown = next(m for m in seating.to("USAM") if "A-03" in words(m))
    assert words(shown).startswith("This has been waiting for Priya Nair (RCR) since")
    assert button(shown, "owner.give").label == "Give it to …"


def test_given_to_somebody_else_it_waits_on_them(seating: Seating) -> None:
    declines(seating)
    giving.give(
        seating.database,
        seating.arrives(),
        item_id=number(seating),
        owner_id=seating.people["Priya"],
        to_id=seating.people["Leo"],
        reason=guard("She has left."),
        now=seating.now,
    )
    seating.day(date(2022, 5, 17))

    assert seating.get(number(seating)).owner_id == seating.people["Leo"]
    assert seating.waits("ownership") == []
    assert [w.person_id for w in seating.waits("acceptance") if w.item_id == number(seating)] == [
        seating.people["Leo"]
    ]
    assert any("A-03" in words(m) for m in seating.to("ULEO"))
    with pytest.raises(UserError, match=r"A-03 has been given to Leo Hart \(RCR\) since"):
        giving.ask_again(
            seating.database,
            seating.arrives(),
            item_id=number(seating),
            owner_id=seating.people["Priya"],
            now=seating.now,
        )


def test_asked_again_it_waits_on_its_owner_anew_and_they_may_accept(seating: Seating) -> None:
    declines(seating)
    giving.ask_again(
        seating.database,
        seating.arrives(),
        item_id=number(seating),
        owner_id=seating.people["Priya"],
        now=seating.now,
    )
    seating.send()
    assert "Is A-03 The work of A-03" in words(seating.to("UPRIYA")[-1])

    updates.press(
        seating.database,
        seating.arrives("Priya"),
        action="intro.mine",
        value=value(seating),
        now=seating.now,
    )

    assert not [w for w in seating.waits("acceptance") if w.item_id == number(seating)]
    assert seating.waits("ownership") == []


def test_only_the_secretariat_settles_whose_it_is(seating: Seating) -> None:
    with pytest.raises(UserError, match="Only the secretariat settles"):
        giving.form(
            seating.database,
            seating.arrives("Priya"),
            item_id=number(seating),
            owner_id=seating.people["Priya"],
            now=seating.now,
        )
