"""What somebody has goes to somebody else: in one transaction, accepted anew, the past kept."""

from __future__ import annotations

import json
from datetime import date

import pytest

from bot.domain.errors import UserError
from bot.domain.forms import FieldError, Form
from bot.domain.guard import guard
from bot.domain.messages import Message
from bot.domain.people import Role
from bot.services import handing_in, handing_over, seat_commands
from bot.services.handing_over import Wish
from bot.services.newcomers import Newcomer
from bot.services.undelivered import GoneError
from storage import histories, people, terms
from storage.database import Database
from tests.services.seating import MONDAY, Seating, button, words


@pytest.fixture
def seating(database: Database) -> Seating:
    """A group in which Priya has two items, supports one of Peter's, and covers for Helen."""
    seating = Seating(database)
    seating.a03 = seating.item("A-03", date(2022, 5, 30), owner="Priya")
    seating.a04 = seating.item("A-04", date(2022, 7, 29), owner="Priya")
    with database.transaction() as session:
        terms.change(
            session,
            seating.a01,
            title="The work of A-01",
            owner_id=seating.people["Peter"],
            supporters=[seating.people["Priya"]],
            by_id=None,
            now=seating.now,
        )
    seating.covers("Helen", "Priya", date(2022, 5, 23), date(2022, 5, 27))
    seating.item("A-05", date(2022, 9, 30), owner="Leo")
    seating.day(MONDAY, 11)
    return seating


def hands_over(
    seating: Seating,
    giver: str = "Priya",
    taker: str = "Leo",
    *,
    by: str = "Sam",
    roles: bool = False,
    from_on: date | None = None,
) -> None:
    wish = Wish(
        from_id=seating.people[giver],
        to_id=seating.people[taker],
        with_roles=roles,
        from_on=from_on,
        reason=guard("She has left."),
    )
    handing_over.hand_over(seating.database, seating.arrives(by), wish, now=seating.now)
    seating.send()


def holds(seating: Seating, first: str, role: Role, on: date) -> bool:
    with seating.database.snapshot() as session:
        directory = people.directory(session, seating.group_id)
    return directory.has_role(seating.people[first], role, on=on)


def asked(seating: Seating) -> Message:
    return next(m for m in seating.to("ULEO") if "handed over to you" in words(m))


def test_everything_goes_over_and_is_asked_about_in_one_message(seating: Seating) -> None:
    before = len(seating.to("ULEO"))
    hands_over(seating)

    leo = seating.people["Leo"]
    assert {seating.get(n).owner_id for n in (seating.a03, seating.a04)} == {leo}
    assert len(seating.to("ULEO")) == before + 1
    assert "what Priya Nair (RCR) had: 2 action items" in words(asked(seating))
    assert {w.item_id for w in seating.waits("acceptance") if w.person_id == leo} >= {
        seating.a03,
        seating.a04,
    }
    with seating.database.snapshot() as session:
        assert histories.of_item(session, seating.a01).terms[-1].supporters == (leo,)
        owners = [t.owner_id for t in histories.of_item(session, seating.a03).terms]
        assert owners == [seating.people["Priya"], leo]
        away = people.directory(session, seating.group_id).away(
            seating.people["Helen"], date(2022, 5, 24)
        )
    assert away is not None
    assert away.cover_id == leo
    assert seating.actions()[-1] == "handed over"
    done = words(seating.to("USAM")[-1])
    assert "Priya Nair (RCR) to Leo Hart (RCR): handed over." in done
    assert "2 action items (A-03 and A-04)" in done
    assert "has handed over what you had to Leo Hart" in words(seating.to("UPRIYA")[-1])


def test_who_takes_over_starts_at_the_first_rung(seating: Seating) -> None:
    seating.day(date(2022, 5, 17))
    assert seating.ledger(seating.a03) == {"before-10": "sent"}
    hands_over(seating)
    seating.day(date(2022, 5, 18))

    nudge = seating.to("ULEO")[-1]
    assert "A-03 The work of A-03" in words(nudge)
    assert "It is due Monday 30 May 2022" in words(nudge)


def test_all_is_accepted_at_once_but_what_has_changed(seating: Seating) -> None:
    hands_over(seating)
    value = json.loads(button(asked(seating), "handover.accept").value)
    seating.moves(seating.a04, date(2022, 8, 5), seating.now)
    handing_in.accept_all(seating.database, seating.arrives("Leo"), value["items"], now=seating.now)

    leo = seating.people["Leo"]
    left = {w.item_id for w in seating.waits("acceptance") if w.person_id == leo}
    assert seating.a03 not in left
    assert seating.a04 in left


