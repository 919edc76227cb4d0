"""Whoever's roles have all ended is nobody's member, unless items are still theirs to answer."""

from __future__ import annotations

from datetime import date

import pytest

from bot.domain.register import Status
from bot.services import intake
from bot.services.intake import StrangerError
from storage.database import Database
from storage.rows import RoleRow
from tests.services.desks import FrontDesk

LAST_DAY = date(2022, 3, 31)


@pytest.fixture
def desk(database: Database) -> FrontDesk:
    """Priya, who owns both items, and Leo, who owns nothing, were members until March."""
    made = FrontDesk(database)
    for first in ("Priya", "Leo"):
        made.enter(
            RoleRow,
            person_id=made.people[first],
            role="member",
            from_on=date(2022, 3, 1),
            until_on=LAST_DAY,
        )
    return made


def test_who_has_left_and_owns_nothing_is_a_stranger(desk: FrontDesk) -> None:
    assert desk.now.date() > LAST_DAY
    with (
        pytest.raises(StrangerError, match="I only answer members"),
        intake.reading(desk.database, desk.arrives("Leo"), now=desk.now),
    ):
        pass


def test_who_has_left_still_answers_for_what_is_theirs(desk: FrontDesk) -> None:
    desk.says_it("A-01 is on track")

    assert [update.status for update in desk.history(desk.a01).updates] == [Status.ON_TRACK]


def test_who_has_left_and_covers_for_an_owner_answers_for_them(desk: FrontDesk) -> None:
    desk.covers("Priya", "Leo", date(2022, 3, 1), date(2022, 12, 31))

    desk.says_it("A-01 is at risk", by="Leo")

    assert [update.status for update in desk.history(desk.a01).updates] == [Status.AT_RISK]
