"""A text that somebody changed in the database is found, named by its item, and not repeated."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
import sqlalchemy as sa

from bot.domain.audit import digest
from bot.domain.guard import guard
from bot.services import chains, text_checks
from storage import audit, words
from storage.database import Database
from tests.services.removing import MARK, SAID, Removing

KEY = "00" * 16
PUT = "A-01 is done and nobody is to blame"


@pytest.fixture
def desk(database: Database) -> Removing:
    """A started group in which Priya has spoken twice."""
    desk = Removing(database)
    desk.says_it(SAID)
    desk.says_it("A-01 is on track again since Monday")
    return desk


def verified(desk: Removing) -> tuple[bool, list[str]]:
    """What `audit verify` finds, and whether all is well."""
    found = chains.verify(desk.database, None, now=desk.now, ledger=False)
    return all(report.whole for report in found), [report.line for report in found]


def tamper(desk: Removing, statement: str, **values: object) -> None:
    """By hand, past the bot."""
    with desk.database.transaction() as session:
        session.connection().execute(sa.text(statement), values)


def wrong(desk: Removing) -> Sequence[str]:
    """What is wrong in the group's texts; the chain itself is whole."""
    whole, lines = verified(desk)
    assert not whole
    assert " links, whole, head " in lines[0]
    assert not any(MARK in line or "blame" in line for line in lines)
    return [line.partition(": ")[2] for line in lines[1:]]


def test_what_was_said_and_what_was_removed_are_well(desk: Removing) -> None:
    assert verified(desk)[1][1:] == ["imaging: 2 texts, each as it was recorded"]

    desk.agrees(desk.asks_to_remove(words=SAID))

    assert verified(desk)[0]
    assert verified(desk)[1][1:] == ["imaging: 1 texts, each as it was recorded, 1 removed"]


def test_a_text_of_which_a_part_was_removed_is_well(desk: Removing) -> None:
    desk.agrees(desk.asks_to_remove(words="is dying in St Kestrel’s hospital"))

    assert verified(desk)[1][1:] == ["imaging: 1 texts, each as it was recorded, 1 removed"]


def test_changed_words_are_found(desk: Removing) -> None:
    tamper(desk, "UPDATE words SET body = :put WHERE id = 1", put=PUT)

    [line] = wrong(desk)
    assert line.startswith("A-01, link ")
    assert line.endswith(" (updated): the words are not those that were recorded")


def test_words_changed_with_their_key_and_digest_are_found(desk: Removing) -> None:
    tamper(
        desk,
        "UPDATE words SET body = :put, key = :key, digest = :digest WHERE id = 1",
        put=PUT,
        key=KEY,
        digest=digest(PUT, KEY),
    )

    first, second = wrong(desk)
    assert first.startswith("A-01, link ")
    assert first.endswith(" (updated): the words that were recorded are not there")
    assert second == "text 1: no link tells of it"


@pytest.mark.parametrize("removed_on", [None, "2022-08-15"])
def test_words_made_to_look_removed_are_found(desk: Removing, removed_on: str | None) -> None:
    tamper(
        desk, "UPDATE words SET body = '', key = '', removed_on = :day WHERE id = 1", day=removed_on
    )

    [line] = wrong(desk)
    assert line.endswith(" (updated): the words are gone, and nobody removed them")


def test_what_is_no_key_any_more_is_found_and_many_are_counted(desk: Removing) -> None:
    tamper(desk, "UPDATE words SET key = 'lost'")
    assert len(wrong(desk)) == 2

    with desk.database.transaction() as session:
        for _ in range(text_checks.SHOWN):
            kept = words.keep(session, guard("A-01 is on track"), group_id=desk.group_id)
            audit.record(
                session,
                "remarked",
                f"item:{desk.a01}",
                group_id=desk.group_id,
                by_id=None,
                now=desk.now,
                words=kept,
            )
    tamper(desk, "UPDATE words SET body = 'other'")

    *named, last = wrong(desk)
    assert len(named) == text_checks.SHOWN
    assert last == "and 2 more texts like these"
