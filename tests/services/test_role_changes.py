"""Roles from the command line, and the last of a secretariat, who stays."""

from __future__ import annotations

from datetime import date

import pytest

from bot.domain.errors import UserError
from bot.domain.people import Account, Role
from bot.services import role_changes, seat_commands
from bot.services.role_changes import Change
from storage import audit, people
from storage.database import Database
from tests.groups import LATER, a_group_file, a_tree, load_group
from tests.services.seating import MONDAY, Seating, words


@pytest.fixture
def seating(database: Database) -> Seating:
    """A group with one secretary."""
    seating = Seating(database)
    seating.day(MONDAY)
    return seating


def changed(seating: Seating, person: str, role: str = "secretariat", **more: object) -> list[str]:
    change = Change(person=person, role=role, **more)  # type: ignore[arg-type]
    return role_changes.make(seating.database, None, change, now=seating.now)


def holders(seating: Seating, on: date, role: Role = Role.SECRETARIAT) -> list[str]:
    with seating.database.snapshot() as session:
        directory = people.directory(session, seating.group_id)
    return [person.name for person in directory.holders(role, on)]


def test_a_lock_out_is_mended_with_a_role_and_an_account(seating: Seating) -> None:
    said = changed(seating, "Peter Lowe", account="T0COLLEGE:UPETER")
    seating.send()

    assert said == [
        "Peter Lowe (RCR): account T0COLLEGE:UPETER",
        "Peter Lowe (RCR): secretariat from 16 May 2022",
    ]
    assert holders(seating, MONDAY) == ["Sam Okafor", "Peter Lowe"]
    assert seating.accounts() == (Account("T0COLLEGE", "UPETER"),)
    assert "Hello Peter Lowe" in words(seating.to("UPETER")[0])
    with seating.database.snapshot() as session:
        links = list(audit.chain(session, seating.group_id))
    assert [(x.action, x.by_id) for x in links[-2:]] == [
        ("seat confirmed", None),
        ("role given", None),
    ]


def test_the_last_of_the_secretariat_stays(seating: Seating) -> None:
    with pytest.raises(UserError, match="the last member of the secretariat"):
        changed(seating, "Sam Okafor", ends=True)
    with pytest.raises(UserError, match="the last member of the secretariat"):
        changed(seating, "Sam Okafor", until_on=date(2022, 6, 1))

    changed(seating, "Priya Nair")
    changed(seating, "Sam Okafor", ends=True)
    assert holders(seating, MONDAY) == ["Priya Nair"]


def test_a_role_has_its_days(seating: Seating) -> None:
    changed(seating, "Dev Rao", "chair", from_on=date(2022, 6, 1), until_on=date(2022, 6, 30))

    assert "Dev Rao" not in holders(seating, date(2022, 5, 31), Role.CHAIR)
    assert "Dev Rao" in holders(seating, date(2022, 6, 30), Role.CHAIR)
    assert "Dev Rao" not in holders(seating, date(2022, 7, 1), Role.CHAIR)


@pytest.mark.parametrize(
    ("person", "role", "more", "sentence"),
    [
        ("Nobody Atall", "chair", {}, "Nobody on the register is called"),
        ("Dev Rao", "king", {}, "is no role: write one of"),
        ("Dev Rao", "sponsor", {"ends": True}, "nothing to end"),
        ("Dev Rao", "chair", {"account": "UDEV"}, "is no account: write TEAM:USER"),
        ("Dev Rao", "chair", {"account": "T0HOME:UPRIYA"}, r"That account is Priya Nair \(RCR\)’s"),
    ],
)
def test_what_cannot_be_done_is_said(
    seating: Seating, person: str, role: str, more: dict[str, object], sentence: str
) -> None:
    with pytest.raises(UserError, match=sentence):
        changed(seating, person, role, **more)


def test_a_file_cannot_remove_the_last_of_the_secretariat(database: Database) -> None:
    load_group(database)
    roles = a_tree()["roles"]
    roles[0] = {**roles[0], "person": "Peter Lowe"}

    with pytest.raises(UserError, match="the last member of the secretariat"):
        load_group(database, a_group_file(roles=roles), apply=True, now=LATER)


def test_the_secretary_cannot_give_their_own_seat_away_in_words(seating: Seating) -> None:
    with pytest.raises(UserError, match="the only account of the secretariat"):
        seat_commands.seat(seating.database, seating.arrives(), "Sam take back", seating.now)
