"""Words in a letter that has not gone: it is void, and written anew without them."""

from __future__ import annotations

import pytest

from bot.domain.drafts import Event, fingerprint
from bot.domain.errors import UserError
from bot.domain.guard import guard
from bot.services import drafting, removal_requests, removals
from storage import removals as rows
from storage.database import Database
from tests.services import letter_builders as sample
from tests.services.letter_builders import DRAFTED
from tests.services.letter_desk import Desk
from tests.services.removing import dump

WORDS = "the venue contract has not been signed"


@pytest.fixture
def desk(database: Database) -> Desk:
    """The sample group in mid September, and its letter to the committees."""
    group = sample.found(database)
    sample.a_summer(database, group)
    return Desk(database=database, group=group)


def asked(desk: Desk) -> int:
    """Sam asks for the words to go."""
    removal_requests.ask(
        desk.database,
        sample.arrival("USAM", "removal"),
        subject="",
        words=guard(WORDS),
        reason=guard("It gives away what is being negotiated."),
        now=DRAFTED,
    )
    with desk.database.snapshot() as session:
        return rows.every(session, desk.group)[-1].id


def test_a_cleared_draft_is_void_and_written_anew_without_them(desk: Desk) -> None:
    version = desk.cleared()
    assert WORDS in dump(desk.database)

    number = asked(desk)
    removals.agree(desk.database, sample.arrival("URUTH", "agree"), removal_id=number, now=DRAFTED)

    assert WORDS not in dump(desk.database)
    with pytest.raises(UserError, match="not the text that was cleared"):
        desk.sent(version)
    assert desk.latest().sha256 == fingerprint(desk.latest().letter)
    drafting.sweep(desk.database, now=DRAFTED)
    assert desk.latest().number == version.number + 1
    assert WORDS not in dump(desk.database)


def test_a_letter_that_has_gone_keeps_them_for_good(desk: Desk) -> None:
    version = desk.cleared()
    desk.sent(version)
    assert desk.letter(version).last(Event.SENT) is not None

    with pytest.raises(UserError, match="stand in letter IMAGING/02"):
        asked(desk)
