"""The weekly digest beside what letters have told and what other messages said."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlmodel import select

from bot.domain.deadlines import Deadline
from bot.domain.messages import bullets, message, say
from bot.domain.people import Role
from bot.services import waits
from storage import entries, people
from storage.database import Database
from storage.rows import LetterRow, TellingRow
from tests.services.digesting import MONDAY, the_digest
from tests.services.status_builders import STARTED, World, a_world


@pytest.fixture
def world(database: Database) -> World:
    return a_world(database)


def test_a_promise_told_to_be_complete_is_not_called_past_and_untold(world: World) -> None:
    promise = world.promise("C-1", words="We will publish.", due=Deadline.on(date(2022, 5, 13)))
    assert "Promised and past (1)" in the_digest(world)

    with world.database.transaction() as session:
        told = TellingRow(
            **world.entry(STARTED),
            letter_id=session.exec(select(LetterRow.id)).one() or 0,
            audience="committees",
            commitment_id=promise,
            told="complete",
            settled=True,
        )
        entries.add(session, told)

    assert "Promised and past" not in the_digest(world, now=MONDAY + timedelta(weeks=1))


def test_a_list_is_shown_with_the_words_that_announce_it(world: World) -> None:
    world.item("A-01")
    with world.database.transaction() as session:
        waits.open_wait(
            session,
            people.directory(session, world.group_id),
            kind="pass_on",
            subject_id=world.group_id,
            role=Role.SECRETARIAT,
            message=message(
                say("These owners hear nothing from me. Please tell them:"),
                bullets("Peter Lowe: A-14"),
                say("They may answer you."),
            ),
            now=STARTED,
        )

    told = the_digest(world, "Sam").splitlines()

    start = told.index("These owners hear nothing from me. Please tell them:")
    assert told[start : start + 3] == [
        "These owners hear nothing from me. Please tell them:",
        "• Peter Lowe: A-14",
        "They may answer you.",
    ]