def test_roles_go_over_only_if_asked_and_from_their_day(seating: Seating) -> None:
    hands_over(seating, "Helen", "Dev")
    assert holds(seating, "Helen", Role.CHAIR, date(2022, 6, 1))

    hands_over(seating, "Helen", "Dev", roles=True, from_on=date(2022, 6, 1))

    assert holds(seating, "Helen", Role.CHAIR, date(2022, 5, 31))
    assert not holds(seating, "Helen", Role.CHAIR, date(2022, 6, 1))
    assert holds(seating, "Dev", Role.CHAIR, date(2022, 6, 1))
    assert not holds(seating, "Dev", Role.CHAIR, date(2022, 5, 31))


def test_the_last_of_the_secretariat_is_not_handed_to_somebody_without_an_account(
    seating: Seating,
) -> None:
    with pytest.raises(UserError, match="the last member of the secretariat"):
        hands_over(seating, "Sam", "Peter", roles=True)

    assert holds(seating, "Sam", Role.SECRETARIAT, MONDAY)
    hands_over(seating, "Sam", "Leo", roles=True)
    assert holds(seating, "Leo", Role.SECRETARIAT, MONDAY)


def test_somebody_may_ask_for_it_and_the_secretariat_decides(seating: Seating) -> None:
    with pytest.raises(UserError, match="Only the secretariat"):
        hands_over(seating, by="Priya")
    with pytest.raises(UserError, match="Only the secretariat can hand over"):
        handing_in.command(
            seating.database, seating.arrives("Leo"), "Priya Nair to Leo Hart", seating.now
        )
    said = handing_in.command(
        seating.database, seating.arrives("Priya"), "me to Leo Hart", seating.now
    )
    seating.send()
    assert isinstance(said, Message)
    assert "I have asked the secretariat" in words(said)
    assert seating.get(seating.a03).owner_id == seating.people["Priya"]
    shown = seating.to("USAM")[-1]
    assert "asks you to hand over what they have to Leo Hart (RCR)" in words(shown)

    hands_over(seating)
    assert seating.waits("handover") == []


def test_said_in_words_it_opens_the_form(seating: Seating) -> None:
    form = handing_in.command(
        seating.database, seating.arrives(), "@UPRIYA to @Leo.Hart", seating.now
    )

    assert isinstance(form, Form)
    assert form.private == {"from": seating.people["Priya"]}
    assert form.fields[0].value == str(seating.people["Leo"])


def test_to_who_has_no_account_it_goes_by_e_mail(seating: Seating) -> None:
    hands_over(seating, taker="Peter")

    said = words(seating.shown())
    assert "A-03 The work of A-03" in said
    assert seating.get(seating.a03).owner_id == seating.people["Peter"]


def test_a_deactivated_account_offers_the_hand_over(seating: Seating) -> None:
    seating.post.refuses["UPRIYA"] = GoneError("their Slack account is deactivated")
    seating.day(date(2022, 5, 23))

    shown = next(m for m in seating.to("USAM") if "could not deliver" in words(m))
    offered = button(shown, "handover.open")
    assert json.loads(offered.value) == {"from": seating.people["Priya"]}
    assert offered.label == "Hand over what Priya Nair has"


def test_a_name_that_fits_two_is_asked_back(seating: Seating) -> None:
    seating.person("Leo Marsh", "RCR", account=False)
    with (
        seating.database.snapshot() as session,
        pytest.raises(UserError, match="write the whole name"),
    ):
        seat_commands.who(people.directory(session, seating.group_id), "Leo")


def test_somebody_new_is_put_on_the_register_with_it(seating: Seating) -> None:
    form = handing_in.command(
        seating.database, seating.arrives(), "Priya Nair to @U012NEW", seating.now
    )
    assert isinstance(form, Form)
    assert {f.name: f.value for f in form.fields}["new_account"] == "U012NEW"

    new = Newcomer(
        name=guard("Asha Bell"), body_id=seating.bodies["RCR"], member=guard("T0COLLEGE:U012NEW")
    )
    wish = Wish(from_id=seating.people["Priya"], to_id=None, new=new)
    handing_over.hand_over(seating.database, seating.arrives(), wish, now=seating.now)
    seating.send()

    intro = words(seating.to("U012NEW")[0])
    assert "Hello Asha Bell." in intro
    assert "You are down as the owner of 2 action items" in intro
    with seating.database.snapshot() as session:
        asha = people.directory(session, seating.group_id).by_name("Asha Bell")
    assert asha is not None
    assert seating.get(seating.a03).owner_id == asha.id


def test_a_new_name_that_is_known_is_chosen_instead(seating: Seating) -> None:
    new = Newcomer(name=guard("leo hart"), body_id=seating.bodies["RCR"], member=guard(""))
    wish = Wish(from_id=seating.people["Priya"], to_id=None, new=new)

    with pytest.raises(FieldError, match="on the register already"):
        handing_over.hand_over(seating.database, seating.arrives(), wish, now=seating.now)
